"""Questions of the contract: a JSON object a line."""

from collections.abc import Iterator
from pathlib import Path

from rag.evaluation.dataset import Gold, Question
from rag.evaluation.lines import DatasetError, Row, parsed_once

HINT = 'A line is {"id": "1", "question": "Who …?", "gold": [{"file": "a.txt", "quote": "…"}]}.'


def read_questions(path: Path) -> Iterator[Question | DatasetError]:
    """Yield each line's question, or what is wrong with it.

    Raises:
        DatasetError: The file can't be read at all.
    """
    return parsed_once(path, HINT, _question)


def turns_of(row: Row) -> tuple[tuple[str, str], ...]:
    """Return the `history` of a line.

    Raises:
        DatasetError: It holds something that is no turn.
    """
    turns = []
    for item in row.items("history"):
        match item:
            case ["user" | "assistant" as role, str(text)]:
                turns.append((role, text))
            case _:
                raise row.fault(
                    f"`history` holds {item!r}, which is no turn.",
                    'A turn is ["user", "text"] or ["assistant", "text"].',
                )
    return tuple(turns)


def _question(row: Row) -> Question:
    # A forgotten `gold` would quietly turn into "must be declined".
    if "gold" not in row.values:
        raise row.fault("`gold` is missing.", "Write `[]` where the archive has no answer.")
    gold = tuple(_gold(row, item) for item in row.items("gold"))
    answers, conflict = row.items("answer_any"), row.values.get("conflict")
    for answer in answers:
        if not isinstance(answer, str) or not answer.strip():
            raise row.fault(f"`answer_any` holds {answer!r}, which is no text.")
    if not isinstance(conflict, bool | None):
        raise row.fault(f"`conflict` must be true or false, not {conflict!r}.")
    return Question(
        id=row.identifier("id"),
        question=row.text("question"),
        kind=row.text_or_none("kind") or ("direct" if gold else "unanswerable"),
        gold=gold,
        answer_any=tuple(answers),
        history=turns_of(row),
        conflict=conflict,
    )


def _gold(row: Row, item: object) -> Gold:
    if not isinstance(item, dict):
        raise row.fault(f"`gold` holds {item!r}, which is no object.")
    inner = Row(row.path, row.line, item, row.hint)
    gold = Gold(inner.text_or_none("file"), inner.text_or_none("url"), inner.text("quote"))
    if gold.file is None and gold.url is None:
        raise row.fault(f"the gold {gold.quote!r} names neither `file` nor `url`.")
    return gold
