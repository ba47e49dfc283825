"""Events made by another thread, so that whoever reads them can stop at once.

A thread that waits for a language model can't be interrupted; one that waits for a queue can.
"""

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import TypeVar

_LOOK_SECONDS = 0.05
"""How often it is looked whether to stop."""

T = TypeVar("T")


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

    # A daemon, unlike an executor's thread: a model that doesn't answer must not delay Ctrl-C.
    threading.Thread(target=make, name="answer", daemon=True).start()
    try:
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
    finally:
        halt.set()
