"""An answer being written: tokens to show at once, then statements and citations to check."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.citations import cite, cite_quotes, extractive_statements, written_statements
from rag.errors import LLMError
from rag.extractive import ExtractiveDraft, Selection, select
from rag.gate import decide
from rag.generation import LLMWriter, declines
from rag.markers import MarkerStream
from rag.prompts import NOT_IN_ARCHIVE
from rag.reranking import Hit
from rag.retrieval import Retrieval
from rag.schema import Citation, Event, Statement, Token
from rag.verification import verify

_SENTENCES_A_PART = 2
"""Quoted for each part of a question that asks for several things."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A written answer with everything that it rests on."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    generate_ms: float
    verify_ms: float


def quote(retrieval: Retrieval) -> Generator[Event, None, Draft | None]:
    """Write an answer of verbatim sentences; return null when there is nothing to quote."""
    begun = time.perf_counter()
    hits = retrieval.hits
    draft = ExtractiveDraft(hits, _selected(retrieval))
    if not draft.selections:
        return None
    pieces = []
    for piece in draft:
        pieces.append(piece)
        yield Token(piece)
    generated = time.perf_counter()
    citations = cite_quotes(draft, hits)
    statements = verify(extractive_statements(draft), citations)
    return _finished("".join(pieces), statements, citations, begun, generated)


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


def write_with_model(
    writer: LLMWriter, question: str, hits: Sequence[Hit], notices: list[str]
) -> Generator[Event, None, Draft | None]:
    """Write an answer with a language model; return null when it declines.

    Args:
        writer: The model's engine.
        question: The question, standing alone.
        hits: What it may cite.
        notices: Gets what the reader has to know of the model's slips.

    Raises:
        LLMError: There is no complete answer; what was yielded until then counts for nothing.
    """
    begun = time.perf_counter()
    fitting = writer.fitting(question, [hit.scored for hit in hits])
    given = [hit for hit in hits if hit.scored in fitting]
    if hits and not given:
        raise LLMError(
            "The paragraphs found are too long for a prompt.", "Ask for a shorter passage."
        )
    markers = MarkerStream(len(given))
    text = ""
    for piece in _marked(writer.write(question, [hit.scored for hit in given]), markers):
        held_back, text = text, text + piece
        # What may yet turn out to be a refusal is not shown.
        if not _may_decline(text):
            yield Token(text if _may_decline(held_back) else piece)
    if declines(text):
        return None
    generated = time.perf_counter()
    written = written_statements(text)
    if not written:
        raise LLMError(
            "The language model gave an answer without words.",
            "Ask again, or choose another RAG_LLM_MODEL.",
            partial=text,
        )
    if _may_decline(text):
        yield Token(text)
    notices.extend(_slips(markers))
    citations = cite(markers.order, given, written)
    return _finished(text, verify(written, citations), citations, begun, generated)


def _marked(pieces: Iterator[str], markers: MarkerStream) -> Iterator[str]:
    for piece in pieces:
        if text := markers.feed(piece):
            yield text
    if text := markers.finish():
        yield text


def _may_decline(text: str) -> bool:
    said = "".join(character for character in text if character.isalpha()).casefold()
    return NOT_IN_ARCHIVE.replace(" ", "").casefold().startswith(said)


def _slips(markers: MarkerStream) -> Iterator[str]:
    if markers.invented:
        listed = ", ".join(markers.invented)
        yield f"The model cited paragraphs that it was not given; removed: {listed}."
    if not markers.order:
        yield "The model cited no paragraph; nothing in this answer is backed."


def _finished(
    text: str,
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
    begun: float,
    generated: float,
) -> Draft:
    generate_ms, verify_ms = generated - begun, time.perf_counter() - generated
    return Draft(text, statements, citations, generate_ms * 1000, verify_ms * 1000)
