"""What stands before the page: who may ask, for what, and what a browser may do with the reply.

Gradio alone answers any Host, takes posts from any site, fetches public addresses on request and
sends no security headers. This is plain ASGI and knows nothing of it but its paths.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import unquote, urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
LARGEST_BODY = 262_144
"""Bytes of a request; a question has at most 4,000 characters, and nothing is uploaded."""

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-src 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
"""Gradio starts from an inline script and sets the base to its own root. It needs 'unsafe-eval'
for `gr.HTML` and `js=` only, and the page uses neither."""

_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_USED = frozenset(
    {"queue", "run", "call", "cancel", "reset", "heartbeat", "startup-events", "info"}
)
"""What the page asks of Gradio's API; uploads, files, proxy and the rest are closed."""

_CLOSED = frozenset({"login", "logout", "docs", "redoc", "openapi.json", "monitoring", "svelte"})


class Guard:
    """Refuses what no page of ours would ask, and adds the security headers to every reply.

    Args:
        app: What it stands before.
        hosts: Names, besides those of loopback, under which the page may be asked for.
    """

    def __init__(self, app: App, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.casefold() for host in (*LOOPBACK, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(scope["path"], send))
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _Headers(scope["headers"])
        status = self._refusal(scope, headers)
        if status is not None:
            await _reply(send, status)
            return
        if scope["method"] in _SAFE:
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            await _reply(send, 413)
        else:
            await self._app(scope, _replayed(body, receive), send)

    def _refusal(self, scope: Scope, headers: "_Headers") -> int | None:
        hosts = headers.all("host")
        if len(hosts) != 1 or _name_of(hosts[0]) not in self._hosts:
            return 400
        if not _is_own(scope["method"], hosts[0], headers):
            return 403
        length = headers.one("content-length")
        if length.isdecimal() and int(length) > LARGEST_BODY:
            return 413
        return None if _is_open(scope["path"]) else 403


class _Headers:
    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        self._raw = [
            (name.lower().decode("latin-1"), value.decode("latin-1")) for name, value in raw
        ]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self._raw if key == name]

    def one(self, name: str) -> str:
        return ",".join(self.all(name))


def _name_of(host: str) -> str:
    bracketed = host.startswith("[")
    name, _, port = host.rpartition(":") if ":" in host else (host, "", "")
    if bracketed and host.endswith("]"):
        name, port = host, ""
    return name.casefold() if not port or port.isdecimal() else ""


def _is_own(method: str, host: str, headers: _Headers) -> bool:
    """Whether the request comes from our page, from an address bar or from no browser at all."""
    origin, site = headers.one("origin"), headers.one("sec-fetch-site")
    if origin:
        parts = urlsplit(origin)
        return parts.scheme in {"http", "https"} and parts.netloc.casefold() == host.casefold()
    if site in {"", "same-origin", "none"}:
        return True
    followed_link = headers.one("sec-fetch-mode") == "navigate"
    return method in _SAFE and followed_link and headers.one("sec-fetch-dest") == "document"


def _is_open(path: str) -> bool:
    decoded = unquote(unquote(path)).replace("\\", "/").casefold()
    if "://" in decoded or ".." in decoded.split("/") or "\x00" in decoded:
        return False
    first, _, rest = decoded.lstrip("/").partition("/")
    if first == "gradio_api":
        return rest.partition("/")[0] in _USED
    return first not in _CLOSED and not first.startswith(("file=", "proxy=", "gradio_api"))


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body; null when it goes on for too long, whatever length it claimed."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_BODY:
            return None
    return body


def _replayed(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _with_headers(path: str, send: Send) -> Send:
    keeps = path.startswith(("/assets/", "/static/"))

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [
                (name, value)
                for name, value in message.get("headers", ())
                if not _is_ours(name.lower().decode("latin-1"), keeps=keeps)
            ]
            added = _HEADERS if keeps else {**_HEADERS, "cache-control": "no-store"}
            message["headers"] = [*kept, *((k.encode(), v.encode()) for k, v in added.items())]
        await send(message)

    return with_headers


def _is_ours(name: str, *, keeps: bool) -> bool:
    replaced = name in _HEADERS or (name == "cache-control" and not keeps)
    return replaced or name == "server" or name.startswith("access-control-")


async def _reply(send: Send, status: int) -> None:
    body = {400: b"Unknown host.", 403: b"Refused.", 413: b"Too large."}[status]
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
