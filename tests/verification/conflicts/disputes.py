"""Answers with their conflicts, step by step as the engine takes them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.answering.extractive import ExtractiveDraft
from rag.answering.gate import decide
from rag.answering.selection import basis_of, with_others
from rag.factory import Byline
from rag.schema import Conflict
from rag.verification.conflicts import Opposition, conflicts

PAIRS = Path(__file__).parents[2] / "eval" / "conflicts.jsonl"


@dataclass(frozen=True)
class Disputed:
    """What is shown for a question."""

    text: str
    conflicts: tuple[Conflict, ...]
    oppositions: tuple[Opposition, ...]
    files: frozenset[str]
    """Of the paragraphs cited."""
    paragraphs: int


def pairs() -> list[dict[str, Any]]:
    """Return the articles and questions of the set."""
    return [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]


def disputed(byline: Byline, question: str, limit: int = 6) -> Disputed:
    """Answer a question by quoting."""
    retrieval = byline.retriever.retrieve(question, limit=limit)
    basis = basis_of(retrieval, decide(retrieval))
    hits, against = basis.hits, basis.oppositions
    places = [place for pair in against for place in pair.places]
    draft = ExtractiveDraft(hits, with_others(hits, basis.selections, places))
    markers = {number - 1: marker for marker, number in enumerate(draft.order, start=1)}
    files = frozenset(hits[number - 1].scored.article.file for number in draft.order)
    return Disputed("".join(draft), conflicts(against, markers), against, files, len(hits))
