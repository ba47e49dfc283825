"""An answer's text: its markers become links, and nothing else of it changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rag.schema import Statement, Verdict
from rag.web.links import Reference
from rag.web.prose_view import prose_html
from tests.support.pages import Tags


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
def test_verdicts_never_change_the_text(text: str, sentences: list[str]) -> None:
    statements = tuple(Statement(text, (), Verdict.SUPPORTED, "") for text in sentences)
    bare = Tags(prose_html(text, {})).text
    marked = re.sub(r'<span class="verdict.*?</span></span>', "", prose_html(text, {}, statements))
    assert Tags(marked).text.split() == bare.split()


def test_a_marker_leads_where_it_is_cited_and_nowhere_else() -> None:
    markup = prose_html("It rained [1]. It snowed [2].", {1: Reference("aaaa", 3)})
    assert Tags(markup).links() == ["#cite-aaaa-3-0-0-"]
    assert Tags(markup).text.split() == "It rained Source 1. It snowed Source 2.".split()


def test_a_blank_line_begins_a_paragraph() -> None:
    assert prose_html("One.\n \nTwo.\nThree.", {}).count("<p>") == 2
    assert prose_html(" \n\n ", {}) == ""
