"""The limits of one call, enforced where the bytes come in.

The client's own timeout is per read: a server that drips a byte a second never meets it. Here
each read of the socket gets no more than what is left until the nearest deadline.
"""

import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from rag.settings import Settings

if TYPE_CHECKING:
    import httpcore
    import httpx

_CLOCK_SLACK = 0.005
_BYTES_PER_CHARACTER = 512
"""A token is wrapped in some 300 bytes of JSON; a drip of single characters needs them each."""
_BYTES_AROUND = 1_000_000


class CallClock:
    """Deadlines and the byte budget of one call, its retries included."""

    def __init__(self, settings: Settings) -> None:
        self._first_token_timeout = settings.llm_first_token_timeout
        self._total_at = time.monotonic() + settings.llm_total_timeout
        self._first_token_at: float | None = None
        self._bytes_left = 0
        self._byte_budget = _BYTES_AROUND + _BYTES_PER_CHARACTER * settings.llm_max_characters

    def begin_attempt(self) -> None:
        """Start waiting for a first token."""
        self._first_token_at = time.monotonic() + self._first_token_timeout
        self._bytes_left = self._byte_budget

    def token_seen(self) -> None:
        """Stop waiting for a first token."""
        self._first_token_at = None

    @property
    def first_token_late(self) -> bool:
        """Whether the first token should have come by now."""
        return self._first_token_at is not None and _left(self._first_token_at) <= _CLOCK_SLACK

    @property
    def total_late(self) -> bool:
        """Whether the whole answer should have come by now."""
        return _left(self._total_at) <= _CLOCK_SLACK

    @property
    def flooded(self) -> bool:
        """Whether more bytes came than any answer needs."""
        return self._bytes_left < 0

    def total_left(self) -> float:
        """Return the seconds until the call must be over."""
        return _left(self._total_at)

    def check(self) -> None:
        """Raise `TimeoutError` when a deadline has passed."""
        if self.first_token_late or self.total_late:
            raise TimeoutError

    def watch(self, request: "httpx.Request") -> None:
        """Have every socket that serves this request read under the deadlines.

        For an event hook of `httpx.Client`; `trace` is httpx's documented way to learn of the
        connection before the response headers are there.
        """
        request.extensions["trace"] = self._trace

    def _trace(self, event: str, info: dict[str, Any]) -> None:
        if event.endswith("connect_tcp.started") and info["timeout"] is not None:
            info["timeout"] = _seconds_per_address(info["host"], info["port"], info["timeout"])
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._bound(info["return_value"])

    def _bound(self, stream: "httpcore.NetworkStream") -> None:
        import httpcore

        read = stream.read

        def read_in_time(max_bytes: int, timeout: float | None = None) -> bytes:
            left = self._left()
            if left <= 0:
                raise httpcore.ReadTimeout
            received = read(max_bytes, left if timeout is None else min(left, timeout))
            self._bytes_left -= len(received)
            if self.flooded:
                raise httpcore.ReadError
            return received

        # No public hook wraps a connection that httpx itself opens; replacing its one method does.
        stream.read = read_in_time  # type: ignore[method-assign]  # see above

    def _left(self) -> float:
        if self._first_token_at is None:
            return _left(self._total_at)
        return _left(min(self._first_token_at, self._total_at))


def _seconds_per_address(host: str, port: int, seconds: float) -> float:
    """Look a host up, and share the time that is then left between its addresses.

    Neither is bounded otherwise: looking up takes no timeout, and each address gets the whole one.
    """
    import httpcore

    found: list[int | Exception] = []

    def look_up() -> None:
        try:
            found.append(len(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            found.append(error)

    until = time.monotonic() + seconds
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise httpcore.ConnectTimeout
    if isinstance(found[0], Exception):
        raise httpcore.ConnectError(str(found[0])) from found[0]
    return max(_CLOCK_SLACK, _left(until) / max(1, found[0]))


def _left(deadline: float) -> float:
    return deadline - time.monotonic()
