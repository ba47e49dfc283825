"""Who may come in: a log-in before the page, wherever others can reach it.

Without a log-in everything but `/healthz` is answered by 401: pages, events, streams and files.
"""

import asyncio
import hashlib
import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.web.server.access.keys import Keys
from rag.web.server.access.page import again_page, login_page
from rag.web.server.guard.bodies import SECONDS, read
from rag.web.server.guard.paths import FORMS
from rag.web.server.limits import RateLimit

_COOKIE = "byline_login"
_TRIES = 10
"""A minute, from one client; then even the right password has to wait."""
_LARGEST_FORM = 8_192
_CHALLENGE = {"www-authenticate": 'Bearer realm="Byline"'}
"""Browsers ask for a password of their own accord where this says `Basic`; they ignore `Bearer`."""
_KEPT = 200
_SECONDS = 12 * 3600.0


class Logins:
    """The latest 200 log-ins of this start, each for twelve hours, kept by their hash."""

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

    def holds(self, shown: str) -> bool:
        """Whether a browser that shows this is logged in."""
        return self._until.get(_hash(shown), 0.0) > self._clock()

    def end(self, shown: str) -> None:
        """Log a browser out."""
        self._until.pop(_hash(shown), None)


class Login:
    """Middleware that lets those through who are logged in, or show the token with each request."""

    def __init__(self, app: ASGIApp, keys: Keys, *, https: bool = False) -> None:
        self.app = app
        self._keys = keys
        self._logins = Logins()
        self._tries = RateLimit(_TRIES)
        self._hashing = asyncio.Semaphore(2)
        self._attributes = f"Path=/; HttpOnly; SameSite=Strict{'; Secure' if https else ''}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, take a log-in, or ask for one."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"]
        shown = cookie_parser("; ".join(headers.getlist("cookie"))).get(_COOKIE, "")
        if (scope["method"], path) == ("POST", "/login"):
            answer = await self._log_in(scope, receive)
        elif (scope["method"], path) == ("POST", "/logout"):
            self._logins.end(shown)
            answer = self._home("", "; Max-Age=0")
        elif path not in FORMS and (path == "/healthz" or self._is_in(headers, shown)):
            await self.app(scope, receive, send)
            return
        else:
            answer = self._question(headers, shown)
        await answer(scope, receive, send)

    def _is_in(self, headers: Headers, shown: str) -> bool:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        is_client = scheme.lower() == "bearer" and self._keys.is_token(token.strip())
        return is_client or self._logins.holds(shown)

    async def _log_in(self, scope: Scope, receive: Receive) -> Response:
        form = parse_qs((await read(receive, _LARGEST_FORM, SECONDS)).decode("utf-8", "replace"))
        name, password = (form.get(field, [""])[0] for field in ("name", "password"))
        client = _client(scope)
        # Counted before it is looked at, so that tries at the same moment count, too.
        if not self._tries.admit(client):
            return self._form(429, "Too many tries. Wait a minute.", {"retry-after": "60"})
        async with self._hashing:
            fits = await asyncio.to_thread(self._keys.fit, name, password)
        if not fits:
            return self._form(401, "That is not right.", _CHALLENGE)
        self._tries.forgive(client)
        return self._home(self._logins.begin())

    def _home(self, shown: str, more: str = "") -> Response:
        cookie = f"{_COOKIE}={shown}{more}; {self._attributes}"
        return RedirectResponse("/", 303, {"set-cookie": cookie})

    def _question(self, headers: Headers, shown: str) -> Response:
        if "text/html" not in headers.get("accept", ""):
            return JSONResponse({"detail": "Log in."}, 401, _CHALLENGE)
        if headers.get("sec-fetch-site") == "cross-site" and not shown:
            return HTMLResponse(again_page(), 401, _CHALLENGE)
        return self._form(401, "", _CHALLENGE)

    def _form(self, status: int, complaint: str, headers: dict[str, str]) -> Response:
        page = login_page(named=self._keys.are_named, complaint=complaint)
        # With no referrer at all a browser would say that the form comes from nowhere.
        return HTMLResponse(page, status, {**headers, "referrer-policy": "same-origin"})


def _client(scope: Scope) -> str:
    """Return the address; of version 6 the network, in which a client has as many as it likes."""
    address = str((scope.get("client") or ("",))[0])
    try:
        six = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    return str(six.ipv4_mapped or int(six) >> 64)


def _hash(shown: str) -> bytes:
    # Looked up by its hash: how long that takes says nothing of what is kept.
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).digest()
