"""Votes on answers: JSON lines that `rag eval --from-feedback` asks again."""

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from rag.errors import BylineError, StorageError
from rag.web.conversation import OpenByline
from rag.web.turns import Turn, Turns, Vote, history, voted

_LOG = logging.getLogger("rag.web.feedback")
_LONGEST_REASON = 1_000
_LARGEST_BYTES = 50_000_000
"""Some 5,000 votes."""
_ANCHOR = re.compile(r"vote-(up|down)-([0-9a-f]{16})")


def vote(opened: OpenByline, anchor: str, turns: Turns) -> tuple[Turns, str]:
    """Take a vote on an answer, by a link's anchor; a browser may send any text as one.

    Returns:
        The turns, and the identity of the one that was voted on: empty where none was.
    """
    found = _ANCHOR.fullmatch(anchor)
    if found is None or all(turn.identity != found[2] or not turn.answer for turn in turns):
        return turns, ""
    turns = voted(turns, found[2], cast("Vote", found[1]))
    explain(opened, turns, found[2], "")
    return turns, found[2]


def explain(opened: OpenByline, turns: Turns, identity: str, reason: str) -> None:
    """Write down a vote with its reason; what can't be written is logged."""
    try:
        record(opened().settings.home / "feedback.jsonl", turns, identity, reason)
    except BylineError as error:
        _LOG.warning("%s", error)


def record(path: Path, turns: Turns, identity: str, reason: str = "") -> None:
    """Append the vote on a turn's answer; a later line for the same answer replaces it.

    Raises:
        StorageError: It can't be written, or the file is full.
    """
    for index, turn in enumerate(turns):
        if turn.identity == identity and turn.answer is not None and turn.vote:
            line = _line(turn, turn.answer.to_dict(), turns[:index])
            _append(path, {**line, "reason": reason[:_LONGEST_REASON].strip()})


def _line(turn: Turn, answer: dict[str, Any], before: Turns) -> dict[str, Any]:
    return {
        "id": turn.identity,
        "question": turn.question,
        "history": [list(line) for line in history(before)],
        "standalone_question": answer["standalone_question"],
        "answer": answer,
        "citations": [
            {name: citation[name] for name in ("marker", "file", "paragraph_id", "quote")}
            for citation in answer["citations"]
        ],
        "verdict": turn.vote,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _append(path: Path, line: dict[str, Any]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and path.stat().st_size > _LARGEST_BYTES:
            raise StorageError(f"{path} is full.", "Move it away; a new one is begun.")
        # One write to a file that is only ever appended to: lines of two readers never mix.
        path.touch(0o600)
        with path.open("ab", buffering=0) as file:
            file.write((json.dumps(line) + "\n").encode())
    except OSError as error:
        raise StorageError(
            f"The vote could not be written to {path}: {error.strerror}.",
            "Make room or mend the permissions of RAG_HOME.",
        ) from error
