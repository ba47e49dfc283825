import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.schema import (
    Answer,
    ArticleHeader,
    Citation,
    Conflict,
    ConflictSide,
    Evidence,
    Paragraph,
    ParagraphKind,
    Span,
    Statement,
    Status,
    Timings,
    Verdict,
)
from rag.web.answer_view import answer_html
from rag.web.escaping import escape
from rag.web.links import Reference, parse_reference
from rag.web.presentation import failure_html, question_html, stopped_html, working_html
from rag.web.prose_view import prose_html, without_markers
from rag.web.reader import reader_html, web_address

HOSTILE = (
    "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> <script>alert(2)</script> "
    "[link](https://evil.example) https://evil.example www.evil.example {{constructor}} "
    "${alert(3)} `code` **bold** $$x$$ javascript:alert(4) a@b.c </div> \" ' &lt; <!-- # | ~"
)
TEXT = "Peskov said there was one call. It was short."
CITATION = Citation(
    marker=1,
    paragraph_id="be83596243247453",
    article_id="0970775af9cdeb3d",
    title="A call",
    file="a.txt",
    publisher="The Post",
    published_at=None,
    url=None,
    ordinal=14,
    start=100,
    end=145,
    text=TEXT,
    quote="there was one call",
    quote_start=112,
    quote_end=130,
)
ANSWER = Answer(
    question="How many?",
    standalone_question="How many?",
    status=Status.ANSWERED,
    engine="extractive",
    model=None,
    text="There was one call [1].\n\nIt was short [1].",
    statements=(Statement("There was one call.", (1,), Verdict.SUPPORTED, ""),),
    citations=(CITATION,),
    evidence=(Evidence("be83596243247453", "a.txt", 14, 1, 0.9, TEXT),),
    timings_ms=Timings(total=12.3),
)
ARTICLE = ArticleHeader("0970775af9cdeb3d", "a.txt", title="A call", published_at="2024-10-25")
BLOCKS = (
    Paragraph("aaaa", 1, 0, 4, "Head", ParagraphKind.HEADLINE),
    Paragraph("be83596243247453", 14, 100, 145, TEXT),
    Paragraph("cccc", 15, 150, 159, "Read More", ParagraphKind.FURNITURE),
)


class Tags(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in self.seen if tag == "a"]


def hostile_answer() -> Answer:
    citation = replace(
        CITATION, title=HOSTILE, file=HOSTILE, publisher=HOSTILE, quote=HOSTILE, text=HOSTILE
    )
    side = ConflictSide(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    return replace(
        ANSWER,
        standalone_question=HOSTILE,
        verified=HOSTILE,
        model=HOSTILE,
        text=f"{HOSTILE} [1]. {HOSTILE}",
        statements=(Statement(HOSTILE, (1,), Verdict.UNSUPPORTED, HOSTILE),),
        citations=(citation,),
        conflicts=(Conflict(HOSTILE, (1,), "figure", (side, side)), Conflict(HOSTILE, (1,))),
        notices=(HOSTILE,),
    )


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
    assert escape("a\x00b\x1bc\ud800") == "a\ufffdb\ufffdc\ufffd"


@pytest.mark.parametrize(
    "markup",
    [
        answer_html(hostile_answer()),
        answer_html(replace(hostile_answer(), status=Status.ABSTAINED)),
        working_html(HOSTILE, HOSTILE + " [1]"),
        stopped_html(HOSTILE),
        question_html(HOSTILE),
        failure_html(HOSTILE, HOSTILE),
        reader_html(
            ArticleHeader("aa", HOSTILE, title=HOSTILE, author=HOSTILE, url=HOSTILE),
            (Paragraph("aaaa", 1, 0, len(HOSTILE), HOSTILE),),
            Reference("aaaa", 1, Span(3, 40)),
        ),
    ],
)
def test_hostile_text_becomes_text_on_every_path(markup: str) -> None:
    tags = Tags(markup)
    ours = {"div", "p", "a", "span", "h2", "h4", "ol", "ul", "li", "cite", "q", "strong"}
    more = {"details", "summary", "table", "thead", "tbody", "tr", "th", "td"}
    assert {tag for tag, _ in tags.seen} <= ours | more | {"article", "header", "mark", "br"}
    names = {name for _, attributes in tags.seen for name in attributes}
    assert names <= {"class", "href", "title", "id", "tabindex", "role", "open"}
    starts = ("#cite-", "#chat", "#vote-", "/?p=")
    assert all(link and link.startswith(starts) for link in tags.links())
    assert "<script>alert(2)</script>" in tags.text
    assert "\n" not in markup
    for active in ("://", "**", "](", "`", "${", "{{", "$$", "www."):
        assert active not in markup


def test_markers_become_links_to_the_quoted_words() -> None:
    link = Tags(answer_html(ANSWER)).links()[0]
    assert link == "#cite-be83596243247453-14-12-30-0970775af9cdeb3d"
    reference = parse_reference(link)
    assert reference == Reference.of(CITATION)
    assert reference is not None
    assert reference.quote.of(TEXT) == CITATION.quote


def test_each_statement_is_followed_by_its_verdict() -> None:
    said = (
        Statement("There was one call.", (1,), Verdict.SUPPORTED, "Word for word."),
        Statement("It was short.", (1,), Verdict.UNSUPPORTED, "It isn't there."),
        Statement("Nobody wrote this.", (), Verdict.UNCHECKED, ""),
    )
    markup = answer_html(replace(ANSWER, statements=said, verified="1 of 3 statements verified"))
    first, second, *_ = markup.split("</p>")
    assert first.count('class="verdict supported"') == 1
    assert first.index("call") < first.index("chip") < first.index("verdict")
    assert "Word for word" in Tags(first).text
    assert second.count('class="verdict unsupported"') == 1
    assert "Not supported" in Tags(second).text
    assert markup.count('class="verdict ') == 2  # the third is in the list alone
    assert "Nobody wrote this." in Tags(markup).text
    assert "1 of 3 statements verified" in Tags(markup).text


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=4))
def test_verdicts_never_change_the_text(text: str, sentences: list[str]) -> None:
    said = tuple(Statement(one, (), Verdict.SUPPORTED, "") for one in sentences)
    bare = Tags(prose_html(text, {})).text
    marked = re.sub(r'<span class="verdict.*?</span></span>', "", prose_html(text, {}, said))
    assert Tags(marked).text.split() == bare.split()


def test_a_marker_without_citation_is_no_link() -> None:
    assert Tags(working_html("", "It rained [1].")).links() == []
    assert "[1]" not in working_html("", "It rained [1].")


@pytest.mark.parametrize(
    "anchor", ["", "cite-", "cite-xyz-1-0-0-", "cite-aaaa-1-0-0-../x", "cite-aaaa-99999999-0-0-"]
)
def test_anything_else_is_no_reference(anchor: str) -> None:
    assert parse_reference(anchor) is None


def test_an_answer_names_its_sources_and_its_origin() -> None:
    text = Tags(answer_html(ANSWER)).text
    for part in ("A call", "The Post", "a.txt", "¶ 14", "there was one call", "12 ms"):
        assert part in text
    assert "embedded engine" in text
    assert "tiny" in Tags(answer_html(replace(ANSWER, model="tiny"))).text


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.PARTIAL, "Partly supported"),
        (Verdict.UNSUPPORTED, "Not supported"),
        (Verdict.UNCHECKED, "Not checked"),
    ],
)
def test_a_doubtful_statement_is_told_by_a_word(verdict: Verdict, word: str) -> None:
    doubted = replace(ANSWER, statements=(Statement("It rained.", (), verdict, "No source."),))
    text = Tags(answer_html(doubted)).text
    assert word in text
    assert "It rained." in text
    assert "No source." in text
    assert "<details open" not in answer_html(ANSWER)


def test_an_abstention_looks_different_and_links_what_is_nearest() -> None:
    abstained = replace(ANSWER, status=Status.ABSTAINED, text="No.", citations=(), statements=())
    markup = answer_html(abstained)
    assert "abstained" in markup
    assert set(Tags(markup).links()) == {"#cite-be83596243247453-14-0-0-"}
    assert TEXT in Tags(markup).text


def test_notices_and_the_understood_question_are_shown() -> None:
    told = replace(ANSWER, notices=("Slow.",), standalone_question="How many calls?")
    text = Tags(answer_html(told)).text
    assert "Slow." in text
    assert "Understood as: How many calls?" in text


def test_history_has_no_markers() -> None:
    assert without_markers("There was one [1][2]. Two [3]") == "There was one. Two"


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
    assert web_address(url) is None
    assert "Original" not in reader_html(replace(ARTICLE, url=url), BLOCKS, Reference("aaaa", 1))


def test_the_articles_own_address_opens_apart_and_tells_nothing() -> None:
    address = "https://news.example/a?b=1&c=2"
    tags = Tags(reader_html(replace(ARTICLE, url=address), BLOCKS, Reference("aaaa", 1)))
    link = next(attributes for _, attributes in tags.seen if attributes.get("target"))
    assert link == {"href": address, "target": "_blank", "rel": "noopener noreferrer"}
