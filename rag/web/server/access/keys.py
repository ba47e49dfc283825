"""What proves who somebody is: a password, kept as its scrypt hash, or the token of this start."""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rag.errors import SettingsError

_COST, _BLOCK, _LANES = 2**14, 8, 5
"""One of the equal choices of OWASP's password storage sheet: 16 MB, some 0.2 s a try."""
_MEMORY = 64 * 1024 * 1024
_LINE = re.compile(
    r"(?P<name>[^:\s]{1,64}):scrypt\$(?P<n>\d{1,8})\$(?P<r>\d{1,3})\$(?P<p>\d{1,3})"
    r"\$(?P<salt>[A-Za-z0-9+/=]{16,128})\$(?P<hash>[A-Za-z0-9+/=]{40,128})"
)
_SHORTEST = 8
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Password:
    """The scrypt hash of a password, with what it was made by."""

    salt: bytes
    digest: bytes
    cost: int
    block: int
    lanes: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Hash a password under a salt of its own."""
        salt = secrets.token_bytes(16)
        made = _scrypt(text, salt, _COST, _BLOCK, _LANES)
        return cls(salt, made, _COST, _BLOCK, _LANES)

    def fits(self, text: str) -> bool:
        """Whether a text is the password; takes as long when it isn't."""
        made = _scrypt(text, self.salt, self.cost, self.block, self.lanes)
        return hmac.compare_digest(made, self.digest)

    def __str__(self) -> str:
        """Return what stands in the file after the name and a colon."""
        salt, digest = (base64.b64encode(part).decode() for part in (self.salt, self.digest))
        return f"scrypt${self.cost}${self.block}${self.lanes}${salt}${digest}"


class Keys:
    """Everybody who may come in: names with passwords, or whoever has the token.

    Args:
        passwords: By name.
        token: For a client that sends it with each request, or as the password of any name.
    """

    def __init__(self, passwords: dict[str, Password], token: str = "") -> None:
        self._passwords = passwords
        self._token = hashlib.sha256(token.encode()).digest() if token else None
        self._nobody = Password.of(secrets.token_hex())

    @property
    def are_named(self) -> bool:
        """Whether a name is asked for, too."""
        return bool(self._passwords)

    def fit(self, name: str, text: str) -> bool:
        """Whether somebody may come in; takes as long for a name that isn't there."""
        if self.is_token(text):
            return True
        if self._token or len(text) > _LONGEST:
            return False
        known = self._passwords.get(name)
        fits = (known or self._nobody).fits(text)
        return fits and known is not None

    def is_token(self, text: str) -> bool:
        """Whether a text is the token."""
        given = hashlib.sha256(text.encode()).digest()
        return self._token is not None and hmac.compare_digest(given, self._token)


def line_for(name: str, password: str) -> str:
    """Return the line of an auth file.

    Raises:
        SettingsError: The name or the password can't be used.
    """
    if not re.fullmatch(r"[^:\s]{1,64}", name):
        raise SettingsError(
            f"{name!r} can't be a name.", "Use up to 64 characters, no colon and no space."
        )
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise SettingsError(
            "The password is too short, or too long.",
            f"Use {_SHORTEST} to {_LONGEST} characters; a sentence is easy to remember.",
        )
    return f"{name}:{Password.of(password)}"


def read_keys(path: Path) -> Keys:
    """Read an auth file: lines as `rag password` makes them, empty ones, and comments after `#`.

    Raises:
        SettingsError: It can't be read, holds a line of another form, or nobody.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The auth file {path} can't be read ({error}).",
            "Make one: rag password NAME >> FILE; or use --auth token.",
        ) from error
    passwords = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            name, password = _parsed(line.strip(), f"Line {number} of {path}")
            passwords[name] = password
    if not passwords:
        raise SettingsError(f"{path} names nobody.", "Add a line: rag password NAME >> FILE")
    return Keys(passwords)


def _parsed(line: str, place: str) -> tuple[str, Password]:
    found = _LINE.fullmatch(line)
    try:
        if found is None:
            raise ValueError
        salt, digest = (base64.b64decode(found[part], validate=True) for part in ("salt", "hash"))
        password = Password(salt, digest, int(found["n"]), int(found["r"]), int(found["p"]))
        password.fits("")  # a cost that can't be used shows here, not at the first log-in
    except (ValueError, binascii.Error) as error:
        # What it holds is not repeated: it may be a password in the clear.
        raise SettingsError(
            f"{place} is not name:hash.", "Make each line with: rag password NAME >> FILE"
        ) from error
    return found["name"], password


def _scrypt(text: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    return hashlib.scrypt(
        text.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=cost,
        r=block,
        p=lanes,
        maxmem=_MEMORY,
        dklen=32,
    )
