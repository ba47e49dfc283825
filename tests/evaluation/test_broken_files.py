"""Files of other people's making: what is wrong in them is named, and the rest is used."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation import Dataset, DatasetError, load_dataset, load_feedback
from rag.evaluation.claims import load_claims

CONTEXT = "The mayor, Ann Lee, resigned."
ASKED: dict[str, Any] = {
    "id": "1",
    "question": "Who resigned?",
    "answers": [{"text": "Ann Lee", "answer_start": 11}],
}
PRAISED: dict[str, Any] = {"question": "Who?", "verdict": "up"}
GOLD = {"file": "a.txt", "quote": "x"}
CLAIM = {"id": "1", "file": "a.txt", "quote": "x", "claim": "X is so.", "label": "supported"}


def squad(folder: Path, *paragraphs: object) -> Dataset:
    path = folder / "dev.json"
    good = {"context": CONTEXT, "qas": [ASKED]}
    path.write_text(json.dumps({"data": [{"title": "T", "paragraphs": [good, *paragraphs]}]}))
    return load_dataset(path, folder / "made")


def beir(folder: Path, judgements: str) -> Dataset:
    (folder / "qrels").mkdir()
    (folder / "corpus.jsonl").write_text('{"_id": "d1", "text": "x"}\n')
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "Who?"}\n')
    (folder / "qrels" / "test.tsv").write_text(judgements)
    return load_dataset(folder, folder)


@pytest.mark.parametrize("qas", [None, 5, True])
def test_squad_paragraph_whose_questions_are_no_list_is_named(tmp_path: Path, qas: object) -> None:
    dataset = squad(tmp_path, {"context": "It rained.", "qas": qas})
    assert [question.id for question in dataset.questions] == ["1"]
    assert len(dataset.problems) == 1
    assert "qas" in dataset.problems[0].what


def test_squad_paragraph_without_questions_is_an_article_all_the_same(tmp_path: Path) -> None:
    dataset = squad(tmp_path, {"context": "It rained."})
    assert dataset.problems == ()
    article = json.loads(dataset.articles[0].read_text("utf-8"))
    assert article["text"] == f"{CONTEXT}\n\nIt rained."


@pytest.mark.parametrize(
    "change",
    [
        {"question": " "},
        {"question": None},
        {"answers": [{"text": "", "answer_start": 0}]},
        {"answers": [{"text": " ", "answer_start": 3}]},
        {"answers": [{"text": "Ann Lee", "answer_start": "11"}]},
        {"answers": [{"text": "Ann Lee", "answer_start": 9999}]},
        {"answers": [{"text": "Ann Lee", "answer_start": -18}]},
        {"answers": {"text": "Ann Lee"}},
    ],
)
def test_squad_question_that_cannot_be_asked_or_judged_is_left_out(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    bad = {**ASKED, "id": "2", **change}
    dataset = squad(tmp_path, {"context": CONTEXT, "qas": [bad, {**ASKED, "id": "3"}]})
    assert [question.id for question in dataset.questions] == ["1", "3"]
    (problem,) = dataset.problems
    assert "question 1" in problem.where


def test_squad_article_that_is_broken_costs_only_its_own_questions(tmp_path: Path) -> None:
    good = {"title": "T", "paragraphs": [{"context": CONTEXT, "qas": [ASKED]}]}
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"data": ["?", {"title": "U"}, {**good, "paragraphs": 1}, good]}))
    dataset = load_dataset(path, tmp_path / "made")
    assert [question.gold[0].record for question in dataset.questions] == ["4: T"]
    places = [problem.where.rpartition(", ")[2] for problem in dataset.problems]
    assert places == ["article 1", "article 2", "article 3"]
    assert "`paragraphs` is missing" in dataset.problems[1].what


def test_squad_answers_in_the_same_sentence_are_one_gold(tmp_path: Path) -> None:
    twice = [{"text": "mayor", "answer_start": 4}, {"text": "Ann Lee", "answer_start": 11}]
    dataset = squad(tmp_path, {"context": CONTEXT, "qas": [{**ASKED, "id": "2", "answers": twice}]})
    question = dataset.questions[1]
    assert [item.quote for item in question.gold] == [CONTEXT]
    assert question.answer_any == ("mayor", "Ann Lee")


def test_squad_file_may_be_indented(tmp_path: Path) -> None:
    path = tmp_path / "dev.json"
    article = {"title": "T", "paragraphs": [{"context": CONTEXT, "qas": [ASKED]}]}
    path.write_text(json.dumps({"version": "v2.0", "data": [article]}, indent=2))
    assert [question.id for question in load_dataset(path, tmp_path / "m").questions] == ["1"]


def test_question_file_named_json_may_begin_with_a_long_line(tmp_path: Path) -> None:
    path = tmp_path / "q.json"
    history = [["user", "Tell me more. " * 500]]
    path.write_text(json.dumps({"id": "1", "question": "Who?", "gold": [], "history": history}))
    assert [question.id for question in load_dataset(path, tmp_path).questions] == ["1"]


@pytest.mark.parametrize("citations", [5, True, "a.txt", {"file": "a.txt"}, [{"file": ""}], [None]])
def test_feedback_whose_citations_are_none_is_named(tmp_path: Path, citations: object) -> None:
    path = tmp_path / "feedback.jsonl"
    bad = {**PRAISED, "question": "Where?", "citations": citations}
    path.write_text(f"{json.dumps(bad)}\n{json.dumps(PRAISED)}\n")
    dataset = load_feedback(path)
    assert [question.question for question in dataset.questions] == ["Who?"]
    (problem,) = dataset.problems
    assert problem.where.endswith("line 1")
    assert "citations" in problem.what


def test_feedback_on_the_same_words_in_another_conversation_is_another_question(
    tmp_path: Path,
) -> None:
    path = tmp_path / "feedback.jsonl"
    lines = [PRAISED, {**PRAISED, "history": [["user", "Who won?"]]}, PRAISED]
    path.write_text("\n".join(map(json.dumps, lines)))
    first, second = load_feedback(path).questions
    assert first.question == second.question
    assert first.id != second.id


@pytest.mark.parametrize(
    "line",
    [{"question": "Who?"}, {**PRAISED, "question": ""}, {**PRAISED, "history": "x"}, 1, None],
)
def test_file_with_no_usable_feedback_is_an_error_that_names_the_line(
    tmp_path: Path, line: object
) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_text(json.dumps(line))
    with pytest.raises(DatasetError, match="line 1") as caught:
        load_feedback(path)
    assert caught.value.hint


def test_missing_feedback_names_the_file_and_what_a_line_is(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"feedback\.jsonl") as caught:
        load_feedback(tmp_path / "feedback.jsonl")
    assert '"verdict"' in caught.value.hint


@pytest.mark.parametrize("score", ["nan", "inf", "-inf", "one", "", "1\t2"])
def test_beir_grade_that_is_no_figure_is_named(tmp_path: Path, score: str) -> None:
    dataset = beir(tmp_path, f"query-id\tcorpus-id\tscore\nq1\td2\t{score}\nq1\td1\t1\n")
    assert [item.record for item in dataset.questions[0].gold] == ["d1"]
    assert [problem.where.rpartition(" ")[2] for problem in dataset.problems] == ["2"]


def test_beir_judgements_of_a_query_are_gathered_with_their_grades(tmp_path: Path) -> None:
    dataset = beir(tmp_path, "q1\td1\t2\nq1\td2\t0\nq1\td3\t-1\nq1\td4\t0.5\n")
    (question,) = dataset.questions
    assert {item.record: item.grade for item in question.gold} == {"d1": 2.0, "d4": 0.5}
    assert dataset.problems == ()


@pytest.mark.parametrize("line", ['{"id": "1"', "null", "[]", '"text"', "1" * 5000, "[" * 100_000])
def test_line_that_is_no_object_is_named_in_every_kind_of_file(tmp_path: Path, line: str) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(line)
    for load in (load_claims, load_feedback, lambda at: load_dataset(at, tmp_path)):
        with pytest.raises(DatasetError, match="line 1") as caught:
            load(path)
        assert caught.value.hint


def test_claims_are_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(f"{json.dumps(CLAIM)}\n\n{json.dumps({**CLAIM, 'id': 2, 'label': 'true'})}\n")
    with pytest.raises(DatasetError, match="line 3: `label` is 'true'"):
        load_claims(path)
    path.write_text(f"{json.dumps(CLAIM)}\n{json.dumps({**CLAIM, 'id': 1})}\n")
    with pytest.raises(DatasetError, match="line 2: the id '1' was used before"):
        load_claims(path)


def test_folder_is_no_file_of_claims(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="can't be read") as caught:
        load_claims(tmp_path)
    assert '"claim"' in caught.value.hint
