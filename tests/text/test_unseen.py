import sys
import unicodedata

import pytest

from rag.interfaces.terminal import dumped, printable
from rag.text.unseen import Rewriting, is_unseen


@pytest.mark.parametrize(
    "character",
    [
        *(
            "\x00",
            "\x1b",
            "\x7f",
            "\x9b",
            "\u00ad",
            "\u061c",
            "\u180e",
            "\u200b",
            "\u200c",
            "\u200d",
        ),
        *("\u200e", "\u202e", "\u2028", "\u2029", "\u2060", "\u2066", "\ufeff", "\ufff9", "\ue000"),
        *("\u034f", "\u115f", "\u3164", "\uffa0", "\ufe0f", "\U000e0041", "\U000e0100", "\ud800"),
    ],
)
def test_what_hides_reorders_or_steers_is_unseen(character: str) -> None:
    assert is_unseen(character)
    assert printable(f"a{character}b") == "ab"
    assert character not in dumped({"text": character})


def test_letters_digits_signs_and_blanks_of_every_script_are_seen() -> None:
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category[0] in "LNPS" and chr(code) not in "\u115f\u1160\u3164\uffa0":
            assert not is_unseen(chr(code)), hex(code)
    assert not any(map(is_unseen, " \u00a0\u3000é\u0301"))


def test_a_table_asks_its_rule_once_for_each_character() -> None:
    asked: list[str] = []

    def rule(character: str) -> str:
        asked.append(character)
        return character.upper()

    table = Rewriting(rule)
    assert "abba".translate(table) + "ab".translate(table) == "ABBAAB"
    assert asked == ["a", "b"]
