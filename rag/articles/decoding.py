"""Bytes → text, exactly: what had to be assumed is said, and what is no text is refused."""

import re
from pathlib import Path

from rag.errors import ArticleError

SURROGATE = re.compile("[\ud800-\udfff]")
"""One half of a character; it can't be stored as UTF-8."""
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r\f\x1b"}
_CONTROL_SHARE, _CONTROLS_LET_BE = 0.02, 8
"""More control characters than this, and a file is binary, whatever its name says."""
_DAMAGED_SHARE = 0.01
"""More characters than this that are not UTF-8, and a file is not worth keeping as it is."""
_FOREIGN_SHARE = 0.3
"""More letters than this outside ASCII, and it is no Western text: French has one in 15."""
_LOOKED_AT = 4096


def read_text(path: Path, max_bytes: int) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file without its byte-order mark, and what had to be assumed.

    Raises:
        ArticleError: It can't be read, is too large, or is no text.
    """
    return decoded(_read_bytes(path, max_bytes))


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file's bytes, and what had to be assumed.

    Raises:
        ArticleError: It is no text.
    """
    notes: tuple[str, ...] = ()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded_utf16(data)
    elif b"\0" in data[:_LOOKED_AT]:
        raise _binary()
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text, notes = _decoded_otherwise(data, error.start)
    controls = len(text) - len(text.translate(_CONTROLS))
    if "\0" in text[:_LOOKED_AT] or controls > max(_CONTROL_SHARE * len(text), _CONTROLS_LET_BE):
        raise _binary()
    return text, notes


def _binary() -> ArticleError:
    return ArticleError("It is binary, not text.", "Remove it from the folder.")


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if (size := path.stat().st_size) > max_bytes:
            raise ArticleError(
                f"{size / 1e6:.1f} MB is more than the {max_bytes / 1e6:.0f} MB allowed.",
                "Split the file or raise RAG_MAX_FILE_MB.",
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(
            f"It can't be read ({error.strerror or error}).", "Check its permissions."
        ) from error


def _decoded_utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"It is not valid UTF-16 text (byte {error.start}).", "Save it as UTF-8."
        ) from error


def _decoded_otherwise(data: bytes, first: int) -> tuple[str, tuple[str, ...]]:
    """Decode what is not UTF-8 from byte `first` on: damaged UTF-8, or Windows-1252."""
    mended = data.decode("utf-8-sig", "replace")
    damaged = mended.count("\ufffd")
    # Windows-1252 text hardly ever holds a valid UTF-8 sequence by chance.
    if len(mended.encode("ascii", "ignore")) + 2 * damaged < len(mended):
        if damaged > _DAMAGED_SHARE * len(mended):
            raise ArticleError(f"Its UTF-8 is damaged (byte {first}).", "Save it again.")
        return mended, (
            f"{damaged} characters are not valid UTF-8 (byte {first}), shown as \ufffd",
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"It is neither UTF-8 nor Windows-1252 text (byte {error.start}).", "Save it as UTF-8."
        ) from error
    printed = "".join(text.split())
    foreign = len(printed) - len(printed.encode("ascii", "ignore"))
    if foreign > max(1, _FOREIGN_SHARE * len(printed)):
        raise ArticleError(f"It is not UTF-8 text (byte {first}).", "Save it as UTF-8.")
    return text, (f"not UTF-8 (byte {first}); read as Windows-1252",)
