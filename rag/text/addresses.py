"""Web addresses: which ones a reader may be sent to."""

from typing import TypeGuard
from urllib.parse import urlsplit


def is_web_address(url: str | None) -> TypeGuard[str]:
    """Tell whether a browser may be sent to an address: http or https, a host, no user name."""
    if not url or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        return False
