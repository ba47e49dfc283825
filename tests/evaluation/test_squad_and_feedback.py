"""SQuAD's JSON and the chat's feedback as datasets."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation import Dataset, DatasetError, Gold, load_dataset, load_feedback

CONTEXT = "It rained on Monday.\n\nThe mayor, Ann Lee, resigned. Nobody followed her."
ASKED: dict[str, Any] = {
    "id": "1",
    "question": " Who resigned?",
    "answers": [{"text": "Ann Lee", "answer_start": CONTEXT.index("Ann")}],
}
IMPOSSIBLE = {"id": "2", "question": "Who won?", "answers": [], "is_impossible": True}


def squad(folder: Path, *qas: object) -> Dataset:
    path = folder / "dev.json"
    paragraphs = [{"context": CONTEXT, "qas": qas}]
    path.write_text(
        json.dumps({"version": "v2.0", "data": [{"title": "T", "paragraphs": paragraphs}]})
    )
    return load_dataset(path, folder / "made")


def test_squad_gives_questions_articles_and_the_sentence_of_the_answer(tmp_path: Path) -> None:
    dataset = squad(tmp_path, ASKED, IMPOSSIBLE)
    first, second = dataset.questions
    assert (first.id, first.question, first.answer_any) == ("1", "Who resigned?", ("Ann Lee",))
    assert first.gold == (Gold(record="1: T", quote="The mayor, Ann Lee, resigned."),)
    assert (second.kind, second.unanswerable) == ("unanswerable", True)
    (articles,) = dataset.articles
    article = json.loads(articles.read_text("utf-8"))
    # One context is one paragraph, whatever blank lines it has.
    assert (
        article["text"]
        == "It rained on Monday.\nThe mayor, Ann Lee, resigned. Nobody followed her."
    )
    assert dataset.problems == ()


@pytest.mark.parametrize(
    ("qa", "says"),
    [
        ({**ASKED, "id": "3", "answers": []}, "no answers"),
        ({**ASKED, "id": "3", "answers": [{"text": "Ann", "answer_start": 0}]}, "answer_start"),
        ({"id": "3", "question": "Who?"}, "`answers` is missing"),
        ("Who?", ""),
        (ASKED, "used before"),
    ],
)
def test_a_bad_question_of_squad_is_named_and_left_out(
    tmp_path: Path, qa: object, says: str
) -> None:
    dataset = squad(tmp_path, ASKED, qa)
    assert [question.id for question in dataset.questions] == ["1"]
    (problem,) = dataset.problems
    assert "article 1" in problem.where
    assert says in problem.what


@pytest.mark.parametrize("text", ["{", "[1]", '{"data": 1}', '{"version": 1}', "\n"])
def test_what_is_not_squad_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "dev.json").write_text(text)
    with pytest.raises(DatasetError, match=r"dev\.json"):
        load_dataset(tmp_path / "dev.json", tmp_path)


def feedback(folder: Path, *lines: object) -> Dataset:
    path = folder / "feedback.jsonl"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return load_feedback(path)


def test_what_readers_praised_must_stay_and_what_they_blamed_is_only_shown(tmp_path: Path) -> None:
    up = {"question": "Who?", "history": [["user", "Hello?"]], "verdict": "up"}
    cited = [{"file": "a.txt", "quote": "Ann Lee"}]
    abstained = {"status": "abstained", "citations": []}
    dataset = feedback(
        tmp_path,
        {**up, "citations": cited},
        {**up, "question": "Where?", "answer": {"status": "answered", "citations": cited}},
        {**up, "question": "When?", "answer": abstained},
        {**up, "question": "Why?"},
        {"question": "How?", "verdict": "down", "reason": "wrong paragraph", "citations": cited},
    )
    gold = (Gold("a.txt", quote="Ann Lee"),)
    assert [question.gold for question in dataset.questions] == [gold, gold, (), (), ()]
    assert [question.unanswerable for question in dataset.questions] == [False] * 2 + [True] + [
        False
    ] * 2
    kinds = [question.kind for question in dataset.questions]
    assert kinds == ["feedback-up"] * 4 + ["feedback-down"]
    assert dataset.questions[0].history == (("user", "Hello?"),)


def test_the_newest_verdict_counts_and_bad_lines_are_named(tmp_path: Path) -> None:
    asked = {"question": "Who?", "verdict": "up"}
    dataset = feedback(
        tmp_path,
        asked,
        {**asked, "verdict": "down"},
        {**asked, "verdict": "so-so"},
        [],
        {**asked, "question": "What?", "citations": ["a.txt"]},
    )
    assert [question.kind for question in dataset.questions] == ["feedback-down"]
    assert [problem.where.rpartition(" ")[2] for problem in dataset.problems] == ["3", "4", "5"]
    with pytest.raises(DatasetError, match="holds no questions"):
        feedback(tmp_path)
