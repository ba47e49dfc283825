"""Whatever holds questions → a dataset; a bad line is noted, a file that can't be read is not."""

import json
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from rag.evaluation import beir, questions_file
from rag.evaluation.dataset import Dataset, Problem, Question
from rag.evaluation.feedback import read_feedback
from rag.evaluation.lines import DatasetError, all_of
from rag.evaluation.squad import read_squad

_HEAD = 4096


def load_dataset(path: Path, workplace: Path) -> Dataset:
    """Read a JSON-lines file of questions, a BEIR folder or a SQuAD file.

    Args:
        path: The file or folder.
        workplace: Where articles are written that come inside a file of questions.

    Raises:
        DatasetError: It can't be read, or holds no question that can be used.
    """
    if path.is_dir():
        return _dataset(path, beir.read_beir(path), beir.HINT, (path / beir.CORPUS,))
    if is_squad(path):
        place = blake2b(str(path.absolute()).encode(), digest_size=6).hexdigest()
        articles = workplace / f"{path.stem}-{place}.jsonl"
        return _dataset(path, read_squad(path, articles), "", (articles,))
    return _dataset(path, questions_file.read_questions(path), questions_file.HINT)


def load_feedback(path: Path) -> Dataset:
    """Read the chat's file of feedback.

    Raises:
        DatasetError: It can't be read, or holds nothing that can be used.
    """
    hint = "Readers give it in the chat, with the thumbs below an answer."
    return _dataset(path, read_feedback(path), hint)


def load_questions(path: Path) -> tuple[Question, ...]:
    """Read a JSON-lines file of questions or a BEIR folder, all or nothing.

    Raises:
        DatasetError: Something is missing or malformed; the message names file and line.
    """
    folder = path.is_dir()
    questions = all_of(beir.read_beir(path) if folder else questions_file.read_questions(path))
    if not questions:
        hint = beir.HINT if folder else questions_file.HINT
        raise DatasetError(f"{path}: holds no questions.", hint)
    return questions


def is_squad(path: Path) -> bool:
    """Whether a file is one JSON object with `data`, as SQuAD's are."""
    if path.suffix != ".json":
        return False
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = file.read(_HEAD)
    except (OSError, UnicodeDecodeError):
        return False
    # A questions file may be called .json as well; its first line is a question.
    first = head.split("\n", maxsplit=1)[0]
    try:
        whole = json.loads(first)
    except ValueError:  # written over several lines, or cut off
        return '"data"' in head
    return isinstance(whole, dict) and "data" in whole


def _dataset(
    path: Path,
    items: Iterable[Question | DatasetError],
    hint: str,
    articles: tuple[Path, ...] = (),
) -> Dataset:
    questions, faults = [], []
    for item in items:
        if isinstance(item, DatasetError):
            faults.append(item)
        else:
            questions.append(item)
    if not questions:
        raise faults[0] if faults else DatasetError(f"{path}: holds no questions.", hint)
    problems = []
    for fault in faults:
        where, _, what = fault.message.partition(": ")
        problems.append(Problem(where, what or fault.message))
    return Dataset(path.stem, tuple(questions), tuple(problems), articles)
