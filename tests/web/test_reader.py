"""The article behind a link: all of it, the cited paragraph lit, the quoted words marked."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import ArchiveEmptyError
from rag.factory import Byline
from rag.schema import ArticleHeader, Paragraph, ParagraphKind, Span
from rag.web.links import NOWHERE, Reference, article_anchor
from rag.web.reader import CLOSED, GONE, open_link, open_source, reader_html
from tests.support.pages import CITATION, TEXT, Tags

ARTICLE = ArticleHeader("0970775af9cdeb3d", "a.txt", title="A call", published_at="2024-10-25")
BLOCKS = (
    Paragraph("aaaa", 1, 0, 4, "Head", ParagraphKind.HEADLINE),
    Paragraph("be83596243247453", 14, 100, 145, TEXT),
    Paragraph("cccc", 15, 150, 159, "Read More", ParagraphKind.FURNITURE),
)


def test_the_reader_shows_all_blocks_lights_one_and_marks_the_quote() -> None:
    markup = reader_html(ARTICLE, BLOCKS, Reference.of(CITATION))
    assert "<mark>there was one call</mark>" in markup
    assert markup.count(" lit") == 1
    assert 'class="para furniture"' in markup
    text = Tags(markup).text
    for part in ("A call", "25 October 2024", "a.txt", "14", "Read More"):
        assert part in text


def test_a_quote_beyond_the_paragraph_marks_no_more_than_it() -> None:
    reference = Reference("be83596243247453", 14, Span(40, 9999))
    assert "<mark>hort&#46;</mark>" in reader_html(ARTICLE, BLOCKS, reference)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example/",
        "//a.example",
        "https://",
        "https://user@evil.example/",
        "https://a.example/ x",
        "java\nscript:alert(1)",
        "https://[",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert "Original" not in reader_html(replace(ARTICLE, url=url), BLOCKS, Reference("aaaa", 1))


def test_the_articles_own_address_opens_apart_and_tells_nothing() -> None:
    address = "https://news.example/a?b=1&c=2"
    tags = Tags(reader_html(replace(ARTICLE, url=address), BLOCKS, Reference("aaaa", 1)))
    link = next(attributes for _, attributes in tags.seen if attributes.get("target"))
    assert link == {"href": address, "target": "_blank", "rel": "noopener noreferrer"}


def test_a_link_opens_its_article_at_the_paragraph_or_from_the_top(seeds: Byline) -> None:
    hit = seeds.engine.search(Request("Who reported the call?", limit=1))[0]
    reference = Reference(hit.paragraph.paragraph_id, hit.paragraph.ordinal)
    assert open_link(lambda: seeds, reference.anchor).count(" lit") == 1
    assert open_source(lambda: seeds, reference) == open_link(lambda: seeds, reference.anchor)
    whole = open_link(lambda: seeds, article_anchor(hit.article.article_id))
    assert 'class="paper"' in whole
    assert " lit" not in whole


@pytest.mark.parametrize("anchor", ["cite-aaaa-1-0-0-", "article-aaaa"])
def test_what_left_the_archive_is_said_to_be_gone(anchor: str, seeds: Byline) -> None:
    assert open_link(lambda: seeds, anchor) == GONE


def test_a_made_up_anchor_opens_nothing(seeds: Byline) -> None:
    assert open_link(lambda: seeds, "nonsense") == CLOSED
    assert open_source(lambda: seeds, NOWHERE) == CLOSED


def test_without_an_archive_the_reader_says_what_to_do(tmp_path: Path) -> None:
    def missing() -> Byline:
        raise ArchiveEmptyError(f"There is no archive in {tmp_path} yet.", "Run `rag ingest PATH`.")

    assert "rag ingest PATH" in Tags(open_link(missing, "cite-aaaa-1-0-0-")).text
    assert open_link(missing, "nonsense") == CLOSED
