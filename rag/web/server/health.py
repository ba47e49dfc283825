"""Whether the archive can be asked: one word, for whoever watches the server."""

import threading
import time
from collections.abc import Callable

from rag import errors
from rag.answering.request import Request
from rag.factory import Byline

_WORDS: dict[type[errors.BylineError], str] = {
    errors.ArchiveEmptyError: "empty",
    errors.CatalogueError: "catalogue",
    errors.IndexDamagedError: "index",
    errors.IndexMismatchError: "index",
    errors.LLMError: "llm",
    errors.LockHeldError: "locked",
    errors.ModelError: "model",
    errors.SettingsError: "settings",
    errors.StorageError: "storage",
}
_GOOD_FOR = 5.0


class Health:
    """Looks at the archive every five seconds at most, however often it is asked for.

    Args:
        opened: Returns the archive as it is now: it may have come, or gone.
        clock: Seconds that only grow.
        patience: Seconds that a request waits for a look; then it is told what was found before.
    """

    def __init__(
        self,
        opened: Callable[[], Byline],
        clock: Callable[[], float] = time.monotonic,
        patience: float = 0.5,
    ) -> None:
        self._opened = opened
        self._clock = clock
        self._patience = patience
        self._looking = threading.Lock()
        self._until = float("-inf")
        self._fault = "starting"
        self._answered: object = None
        """The view of the archive that a question was last answered from."""

    def fault(self) -> str:
        """Return why the archive can't be asked, in one word; empty when it can."""
        if self._clock() >= self._until and self._looking.acquire(blocking=False):
            # A thread of its own: to load the model, or to heal an index, takes a while.
            look = threading.Thread(target=self._look, daemon=True)
            look.start()
            look.join(self._patience)
        return self._fault

    def _look(self) -> None:
        try:
            self._fault = self._found()
            self._until = self._clock() + _GOOD_FOR
        finally:
            self._looking.release()

    def _found(self) -> str:
        try:
            byline = self._opened()
            view = byline.archive.view()
            # What has been answered from is asked again only when the archive has changed.
            if view is not self._answered:
                byline.engine.search(Request("Who reported it?", limit=1))
                self._answered = view
        except errors.BylineError as error:
            kinds = (_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS)
            return next(kinds, "archive")
        except Exception:  # noqa: BLE001  # whatever it is, questions fail by it, too
            return "archive"
        return ""
