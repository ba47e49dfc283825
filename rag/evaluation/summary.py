"""The numbers of many questions → the figures of a run, each mean with its interval."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from rag.evaluation.metrics import mean, percentile
from rag.evaluation.record import Record
from rag.evaluation.significance import auc, coverage_accuracy, interval
from rag.schema import Verdict

Figures = dict[str, Any]
_Among = Callable[[Record], bool]


def _any(_: Record) -> bool:
    return True


_answerable, _unanswerable = attrgetter("answerable"), attrgetter("unanswerable")
_RETRIEVAL = "recall@1 recall@3 recall@5 recall@10 mrr@10 ndcg@10 gold_recall".split()
_ANSWER = (
    "contains_answer token_f1 citation_hit citation_precision citation_recall quote_precision"
    " quote_recall statement_coverage own_citations"
).split()

GROUPS: Mapping[str, Mapping[str, tuple[str, _Among]]] = {
    "retrieval": {name: (name, _answerable) for name in _RETRIEVAL},
    "answer": {name: (name, _answerable) for name in _ANSWER},
    "abstention": {
        "on_unanswerable": ("declined", _unanswerable),
        "on_answerable": ("declined", _answerable),
    },
    "statements": {str(verdict): (str(verdict), _any) for verdict in Verdict},
    "conflicts": {
        "found": ("conflict_found", lambda record: record.conflict is True),
        "found_where_none_is": ("conflict_found", lambda record: record.conflict is False),
    },
    "judge": {name: (name, _any) for name in ("faithfulness", "relevancy")},
    "overall": {"right": ("right", _any)},
}
"""Group and name of each figure → the score that is averaged, and over which questions."""

Price = tuple[float, float]
"""US dollars for a million tokens in the prompt, and in the answer."""


def summarise(records: Sequence[Record], price: Price | None = None) -> Figures:
    """Return the figures of a run, as `rag eval --json` writes them; null: not measured."""
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    figures = _figures(records)
    figures["abstention"] |= {
        "auc": auc(
            [one.confidence for one in records if one.answerable and one.confidence is not None],
            [one.confidence for one in records if one.unanswerable and one.confidence is not None],
        ),
        "coverage_accuracy": _curve(records),
    }
    figures["by_kind"] = {kind: _figures(of_kind) for kind, of_kind in by_kind.items()}
    figures["conflicts"]["shown"] = sum(one.conflicts > 0 for one in records)
    figures["failed"] = sum(one.error is not None for one in records)
    figures["llm"] = _llm(records, price)
    judged = [[one.scores.get(name, 0.0) for name in GROUPS["judge"]] for one in records]
    figures["judge_failed"] = sum(None in scores for scores in judged)
    return figures


def _figures(records: Sequence[Record]) -> Figures:
    values = {
        group: {
            name: [record.scores.get(score) for record in records if among(record)]
            for name, (score, among) in names.items()
        }
        for group, names in GROUPS.items()
    }
    latencies = [record.latency_ms for record in records]
    return {
        "n": len(records),
        "n_answerable": sum(record.answerable for record in records),
        **{
            group: {name: mean(of) for name, of in names.items()} for group, names in values.items()
        },
        "latency_ms": {"p50": percentile(latencies, 0.5), "p95": percentile(latencies, 0.95)},
        "interval": {
            group: {name: interval(of) for name, of in names.items()}
            for group, names in values.items()
        },
    }


def _curve(records: Sequence[Record]) -> list[tuple[float, float]]:
    judged = [one for one in records if one.scores.get("right") is not None]
    answered = [
        (one.confidence, one.scores.get("right") or 0.0)
        for one in judged
        if one.answered and one.confidence is not None
    ]
    return coverage_accuracy(answered, len(judged))


def _llm(records: Iterable[Record], price: Price | None) -> Figures | None:
    used = [record.usage for record in records if record.usage]
    if not used:
        return None
    prompt = sum(one.prompt_tokens for one in used)
    completion = sum(one.completion_tokens for one in used)
    cost = (prompt * price[0] + completion * price[1]) / 1_000_000 if price else None
    return {
        "calls": sum(one.calls for one in used),
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "tokens_are": "estimated",
        "cost_usd": cost,
    }
