"""The quoting engine at work: selected sentences, word for word, both sides of a conflict."""

import time
from collections.abc import Generator
from dataclasses import replace

from rag.citations import cite_quotes, extractive_statements
from rag.conflicts import conflicts
from rag.drafting import Draft, cited_ids, finished, markers_of, oppositions
from rag.extractive import ExtractiveDraft, Selection, select, with_others
from rag.gate import decide
from rag.retrieval import Retrieval
from rag.schema import Event, Token
from rag.verification import verify

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
