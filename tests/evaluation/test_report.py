"""The summary, the details and the table, from records made by hand."""

import json
from typing import Any

import pytest

from rag.evaluation import EvaluationResult, Gold, Question, QuestionRecord, evaluate, format_table
from tests.evaluation.makers import RecordingSystem, answered, citation, hit, passage

GOLD = (Gold("a.txt", quote="x"),)
FIGURES = {
    "retrieval": {"recall@1", "recall@3", "recall@5", "recall@10", "mrr@10"},
    "answer": {"contains_answer", "citation_hit", "citation_precision", "citation_recall"},
    "abstention": {"on_unanswerable", "on_answerable"},
    "latency_ms": {"p50", "p95"},
}


def asked(kind: str, rank: int | None, **measured: Any) -> QuestionRecord:
    return QuestionRecord(Question("q", "?", kind, GOLD), first_gold_rank=rank, **measured)


def declined(*, right: bool) -> QuestionRecord:
    return QuestionRecord(Question("q", "?", "unanswerable"), abstained=right, latency_ms=30.0)


RESULT = EvaluationResult(
    (
        asked("direct", 1, abstained=False, contains_answer=1.0, citation_hit=1.0, latency_ms=10.0),
        asked("direct", 4, abstained=True, contains_answer=0.0, citation_hit=0.0, latency_ms=20.0),
        asked("misspelt", None, abstained=False, citation_precision=0.5, error="Gone."),
        declined(right=True),
        declined(right=True),
        declined(right=False),
    )
)


def test_the_summary_averages_what_was_measured() -> None:
    summary = RESULT.to_dict()
    assert (summary["n"], summary["n_answerable"]) == (6, 3)
    assert summary["retrieval"] == pytest.approx(
        {"recall@1": 1 / 3, "recall@3": 1 / 3, "recall@5": 2 / 3, "recall@10": 2 / 3}
        | {"mrr@10": (1 + 1 / 4) / 3}
    )
    assert summary["answer"] == {
        "contains_answer": 0.5,
        "citation_hit": 0.5,
        "citation_precision": 0.5,
        "citation_recall": None,
    }
    assert summary["abstention"] == pytest.approx(
        {"on_unanswerable": 2 / 3, "on_answerable": 1 / 3}
    )
    assert summary["latency_ms"] == {"p50": 30.0, "p95": 30.0}


def test_each_kind_has_the_same_figures() -> None:
    kinds = RESULT.to_dict()["by_kind"]
    assert {kind: figures["n"] for kind, figures in kinds.items()} == {
        "direct": 2,
        "misspelt": 1,
        "unanswerable": 3,
    }
    for figures in kinds.values():
        assert {name: set(figures[name]) for name in FIGURES} == FIGURES
    assert kinds["direct"]["retrieval"]["mrr@10"] == pytest.approx(0.625)
    assert kinds["misspelt"]["abstention"] == {"on_unanswerable": None, "on_answerable": 0.0}


def test_the_keys_are_those_of_the_contract() -> None:
    summary = json.loads(json.dumps(RESULT.to_dict(), allow_nan=False))
    assert set(summary) == {"n", "n_answerable", "by_kind", *FIGURES}
    assert {name: set(summary[name]) for name in FIGURES} == FIGURES


def test_without_questions_nothing_is_measured() -> None:
    summary = evaluate(RecordingSystem(), []).to_dict()
    assert (summary["n"], summary["n_answerable"], summary["by_kind"]) == (0, 0, {})
    assert {value for name in FIGURES for value in summary[name].values()} == {None}
    assert "latency ms: p50 -, p95 -" in format_table(EvaluationResult(()))


def test_with_only_unanswerable_questions_only_their_abstention_is_measured() -> None:
    summary = EvaluationResult((declined(right=True),)).to_dict()
    assert summary["abstention"] == {"on_unanswerable": 1.0, "on_answerable": None}
    assert set(summary["retrieval"].values()) == set(summary["answer"].values()) == {None}


def test_retrieval_only_leaves_the_answers_unmeasured() -> None:
    question = Question("q", "Who?", "direct", GOLD, ("x",))
    system = RecordingSystem({"Who?": [hit("x")]})
    summary = evaluate(system, [question], retrieval_only=True).to_dict()
    assert set(summary["retrieval"].values()) == {1.0}
    assert set(summary["answer"].values()) == set(summary["abstention"].values()) == {None}
    assert summary["latency_ms"]["p50"] is not None


def test_the_details_show_why_a_question_was_scored_so() -> None:
    question = Question("q", "Who?", "direct", GOLD, ("x",))
    system = RecordingSystem(
        {"Who?": [hit("y", 1), hit("x", 2)]}, {"Who?": answered("x [1].", citation("x"))}
    )
    (line,) = evaluate(system, [question]).details()
    assert json.loads(json.dumps(line)) == line
    assert (line["id"], line["status"], line["text"]) == ("q", "answered", "x [1].")
    assert [found["right"] for found in line["retrieved"]] == [False, True]
    assert line["cited"] == [{"paragraph_id": "x", "file": "a.txt", "right": True, "text": "x"}]
    assert line["first_gold_rank"] == 2


def test_the_details_of_a_failure_name_it() -> None:
    line = asked("direct", None, error="Gone.", retrieved=(passage("y"),)).to_dict()
    assert (line["status"], line["text"], line["error"]) == (None, None, "Gone.")


def test_the_table_has_a_row_for_each_kind_and_a_dash_for_the_unmeasured() -> None:
    lines = format_table(RESULT).splitlines()
    assert [line.split()[:2] for line in lines[1:5]] == [
        ["all", "6"],
        ["direct", "2"],
        ["misspelt", "1"],
        ["unanswerable", "3"],
    ]
    assert lines[4].split()[2:] == ["-"] * 9 + ["0.667", "-"]
    assert len({len(line) for line in lines[:5]}) == 1
    assert max(map(len, lines)) <= 120
    assert "latency ms: p50 30, p95 30" in lines


def test_the_table_names_the_first_failure() -> None:
    assert format_table(RESULT).endswith("failed and counted as missed: 1 of 6; first: q: Gone.")


def test_no_control_character_of_a_file_reaches_the_terminal() -> None:
    table = format_table(EvaluationResult((asked("a\x1b[2J\nb", None, error="\x1b[31mred"),)))
    assert "\x1b" not in table
    assert table.splitlines()[2].startswith("a [2J b")
