"""What proves who somebody is: a password, kept as its Argon2 hash, or the token of this start."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError, VerifyMismatchError

from rag.errors import SettingsError

_HASHER = PasswordHasher()
"""The library's choice, of RFC 9106: 64 MB and some 0.1 s a try."""
_MOST_MEMORY = 2**20
"""kB that the line of a password may ask for."""
_MOST_PASSES = 32
_NAME = re.compile(r"[^:\s]{1,64}")
_SHORTEST = 8
_LONGEST = 1024


class Keys:
    """Everybody who may come in: names with passwords, or whoever has the token.

    Args:
        hashes: Of the passwords, by name.
        token: For a client that sends it with each request, or as the password of any name.
    """

    def __init__(self, hashes: Mapping[str, str], token: str = "") -> None:
        self._hashes = dict(hashes)
        self._token = hashlib.sha256(token.encode()).digest() if token else None
        self._unknown = _HASHER.hash(secrets.token_bytes(16))

    @property
    def are_named(self) -> bool:
        """Whether a name is asked for, too."""
        return bool(self._hashes)

    def fit(self, name: str, password: str) -> bool:
        """Whether somebody may come in; takes as long for a name that isn't there."""
        if self.is_token(password):
            return True
        if self._token or len(password) > _LONGEST:
            return False
        try:
            return _HASHER.verify(self._hashes.get(name, self._unknown), _bytes(password))
        except Argon2Error:
            return False

    def is_token(self, text: str) -> bool:
        """Whether a text is the token."""
        given = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        return self._token is not None and hmac.compare_digest(given, self._token)


def line_for(name: str, password: str) -> str:
    """Return the line of an auth file.

    Raises:
        SettingsError: The name or the password can't be used.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} can't be a name.", "Use up to 64 characters, no colon and no space."
        )
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise SettingsError(
            "The password is too short, or too long.",
            f"Use {_SHORTEST} to {_LONGEST} characters; a sentence is easy to remember.",
        )
    return f"{name}:{_HASHER.hash(_bytes(password))}"


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
    hashes = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            name, made = _parsed(line.strip(), f"Line {number} of {path}")
            hashes[name] = made
    if not hashes:
        raise SettingsError(f"{path} names nobody.", "Add a line: rag password NAME >> FILE")
    return Keys(hashes)


def _parsed(line: str, place: str) -> tuple[str, str]:
    name, _, made = line.partition(":")
    # What a line holds is not repeated: it may be a password in the clear.
    if made.startswith("scrypt$"):
        raise SettingsError(
            f"{place} was made by an earlier version, whose hashes are no longer read.",
            "Delete the line and make it anew: rag password NAME >> FILE",
        )
    if not _NAME.fullmatch(name) or not _is_usable(made):
        raise SettingsError(
            f"{place} is not name:hash.", "Make each line with: rag password NAME >> FILE"
        )
    return name, made


def _is_usable(made: str) -> bool:
    """Whether a hash can be compared with: one that can't shows here, not at the first log-in."""
    try:
        asked = extract_parameters(made)
        if asked.memory_cost > _MOST_MEMORY or asked.time_cost > _MOST_PASSES:
            return False
        _HASHER.verify(made, b"")
    except VerifyMismatchError:
        return True
    except (Argon2Error, InvalidHashError):
        return False
    return False  # nobody comes in by an empty password


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
