"""The quoting engine at work: selected sentences, word for word, both sides of a conflict."""

import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace

from rag.answering.draft import Draft, cited_ids, finished, markers_of, oppositions
from rag.answering.extractive import ExtractiveDraft, Selection, select, with_others
from rag.answering.gate import decide
from rag.citations.build import CitedStatement, citation
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.rerank import Hit
from rag.schema import Citation, Event, Span, Token
from rag.verification import verify
from rag.verification.conflicts import conflicts

_SENTENCES_A_PART = 2
"""Quoted for each part of a question that asks for several things."""


def quote(retrieval: Retrieval) -> Generator[Event, None, Draft | None]:
    """Write an answer of verbatim sentences; return null when there is nothing to quote."""
    begun = time.perf_counter()
    hits = retrieval.hits
    chosen = _selected(retrieval)
    against = oppositions(retrieval, hits, [(one.hit, one.sentence) for one in chosen])
    places = [place for each in against for place in each.places]
    draft = ExtractiveDraft(hits, with_others(hits, chosen, places))
    if not draft.selections:
        return None
    pieces = []
    for piece in draft:
        pieces.append(piece)
        yield Token(piece, cited_ids(hits, draft.order))
    generated = time.perf_counter()
    citations = cite_quotes(draft, hits)
    statements = verify(extractive_statements(draft), citations)
    stated = conflicts(against, markers_of(draft.order))
    return finished("".join(pieces), statements, citations, stated, begun, generated)


def _selected(retrieval: Retrieval) -> tuple[Selection, ...]:
    if not retrieval.parts:
        return select(retrieval.hits, retrieval.question.figures)
    places = {hit.place: index for index, hit in enumerate(retrieval.hits)}
    chosen = [
        replace(selection, hit=places[part.hits[selection.hit].place])
        for part in retrieval.parts
        if decide(part).answerable
        for selection in select(part.hits, part.question.figures)[:_SENTENCES_A_PART]
    ]
    return tuple(dict.fromkeys(chosen))


def extractive_statements(draft: ExtractiveDraft) -> tuple[CitedStatement, ...]:
    """Return the statements of a quoting answer: one a sentence, each with one marker."""
    return tuple(
        CitedStatement(draft.text_of(one), (draft.marker_of(one),)) for one in draft.selections
    )


def quoted_spans(draft: ExtractiveDraft) -> Mapping[int, Span]:
    """Return, by marker, the span from the first to the last sentence that is quoted."""
    spans: dict[int, Span] = {}
    for one in draft.selections:
        marker = draft.marker_of(one)
        known = spans.get(marker, one.span)
        spans[marker] = Span(min(known.start, one.span.start), max(known.end, one.span.end))
    return spans


def cite_quotes(draft: ExtractiveDraft, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Return the citations of a quoting answer."""
    spans = quoted_spans(draft)
    return tuple(
        citation(marker, hits[number - 1], spans[marker])
        for marker, number in enumerate(draft.order, start=1)
    )
