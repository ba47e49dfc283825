"""BEIR folders: `corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`."""

import math
from collections.abc import Iterator
from pathlib import Path

from rag.evaluation.dataset import Gold, Question
from rag.evaluation.lines import DatasetError, lines_of, parsed

KIND = "beir"
CORPUS = "corpus.jsonl"
HINT = "A BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv."


def read_beir(folder: Path) -> Iterator[Question | DatasetError]:
    """Yield a question for each judged query, and what is wrong with lines.

    A query judged only with 0 is left out: that nobody found its answer doesn't make declining it
    right.

    Raises:
        DatasetError: A file is missing or can't be read.
    """
    if not (folder / CORPUS).is_file():
        raise DatasetError(f"{folder}: has no corpus.jsonl.", HINT)
    texts: dict[str, str] = {}
    for query in parsed(
        folder / "queries.jsonl", HINT, lambda row: (row.identifier("_id"), row.text("text"))
    ):
        if isinstance(query, DatasetError):
            yield query
        else:
            texts[query[0]] = query[1]
    relevant: dict[str, dict[str, float]] = {}
    for judgement in _judgements(folder / "qrels" / "test.tsv", texts):
        if isinstance(judgement, DatasetError):
            yield judgement
        else:
            query_id, record, grade = judgement
            relevant.setdefault(query_id, {})[record] = grade
    for query_id, records in relevant.items():
        gold = tuple(Gold(record=record, grade=grade) for record, grade in records.items())
        yield Question(query_id, texts[query_id], KIND, gold)


def _judgements(
    path: Path, texts: dict[str, str]
) -> Iterator[tuple[str, str, float] | DatasetError]:
    """Yield query, relevant record and grade."""
    for number, line in lines_of(path, HINT):
        if line.split("\t")[0] == "query-id":
            continue
        where = f"{path}, line {number}"
        try:
            query, record, score = map(str.strip, line.split("\t"))
            grade = float(score)
            if not math.isfinite(grade):
                raise ValueError(score)
        except ValueError:
            yield DatasetError(f"{where}: not `query-id<TAB>corpus-id<TAB>score`.", HINT)
            continue
        if query not in texts:
            yield DatasetError(f"{where}: queries.jsonl has no {query!r}.", HINT)
        elif grade > 0:
            yield query, record, grade
