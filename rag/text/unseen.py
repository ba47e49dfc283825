"""Text as its reader sees it: without the characters that show nothing of themselves.

Control, zero-width, bidirectional and tag characters and variation selectors hide text, reorder
it, steer a terminal, or carry orders that only a language model reads.
"""

import re
import unicodedata

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_IGNORABLE = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}).union(
    range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
)
"""Unicode's Default_Ignorable_Code_Point beyond those categories, as far as it is assigned."""
_LINE_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_unseen(character: str) -> bool:
    """Tell whether a character shows nothing of itself; line breaks and tabs are such too."""
    unseen = unicodedata.category(character) in _UNSEEN_CATEGORIES
    return unseen or ord(character) in _IGNORABLE


def visible(text: str) -> str:
    """Return a text without its unseen characters; every kind of line break becomes a newline."""
    return text.replace("\r\n", "\n").translate(_VISIBLE)


def one_line(text: str) -> str:
    """Return a text without its unseen characters, with a space for each line break and tab."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def shortened(text: str, limit: int) -> str:
    """Return a text on one line, cut behind a word where it is longer than `limit` characters.

    Where the last space is in the first half, as in a text without spaces, it is cut anywhere.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    words, _, _ = text[: limit - 1].rpartition(" ")
    return f"{words} …" if 2 * len(words) >= limit else f"{text[: limit - 1]}…"


def without_surrogates(text: str) -> str:
    """Return a text that can be stored as UTF-8, as long as it was.

    JSON and file names may hold one half of a character; it becomes U+FFFD.
    """
    return _SURROGATE.sub("\ufffd", text)


class _Visible(dict[int, str]):
    """A table for `str.translate` that fills itself as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _LINE_BREAKS:
            self[code] = "\n"
        else:
            self[code] = "" if is_unseen(character) and character != "\t" else character
        return self[code]


_VISIBLE = _Visible()
