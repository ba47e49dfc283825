"""The plain ASGI that the guard and the log-in are made of: headers, bodies, short replies."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
RawHeaders = Iterable[tuple[bytes, bytes]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class TooLargeError(Exception):
    """A body went on for longer than it may, whatever length it claimed."""


class TooSlowError(Exception):
    """A body didn't arrive in time, or its sender left."""


class Headers:
    """The headers of a request, by name in lower case."""

    def __init__(self, raw: RawHeaders) -> None:
        self._raw = [
            (name.lower().decode("latin-1"), value.decode("latin-1")) for name, value in raw
        ]

    def all(self, name: str) -> list[str]:
        """Return every value of a header, in the order received."""
        return [value for key, value in self._raw if key == name]

    def one(self, name: str) -> str:
        """Return the values of a header joined by commas; empty when there is none."""
        return ",".join(self.all(name))

    def cookies(self) -> dict[str, str]:
        """Return the cookies, those of other applications on this machine among them."""
        pairs = (one.partition("=") for line in self.all("cookie") for one in line.split(";"))
        return {name.strip(): value.strip() for name, _, value in pairs}


async def read(receive: Receive, most: int, seconds: float) -> bytes:
    """Return the whole body of a request.

    Raises:
        TooLargeError: It has more than `most` bytes.
        TooSlowError: It took more than `seconds`.
    """
    body, more = bytearray(), True
    try:
        async with asyncio.timeout(seconds):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise TooSlowError
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > most:
                    raise TooLargeError
    except TimeoutError as error:
        raise TooSlowError from error
    return bytes(body)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return what gives the body again to the next application, then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


async def reply(
    send: Send,
    status: int,
    body: str,
    *,
    kind: str = "text/plain",
    headers: Iterable[tuple[str, str]] = (),
) -> None:
    """Send a short reply."""
    content = body.encode()
    told = [("content-type", f"{kind}; charset=utf-8"), ("content-length", str(len(content)))]
    raw = [(name.encode(), value.encode()) for name, value in (*told, *headers)]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": content})
