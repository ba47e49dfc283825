"""Anchors of links into the reader, there and back."""

import pytest

from rag.web.answer_view import answer_html
from rag.web.links import NOWHERE, Reference, article_anchor, parse_reference
from tests.support.pages import ANSWER, CITATION, TEXT, Tags


def test_markers_become_links_to_the_quoted_words() -> None:
    link = Tags(answer_html(ANSWER)).links()[0]
    assert link == "#cite-be83596243247453-14-12-30-0970775af9cdeb3d"
    reference = parse_reference(link)
    assert reference == Reference.of(CITATION)
    assert reference.quote.of(TEXT) == CITATION.quote


@pytest.mark.parametrize(
    "anchor",
    [
        *("", "cite-", "cite-xyz-1-0-0-", "cite-aaaa-1-0-0-../x", "cite-aaaa-99999999-0-0-"),
        "article-../x",
    ],
)
def test_anything_else_leads_nowhere(anchor: str) -> None:
    assert parse_reference(anchor) is NOWHERE


def test_an_article_has_an_anchor_of_its_own() -> None:
    anchor = article_anchor("0970775af9cdeb3d")
    assert parse_reference(anchor) == Reference("", 0, article_id="0970775af9cdeb3d")
    assert parse_reference(anchor).anchor == anchor
