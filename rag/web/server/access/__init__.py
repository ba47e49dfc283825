"""Who may come in: stands between the guard and the page, wherever others can reach it.

Without a log-in everything but `/healthz` is answered by 401: pages, events, streams and files.
"""

import asyncio
from urllib.parse import parse_qs

from rag.web.server.access.keys import Keys
from rag.web.server.access.logins import COOKIE, Logins
from rag.web.server.access.page import again_page, login_page
from rag.web.server.guard.asgi import Headers, Receive, Scope, Send, read, reply
from rag.web.server.guard.bodies import SECONDS
from rag.web.server.guard.paths import FORMS
from rag.web.server.limits import Rate

__all__ = ["Access"]

_TRIES = 10
"""A minute, from one client; then even the right password has to wait."""
_LARGEST_FORM = 8_192
_CHALLENGE = ("www-authenticate", 'Bearer realm="Byline"')
"""Browsers ask for a password of their own accord where this says `Basic`; they ignore `Bearer`."""


class Access:
    """Lets those through who are logged in, or show the token with each request.

    Args:
        keys: Who may come in.
        https: Whether browsers reach the page by TLS.
    """

    def __init__(self, keys: Keys, *, https: bool = False) -> None:
        self._keys = keys
        self._logins = Logins()
        self._tries = Rate(_TRIES)
        self._hashing = asyncio.Semaphore(2)
        self._kept = f"Path=/; HttpOnly; SameSite=Strict{'; Secure' if https else ''}"

    async def stops(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Ask for a log-in, or take one; return false for who may pass."""
        headers = Headers(scope["headers"])
        what = scope["method"], scope["path"]
        if what == ("POST", "/login"):
            await self._log_in(scope, receive, send)
        elif what == ("POST", "/logout"):
            self._logins.end(headers.cookies())
            gone = ("set-cookie", f"{COOKIE}=; Max-Age=0; {self._kept}")
            await reply(send, 303, "", headers=[("location", "/"), gone])
        elif scope["path"] not in FORMS and (scope["path"] == "/healthz" or self._is_in(headers)):
            return False
        else:
            await self._ask(headers, send)
        return True

    def _is_in(self, headers: Headers) -> bool:
        scheme, _, shown = headers.one("authorization").partition(" ")
        if scheme.lower() == "bearer" and self._keys.is_token(shown.strip()):
            return True
        return self._logins.are_shown(headers.cookies())

    async def _log_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        form = parse_qs((await read(receive, _LARGEST_FORM, SECONDS)).decode("utf-8", "replace"))
        name, password = (form.get(field, [""])[0] for field in ("name", "password"))
        client = (scope.get("client") or ("",))[0]
        # Counted before it is looked at, so that tries at the same moment count, too.
        if not self._tries.admit(client):
            await self._show(send, 429, "Too many tries. Wait a minute.", [("retry-after", "60")])
            return
        async with self._hashing:
            fits = await asyncio.to_thread(self._keys.fit, name, password)
        if not fits:
            await self._show(send, 401, "That is not right.", [_CHALLENGE])
            return
        self._tries.forgive(client)
        shown = ("set-cookie", f"{COOKIE}={self._logins.begin()}; {self._kept}")
        await reply(send, 303, "", headers=[("location", "/"), shown])

    async def _ask(self, headers: Headers, send: Send) -> None:
        if "text/html" not in headers.one("accept"):
            detail = '{"detail": "Log in."}'
            await reply(send, 401, detail, kind="application/json", headers=[_CHALLENGE])
        elif headers.one("sec-fetch-site") == "cross-site" and COOKIE not in headers.cookies():
            await reply(send, 401, again_page(), kind="text/html", headers=[_CHALLENGE])
        else:
            await self._show(send, 401, "", [_CHALLENGE])

    async def _show(
        self, send: Send, status: int, complaint: str, headers: list[tuple[str, str]]
    ) -> None:
        page = login_page(named=self._keys.are_named, complaint=complaint)
        # With no referrer at all a browser would say that the form comes from nowhere.
        told = [*headers, ("referrer-policy", "same-origin")]
        await reply(send, status, page, kind="text/html", headers=told)
