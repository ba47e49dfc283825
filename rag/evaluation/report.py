"""The results of an evaluation: one record a question, their summary, and a table of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.evaluation.dataset import Question
from rag.evaluation.metrics import (
    MRR_DEPTH,
    RECALL_DEPTHS,
    Passage,
    is_gold,
    mean,
    percentile,
    recall_at,
    reciprocal_rank,
)
from rag.schema import Answer

_KIND_WIDTH = 14
_COLUMNS: tuple[tuple[str, str, str], ...] = (
    *((f"r@{depth}", "retrieval", f"recall@{depth}") for depth in RECALL_DEPTHS),
    ("mrr", "retrieval", f"mrr@{MRR_DEPTH}"),
    ("answer", "answer", "contains_answer"),
    ("hit", "answer", "citation_hit"),
    ("prec", "answer", "citation_precision"),
    ("recall", "answer", "citation_recall"),
    ("no-ans", "abstention", "on_unanswerable"),
    ("no-ans!", "abstention", "on_answerable"),
)
_LEGEND = (
    "r@k, mrr: a gold paragraph retrieved · answer: its words in the text · hit, prec, recall: of\n"
    "citations · no-ans: declined, where right (higher is better) · no-ans!: where wrong (lower)"
)


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """What became of one question; None wherever something wasn't measured."""

    question: Question
    retrieved: tuple[Passage, ...] = ()
    cited: tuple[Passage, ...] = ()
    answer: Answer | None = None
    error: str | None = None
    """Why the system gave no answer, or no paragraphs."""
    first_gold_rank: int | None = None
    abstained: bool | None = None
    contains_answer: float | None = None
    citation_hit: float | None = None
    citation_recall: float | None = None
    citation_precision: float | None = None
    latency_ms: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return one line of the details: enough to see why the question was scored so."""
        return {
            "id": self.question.id,
            "question": self.question.question,
            "kind": self.question.kind,
            "status": str(self.answer.status) if self.answer else None,
            "error": self.error,
            "first_gold_rank": self.first_gold_rank,
            "contains_answer": self.contains_answer,
            "citation_hit": self.citation_hit,
            "citation_precision": self.citation_precision,
            "citation_recall": self.citation_recall,
            "latency_ms": self.latency_ms,
            "text": self.answer.text if self.answer else None,
            "retrieved": [self._judged(passage) for passage in self.retrieved],
            "cited": [self._judged(passage) for passage in self.cited],
        }

    def _judged(self, passage: Passage) -> dict[str, Any]:
        return {
            "paragraph_id": passage.paragraph_id,
            "file": passage.file,
            "right": is_gold(passage, self.question.gold),
            "text": passage.text,
        }


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """All records of a run, in the order of the questions."""

    records: tuple[QuestionRecord, ...]

    @property
    def errors(self) -> tuple[QuestionRecord, ...]:
        """The questions that the system failed on; each counts as a miss."""
        return tuple(record for record in self.records if record.error is not None)

    def to_dict(self) -> dict[str, Any]:
        """Return the summary, as `rag eval --json` writes it; null: not measured."""
        by_kind: dict[str, list[QuestionRecord]] = {}
        for record in self.records:
            by_kind.setdefault(record.question.kind, []).append(record)
        kinds = {kind: _summary(records) for kind, records in by_kind.items()}
        return {**_summary(self.records), "by_kind": kinds}

    def details(self) -> list[dict[str, Any]]:
        """Return one JSON object a question."""
        return [record.to_dict() for record in self.records]


def format_table(result: EvaluationResult) -> str:
    """Return the summary as a table for a terminal, a row for each kind of question."""
    summary = result.to_dict()
    heads = "".join(f"{head:>8}" for head, _, _ in _COLUMNS)
    lines = [f"{'':{_KIND_WIDTH}}{'n':>6}{heads}", _row("all", summary)]
    lines += [_row(kind, of_kind) for kind, of_kind in summary["by_kind"].items()]
    p50, p95 = (_cell(summary["latency_ms"][key], ".0f") for key in ("p50", "p95"))
    lines += ["", f"latency ms: p50 {p50}, p95 {p95}", _LEGEND]
    if result.errors:
        first = result.errors[0]
        failed = f"failed and counted as missed: {len(result.errors)} of {len(result.records)}"
        lines.append(_printable(f"{failed}; first: {first.question.id}: {first.error}"))
    return "\n".join(lines)


def _summary(records: Sequence[QuestionRecord]) -> dict[str, Any]:
    answerable = [record for record in records if record.question.answerable]
    unanswerable = [record for record in records if not record.question.answerable]
    latencies = [record.latency_ms for record in records]
    return {
        "n": len(records),
        "n_answerable": len(answerable),
        "retrieval": _retrieval(answerable),
        "answer": {
            "contains_answer": mean(record.contains_answer for record in answerable),
            "citation_hit": mean(record.citation_hit for record in answerable),
            "citation_precision": mean(record.citation_precision for record in answerable),
            "citation_recall": mean(record.citation_recall for record in answerable),
        },
        "abstention": {
            "on_unanswerable": mean(record.abstained for record in unanswerable),
            "on_answerable": mean(record.abstained for record in answerable),
        },
        "latency_ms": {"p50": percentile(latencies, 0.5), "p95": percentile(latencies, 0.95)},
    }


def _retrieval(records: Sequence[QuestionRecord]) -> dict[str, float | None]:
    ranks = [record.first_gold_rank for record in records]
    recalls = {
        f"recall@{depth}": mean([recall_at(depth, rank) for rank in ranks])
        for depth in RECALL_DEPTHS
    }
    return {**recalls, f"mrr@{MRR_DEPTH}": mean(reciprocal_rank(rank) for rank in ranks)}


def _row(kind: str, summary: dict[str, Any]) -> str:
    cells = "".join(f"{_cell(summary[group][key]):>8}" for _, group, key in _COLUMNS)
    return f"{_printable(kind)[:_KIND_WIDTH]:{_KIND_WIDTH}}{summary['n']:>6}{cells}"


def _cell(value: float | None, form: str = ".3f") -> str:
    return "-" if value is None else format(value, form)


def _printable(text: str) -> str:
    # Kinds and messages come from files: no escape sequence of theirs may reach the terminal.
    return "".join(char if char.isprintable() else " " for char in text)
