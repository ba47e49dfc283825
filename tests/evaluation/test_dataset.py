"""Questions files and BEIR folders, the good and the malformed."""

import json
from pathlib import Path

import pytest

from rag.errors import BylineError
from rag.evaluation import DatasetError, Gold, Question, load_dataset, load_questions

GOOD = {"id": "q1", "question": "Who?", "kind": "direct", "gold": [{"file": "a.txt", "quote": "x"}]}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def beir(folder: Path, qrels: str) -> Path:
    (folder / "qrels").mkdir()
    corpus = '{"_id": "d1", "title": "T", "text": "x"}\n'
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    queries = '{"_id": "q1", "text": "Who?"}\n{"_id": 2, "text": "When?"}\n'
    (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_full_line_becomes_a_question(tmp_path: Path) -> None:
    line = {
        **GOOD,
        "gold": [{"file": "a.txt", "quote": "x"}, {"url": "https://example.org", "quote": "y"}],
        "answer_any": ["x", "y"],
        "history": [["user", "Hello?"], ["assistant", "Yes."]],
        "comment": "unknown keys are nobody's business",
    }
    assert load_questions(write(tmp_path, line)) == (
        Question(
            id="q1",
            question="Who?",
            kind="direct",
            gold=(Gold("a.txt", None, "x"), Gold(None, "https://example.org", "y")),
            answer_any=("x", "y"),
            history=(("user", "Hello?"), ("assistant", "Yes.")),
        ),
    )


@pytest.mark.parametrize(
    ("gold", "kind"), [([], "unanswerable"), ([{"file": "a.txt", "quote": "x"}], "direct")]
)
def test_without_a_kind_the_gold_tells_it(tmp_path: Path, gold: list[object], kind: str) -> None:
    (question,) = load_questions(write(tmp_path, {"id": 7, "question": "Who?", "gold": gold}))
    assert (question.id, question.kind, question.answerable) == ("7", kind, bool(gold))


def test_blank_lines_byte_order_mark_and_line_separators_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    line = json.dumps({**GOOD, "question": "Who\u2028said it?"}, ensure_ascii=False)
    path.write_bytes(b"\xef\xbb\xbf\r\n" + line.encode() + b"\r\n\r\n")
    assert [question.question for question in load_questions(path)] == ["Who\u2028said it?"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not a JSON object"),
        ({"id": "q2", "question": "Who?"}, "`gold` is missing"),
        ({**GOOD, "id": None}, "`id` must be a text"),
        ({**GOOD, "id": True}, "`id` must be a text"),
        ({**GOOD, "id": "q2", "question": " "}, "`question` must be a text"),
        ({**GOOD, "id": "q2", "kind": 5}, "`kind` must be a text"),
        ({**GOOD, "id": "q2", "gold": "a.txt"}, "`gold` must be a list"),
        ({**GOOD, "id": "q2", "gold": ["a.txt"]}, "which is no object"),
        ({**GOOD, "id": "q2", "gold": [{"file": "a.txt"}]}, "`quote` must be a text"),
        ({**GOOD, "id": "q2", "gold": [{"quote": "x"}]}, "names neither"),
        ({**GOOD, "id": "q2", "answer_any": "x"}, "`answer_any` must be a list"),
        ({**GOOD, "id": "q2", "answer_any": [""]}, "which is no text"),
        ({**GOOD, "id": "q2", "history": [["system", "x"]]}, "which is no turn"),
        ({**GOOD, "id": "q2", "history": ["user", "x"]}, "which is no turn"),
        (GOOD, "'q1' was used before"),
    ],
)
def test_an_error_names_the_file_and_the_line(tmp_path: Path, line: object, says: str) -> None:
    path = write(tmp_path, GOOD, "", line)
    with pytest.raises(DatasetError) as caught:
        load_questions(path)
    assert caught.value.message.startswith(f"{path}, line 3: ")
    assert says in caught.value.message
    assert caught.value.hint
    assert isinstance(caught.value, BylineError)


def test_a_missing_an_empty_and_a_binary_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"missing\.jsonl: can't be read"):
        load_questions(tmp_path / "missing.jsonl")
    with pytest.raises(DatasetError, match="holds no questions"):
        load_questions(write(tmp_path, ""))
    (tmp_path / "binary.jsonl").write_bytes(b'{"id": "\xff"}')
    with pytest.raises(DatasetError, match="not UTF-8"):
        load_questions(tmp_path / "binary.jsonl")


def test_a_beir_folder_gives_a_question_for_each_judged_query(tmp_path: Path) -> None:
    lines = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td3\t2\nq1\td1\t1\nq1\td2\t0\n2\td2\t0.5\n"
    assert load_questions(beir(tmp_path, lines)) == (
        Question("q1", "Who?", "beir", (Gold(record="d1"), Gold(record="d3", grade=2.0))),
        Question("2", "When?", "beir", (Gold(record="d2", grade=0.5),)),
    )
    assert load_dataset(tmp_path, tmp_path).articles == (tmp_path / "corpus.jsonl",)


def test_a_query_that_nobody_found_an_answer_to_is_left_out(tmp_path: Path) -> None:
    folder = beir(tmp_path, "query-id\tcorpus-id\tscore\nq1\td1\t0\n2\td1\t1\n")
    assert [question.id for question in load_questions(folder)] == ["2"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("q1\td1", "not `query-id"),
        ("q1 d1 1", "not `query-id"),
        ("q1\td1\tmuch", "not `query-id"),
        ("q9\td1\t1", "queries.jsonl has no 'q9'"),
    ],
)
def test_a_bad_judgement_is_named(tmp_path: Path, line: str, says: str) -> None:
    folder = beir(tmp_path, f"query-id\tcorpus-id\tscore\n{line}\n")
    with pytest.raises(DatasetError, match=r"test\.tsv, line 2: ") as caught:
        load_questions(folder)
    assert says in caught.value.message


def test_an_incomplete_beir_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"has no corpus\.jsonl"):
        load_questions(tmp_path)
    (tmp_path / "corpus.jsonl").touch()
    with pytest.raises(DatasetError, match=r"queries\.jsonl: can't be read"):
        load_questions(tmp_path)


def test_a_questions_file_brings_no_articles(tmp_path: Path) -> None:
    assert load_dataset(write(tmp_path, GOOD), tmp_path).articles == ()
