"""How often somebody may do something: so many times within any minute."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TypeVar

from rag.errors import BylineError

_REMEMBERED = 10_000
Opened = TypeVar("Opened")


class BusyError(BylineError):
    """Somebody asks more often than is served."""


class RateLimit:
    """Counts what each client did within the last minute; `clock` gives seconds that only grow."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def admit(self, client: str) -> bool:
        """Whether the client may do it once more; if so, it counts."""
        now = self._clock()
        with self._lock:
            times = self._times.setdefault(client, deque())
            self._times.move_to_end(client)
            if len(self._times) > _REMEMBERED:
                self._times.popitem(last=False)
            while times and now - times[0] >= 60:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True

    def limited(self, opened: Callable[[], Opened], client: str) -> Callable[[], Opened]:
        """Return what opens for the client as long as it doesn't come too often.

        Raises:
            BusyError: It does; from what is returned.
        """

        def admitted() -> Opened:
            if self.admit(client):
                return opened()
            raise BusyError(
                f"You asked {self._most} questions within a minute; others are waiting, too.",
                "Wait a little, then ask again; the question is kept.",
            )

        return admitted

    def forgive(self, client: str) -> None:
        """Take back what was counted last."""
        with self._lock:
            if times := self._times.get(client):
                times.pop()
