"""Who asks: under which name, and from which page."""

from collections.abc import Collection
from urllib.parse import urlsplit

from rag.web.server.guard.asgi import SAFE, Headers

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def is_known(headers: Headers, hosts: Collection[str]) -> bool:
    """Whether the request names exactly one host, and one of ours."""
    named = headers.all("host")
    return len(named) == 1 and _name_of(named[0]) in hosts


def is_own(method: str, headers: Headers, *, framed: bool) -> bool:
    """Whether the request comes from our page, from an address bar or from no browser at all.

    Args:
        method: A page elsewhere may link to ours, but post nothing to it.
        headers: Those of the request.
        framed: Whether another site may show the page in a frame.
    """
    origin, site = headers.one("origin"), headers.one("sec-fetch-site")
    if origin:
        return _is_at(origin, headers.one("host"))
    if site in {"", "same-origin", "none"}:
        return True
    followed_link = headers.one("sec-fetch-mode") == "navigate"
    shown_in = {"document", "iframe"} if framed else {"document"}
    return method in SAFE and followed_link and headers.one("sec-fetch-dest") in shown_in


def _is_at(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.casefold() == host.casefold()


def _name_of(host: str) -> str:
    bracketed = host.startswith("[")
    name, _, port = host.rpartition(":") if ":" in host else (host, "", "")
    if bracketed and host.endswith("]"):
        name, port = host, ""
    return name.casefold() if not port or port.isdecimal() else ""
