"""After several failed calls in a row, an endpoint is left alone for a while.

Otherwise every question would wait for the same timeout anew before it is answered without it.
"""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rag.errors import LLMError
from rag.settings import Settings


class Breaker:
    """Counts the failed calls of one endpoint and decides whether it is asked.

    Closed, it lets every call through. After `failures` of them failed in a row it opens: calls
    fail at once. When `pause` is over, one call goes through as a probe, and the others still
    fail at once; its success closes the breaker, its failure starts the next pause. A call that
    its caller gave up says nothing about the endpoint. Safe to share between threads.

    Args:
        failures: So many failed calls in a row open it; 0: it never opens.
        pause: Seconds for which no call is tried, and for which others wait for a probe.
    """

    def __init__(self, failures: int, pause: float) -> None:
        self._failures = failures
        self._pause = pause
        self._lock = threading.Lock()
        self._failed = 0
        self._last = ("", "")
        self._next_try_at = -math.inf
        """While it is open: when a probe may go."""

    @contextmanager
    def call(self) -> Iterator[None]:
        """Wrap one call.

        Raises:
            LLMError: The endpoint is left alone; or what the call raised.
        """
        is_probe = self._admit()
        try:
            yield
        except LLMError as error:
            self._note_failure(error)
            raise
        except BaseException:
            if is_probe:
                with self._lock:
                    self._next_try_at = -math.inf
            raise
        with self._lock:
            self._failed = 0

    @property
    def _is_open(self) -> bool:
        return 0 < self._failures <= self._failed

    def _admit(self) -> bool:
        """Return whether the call is a probe."""
        with self._lock:
            if not self._is_open:
                return False
            left = self._next_try_at - time.monotonic()
            if left > 0:
                what, hint = self._last
                raise LLMError(
                    f"The language model failed {self._failed} times in a row and is not asked"
                    f" for another {math.ceil(left)} s; the last time: {what}",
                    hint,
                    retryable=True,
                )
            self._next_try_at = time.monotonic() + self._pause
            return True

    def _note_failure(self, error: LLMError) -> None:
        with self._lock:
            self._failed += 1
            # The lines for the user only: the exception would keep frames, and the prompt, alive.
            self._last = (error.message, error.hint)
            self._next_try_at = time.monotonic() + self._pause


_BREAKERS: dict[object, Breaker] = {}
_MAKING = threading.Lock()


def breaker_of(settings: Settings) -> Breaker:
    """Return the one breaker of this process for an endpoint.

    Another model or a mended key starts afresh: they may work where the last ones didn't.
    """
    failures, pause = settings.llm_breaker_failures, settings.llm_breaker_pause
    endpoint = settings.openai_base_url, settings.llm_model, hash(settings.openai_api_key)
    with _MAKING:
        return _BREAKERS.setdefault((*endpoint, failures, pause), Breaker(failures, pause))
