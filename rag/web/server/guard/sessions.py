"""Whose session is whose: Gradio takes the name of a session as proof that it is the caller's.

Each browser gets a random name in a cookie, signed with a secret that is new at each start. The
first browser that names a session has it; to others it isn't there.
"""

import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Mapping

_COOKIE = "byline_browser_"
_NAMING = re.compile(f"{_COOKIE}([0-9a-f]{{32}})")
_LEFT = 16
"""Cookies of other starts that a browser may keep: some may be of servers that run."""
_REMEMBERED = 20_000
Browser = frozenset[str]
"""The names that one browser goes by: mostly one, and always the empty one."""
NOBODY: Browser = frozenset({""})
"""A client that keeps no cookies; its sessions are for whoever knows their names."""


class Browsers:
    """Gives names to browsers, and knows its own again.

    Each name is a cookie of its own, so that two tabs which open at once, and are both taken for
    new, don't take each other's name away. Cookies don't know of ports: there may be some of
    another server on this machine, too.
    """

    def __init__(self, *, framed: bool = False, https: bool = False) -> None:
        self._secret = secrets.token_bytes(32)
        site = "SameSite=None; Partitioned" if framed else "SameSite=Strict"
        self._attributes = f"Path=/; HttpOnly; {site}{'; Secure' if https else ''}"

    def known(self, cookies: Mapping[str, str]) -> Browser:
        """Return the names that a browser goes by."""
        return NOBODY | {
            name
            for name, signature in _named(cookies).items()
            if hmac.compare_digest(signature.encode(), self._signature(name).encode())
        }

    def greeting(self, cookies: Mapping[str, str]) -> list[str]:
        """Return the cookies for a new browser: a name that nobody else has or could make up.

        Of those that earlier starts have left, the oldest are taken away.
        """
        name = secrets.token_hex(16)
        left = list(_named(cookies))
        return [
            f"{_COOKIE}{name}={self._signature(name)}; {self._attributes}",
            *(f"{_COOKIE}{old}=; Max-Age=0; {self._attributes}" for old in left[:-_LEFT]),
        ]

    def _signature(self, name: str) -> str:
        return hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()


def _named(cookies: Mapping[str, str]) -> dict[str, str]:
    """Return the signatures of the names in cookies, in the order in which those were set."""
    ours = ((_NAMING.fullmatch(cookie), signature) for cookie, signature in cookies.items())
    return {found[1]: signature for found, signature in ours if found}


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
