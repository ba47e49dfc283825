"""What is kept of one question: a JSON line with everything, and the numbers alone in memory."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rag.evaluation.dataset import Gold, Question
from rag.evaluation.metrics import Passage, is_gold, is_right, quotes_right
from rag.evaluation.scorers import scores_of
from rag.evaluation.solver import Solved, Usage

Line = dict[str, Any]
TIMINGS = "timings_ms"
"""The one key of a line in which two runs of the same thing may differ."""


@dataclass(frozen=True, slots=True)
class Record:
    """The numbers of one question."""

    id: str
    kind: str
    position: int
    """0-based, among the dataset's questions."""
    answerable: bool
    unanswerable: bool
    scores: Mapping[str, float | None]
    conflict: bool | None = None
    conflicts: int = 0
    """How many contradictions the answer shows."""
    answered: bool = False
    confidence: float | None = None
    error: str | None = None
    latency_ms: float | None = None
    usage: Usage | None = None

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "Record":
        """Return the numbers of a line."""
        usage = line.get("usage")
        return cls(
            id=line["id"],
            kind=line["kind"],
            position=line["position"],
            answerable=bool(line["gold"]),
            unanswerable=line["gold_known"] and not line["gold"],
            scores=line["scores"],
            conflict=line["conflict"],
            conflicts=len((line["answer"] or {}).get("conflicts", ())),
            answered=line["status"] == "answered",
            confidence=line["confidence"],
            error=line["error"],
            latency_ms=line[TIMINGS]["wall"],
            usage=Usage(**usage) if usage else None,
        )


def line_of(position: int, solved: Solved) -> Line:
    """Return the line of a question: its gold, its answer, its scores, and what they rest on."""
    question, answer = solved.question, solved.answer
    answer_dict = answer.to_dict() if answer else {}
    timings = answer_dict.pop(TIMINGS, {})
    # What was retrieved stands beside the answer.
    answer_dict.pop("evidence", None)
    return {
        "id": question.id,
        "position": position,
        "question": question.question,
        "kind": question.kind,
        "history": [list(turn) for turn in question.history],
        "gold": [_gold(item, solved) for item in question.gold],
        "gold_known": question.gold_known,
        "answer_any": list(question.answer_any),
        "conflict": question.conflict,
        "status": str(answer.status) if answer else None,
        "error": solved.error,
        "confidence": solved.confidence,
        "scores": scores_of(solved),
        "answer": answer_dict or None,
        "cited": [_judged(passage, question) for passage in solved.citations],
        "retrieved": [_judged(passage, question) for passage in solved.retrieved],
        "usage": asdict(solved.usage) if solved.usage else None,
        TIMINGS: {"wall": solved.latency_ms, **timings},
    }


def _gold(item: Gold, solved: Solved) -> dict[str, Any]:
    found = next((one for one in solved.retrieved if is_right(one, item)), None)
    return {
        "file": item.file,
        "url": item.url,
        "record": item.record,
        "quote": item.quote,
        "rank": found.rank if found else None,
    }


def _judged(passage: Passage, question: Question) -> dict[str, Any]:
    judged: dict[str, Any] = {
        "paragraph_id": passage.paragraph_id,
        "file": passage.file,
        "ordinal": passage.ordinal,
        "right": is_gold(passage, question.gold),
    }
    if passage.quote:
        return judged | {"quote_right": any(quotes_right(passage, one) for one in question.gold)}
    return judged | {"rank": passage.rank}
