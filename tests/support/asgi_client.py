"""A client that calls an ASGI application in this process: what the guard does without a server."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN = {"host": "127.0.0.1:7860"}


@dataclass(frozen=True)
class Got:
    """A reply."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()


class Inner:
    """An application that says what it is told to, and keeps what it was asked."""

    def __init__(self, status: int = 200, body: bytes = b"hello") -> None:
        self.scopes: list[Scope] = []
        self.bodies: list[bytes] = []
        self._status, self._body = status, body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(scope)
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.bodies.append(body)
        headers = [(b"Access-Control-Allow-Origin", b"*"), (b"Server", b"x")]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": self._body})

    def header(self, name: str) -> str | None:
        """Return a header of the last request, as it arrived here."""
        found = [value for key, value in self.scopes[-1]["headers"] if key == name.encode()]
        return found[-1].decode() if found else None


async def send_request(
    app: ASGIApp,
    method: str = "GET",
    path: str = "/",
    headers: Mapping[str, str] | None = None,
    chunks: Iterable[bytes] = (b"",),
    **scope: Any,
) -> Got:
    """Send a request; the query may be part of the path."""
    left, sent = list(chunks), list[Message]()

    async def receive() -> Message:
        if not left:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    named, _, query = path.partition("?")
    raw = [(k.encode(), v.encode()) for k, v in (OWN if headers is None else headers).items()]
    asked: Scope = {
        "type": "http",
        "method": method,
        "path": named,
        "query_string": query.encode(),
        "headers": raw,
        "client": ("192.0.2.1", 5),
        "scheme": "http",
        **scope,
    }
    await app(asked, receive, send)
    start = sent[0]
    pairs = [(k.decode(), v.decode()) for k, v in start.get("headers", ())]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    cookies = tuple(value for name, value in pairs if name == "set-cookie")
    return Got(start.get("status", start.get("code", 0)), dict(pairs), body, cookies)


def request(app: ASGIApp, method: str = "GET", path: str = "/", **more: Any) -> Got:
    """Send a request, and wait for the reply."""
    return asyncio.run(send_request(app, method, path, **more))
