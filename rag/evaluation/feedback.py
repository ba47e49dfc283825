"""Readers' feedback as a dataset: what they praised must stay right, what they blamed is shown.

A line is `{"question", "history", "verdict": "up" | "down", "reason"?, "answer"?, "citations"?}`.
`citations` (or those of `answer`) hold `file`, and `quote` or `text`: for an answer that was
praised, they are the gold.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rag.evaluation.dataset import Gold, Question
from rag.evaluation.lines import DatasetError, Row, parsed
from rag.evaluation.questions_file import turns_of

PRAISED, BLAMED = "feedback-up", "feedback-down"
HINT = 'A line is {"question": "Who …?", "history": [], "verdict": "up"} or "down".'


def read_feedback(path: Path) -> Iterator[Question | DatasetError]:
    """Yield each question that got feedback, once; the newest verdict counts.

    Raises:
        DatasetError: The file can't be read.
    """
    questions: dict[str, Question] = {}
    for item in parsed(path, HINT, _question):
        if isinstance(item, DatasetError):
            yield item
        else:
            questions[item.id] = item
    yield from questions.values()


def _question(row: Row) -> Question:
    text, history, verdict = row.text("question"), turns_of(row), row.text("verdict")
    if verdict not in {"up", "down"}:
        raise row.fault(f"`verdict` is {verdict!r}, neither 'up' nor 'down'.")
    gold = tuple(_gold(row)) if verdict == "up" else ()
    asked = "\n".join([text, *(f"{role}: {said}" for role, said in history)])
    return Question(
        id=f"feedback-{blake2b(asked.encode(), digest_size=5).hexdigest()}",
        question=text,
        kind=PRAISED if verdict == "up" else BLAMED,
        gold=gold,
        history=history,
        gold_known=bool(gold) or (verdict == "up" and _answer(row).get("status") == "abstained"),
    )


def _gold(row: Row) -> Iterator[Gold]:
    citations = row.values.get("citations") or _answer(row).get("citations") or []
    if not isinstance(citations, list):
        raise row.fault(f"`citations` must be a list, not {citations!r}.")
    for item in citations:
        if not isinstance(item, Mapping) or not item.get("file"):
            raise row.fault(f"`citations` holds {item!r}, which names no file.")
        yield Gold(file=str(item["file"]), quote=str(item.get("quote") or item.get("text") or ""))


def _answer(row: Row) -> Mapping[str, Any]:
    answer = row.values.get("answer")
    return answer if isinstance(answer, Mapping) else {}
