"""Running questions against a system that is scripted and remembers what it was asked."""

import pytest

from rag.errors import LLMError, ModelError
from rag.evaluation import Gold, Question, QuestionRecord, System, evaluate
from tests.evaluation.makers import (
    RecordingSystem,
    abstained,
    answered,
    citation,
    evidence,
    hit,
)

WHO = Question("q1", "Who?", "direct", (Gold("a.txt", quote="Musk"),), ("musk",))
OUTSIDE = Question("q2", "What's for lunch?", "unanswerable")
TURNS = (("user", "Who called?"), ("assistant", "Zelensky [1]."))
FOLLOW_UP = Question(
    "q3", "And who else?", "follow-up", (Gold("a.txt", quote="Musk"),), ("musk",), TURNS
)


def run_one(system: System, question: Question, *, retrieval_only: bool = False) -> QuestionRecord:
    (record,) = evaluate(system, [question], retrieval_only=retrieval_only).records
    return record


def test_a_right_answer_scores_everywhere() -> None:
    system = RecordingSystem(
        hits={"Who?": [hit("Trump", 1), hit("Elon Musk", 2)]},
        answers={"Who?": answered("It was Musk [1].", citation("Elon Musk"))},
    )
    record = run_one(system, WHO)
    assert record.first_gold_rank == 2
    assert (record.contains_answer, record.abstained, record.error) == (1, False, None)
    assert (record.citation_hit, record.citation_recall, record.citation_precision) == (1, 1, 1)
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
    assert record.first_gold_rank == 1
    assert record.abstained is record.contains_answer is record.citation_hit is None
    assert record.latency_ms is not None


def test_an_abstention_scores_nothing_and_has_no_precision() -> None:
    # Its text would hold the answer, and its evidence is right; neither may count.
    reply = abstained("Nothing on Musk.", seen=[evidence("Elon Musk")])
    record = run_one(RecordingSystem(answers={"Who?": reply}), WHO)
    assert record.abstained is True
    assert (record.contains_answer, record.citation_hit, record.citation_recall) == (0, 0, 0)
    assert record.citation_precision is None


def test_an_answer_without_citations_has_no_precision() -> None:
    record = run_one(RecordingSystem(answers={"Who?": answered("Musk.")}), WHO)
    assert (record.contains_answer, record.citation_hit, record.citation_precision) == (1, 0, None)


def test_a_paragraph_cited_twice_is_one_cited_paragraph() -> None:
    reply = answered("…", citation("Elon Musk", 1), citation("Elon Musk", 2), citation("Harris", 3))
    record = run_one(RecordingSystem(answers={"Who?": reply}), WHO)
    assert record.citation_precision == pytest.approx(1 / 2)


def test_without_known_answers_the_text_is_not_judged() -> None:
    question = Question("q", "Who?", "direct", WHO.gold)
    record = run_one(RecordingSystem(answers={"Who?": answered("Musk.")}), question)
    assert record.contains_answer is None


@pytest.mark.parametrize("declined", [True, False])
def test_an_unanswerable_question_measures_only_the_abstention(declined: bool) -> None:
    reply = abstained() if declined else answered("Soup [1].", citation("Soup"))
    record = run_one(RecordingSystem(answers={OUTSIDE.question: reply}), OUTSIDE)
    assert record.abstained is declined
    assert record.contains_answer is record.citation_hit is record.citation_recall is None
    assert record.citation_precision is None


def test_a_follow_up_is_judged_by_what_the_answer_had_before_it() -> None:
    reply = answered(
        "Musk [1].", citation("Elon Musk"), seen=[evidence("Trump", 1), evidence("Elon Musk", 4)]
    )
    system = RecordingSystem({"And who else?": [hit("Elon Musk")]}, {"And who else?": reply})
    assert run_one(system, FOLLOW_UP).first_gold_rank == 4


def test_a_follow_up_learns_the_url_of_its_evidence_from_a_search() -> None:
    url = "https://example.org/1"
    question = Question("q", "And?", "follow-up", (Gold(url=url, quote="Musk"),), (), TURNS)
    reply = answered("…", seen=[evidence("Elon Musk", 2)], standalone="Who else called?")
    system = RecordingSystem({"Who else called?": [hit("Elon Musk", url=url)]}, {"And?": reply})
    assert run_one(system, question).first_gold_rank == 2
    assert run_one(RecordingSystem(answers={"And?": reply}), question).first_gold_rank is None


def test_a_record_of_a_beir_corpus_is_found_and_cited() -> None:
    question = Question("q", "Who?", "beir", (Gold(record="d1"),))
    system = RecordingSystem(
        {"Who?": [hit("Elon Musk", file="corpus.jsonl", record="d1")]},
        {"Who?": answered("Musk [1].", citation("Elon Musk", file="corpus.jsonl"))},
    )
    record = run_one(system, question)
    assert (record.first_gold_rank, record.citation_hit, record.citation_precision) == (1, 1, 1)


def test_a_failed_answer_is_a_miss_and_the_run_goes_on() -> None:
    failure = LLMError("The model is gone.", "Start it.")
    system = RecordingSystem({"Who?": [hit("Elon Musk")]}, {"Who?": failure})
    result = evaluate(system, [WHO, OUTSIDE])
    first, second = result.records
    assert (first.error, first.abstained, first.latency_ms) == ("The model is gone.", False, None)
    assert (first.contains_answer, first.citation_hit, first.citation_recall) == (0, 0, 0)
    assert (first.first_gold_rank, first.citation_precision) == (1, None)
    assert second.abstained is True
    assert result.errors == (first,)


def test_a_failed_search_is_a_miss_and_the_answer_still_counts() -> None:
    failure = ModelError("No vectors.", "Reinstall.")
    system = RecordingSystem({"Who?": failure}, {"Who?": answered("Musk [1].", citation("Musk"))})
    record = run_one(system, WHO)
    assert (record.error, record.first_gold_rank) == ("No vectors.", None)
    assert (record.contains_answer, record.citation_hit) == (1, 1)
    assert run_one(system, WHO, retrieval_only=True).error == "No vectors."


def test_a_failure_on_an_unanswerable_question_is_no_abstention() -> None:
    system = RecordingSystem(answers={OUTSIDE.question: LLMError("Gone.", "Start it.")})
    assert run_one(system, OUTSIDE).abstained is False


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
