"""Running questions against a system that is scripted and remembers what it was asked."""

import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from rag.errors import LLMError, ModelError
from rag.evaluation import (
    Gold,
    Question,
    Record,
    Reply,
    Run,
    RunWriter,
    Solved,
    System,
    Usage,
    compare,
    evaluate,
    write_page,
)
from rag.schema import ScoredParagraph
from tests.evaluation.makers import (
    HEADER,
    RecordingSystem,
    abstained,
    answered,
    citation,
    evidence,
    hit,
)

WHO = Question("q1", "Who?", "direct", (Gold("a.txt", quote="Musk"),), ("musk",))
OUTSIDE = Question("q2", "What's for lunch?", "unanswerable")
T = TypeVar("T")
TURNS = (("user", "Who called?"), ("assistant", "Zelensky [1]."))
FOLLOW_UP = Question(
    "q3", "And who else?", "follow-up", (Gold("a.txt", quote="Musk"),), ("musk",), TURNS
)


CITED = ("citation_hit", "citation_recall", "citation_precision")


def scores(record: Record, *names: str) -> tuple[float | None, ...]:
    return tuple(record.scores[name] for name in names)


def run_one(system: System, question: Question, *, retrieval_only: bool = False) -> Record:
    (record,) = evaluate(system, [question], retrieval_only=retrieval_only).records
    return record


def test_a_right_answer_scores_everywhere() -> None:
    system = RecordingSystem(
        hits={"Who?": [hit("Trump", 1), hit("Elon Musk", 2)]},
        answers={"Who?": answered("It was Musk [1].", citation("Elon Musk"))},
    )
    record = run_one(system, WHO)
    assert (record.scores["mrr@10"], record.scores["declined"], record.error) == (0.5, 0, None)
    assert scores(record, "contains_answer", *CITED) == (1, 1, 1, 1)
    assert record.latency_ms is not None
    assert record.latency_ms >= 0


def test_the_search_asks_for_ten_and_the_answer_gets_the_history() -> None:
    system = RecordingSystem()
    evaluate(system, [WHO, FOLLOW_UP])
    assert system.asked == [("Who?", ()), ("And who else?", TURNS)]
    assert system.searched[0] == ("Who?", 10)


def test_retrieval_only_never_asks() -> None:
    system = RecordingSystem(hits={"And who else?": [hit("Elon Musk")]})
    record = run_one(system, FOLLOW_UP, retrieval_only=True)
    assert system.asked == []
    assert record.scores["recall@1"] == 1
    assert record.scores.keys().isdisjoint({"declined", "contains_answer", "citation_hit"})
    assert record.latency_ms is not None


def test_an_abstention_scores_nothing_and_has_no_precision() -> None:
    # Its text would hold the answer, and its evidence is right; neither may count.
    reply = abstained("Nothing on Musk.", seen=[evidence("Elon Musk")])
    record = run_one(RecordingSystem(answers={"Who?": reply}), WHO)
    assert scores(record, "declined", "contains_answer", *CITED) == (1, 0, 0, 0, None)


def test_an_answer_without_citations_has_no_precision() -> None:
    record = run_one(RecordingSystem(answers={"Who?": answered("Musk.")}), WHO)
    assert scores(record, "contains_answer", *CITED) == (1, 0, 0, None)


def test_a_paragraph_cited_twice_is_one_cited_paragraph() -> None:
    reply = answered("…", citation("Elon Musk", 1), citation("Elon Musk", 2), citation("Harris", 3))
    record = run_one(RecordingSystem(answers={"Who?": reply}), WHO)
    assert record.scores["citation_precision"] == pytest.approx(1 / 2)


def test_without_known_answers_the_text_is_not_judged() -> None:
    question = Question("q", "Who?", "direct", WHO.gold)
    record = run_one(RecordingSystem(answers={"Who?": answered("Musk.")}), question)
    assert record.scores["contains_answer"] is None


@pytest.mark.parametrize("declined", [True, False])
def test_an_unanswerable_question_measures_only_the_abstention(declined: bool) -> None:
    reply = abstained() if declined else answered("Soup [1].", citation("Soup"))
    record = run_one(RecordingSystem(answers={OUTSIDE.question: reply}), OUTSIDE)
    assert scores(record, "declined", "right") == (declined, declined)
    assert set(scores(record, "contains_answer", "recall@1", *CITED)) == {None}


def test_a_follow_up_is_judged_by_what_the_answer_had_before_it() -> None:
    reply = answered(
        "Musk [1].", citation("Elon Musk"), seen=[evidence("Trump", 1), evidence("Elon Musk", 4)]
    )
    system = RecordingSystem({"And who else?": [hit("Elon Musk")]}, {"And who else?": reply})
    assert run_one(system, FOLLOW_UP).scores["mrr@10"] == pytest.approx(1 / 4)


def test_a_follow_up_learns_the_url_of_its_evidence_from_a_search() -> None:
    url = "https://example.org/1"
    question = Question("q", "And?", "follow-up", (Gold(url=url, quote="Musk"),), (), TURNS)
    reply = answered("…", seen=[evidence("Elon Musk", 2)], standalone="Who else called?")
    system = RecordingSystem({"Who else called?": [hit("Elon Musk", url=url)]}, {"And?": reply})
    assert run_one(system, question).scores["mrr@10"] == pytest.approx(1 / 2)
    assert run_one(RecordingSystem(answers={"And?": reply}), question).scores["mrr@10"] == 0


def test_a_record_of_a_beir_corpus_is_found_and_cited() -> None:
    question = Question("q", "Who?", "beir", (Gold(record="d1"),))
    system = RecordingSystem(
        {"Who?": [hit("Elon Musk", file="corpus.jsonl", record="d1")]},
        {"Who?": answered("Musk [1].", citation("Elon Musk", file="corpus.jsonl"))},
    )
    record = run_one(system, question)
    assert scores(record, "recall@1", *CITED) == (1, 1, 1, 1)
    # A grade of the whole record says nothing about which of its words were to be quoted.
    assert scores(record, "quote_precision", "quote_recall") == (None, None)


def test_a_failed_answer_is_a_miss_and_the_run_goes_on() -> None:
    failure = LLMError("The model is gone.", "Start it.")
    system = RecordingSystem({"Who?": [hit("Elon Musk")]}, {"Who?": failure})
    result = evaluate(system, [WHO, OUTSIDE])
    first, second = result.records
    assert (first.error, first.latency_ms) == ("The model is gone.", None)
    assert scores(first, "declined", "recall@1", "contains_answer", *CITED) == (0, 1, 0, 0, 0, None)
    assert second.scores["declined"] == 1
    assert result.errors == (first,)


def test_a_failed_search_is_a_miss_and_the_answer_still_counts() -> None:
    failure = ModelError("No vectors.", "Reinstall.")
    system = RecordingSystem({"Who?": failure}, {"Who?": answered("Musk [1].", citation("Musk"))})
    record = run_one(system, WHO)
    assert (record.error, record.scores["mrr@10"]) == ("No vectors.", 0)
    assert scores(record, "contains_answer", "citation_hit") == (1, 1)
    assert run_one(system, WHO, retrieval_only=True).error == "No vectors."


def test_a_failure_on_an_unanswerable_question_is_no_abstention() -> None:
    system = RecordingSystem(answers={OUTSIDE.question: LLMError("Gone.", "Start it.")})
    assert scores(run_one(system, OUTSIDE), "declined", "right") == (0, 0)


def test_other_exceptions_are_bugs_and_stop_the_run() -> None:
    class Broken(RecordingSystem):
        def search(self, question: str, *, limit: int = 10) -> tuple[()]:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        evaluate(Broken(), [WHO])


def test_progress_is_told_after_each_question() -> None:
    seen: list[tuple[int, int]] = []
    evaluate(RecordingSystem(), [WHO, OUTSIDE], progress=lambda *told: seen.append(told))
    assert seen == [(1, 2), (2, 2)]


def test_what_another_engine_answered_does_not_count_for_the_one_that_failed() -> None:
    system = RecordingSystem(
        {"Who?": [hit("Elon Musk")]},
        {"Who?": answered("Musk [1].", citation("Elon Musk"))},
        failures={"Who?": "The language model is gone."},
    )
    record = run_one(system, WHO)
    assert record.error == "The language model is gone."
    assert scores(record, "right", "contains_answer", "citation_hit") == (0, 0, 0)


def test_a_complaint_judges_nothing_but_the_words() -> None:
    question = Question("q", "Who?", "feedback-down", gold_known=False)
    record = run_one(RecordingSystem(answers={"Who?": answered("Musk [1].")}), question)
    assert not record.answerable
    assert not record.unanswerable
    assert scores(record, "right", "declined", "citation_hit") == (None, None, None)


def test_what_is_done_is_not_asked_again_and_every_line_is_kept() -> None:
    system, lines = RecordingSystem(), list[dict[str, object]]()
    first = evaluate(system, [WHO, OUTSIDE], keep=lines.append)
    assert [line["id"] for line in lines] == ["q1", "q2"]
    again = evaluate(system, [WHO, OUTSIDE], done={"q1": first.records[0]}, keep=lines.append)
    assert [question for question, _ in system.asked] == [
        "Who?",
        OUTSIDE.question,
        OUTSIDE.question,
    ]
    assert again.records[0] == first.records[0]
    assert [line["id"] for line in lines] == ["q1", "q2", "q2"]


def test_a_judge_is_asked_about_answers_alone_and_its_scores_are_its_own() -> None:
    judged: list[str] = []

    def judge(solved: Solved) -> dict[str, float | None]:
        judged.append(solved.text)
        return {"faithfulness": 1.0, "relevancy": None}

    system = RecordingSystem(answers={"Who?": answered("Musk [1].", citation("Elon Musk"))})
    result = evaluate(system, [WHO, OUTSIDE], judge=judge)
    assert judged == ["Musk [1]."]
    assert result.to_dict()["judge"] == {"faithfulness": 1.0, "relevancy": None}


def test_tokens_are_added_up_and_priced() -> None:
    usage = Usage(calls=2, prompt_tokens=1_000, completion_tokens=100, cited=0.5)
    system = RecordingSystem(answers={"Who?": answered("Musk [1].")}, usage=usage)
    result = replace(evaluate(system, [WHO, WHO]), price=(1.0, 10.0))
    assert result.to_dict()["llm"] == {
        "calls": 4,
        "prompt_tokens": 2_000,
        "completion_tokens": 200,
        "tokens_are": "estimated",
        "cost_usd": pytest.approx(0.004),
    }
    assert result.to_dict()["answer"]["own_citations"] == 0.5


@pytest.mark.long
def test_memory_does_not_grow_with_what_is_answered(tmp_path: Path) -> None:
    count, text = 200, "x" * 50_000
    asked = [replace(WHO, id=f"q{number}", question=f"Who? {number}") for number in range(count)]

    class Wordy(RecordingSystem):
        def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
            return [hit(f"Elon Musk {question} {text}")]

        def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Reply:
            return Reply(answered("Musk [1].", citation(f"Elon Musk {question} {text}")))

    writer = RunWriter(tmp_path, HEADER)
    result, asking = peak_of(lambda: evaluate(Wordy(), asked, keep=writer.append))
    writer.close()
    run, figures = Run(tmp_path), result.to_dict()
    page = tmp_path / "report.html"
    _, writing = peak_of(lambda: write_page(page, run, figures, run, compare(run, run)))
    assert page.stat().st_size > count * len(text)
    assert max(asking, writing) < count * len(text) / 2


def peak_of(call: Callable[[], T]) -> tuple[T, int]:
    tracemalloc.start()
    try:
        return call(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
