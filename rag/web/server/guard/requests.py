"""What may be asked of the page, and by whom: its paths, by its own pages, in their own form."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.web.server.guard import Policy, bodies
from rag.web.server.guard.paths import FORMS, UPLOAD, is_open
from rag.web.server.guard.replies import refuse

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestFilter:
    """Middleware that refuses what no page of ours would ask."""

    def __init__(self, app: ASGIApp, policy: Policy, *, login: bool) -> None:
        self.app = app
        self._policy = policy
        self._login = login

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] == "http" and (status := self._refusal(scope, Headers(scope=scope))):
            await refuse(status, scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        except bodies.TooLargeError:
            await refuse(413, scope, receive, send)
        except bodies.TooSlowError:
            await refuse(408, scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> int:
        method, path = scope["method"], scope["path"]
        if (
            not _is_own(method, headers, framed=bool(self._policy.framed_by))
            or not is_open(path, login=self._login)
            or (path == UPLOAD and self._policy.uploads is None)
        ):
            return 403
        if method == "POST":
            return _kind_refusal(path, headers) or _length_refusal(path, headers)
        return 0 if method in _SAFE else 405


def _is_own(method: str, headers: Headers, *, framed: bool) -> bool:
    """Whether the request comes from our page, from an address bar or from no browser at all.

    A page elsewhere may link to ours, but post nothing to it.
    """
    if origin := headers.get("origin"):
        return _is_at(origin, headers.get("host", ""))
    if headers.get("sec-fetch-site", "") in {"", "same-origin", "none"}:
        return True
    followed_link = headers.get("sec-fetch-mode") == "navigate"
    shown_in = {"document", "iframe"} if framed else {"document"}
    return method in _SAFE and followed_link and headers.get("sec-fetch-dest") in shown_in


def _is_at(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.casefold() == host.casefold()


def _kind_refusal(path: str, headers: Headers) -> int:
    kind = headers.get("content-type", "")
    if path == UPLOAD:
        if bodies.boundary_of(kind):
            return 0
        return 400 if kind.lower().startswith("multipart/form-data") else 415
    wanted = "application/x-www-form-urlencoded" if path in FORMS else "application/json"
    return 0 if kind.partition(";")[0].strip().lower() == wanted else 415


def _length_refusal(path: str, headers: Headers) -> int:
    length = headers.get("content-length", "0")
    if not re.fullmatch("[0-9]+", length):
        return 400
    most = bodies.LARGEST_UPLOAD if path == UPLOAD else bodies.LARGEST_BODY
    return 413 if len(length) > len(str(most)) or int(length) > most else 0
