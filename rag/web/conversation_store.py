"""Conversations that survive a reload: one file each, under a name that only its browser tab knows.

The tab makes up 128 random bits, keeps them in its own session storage and names them with every
question. The file is named by their hash, so that a listing of the folder opens no conversation.
"""

import json
import logging
import os
import re
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rag.errors import BylineError
from rag.schema import Answer
from rag.web.conversation import OpenByline
from rag.web.turns import Failed, Stopped, Turn, Turns, Vote, unanswered

_LOG = logging.getLogger("rag.web.conversation_store")
_IDENTITY = re.compile(r"[0-9a-f]{32}")
_MOST_CONVERSATIONS = 500
_LONGEST_SECONDS = 7 * 24 * 3600
"""A week: what a reader wants for longer is exported."""
_LARGEST_BYTES = 8_000_000


def remember(opened: OpenByline, session: str, turns: Turns) -> None:
    """Keep a browser tab's conversation in the archive's folder."""
    with suppress(BylineError):
        _conversations(opened).save(session, turns)


def recall(opened: OpenByline, session: str) -> Turns:
    """Return the conversation of a browser tab."""
    try:
        return _conversations(opened).load(session)
    except BylineError:
        return ()


@dataclass(frozen=True, slots=True)
class _Saved:
    """A turn as it is stored."""

    id: str
    question: str
    answer: Answer | None = None
    stopped: str | None = None
    failure: tuple[str, str] | None = None
    vote: Vote = ""


_SAVED = TypeAdapter(list[_Saved])


class Conversations:
    """The conversations kept in a folder, which is made with the first, for its owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, identity: str) -> Turns:
        """Return a conversation; an empty one for a name that is unknown or none at all."""
        path = self._path(identity)
        if path is None:
            return ()
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                return ()
            saved = _SAVED.validate_json(path.read_bytes())
        except (OSError, ValueError):  # pydantic's error is a ValueError
            return ()
        return tuple(_restored(turn) for turn in saved)

    def save(self, identity: str, turns: Turns) -> None:
        """Keep a conversation as it is now; a turn that is still running counts as stopped.

        What can't be written is logged: an answer is worth more than its copy.
        """
        path = self._path(identity)
        if path is None:
            return
        try:
            if turns:
                self._write(path, turns)
            else:
                path.unlink(missing_ok=True)
        except OSError:
            _LOG.warning("The conversation could not be kept.", exc_info=True)

    def _write(self, path: Path, turns: Turns) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            self._forget_old()
        saved = json.dumps([_stored(turn) for turn in turns], ensure_ascii=True)
        descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(saved)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _forget_old(self) -> None:
        aged = []
        for path in self._folder.iterdir():
            with suppress(OSError):  # another request may have removed it
                aged.append((path.stat().st_mtime, path))
        aged.sort(reverse=True)
        limit = time.time() - _LONGEST_SECONDS
        for rank, (changed, path) in enumerate(aged, 1):
            if rank >= _MOST_CONVERSATIONS or changed < limit:
                path.unlink(missing_ok=True)

    def _path(self, identity: str) -> Path | None:
        if not _IDENTITY.fullmatch(identity):
            return None
        return self._folder / f"{blake2b(identity.encode(), digest_size=16).hexdigest()}.json"


def _conversations(opened: OpenByline) -> Conversations:
    return Conversations(opened().settings.home / "conversations")


def _stored(turn: Turn) -> dict[str, Any]:
    if turn.running:
        turn = unanswered(turn, Stopped())
    attempt = turn.attempt
    return {
        "id": turn.identity,
        "question": turn.question,
        "answer": turn.answer.to_dict() if turn.answer else None,
        "stopped": attempt.text if isinstance(attempt, Stopped) else None,
        "failure": [attempt.message, attempt.hint] if isinstance(attempt, Failed) else None,
        "vote": turn.vote,
    }


def _restored(saved: _Saved) -> Turn:
    attempt: Stopped | Failed | None = None
    if saved.failure is not None:
        attempt = Failed(*saved.failure)
    elif saved.stopped is not None or saved.answer is None:
        attempt = Stopped(saved.stopped or "")
    return Turn(saved.question, saved.answer, attempt, saved.vote, identity=saved.id)
