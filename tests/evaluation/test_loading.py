"""Bad lines are named and left out; the gold of every question is looked for in the archive."""

import json
from pathlib import Path

import pytest

from rag.evaluation import Dataset, DatasetError, Gold, Question, load_dataset
from rag.evaluation.dataset import checked

GOOD = {"id": "q1", "question": "Who?", "gold": [{"file": "a.txt", "quote": "x"}]}


def test_bad_lines_are_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    lines = ["{", json.dumps(GOOD), "[1]", '{"id": "q2"}', json.dumps(GOOD)]
    path.write_text("\n".join([*lines, json.dumps({**GOOD, "id": "q3", "conflict": "yes"})]))
    dataset = load_dataset(path, tmp_path)
    assert [question.id for question in dataset.questions] == ["q1"]
    named = [(problem.where, problem.what.split()[0]) for problem in dataset.problems]
    assert named == [
        (f"{path}, line 1", "not"),
        (f"{path}, line 3", "not"),
        (f"{path}, line 4", "`gold`"),
        (f"{path}, line 5", "the"),
        (f"{path}, line 6", "`conflict`"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "{}\n[]"])
def test_a_file_without_any_question_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(text)
    with pytest.raises(DatasetError, match=r"q\.jsonl"):
        load_dataset(path, tmp_path)


def test_a_json_file_may_hold_questions_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "q.json"
    path.write_text(json.dumps(GOOD))
    assert load_dataset(path, tmp_path).questions[0].id == "q1"


def test_a_bad_line_of_a_beir_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text('{"_id": "d1", "text": "x"}')
    (tmp_path / "queries.jsonl").write_text('{"_id": "q1", "text": "Who?"}\n{"_id": "q2"}\n')
    (tmp_path / "qrels" / "test.tsv").write_text("q1\td1\t1\nq2\td1\t1\nnonsense\n")
    dataset = load_dataset(tmp_path, tmp_path)
    assert [question.id for question in dataset.questions] == ["q1"]
    assert [problem.where[-6:] for problem in dataset.problems] == ["line 2", "line 2", "line 3"]
    assert dataset.articles == (tmp_path / "corpus.jsonl",)


def test_gold_that_is_not_there_is_named_and_never_becomes_unanswerable() -> None:
    places = {"here": 1, "twice": 2, "nowhere": 0, "": 3}
    gold = {name: Gold("a.txt", quote=name) for name in places} | {"gone": Gold("b.txt", quote="x")}
    questions = (
        Question("ok", "?", "direct", (gold["here"],)),
        Question("twice", "?", "direct", (gold["twice"], gold["nowhere"])),
        Question("left out", "?", "direct", (gold["nowhere"], gold["gone"])),
        Question("declined", "?", "unanswerable"),
        Question("whole article", "?", "beir", (gold[""],)),
    )
    dataset = checked(
        Dataset("d", questions), lambda item: places[item.quote] if item.file == "a.txt" else None
    )
    kept = {question.id: question.gold for question in dataset.questions}
    assert kept == {
        "ok": (gold["here"],),
        "twice": (gold["twice"],),
        "declined": (),
        "whole article": (gold[""],),
    }
    assert [str(problem) for problem in dataset.problems] == [
        "twice: 2 paragraphs of a.txt hold 'twice'; each counts as right.",
        "twice: no paragraph of a.txt holds 'nowhere'.",
        "left out: no paragraph of a.txt holds 'nowhere'.",
        "left out: the archive has no article 'b.txt'.",
        "left out: none of its gold is there: left out.",
    ]
