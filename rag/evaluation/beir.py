"""BEIR folders: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`."""

from collections.abc import Iterator
from pathlib import Path

from rag.evaluation.dataset import Gold, Question
from rag.evaluation.lines import DatasetError, lines_of, rows_or_faults

KIND = "beir"
HINT = "A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv."

_QRELS = Path("qrels") / "test.tsv"


def corpus_of(folder: Path) -> Path | None:
    """Return the articles of a BEIR folder."""
    corpus = folder / "corpus.jsonl"
    return corpus if corpus.is_file() else None


def read_beir(folder: Path) -> Iterator[Question | DatasetError]:
    """Yield a question for each judged query, and what is wrong with lines.

    A query judged only with 0 is left out: that nobody found its answer doesn't make declining it
    right.

    Raises:
        DatasetError: A file is missing or can't be read.
    """
    if corpus_of(folder) is None:
        raise DatasetError(f"{folder}: has no corpus.jsonl.", HINT)
    texts: dict[str, str] = {}
    for row in rows_or_faults(folder / "queries.jsonl", HINT):
        try:
            if isinstance(row, DatasetError):
                raise row
            texts[row.identifier("_id")] = row.text("text")
        except DatasetError as error:
            yield error
    relevant: dict[str, dict[str, float]] = {}
    for judgement in _judgements(folder / _QRELS, texts):
        if isinstance(judgement, DatasetError):
            yield judgement
        else:
            query, record, grade = judgement
            relevant.setdefault(query, {})[record] = grade
    for query, records in relevant.items():
        gold = tuple(Gold(record=record, grade=grade) for record, grade in records.items())
        yield Question(query, texts[query], KIND, gold)


def _judgements(
    path: Path, texts: dict[str, str]
) -> Iterator[tuple[str, str, float] | DatasetError]:
    """Yield query, relevant record and grade."""
    for number, line in lines_of(path, HINT):
        match line.split("\t"):
            case ["query-id", *_]:
                continue
            case [query, record, score] if _is_number(score):
                if query.strip() not in texts:
                    message = f"{path}, line {number}: queries.jsonl has no {query.strip()!r}."
                    yield DatasetError(message, HINT)
                elif float(score) > 0:
                    yield query.strip(), record.strip(), float(score)
            case _:
                message = f"{path}, line {number}: not `query-id<TAB>corpus-id<TAB>score`."
                yield DatasetError(message, HINT)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
