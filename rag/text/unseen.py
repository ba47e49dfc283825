"""Text as its reader sees it: without the characters that nobody sees.

Control, zero-width, bidirectional and tag characters and variation selectors hide text, reorder
it, steer a terminal, or carry orders that only a language model reads.
"""

import unicodedata
from collections.abc import Callable

_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_IGNORABLE = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}).union(
    range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
)
"""Unicode's Default_Ignorable_Code_Point beyond those categories, as far as it is assigned."""


def is_unseen(character: str) -> bool:
    """Tell whether a character shows nothing of itself; line breaks and tabs are such too."""
    unseen = unicodedata.category(character) in _UNSEEN_CATEGORIES
    return unseen or ord(character) in _IGNORABLE


class Rewriting(dict[int, str]):
    """A table for `str.translate` that a rule fills as characters are met.

    Args:
        rule: Returns what a character becomes.
    """

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> str:
        self[code] = self._rule(chr(code))
        return self[code]


def visible(text: str) -> str:
    """Return a text without what no reader sees.

    Control, zero-width, bidirectional and tag characters and variation selectors can carry
    instructions that only the model reads.
    """
    return text.replace("\r\n", "\n").translate(_VISIBLE)


_LINE_BREAKS = frozenset("\r\x0b\x0c\x85\u2028\u2029")


def _shown(character: str) -> str:
    if character in _LINE_BREAKS:
        return "\n"
    return character if character in "\n\t" or not is_unseen(character) else ""


_VISIBLE = Rewriting(_shown)
