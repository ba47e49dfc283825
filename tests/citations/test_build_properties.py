"""What holds for the citations of any written answer, whatever the model made of its markers."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.citations.build import (
    CitedStatement,
    citation,
    cite,
    cited_ids,
    markers_of,
    written_statements,
)
from rag.schema import Span
from rag.text.lexicon import STOPWORDS
from rag.text.stems import stems_of
from tests.support.archives import make_hit, markers_in

WORDS = "rain snow Kyiv Oslo closed bridges mayor 4 million U.S. he said “no” the".split()
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
        lambda words: " ".join(words) + "."
    ),
    min_size=1,
    max_size=4,
).map(" ".join)
FRAGMENTS = st.sampled_from(
    [*WORDS, ". ", "! ", "\n", "\n- ", "\n## ", "[1]", "[2]", " [3]", ".[1] ", "…", " ", "\n\n"]
)
ANSWERS = st.lists(FRAGMENTS, max_size=25).map("".join)


@given(ANSWERS)
@example("[1]\n[2]\nIt rained [3].")
def test_every_marker_belongs_to_a_statement_where_there_is_one(text: str) -> None:
    statements = written_statements(text)
    belonging = {marker for statement in statements for marker in statement.markers}
    assert belonging <= set(markers_in(text))
    if statements:
        assert belonging == set(markers_in(text))


@given(ANSWERS)
def test_statements_are_what_was_written_in_order_without_markers(text: str) -> None:
    position = 0
    for statement in written_statements(text):
        assert position <= statement.span.start < statement.span.end <= len(text)
        assert statement.text == statement.text.strip()
        assert not markers_in(statement.text)
        assert any(character.isalnum() for character in statement.text)
        assert len(set(statement.markers)) == len(statement.markers)
        between = re.sub(r"\[\d\]", "", text[position : statement.span.start])
        assert not any(character.isalnum() for character in between)
        position = statement.span.end
    rest = re.sub(r"\[\d\]", "", text[position:])
    assert not any(character.isalnum() for character in rest)


@settings(max_examples=50)
@given(
    st.lists(TEXTS, min_size=3, max_size=3), ANSWERS, st.permutations([1, 2, 3]), st.integers(0, 50)
)
def test_each_marker_has_one_citation_whose_quote_is_whole_sentences_of_its_paragraph(
    texts: list[str], answer: str, order: list[int], start: int
) -> None:
    hits = [make_hit(text, article=str(n), start=start) for n, text in enumerate(texts)]
    citations = cite(order, hits, written_statements(answer))
    assert [made.marker for made in citations] == [1, 2, 3]
    for made, number in zip(citations, order, strict=True):
        paragraph = hits[number - 1].scored.paragraph
        assert made.text == paragraph.text == texts[number - 1]
        assert start <= made.quote_start < made.quote_end <= start + len(made.text)
        assert made.quote == made.text[made.quote_start - start : made.quote_end - start]
        starts = {sentence.start for sentence in paragraph.sentences}
        ends = {sentence.end for sentence in paragraph.sentences}
        assert made.quote_start - start in starts
        assert made.quote_end - start in ends


@settings(max_examples=50)
@given(TEXTS)
def test_a_sentence_that_is_repeated_word_for_word_finds_itself_or_its_equal(text: str) -> None:
    hit = make_hit(text)
    for span in hit.scored.paragraph.sentences:
        (made,) = cite((1,), [hit], [CitedStatement(span.of(text), (1,))])
        stems = set(stems_of(span.of(text))) - STOPWORDS
        assert stems <= set(stems_of(made.quote))


@pytest.mark.parametrize("claim", ["It hailed in Lima.", "It was so.", "…"])
def test_words_that_the_paragraph_lacks_mark_all_of_it(claim: str) -> None:
    text = "Rain fell on Kyiv. Snow fell on Oslo."
    (made,) = cite((1,), [make_hit(text)], [CitedStatement(claim, (1,))])
    assert made.quote == text


def test_of_two_sentences_that_fit_as_well_the_first_is_quoted() -> None:
    hit = make_hit("Rain fell on Kyiv. Rain fell on Oslo. Rain fell on Lviv.")
    (made,) = cite((1,), [hit], [CitedStatement("There was rain.", (1,))])
    assert made.quote == "Rain fell on Kyiv."


def test_the_same_paragraph_may_be_quoted_anywhere_in_it() -> None:
    hit = make_hit("Rain fell. Snow fell.", start=40)
    made = citation(7, hit, Span(11, 21))
    assert (made.marker, made.quote) == (7, "Snow fell.")
    assert (made.quote_start, made.quote_end, made.start, made.end) == (51, 61, 40, 61)


@given(st.permutations([1, 2, 3, 4]).map(lambda order: order[:3]))
def test_markers_and_ids_follow_the_order_of_the_hits_that_are_cited(order: list[int]) -> None:
    hits = [make_hit(f"{word} fell.") for word in ("Rain", "Snow", "Hail", "Ash")]
    ids = cited_ids(hits, order)
    assert [made.paragraph_id for made in cite(order, hits, ())] == list(ids)
    for index, marker in markers_of(order).items():
        assert ids[marker - 1] == hits[index].scored.paragraph.paragraph_id
    assert (cited_ids(hits, ()), markers_of(())) == ((), {})
