"""Questions with known answers, read from a JSON-lines file or from a BEIR folder."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import BylineError

BEIR_KIND = "beir"

_QRELS = Path("qrels") / "test.tsv"
_HINT = 'A line is {"id": "1", "question": "Who …?", "gold": [{"file": "a.txt", "quote": "…"}]}.'
_BEIR_HINT = "A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv."


class DatasetError(BylineError):
    """A file of questions is missing, or one of its lines can't be used."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that a right paragraph holds, and where that paragraph is from."""

    file: str | None = None
    url: str | None = None
    quote: str = ""
    """Empty: any paragraph of the source will do."""
    record: str | None = None
    """The id of a record in a many-article file, where no file or URL names the source."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what a right answer rests on; without gold it must be declined."""

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...] = ()
    answer_any: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the archive is known to hold an answer."""
        return bool(self.gold)


def load_questions(path: Path) -> tuple[Question, ...]:
    """Read a JSON-lines file of questions, or a BEIR folder.

    Raises:
        DatasetError: Something is missing or malformed; the message names file and line.
    """
    questions = _beir_questions(path) if path.is_dir() else _file_questions(path)
    if not questions:
        raise DatasetError(f"{path}: holds no questions.", _BEIR_HINT if path.is_dir() else _HINT)
    return questions


def bundled_articles(path: Path) -> Path | None:
    """Return the articles that come with the questions: the corpus of a BEIR folder."""
    corpus = path / "corpus.jsonl"
    return corpus if corpus.is_file() else None


@dataclass(frozen=True, slots=True)
class _Row:
    """One JSON object, with the place that an error has to name."""

    path: Path
    line: int
    values: Mapping[str, Any]

    def fault(self, message: str, hint: str = _HINT) -> DatasetError:
        return DatasetError(f"{self.path}, line {self.line}: {message}", hint)

    def text(self, key: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"`{key}` must be a text, not {value!r}.")
        return value

    def text_or_none(self, key: str) -> str | None:
        return None if self.values.get(key) is None else self.text(key)

    def identifier(self, key: str) -> str:
        value = self.values.get(key)
        # Exports of databases number their records; `true` is an int too, but no id.
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text(key)

    def items(self, key: str) -> list[Any]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f"`{key}` must be a list, not {value!r}.")
        return value


def _file_questions(path: Path) -> tuple[Question, ...]:
    questions: dict[str, Question] = {}
    for row in _rows(path):
        question = _question(row)
        if question.id in questions:
            raise row.fault(f"the id {question.id!r} was used before.", "Give each its own id.")
        questions[question.id] = question
    return tuple(questions.values())


def _question(row: _Row) -> Question:
    # A forgotten `gold` would quietly turn into "must be declined".
    if "gold" not in row.values:
        raise row.fault("`gold` is missing.", "Write `[]` where the archive has no answer.")
    gold = tuple(_gold(row, item) for item in row.items("gold"))
    return Question(
        id=row.identifier("id"),
        question=row.text("question"),
        kind=row.text_or_none("kind") or ("direct" if gold else "unanswerable"),
        gold=gold,
        answer_any=tuple(_answer(row, item) for item in row.items("answer_any")),
        history=tuple(_turn(row, item) for item in row.items("history")),
    )


def _gold(row: _Row, item: object) -> Gold:
    if not isinstance(item, dict):
        raise row.fault(f"`gold` holds {item!r}, which is no object.")
    inner = _Row(row.path, row.line, item)
    gold = Gold(inner.text_or_none("file"), inner.text_or_none("url"), inner.text("quote"))
    if gold.file is None and gold.url is None:
        raise row.fault(f"the gold {gold.quote!r} names neither `file` nor `url`.")
    return gold


def _answer(row: _Row, item: object) -> str:
    if not isinstance(item, str) or not item.strip():
        raise row.fault(f"`answer_any` holds {item!r}, which is no text.")
    return item


def _turn(row: _Row, item: object) -> tuple[str, str]:
    match item:
        case ["user" | "assistant" as role, str(text)]:
            return role, text
        case _:
            raise row.fault(
                f"`history` holds {item!r}, which is no turn.",
                'A turn is ["user", "text"] or ["assistant", "text"].',
            )


def _rows(path: Path) -> Iterator[_Row]:
    for number, line in _lines(path):
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise DatasetError(f"{path}, line {number}: not JSON ({error}).", _HINT) from error
        if not isinstance(values, dict):
            raise DatasetError(f"{path}, line {number}: not a JSON object.", _HINT)
        yield _Row(path, number, values)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each line that isn't blank with its number."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: not UTF-8 ({error.reason}).", "Save it as UTF-8.") from error
    except OSError as error:
        message = f"{path}: can't be read ({error.strerror})."
        raise DatasetError(message, "Give a file of questions, or a BEIR folder.") from error


def _beir_questions(folder: Path) -> tuple[Question, ...]:
    if bundled_articles(folder) is None:
        raise DatasetError(f"{folder}: has no corpus.jsonl.", _BEIR_HINT)
    texts = {row.identifier("_id"): row.text("text") for row in _rows(folder / "queries.jsonl")}
    relevant: dict[str, dict[str, None]] = {}
    for line, (query, record) in _judgements(folder / _QRELS):
        if query not in texts:
            message = f"{folder / _QRELS}, line {line}: queries.jsonl has no {query!r}."
            raise DatasetError(message, _BEIR_HINT)
        relevant.setdefault(query, {})[record] = None
    return tuple(
        Question(query, texts[query], BEIR_KIND, tuple(Gold(record=record) for record in records))
        for query, records in relevant.items()
    )


def _judgements(path: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the pairs of query and relevant record.

    A query judged only with 0 is left out: that nobody found its answer doesn't make declining
    it right.
    """
    for number, line in _lines(path):
        match line.split("\t"):
            case ["query-id", *_]:
                continue
            case [query, record, score] if _is_number(score):
                if float(score) > 0:
                    yield number, (query.strip(), record.strip())
            case _:
                message = f"{path}, line {number}: not `query-id<TAB>corpus-id<TAB>score`."
                raise DatasetError(message, _BEIR_HINT)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
