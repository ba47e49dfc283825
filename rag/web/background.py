"""Events made by another thread, so that whoever reads them can stop at once.

A thread that waits for a language model can't be interrupted; one that waits for a queue can.
"""

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import TypeVar

_LOOK_SECONDS = 0.05
"""How often it is looked whether to stop."""

T = TypeVar("T")
_TASKS = queue.SimpleQueue[Callable[[], None]]()
_IDLE = threading.Semaphore(0)


def in_background(events: Generator[T], halt: threading.Event) -> Iterator[T]:
    """Yield what a generator yields, which runs in another thread.

    Args:
        events: It is closed when the reader stops, as soon as it comes to its next event.
        halt: Once it is set, nothing more is yielded. It is set when the reader leaves.

    Raises:
        Exception: What the generator raises.
    """
    made = queue.SimpleQueue[tuple[T] | Exception | None]()

    def make() -> None:
        try:
            with closing(events):
                for event in events:
                    if halt.is_set():
                        break
                    made.put((event,))
        except Exception as error:  # noqa: BLE001  # it is raised where the events are read
            made.put(error)
        finally:
            made.put(None)

    _run(make)
    try:
        yield from _received(made, halt)
    finally:
        halt.set()


def _received(
    made: "queue.SimpleQueue[tuple[T] | Exception | None]", halt: threading.Event
) -> Iterator[T]:
    while not halt.is_set():
        try:
            item = made.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if item is None:
            return
        if isinstance(item, Exception):
            raise item
        yield item[0]


def _run(task: Callable[[], None]) -> None:
    """Run a task in an idle thread, or else in a new one; they are used again and again.

    Daemons, unlike those of an executor: a model that doesn't answer must not delay Ctrl-C.
    """
    if not _IDLE.acquire(blocking=False):
        threading.Thread(target=_work, name="answer", daemon=True).start()
    _TASKS.put(task)


def _work() -> None:
    while True:
        _TASKS.get()()
        _IDLE.release()
