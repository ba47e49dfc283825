"""Who is in: log-ins of this start, kept in memory by their hash; a restart ends them all."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping

COOKIE = "byline_login"
_KEPT = 200
_SECONDS = 12 * 3600.0


class Logins:
    """The log-ins, the latest 200 of them, each for twelve hours.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def begin(self) -> str:
        """Return what the browser of a new log-in must show from now on."""
        shown = secrets.token_urlsafe(32)
        self._until[_hash(shown)] = self._clock() + _SECONDS
        while len(self._until) > _KEPT:
            self._until.popitem(last=False)
        return shown

    def are_shown(self, cookies: Mapping[str, str]) -> bool:
        """Whether a browser is logged in."""
        return self._until.get(_hash(cookies.get(COOKIE, "")), 0.0) > self._clock()

    def end(self, cookies: Mapping[str, str]) -> None:
        """Log a browser out."""
        self._until.pop(_hash(cookies.get(COOKIE, "")), None)


def _hash(shown: str) -> bytes:
    # Looked up by its hash: how long that takes says nothing of what is kept.
    return hashlib.sha256(shown.encode()).digest()
