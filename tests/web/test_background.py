"""Events of another thread: all of them in order, and none once the reader has stopped."""

import threading
import time
from collections.abc import Generator, Iterator
from typing import Any, cast

import pytest

from rag.web.background import in_background


class Counting:
    """Counts, waits for ever where it is told to, and knows when it was closed."""

    def __init__(self, *, waits_at: int = -1, fails_at: int = -1) -> None:
        self.waits_at, self.fails_at = waits_at, fails_at
        self.go_on, self.closed = threading.Event(), threading.Event()

    def events(self) -> Generator[int]:
        try:
            for number in range(100):
                if number == self.waits_at:
                    self.go_on.wait(10)
                if number == self.fails_at:
                    raise RuntimeError("broken")
                yield number
        finally:
            self.closed.set()


def test_every_event_comes_in_its_order() -> None:
    counting, halt = Counting(), threading.Event()
    assert list(in_background(counting.events(), halt)) == list(range(100))
    assert counting.closed.wait(5)
    assert halt.is_set()


def test_what_the_other_thread_raises_is_raised_behind_the_events_before_it() -> None:
    counting = Counting(fails_at=2)
    events: Iterator[int] = in_background(counting.events(), threading.Event())
    assert [next(events), next(events)] == [0, 1]
    with pytest.raises(RuntimeError, match="broken"):
        next(events)


def test_who_stops_needs_not_wait_for_the_next_event() -> None:
    counting, halt = Counting(waits_at=1), threading.Event()
    events = in_background(counting.events(), halt)
    assert next(events) == 0
    halt.set()
    begun = time.monotonic()
    assert list(events) == []
    assert time.monotonic() - begun < 5
    assert not counting.closed.is_set()
    counting.go_on.set()
    assert counting.closed.wait(5)


def test_who_leaves_closes_the_events() -> None:
    counting, halt = Counting(), threading.Event()
    events = in_background(counting.events(), halt)
    next(events)
    cast("Any", events).close()
    assert halt.is_set()
    assert counting.closed.wait(5)
