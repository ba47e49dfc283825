"""What stands before the page: who may ask, for what, and what a browser may do with the reply.

Gradio alone answers any Host, takes posts from any site, fetches public addresses on request, lets
whoever knows a session's name have its answers, and sends no security headers. This is plain ASGI
and knows nothing of Gradio but its paths and the form of its messages.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs

from rag.web.server.guard import bodies
from rag.web.server.guard.asgi import (
    SAFE,
    App,
    Headers,
    Receive,
    Scope,
    Send,
    TooLargeError,
    TooSlowError,
    read,
    replayed,
)
from rag.web.server.guard.messages import MessageError, Sender, is_name, parse
from rag.web.server.guard.origins import LOOPBACK, is_known, is_own
from rag.web.server.guard.paths import UPLOAD, is_open
from rag.web.server.guard.replies import noting, refuse, with_cookies, without_details
from rag.web.server.guard.reply_headers import security_headers, with_headers
from rag.web.server.guard.sessions import NOBODY, Browser, Browsers, Owners

CLIENT = "x-byline-client"
"""The header by which the application learns who asks; what comes from outside is removed."""

_POSTS_AT_ONCE = 128
_UPLOADS_AT_ONCE = 2
_LARGEST_FOLDER = 200_000_000
"""Bytes of uploads that wait for being ingested."""

_PROXIED = (b"x-forwarded-", b"x-gradio-", b"x-byline-", b"forwarded", b"x-real-ip", b"range")
"""Gradio would believe these of where the page is; and nothing here is asked for in pieces."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """From where the page can be reached.

    Args:
        hosts: Names, besides those of loopback, under which it may be asked for.
        https: Whether browsers reach it by TLS, which ends before us.
        framed_by: The origin of a site that may show it in a frame.
        uploads: Where uploaded files lie; null closes the upload.
    """

    hosts: tuple[str, ...] = ()
    https: bool = False
    framed_by: str = ""
    uploads: Path | None = None


class Door(Protocol):
    """Whoever asks for a log-in where there is one; see `rag.web.server.access`."""

    async def stops(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Answer a request in place of the page, or return false to let it pass."""
        ...


class Guard:
    """Refuses what no page of ours would ask, and adds the security headers to every reply.

    Args:
        app: What it stands before.
        exposure: From where that can be reached.
        door: Asked after the names and before anything of a body is read.
    """

    def __init__(self, app: App, exposure: Exposure = Exposure(), door: Door | None = None) -> None:
        self.app = app
        self._door = door
        self._exposure = exposure
        self._hosts = frozenset(host.casefold() for host in (*LOOPBACK, *exposure.hosts))
        self._headers = security_headers(framed_by=exposure.framed_by, https=exposure.https)
        self._browsers = Browsers()
        self._owners = Owners()
        self._posts = self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, with_headers(self._headers, scope["path"], send))
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1008})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope["headers"])
        status = self._refusal(scope, headers)
        if status is not None:
            await refuse(send, status)
            return
        try:
            if self._door is None or not await self._door.stops(scope, receive, send):
                await self._admitted(scope, headers, receive, send)
        except TooLargeError:
            await refuse(send, 413)
        except TooSlowError:
            await refuse(send, 408)

    async def _admitted(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        cookies = headers.cookies()
        browser = self._browsers.known(cookies)
        inner = self._inner(scope, browser)
        if scope["path"] == "/" and browser == NOBODY:
            send = with_cookies(self._cookies(cookies), send)
        if scope["method"] == "POST":
            await self._post(inner, receive, send, browser)
        elif self._may_listen(scope, browser):
            await self.app(inner, receive, without_details(scope, send))
        else:
            await refuse(send, 404)

    def _refusal(self, scope: Scope, headers: Headers) -> int | None:
        if not is_known(headers, self._hosts):
            return 400
        if not is_own(scope["method"], headers, framed=bool(self._exposure.framed_by)):
            return 403
        if not is_open(scope["path"], login=self._door is not None):
            return 403
        if scope["path"] == UPLOAD and self._exposure.uploads is None:
            return 403
        if scope["method"] == "POST":
            return bodies.refusal(scope["path"], headers)
        return None if scope["method"] in SAFE else 405

    def _inner(self, scope: Scope, browser: Browser) -> Scope:
        client = max(browser) or (scope.get("client") or ("",))[0]
        kept = [
            (name, value)
            for name, value in scope["headers"]
            if not name.lower().startswith(_PROXIED)
        ]
        scheme = "https" if self._exposure.https else "http"
        named = (CLIENT.encode(), client.encode())
        return {**scope, "scheme": scheme, "headers": [*kept, named]}

    def _cookies(self, given: Mapping[str, str]) -> list[str]:
        """Return a name for a new browser, and what takes the names of earlier starts away."""
        site = "SameSite=None; Partitioned" if self._exposure.framed_by else "SameSite=Strict"
        kept = f"Path=/; HttpOnly; {site}{'; Secure' if self._exposure.https else ''}"
        stale = self._browsers.stale(given)
        return [f"{self._browsers.new()}; {kept}", *(f"{n}=; Max-Age=0; {kept}" for n in stale)]

    def _may_listen(self, scope: Scope, browser: Browser) -> bool:
        """Whether what a session hears is for this browser; all other paths are for anybody."""
        wanted = _session_of(scope["path"], scope.get("query_string", b""))
        return wanted is None or (is_name(wanted) and self._owners.claim(wanted, browser))

    async def _post(self, scope: Scope, receive: Receive, send: Send, browser: Browser) -> None:
        if self._posts >= _POSTS_AT_ONCE:
            await refuse(send, 503)
            return
        self._posts += 1
        try:
            if scope["path"] == UPLOAD:
                await self._upload(scope, receive, send)
            else:
                await self._message(scope, receive, send, browser)
        finally:
            self._posts -= 1

    async def _message(self, scope: Scope, receive: Receive, send: Send, browser: Browser) -> None:
        body = await read(receive, bodies.LARGEST_BODY, bodies.SECONDS)
        try:
            sender = parse(body, self._exposure.uploads)
        except MessageError:
            await refuse(send, 400)
            return
        if not self._is_senders_own(sender, scope["path"], browser):
            await refuse(send, 404)
            return
        noted = noting(self._owners, browser, send)
        await self.app(scope, replayed(body, receive), without_details(scope, noted))

    def _is_senders_own(self, sender: Sender, path: str, browser: Browser) -> bool:
        if sender.session and not self._owners.claim(sender.session, browser):
            return False
        # To cancel an event is all that can be done with its name.
        return not path.endswith("/cancel") or self._owners.has(sender.event, browser)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._uploads >= _UPLOADS_AT_ONCE or _size(self._exposure.uploads) > _LARGEST_FOLDER:
            await refuse(send, 503)
            return
        self._uploads += 1
        try:
            boundary = bodies.boundary_of(Headers(scope["headers"]).one("content-type"))
            with await bodies.spooled(receive, boundary) as spool:
                drained = bodies.drained(spool, receive)
                await self.app(scope, drained, without_details(scope, send))
        finally:
            self._uploads -= 1


def _session_of(path: str, query: bytes) -> str | None:
    """Return the session that a request wants to hear of; null when it wants something else."""
    first, _, name = path.removeprefix("/gradio_api/").partition("/")
    if first == "heartbeat":
        return name
    if first != "queue":
        return None
    try:
        named = parse_qs(query.decode("latin-1"), max_num_fields=8).get("session_hash", [])
    except ValueError:
        return ""
    return named[0] if len(named) == 1 else ""


def _size(folder: Path | None) -> int:
    """Return how many bytes lie in a folder."""
    if folder is None:
        return 0
    total = 0
    for file in folder.rglob("*"):
        with suppress(OSError):
            total += file.lstat().st_size
    return total
