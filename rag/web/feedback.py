"""What readers say of answers: JSON lines that `rag eval --from-feedback` asks again."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rag.errors import StorageError
from rag.web.turns import Turn, Turns, history

LONGEST_REASON = 1_000
_LARGEST_BYTES = 50_000_000
"""Some 5,000 judgements."""


def record(path: Path, turns: Turns, identity: str, reason: str = "") -> None:
    """Append a reader's judgement of an answer; a later line for the same answer replaces it.

    Args:
        path: The file, made when missing.
        turns: The conversation, with the vote on its turn.
        identity: The turn's.
        reason: In the reader's words.

    Raises:
        StorageError: It can't be written, or the file is full.
    """
    for index, turn in enumerate(turns):
        if turn.identity == identity and turn.answer is not None and turn.vote:
            _append(path, _line(turn, turns[:index], reason[:LONGEST_REASON].strip()))


def _line(turn: Turn, before: Turns, reason: str) -> dict[str, Any]:
    answer = turn.answer.to_dict() if turn.answer else {}
    return {
        "id": turn.identity,
        "question": turn.question,
        "history": [list(said) for said in history(before)],
        "standalone_question": answer["standalone_question"],
        "answer": answer,
        "citations": [
            {name: citation[name] for name in ("marker", "file", "paragraph_id", "quote")}
            for citation in answer["citations"]
        ],
        "verdict": turn.vote,
        "reason": reason,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _append(path: Path, line: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > _LARGEST_BYTES:
            raise StorageError(f"{path} is full.", "Move it away; a new one is begun.")
        # One write to a file that is only ever appended to: lines of two readers never mix.
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, (json.dumps(line) + "\n").encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError(
            f"The judgement could not be written to {path}: {error.strerror}.",
            "Make room or mend the permissions of RAG_HOME.",
        ) from error
