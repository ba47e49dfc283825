import sys
import unicodedata

import pytest

from rag.interfaces.terminal import dumped
from rag.text.unseen import is_unseen, one_line, shortened, visible, without_surrogates


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
    assert visible(f"a{character}b") in {"ab", "a\nb"}
    assert one_line(f"a{character}b") in {"ab", "a b"}
    assert character not in dumped({"text": character})


def test_letters_digits_signs_and_blanks_of_every_script_are_seen() -> None:
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if category[0] in "LNPS" and chr(code) not in "\u115f\u1160\u3164\uffa0":
            assert not is_unseen(chr(code)), hex(code)
    assert not any(map(is_unseen, " \u00a0\u3000é\u0301"))


def test_a_visible_text_keeps_its_lines_and_tabs() -> None:
    assert visible("a\r\nb\rc\u2028d\x0ce\tf\u200bg\x1b[0m") == "a\nb\nc\nd\ne\tfg[0m"
    assert one_line("a\r\nb\rc\u2028d\x0ce\tf\u200bg\x1b[0m") == "a b c d e fg[0m"


def test_half_a_character_is_replaced_by_one() -> None:
    assert without_surrogates("a\ud800b\udfff😀") == "a\ufffdb\ufffd😀"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As long as it may be", "As long as it may be"),
        ("Longer than  it\nmay be here", "Longer than it may …"),
        ("克" * 21, "克" * 19 + "…"),
        ("BBC " + "克" * 16, "BBC " + "克" * 16),
        ("BBC " + "克" * 17, "BBC " + "克" * 15 + "…"),
    ],
)
def test_a_long_text_is_cut_at_a_word_or_where_there_is_none(text: str, expected: str) -> None:
    assert shortened(text, 20) == expected
