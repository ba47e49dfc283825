"""Whether the archive can be asked: one word, for whoever watches the server."""

import threading
import time
from collections.abc import Callable

from rag.errors import (
    ArchiveEmptyError,
    BylineError,
    CatalogueError,
    IndexDamagedError,
    IndexMismatchError,
    LLMError,
    LockHeldError,
    ModelError,
    SettingsError,
    StorageError,
)
from rag.factory import Byline

_WORDS: dict[type[BylineError], str] = {
    ArchiveEmptyError: "empty",
    CatalogueError: "catalogue",
    IndexDamagedError: "index",
    IndexMismatchError: "index",
    LLMError: "llm",
    LockHeldError: "locked",
    ModelError: "model",
    SettingsError: "settings",
    StorageError: "storage",
}
_GOOD_FOR = 5.0


class Health:
    """Asks the archive, at most every five seconds, however often it is looked at.

    Args:
        opened: Gives the archive anew each time: it may have come, or gone.
        clock: Seconds that only grow.
    """

    def __init__(
        self, opened: Callable[[], Byline], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._opened = opened
        self._clock = clock
        self._lock = threading.Lock()
        self._until = float("-inf")
        self._fault = "starting"

    def fault(self) -> str:
        """Return why the archive can't be asked, in one word; empty when it can."""
        # Whoever comes while another one looks is told what was found before.
        if self._clock() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._fault = self._found()
                self._until = self._clock() + _GOOD_FOR
            finally:
                self._lock.release()
        return self._fault

    def _found(self) -> str:
        try:
            byline = self._opened()
            if not byline.archive.catalogue.counts()[0]:
                return "empty"
            byline.engine.search("Who reported it?", limit=1)
        except BylineError as error:
            kinds = (_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS)
            return next(kinds, "archive")
        except Exception:  # noqa: BLE001  # whatever it is, questions fail by it, too
            return "archive"
        return ""
