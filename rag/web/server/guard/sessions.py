"""Whose session is whose: Gradio takes the name of a session as proof that it is the caller's.

Each browser gets a random name in a cookie, signed with a secret that is new at each start. The
first browser that names a session has it; to others it isn't there.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Mapping

_COOKIE = "byline_browser_"
_REMEMBERED = 20_000
Browser = frozenset[str]
"""The names that one browser goes by: mostly one, and always the empty one."""
NOBODY: Browser = frozenset({""})
"""A client that keeps no cookies; its sessions are for whoever knows their names."""


class Browsers:
    """Gives names to browsers, and knows its own again.

    Each name is a cookie of its own, so that two tabs which open at once, and are both taken for
    new, don't take each other's name away.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def new(self) -> str:
        """Return a cookie with a name that nobody else has, and that nobody could make up."""
        name = secrets.token_hex(16)
        return f"{_COOKIE}{name}={self._signature(name)}"

    def known(self, cookies: Mapping[str, str]) -> Browser:
        """Return the names that a browser goes by."""
        given = {
            name.removeprefix(_COOKIE): signature
            for name, signature in cookies.items()
            if name.startswith(_COOKIE)
        }
        return NOBODY | {
            name for name, signature in given.items() if self._is_ours(name, signature)
        }

    def stale(self, cookies: Mapping[str, str]) -> list[str]:
        """Return the cookies that an earlier start of ours has left."""
        known = self.known(cookies)
        ours = [name for name in cookies if name.startswith(_COOKIE)]
        return [name for name in ours if name.removeprefix(_COOKIE) not in known]

    def _is_ours(self, name: str, signature: str) -> bool:
        return hmac.compare_digest(signature.encode(), self._signature(name).encode())

    def _signature(self, name: str) -> str:
        return hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()


class Owners:
    """Which browser has which session or event; the oldest are forgotten, as Gradio does."""

    def __init__(self) -> None:
        self._owners: OrderedDict[str, str] = OrderedDict()

    def claim(self, session: str, browser: Browser) -> bool:
        """Whether a session is this browser's; one that nobody has becomes so."""
        owner = self._owners.setdefault(session, max(browser))
        self._owners.move_to_end(session)
        while len(self._owners) > _REMEMBERED:
            self._owners.popitem(last=False)
        return owner in browser

    def has(self, session: str, browser: Browser) -> bool:
        """Whether a session is known, and this browser's."""
        return self._owners.get(session) in browser
