"""Markers and quotes → citations: each to one paragraph, with the words that carry the claim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.citations.markers import split_markers
from rag.retrieval.rerank import Hit
from rag.schema import Citation, Span
from rag.text.lexicon import STOPWORDS
from rag.text.sentences import split_sentences
from rag.text.stems import stems_of


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A sentence of an answer, without its markers."""

    text: str
    markers: tuple[int, ...]
    span: Span = field(default=Span(0, 0))
    """Where it stands in a written answer, its markers included."""


_LINE_MARK = re.compile(r"^(?:[-*•]|#{1,6})\s+")
"""Of a list or a heading: a model's habit, and no part of what it states."""


def written_statements(text: str) -> tuple[CitedStatement, ...]:
    """Return the sentences of a written answer; a marker belongs to the sentence it follows."""
    statements: list[CitedStatement] = []
    leading: tuple[int, ...] = ()
    start: int | None = None
    for span in _sentences_by_line(text):
        sentence, markers = split_markers(span.of(text))
        start = span.start if start is None else start
        if any(character.isalnum() for character in sentence):
            whole = Span(start, span.end)
            said = _LINE_MARK.sub("", sentence.strip())
            statements.append(CitedStatement(said, _joined(leading, markers), whole))
            leading, start = (), None
        elif statements:
            last = statements[-1]
            whole = Span(last.span.start, span.end)
            statements[-1] = CitedStatement(last.text, _joined(last.markers, markers), whole)
            start = None
        else:
            # Nothing stands before it, so it can only mean what follows.
            leading = _joined(leading, markers)
    return tuple(statements)


def _sentences_by_line(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        for span in split_sentences(line):
            yield Span(start + span.start, start + span.end)
        start += len(line) + 1


def _joined(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def cite(
    order: Sequence[int], hits: Sequence[Hit], statements: Sequence[CitedStatement]
) -> tuple[Citation, ...]:
    """Return the citations of an answer, one a marker.

    Args:
        order: The number of the hit (1-based) that each marker stands for.
        hits: What was retrieved.
        statements: The answer's sentences; they decide which words are marked.
    """
    return tuple(
        citation(marker, hits[number - 1], _best_span(hits[number - 1], marker, statements))
        for marker, number in enumerate(order, start=1)
    )


def _best_span(hit: Hit, marker: int, statements: Sequence[CitedStatement]) -> Span:
    paragraph = hit.scored.paragraph
    whole = Span(0, len(paragraph.text))
    sentences = [_content(span.of(paragraph.text)) for span in paragraph.sentences]
    best: list[Span] = []
    for statement in statements:
        if marker in statement.markers:
            claimed = _content(statement.text)
            scored = [
                (len(claimed & words) / max(len(claimed), 1), -index)
                for index, words in enumerate(sentences)
            ]
            score, index = max(scored, default=(0.0, 0))
            if score > 0:
                best.append(paragraph.sentences[-index])
    if not best:
        return whole
    return Span(min(span.start for span in best), max(span.end for span in best))


def _content(text: str) -> set[str]:
    return {stem for stem in stems_of(text) if stem not in STOPWORDS}


def citation(marker: int, hit: Hit, quote: Span) -> Citation:
    """Return the citation of a paragraph; `quote` is relative to it."""
    paragraph, article = hit.scored.paragraph, hit.scored.article
    return Citation(
        marker=marker,
        paragraph_id=paragraph.paragraph_id,
        article_id=article.article_id,
        title=article.title,
        file=article.file,
        publisher=article.publisher,
        published_at=article.published_at,
        url=article.url,
        ordinal=paragraph.ordinal,
        start=paragraph.start,
        end=paragraph.end,
        text=paragraph.text,
        quote=quote.of(paragraph.text),
        quote_start=paragraph.start + quote.start,
        quote_end=paragraph.start + quote.end,
    )


def markers_of(order: Sequence[int]) -> dict[int, int]:
    """Return the marker of each hit that is cited, by the hit's index."""
    return {number - 1: marker for marker, number in enumerate(order, start=1)}


def cited_ids(hits: Sequence[Hit], order: Sequence[int]) -> tuple[str, ...]:
    """Return the ids of the paragraphs that the markers stand for, by the hits' numbers."""
    return tuple(hits[number - 1].scored.paragraph.paragraph_id for number in order)
