"""A finished draft of an answer, whoever wrote it, and what contradicts it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from rag.retrieval.hybrid import Retrieval
from rag.retrieval.rerank import Hit
from rag.schema import Citation, Conflict, Statement
from rag.verification.conflicts import Opposition, opposed


@dataclass(frozen=True, slots=True)
class Draft:
    """A written answer with everything that it rests on."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    generate_ms: float
    verify_ms: float
    conflicts: tuple[Conflict, ...] = ()


def finished(
    text: str,
    statements: tuple[Statement, ...],
    citations: tuple[Citation, ...],
    stated: tuple[Conflict, ...],
    begun: float,
    generated: float,
) -> Draft:
    """Return the draft with its times, in milliseconds.

    Args:
        text: The answer.
        statements: Its sentences.
        citations: What they cite.
        stated: The conflicts in it.
        begun: When writing began, by `time.perf_counter`.
        generated: When checking began.
    """
    generate_ms, verify_ms = generated - begun, time.perf_counter() - generated
    times = generate_ms * 1000, verify_ms * 1000
    return Draft(text, statements, citations, *times, stated)


def oppositions(
    retrieval: Retrieval, hits: Sequence[Hit], said: Sequence[tuple[int, int]]
) -> tuple[Opposition, ...]:
    """Return what contradicts the sentences `said`: index of a hit, and of its sentence."""
    return opposed(hits, said, retrieval.question.text, retrieval.article_stems)


def markers_of(order: Sequence[int]) -> dict[int, int]:
    """Return the marker of each hit that is cited, by the hit's index."""
    return {number - 1: marker for marker, number in enumerate(order, start=1)}


def cited_ids(hits: Sequence[Hit], order: Sequence[int]) -> tuple[str, ...]:
    """Return the ids of the paragraphs that the markers stand for, by the hits' numbers."""
    return tuple(hits[number - 1].scored.paragraph.paragraph_id for number in order)
