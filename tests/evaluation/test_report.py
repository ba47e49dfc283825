"""The figures of a run and the table of them, from records made by hand."""

import json

import pytest

from rag.evaluation import (
    EvaluationResult,
    Gold,
    Problem,
    Question,
    Record,
    evaluate,
    format_table,
)
from tests.evaluation.makers import RecordingSystem, hit

GOLD = (Gold("a.txt", quote="x"),)
FIGURES = {
    "retrieval": {"recall@1", "recall@3", "recall@5", "recall@10", "mrr@10"},
    "answer": {"contains_answer", "citation_hit", "citation_precision", "citation_recall"},
    "abstention": {"on_unanswerable", "on_answerable"},
    "latency_ms": {"p50", "p95"},
}


def asked(
    kind: str,
    rank: int | None,
    *,
    error: str | None = None,
    latency_ms: float | None = None,
    **scores: float,
) -> Record:
    found = {f"recall@{depth}": float((rank or 99) <= depth) for depth in (1, 3, 5, 10)}
    scores |= found | {"mrr@10": 1 / rank if rank else 0.0}
    return Record(
        "q",
        kind,
        0,
        answerable=True,
        unanswerable=False,
        scores=scores,
        error=error,
        latency_ms=latency_ms,
    )


def declined(*, right: bool) -> Record:
    scores = {"declined": float(right)}
    return Record(
        "q", "unanswerable", 0, answerable=False, unanswerable=True, scores=scores, latency_ms=30.0
    )


RESULT = EvaluationResult(
    (
        asked("direct", 1, declined=0.0, contains_answer=1.0, citation_hit=1.0, latency_ms=10.0),
        asked("direct", 4, declined=1.0, contains_answer=0.0, citation_hit=0.0, latency_ms=20.0),
        asked("misspelt", None, declined=0.0, citation_precision=0.5, error="Gone."),
        declined(right=True),
        declined(right=True),
        declined(right=False),
    )
)


def test_the_summary_averages_what_was_measured() -> None:
    summary = RESULT.to_dict()
    assert (summary["n"], summary["n_answerable"]) == (6, 3)
    expected: dict[str, dict[str, object]] = {
        "retrieval": {"recall@1": 1 / 3, "recall@3": 1 / 3, "recall@5": 2 / 3, "recall@10": 2 / 3}
        | {"mrr@10": (1 + 1 / 4) / 3, "ndcg@10": None},
        "answer": {"contains_answer": 0.5, "citation_hit": 0.5, "citation_precision": 0.5}
        | {"citation_recall": None},
        "abstention": {"on_unanswerable": 2 / 3, "on_answerable": 1 / 3, "auc": None},
    }
    for group, figures in expected.items():
        found = {name: summary[group][name] for name in figures}
        assert found == pytest.approx(figures), group
    assert summary["latency_ms"] == {"p50": 30.0, "p95": 30.0}


def test_each_kind_has_the_same_figures() -> None:
    kinds = RESULT.to_dict()["by_kind"]
    assert {kind: figures["n"] for kind, figures in kinds.items()} == {
        "direct": 2,
        "misspelt": 1,
        "unanswerable": 3,
    }
    for figures in kinds.values():
        assert all(FIGURES[name] <= figures[name].keys() for name in FIGURES)
    assert kinds["direct"]["retrieval"]["mrr@10"] == pytest.approx(0.625)
    assert kinds["misspelt"]["abstention"] == {"on_unanswerable": None, "on_answerable": 0.0}
    assert kinds["direct"]["interval"]["retrieval"]["recall@1"] == (0.0, 1.0)
    assert kinds["misspelt"]["interval"]["retrieval"]["recall@1"] is None


def test_the_keys_are_those_of_the_contract() -> None:
    summary = json.loads(json.dumps(RESULT.to_dict(), allow_nan=False))
    assert {"n", "n_answerable", "by_kind", *FIGURES} <= summary.keys()
    assert all(FIGURES[name] <= summary[name].keys() for name in FIGURES)


def test_without_questions_nothing_is_measured() -> None:
    summary = evaluate(RecordingSystem(), []).to_dict()
    assert (summary["n"], summary["n_answerable"], summary["by_kind"]) == (0, 0, {})
    assert {summary[name][key] for name, keys in FIGURES.items() for key in keys} == {None}
    assert "latency ms: p50 -, p95 -" in format_table(EvaluationResult(()))


def test_with_only_unanswerable_questions_only_their_abstention_is_measured() -> None:
    summary = EvaluationResult((declined(right=True),)).to_dict()
    assert summary["abstention"]["on_unanswerable"] == 1.0
    assert summary["abstention"]["on_answerable"] is None
    assert set(summary["retrieval"].values()) == set(summary["answer"].values()) == {None}


def test_retrieval_only_leaves_the_answers_unmeasured() -> None:
    question = Question("q", "Who?", "direct", GOLD, ("x",))
    system = RecordingSystem({"Who?": [hit("x")]})
    summary = evaluate(system, [question], retrieval_only=True).to_dict()
    assert set(summary["retrieval"].values()) == {1.0}
    assert set(summary["answer"].values()) == {None}
    assert {summary["abstention"][key] for key in FIGURES["abstention"]} == {None}
    assert summary["latency_ms"]["p50"] is not None


def test_the_table_has_a_row_for_each_kind_and_a_dash_for_the_unmeasured() -> None:
    lines = format_table(RESULT).splitlines()
    assert [line.split()[:2] for line in [lines[1], *lines[3:6]]] == [
        ["all", "6"],
        ["direct", "2"],
        ["misspelt", "1"],
        ["unanswerable", "3"],
    ]
    assert lines[2].split()[0] == "±"
    assert lines[5].split()[2:] == ["-"] * 10 + ["0.667", "-"]
    assert len({len(line) for line in lines[:6]}) == 1
    assert max(map(len, lines)) <= 120
    assert "latency ms: p50 30, p95 30" in lines


def test_the_table_names_faults_and_the_first_failure() -> None:
    assert "\n  b.jsonl, line 3: is empty" in format_table(
        EvaluationResult(RESULT.records, (Problem("b.jsonl, line 3", "is empty"),))
    )
    assert format_table(RESULT).endswith("failed and counted as missed: 1 of 6; first: q: Gone.")


def test_no_control_character_of_a_file_reaches_the_terminal() -> None:
    table = format_table(EvaluationResult((asked("a\x1b[2J\nb", None, error="\x1b[31mred"),)))
    assert "\x1b" not in table
    assert table.splitlines()[3].startswith("a[2J b")
