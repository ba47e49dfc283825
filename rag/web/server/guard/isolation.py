"""Keeps sessions apart: what a browser began, it alone may go on with, hear and cancel."""

import asyncio
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.web.server.guard import Policy, bodies
from rag.web.server.guard.messages import Message, MessageError, is_name, parse
from rag.web.server.guard.paths import UPLOAD
from rag.web.server.guard.replies import noting, refuse, with_cookies, without_details
from rag.web.server.guard.sessions import NOBODY, Browser, Browsers, Owners

CLIENT = "x-byline-client"
"""The header by which the application learns who asks; what comes from outside is removed."""

_POSTS_AT_ONCE = 128
_UPLOADS_AT_ONCE = 2
_LARGEST_FOLDER = 200_000_000
"""Bytes of uploads that wait for being ingested."""
_SMALLEST_FILE = 16_384
"""Bytes that even an empty one counts for: it takes a place and time, too."""

_PROXIED = (b"x-forwarded-", b"x-gradio-", b"x-byline-", b"forwarded", b"x-real-ip", b"range")
"""Gradio would believe these of where the page is; and nothing here is asked for in pieces."""


class SessionIsolation:
    """Middleware that knows which browser has which session, and bounds what is posted."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self.app = app
        self._policy = policy
        self._uploads = policy.uploads.resolve() if policy.uploads else None
        self._browsers = Browsers(framed=bool(policy.framed_by), https=policy.https)
        self._owners = Owners()
        self._posting = self._uploading = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as that of a known browser, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies = cookie_parser("; ".join(Headers(scope=scope).getlist("cookie")))
        browser = self._browsers.known(cookies)
        inner = self._inner(scope, browser)
        if scope["path"] == "/" and browser == NOBODY:
            send = with_cookies(self._browsers.greeting(cookies), send)
        if scope["method"] == "POST":
            await self._post(inner, receive, send, browser)
        elif self._may_listen(scope, browser):
            await self.app(inner, receive, without_details(scope, receive, send))
        else:
            await refuse(404, scope, receive, send)

    def _inner(self, scope: Scope, browser: Browser) -> Scope:
        client = max(browser) or (scope.get("client") or ("",))[0]
        kept = [header for header in scope["headers"] if not header[0].startswith(_PROXIED)]
        scheme = "https" if self._policy.https else "http"
        return {**scope, "scheme": scheme, "headers": [*kept, (CLIENT.encode(), client.encode())]}

    def _may_listen(self, scope: Scope, browser: Browser) -> bool:
        """Whether what a session hears is for this browser; all other paths are for anybody."""
        wanted = _session_of(scope["path"], scope.get("query_string", b""))
        return wanted is None or (is_name(wanted) and self._owners.claim(wanted, browser))

    async def _post(self, scope: Scope, receive: Receive, send: Send, browser: Browser) -> None:
        if self._posting >= _POSTS_AT_ONCE:
            await refuse(503, scope, receive, send)
            return
        self._posting += 1
        try:
            if scope["path"] == UPLOAD:
                await self._upload(scope, receive, send)
            else:
                await self._message(scope, receive, send, browser)
        finally:
            self._posting -= 1

    async def _message(self, scope: Scope, receive: Receive, send: Send, browser: Browser) -> None:
        body = await bodies.read(receive, bodies.LARGEST_BODY, bodies.SECONDS)
        try:
            message = parse(body, self._uploads)
        except MessageError:
            await refuse(400, scope, receive, send)
            return
        if not self._is_own(message, scope["path"], browser):
            await refuse(404, scope, receive, send)
            return
        noted = without_details(scope, receive, noting(self._owners, browser, send))
        await self.app(scope, bodies.replayed(body, receive), noted)

    def _is_own(self, message: Message, path: str, browser: Browser) -> bool:
        if message.session and not self._owners.claim(message.session, browser):
            return False
        # To cancel an event is all that can be done with its name.
        return not path.endswith("/cancel") or self._owners.has(message.event, browser)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._uploading >= _UPLOADS_AT_ONCE:
            await refuse(503, scope, receive, send)
            return
        self._uploading += 1
        try:
            if await asyncio.to_thread(_size, self._uploads) > _LARGEST_FOLDER:
                await refuse(503, scope, receive, send)
                return
            boundary = bodies.boundary_of(Headers(scope=scope).get("content-type", ""))
            with await bodies.spooled(receive, boundary) as spool:
                drained = bodies.drained(spool, receive)
                await self.app(scope, drained, without_details(scope, receive, send))
        finally:
            self._uploading -= 1


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
    """Return how many bytes the files in a folder count for."""
    total = 0
    for file in folder.rglob("*") if folder else ():
        with suppress(OSError):
            if not file.is_dir():
                total += max(file.lstat().st_size, _SMALLEST_FILE)
    return total
