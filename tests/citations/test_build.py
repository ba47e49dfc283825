"""Citations: each marker to its paragraph, with the words in it that carry the claim."""

from dataclasses import replace

import pytest

from rag.answering.extractive import (
    ExtractiveDraft,
    cite_quotes,
    quoted_spans,
    quoted_statements,
)
from rag.answering.selection import select
from rag.citations.build import (
    CitedStatement,
    cite,
    written_statements,
)
from rag.schema import Span, Verdict
from tests.support.archives import make_hit

RAIN = "It rained in Kyiv on Monday. The mayor closed two bridges. Trains ran on time."
SNOW = "It snowed in Oslo. Schools stayed shut."


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("It rained [1]. It snowed [2].", [("It rained.", (1,)), ("It snowed.", (2,))]),
        ("It rained. [1] It snowed. [2]", [("It rained.", (1,)), ("It snowed.", (2,))]),
        ("It rained [1][2].", [("It rained.", (1, 2))]),
        ("It rained [1]. [2]", [("It rained.", (1, 2))]),
        ("It rained [1]. [1]", [("It rained.", (1,))]),
        ("It rained. It snowed [1].", [("It rained.", ()), ("It snowed.", (1,))]),
        ("It rained\nIt snowed [1].", [("It rained", ()), ("It snowed.", (1,))]),
        ("It rained.\n[1]", [("It rained.", (1,))]),
        ("[1] It rained.", [("It rained.", (1,))]),
        ("“It rained,” he said [1].", [("“It rained,” he said.", (1,))]),
        ("It cost 1 [1] or 2 [2] dollars.", [("It cost 1 or 2 dollars.", (1, 2))]),
        ("...", []),
        ("[1]", []),
        ("", []),
    ],
)
def test_a_marker_belongs_to_its_sentence(
    text: str, statements: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(one.text, one.markers) for one in written_statements(text)] == statements


def test_a_citation_has_all_that_is_known_of_its_paragraph() -> None:
    hit = make_hit(SNOW, start=100)
    (citation,) = cite((1,), [hit], [CitedStatement("It snowed in Oslo.", (1,))])
    article, paragraph = hit.scored.article, hit.scored.paragraph
    assert (citation.marker, citation.paragraph_id, citation.article_id) == (
        1,
        paragraph.paragraph_id,
        article.article_id,
    )
    assert (citation.title, citation.file, citation.ordinal) == (article.title, article.file, 1)
    assert (citation.start, citation.end, citation.text) == (100, 100 + len(SNOW), SNOW)
    assert (citation.quote, citation.quote_start) == ("It snowed in Oslo.", 100)
    assert citation.quote_end == 100 + len("It snowed in Oslo.")


def test_markers_stand_for_the_hits_that_the_order_names() -> None:
    hits = [make_hit(RAIN), make_hit(SNOW)]
    citations = cite((2, 1), hits, written_statements("Snow [1]. Rain [2]."))
    assert [(one.marker, one.text) for one in citations] == [(1, SNOW), (2, RAIN)]
    assert cite((), hits, ()) == ()


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Two bridges were closed by the mayor [1].", "The mayor closed two bridges."),
        ("The trains were on time [1].", "Trains ran on time."),
        ("It rained. The trains ran [1].", "Trains ran on time."),
        (
            "Rain fell on Kyiv on Monday [1]. Bridges were closed [1].",
            "It rained in Kyiv on Monday. The mayor closed two bridges.",
        ),
        ("It rained in Kyiv [1]. Trains ran [1].", RAIN),
        ("Nobody knows why [1].", RAIN),
    ],
)
def test_the_quote_is_the_sentence_that_shares_most_with_the_claim(claim: str, quote: str) -> None:
    (citation,) = cite((1,), [make_hit(RAIN)], written_statements(claim))
    assert citation.quote == quote


def test_a_marker_takes_its_quote_from_its_own_sentences_only() -> None:
    hits = [make_hit(RAIN), make_hit(SNOW)]
    claims = written_statements("Bridges were closed [1]. Schools stayed shut in Oslo [2].")
    assert [one.quote for one in cite((1, 2), hits, claims)] == [
        "The mayor closed two bridges.",
        "Schools stayed shut.",
    ]


def test_a_quoting_answer_cites_from_the_first_to_the_last_sentence_it_quotes() -> None:
    hits = [make_hit(RAIN, [9, 1, 8.5], start=7), make_hit(SNOW, [8.4, 1])]
    draft = ExtractiveDraft(hits, select(hits))
    first, second = cite_quotes(draft, hits)
    assert quoted_spans(draft)[1] == Span(0, len(RAIN))
    assert (first.quote, first.quote_start, first.quote_end) == (RAIN, 7, 7 + len(RAIN))
    assert (second.quote, second.marker) == ("It snowed in Oslo.", 2)


def test_the_statements_of_a_quoting_answer_are_its_sentences() -> None:
    hits = [make_hit("It rained [3]. Snow fell.", [9, 8.5])]
    draft = ExtractiveDraft(hits, select(hits))
    statements = quoted_statements(draft, cite_quotes(draft, hits))
    assert [(one.text, one.markers, one.verdict) for one in statements] == [
        ("It rained (3).", (1,), Verdict.SUPPORTED),
        ("Snow fell.", (1,), Verdict.SUPPORTED),
    ]


def test_a_sentence_that_its_paragraph_does_not_hold_byte_for_byte_is_not_supported() -> None:
    hits = [make_hit("It rained. Snow fell.", [9, 8.5])]
    draft = ExtractiveDraft(hits, select(hits))
    (cited,) = cite_quotes(draft, hits)
    altered = replace(cited, text=cited.text.replace("rained", "hailed"))
    verdicts = [one.verdict for one in quoted_statements(draft, [altered])]
    assert verdicts == [Verdict.UNSUPPORTED, Verdict.SUPPORTED]
