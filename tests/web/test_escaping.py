"""Foreign text as HTML: inert, on one line, and complete."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.web.escaping import dot, escape, lines


@given(st.text())
def test_escaped_text_is_one_line_of_letters_digits_spaces_and_entities(text: str) -> None:
    escaped = escape(text)
    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|[^\x00-\x7f]|&#\d+;)*", escaped)
    escaped.encode()  # lone surrogates would break the page's JSON


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_escaping_loses_nothing_that_can_be_seen(text: str) -> None:
    assert html.unescape(escape(text)) == text


@pytest.mark.parametrize(
    "character",
    [
        *("\u202e", "\u200b", "\u200d", "\u2066", "\u061c", "\ufeff", "\U000e0041", "\ufe0f"),
        *("\U000e0100", "\u3164", "\u034f", "\u180e"),
    ],
)
def test_characters_that_hide_or_reorder_text_are_dropped(character: str) -> None:
    assert escape(f"a{character}b") == "ab"


def test_control_characters_are_shown_as_broken() -> None:
    assert escape("a\x00b\x1bc\ud800") == "abc"


def test_line_breaks_stay_and_unknown_facts_leave_no_dots() -> None:
    assert lines("one\r\ntwo\u2028<b>") == "one<br>two<br>&#60;b&#62;"
    assert dot("AP", None, "", "¶ 3") == "AP · ¶ 3"
