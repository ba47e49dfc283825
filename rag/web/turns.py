"""The turns of a conversation as data: how one begins, how it ends, what a reader does with it."""

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.citations.markers import split_markers
from rag.schema import Answer
from rag.web.links import Reference

Vote = Literal["", "up", "down"]
_REMEMBERED_TURNS = 10


@dataclass(frozen=True, slots=True)
class Working:
    """An answer is being made."""

    paragraphs: int | None = None
    """How many were found; null while they are searched for."""
    text: str = ""
    cited: Mapping[int, Reference] = field(default_factory=dict)
    """Where the markers in the text lead."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The user stopped it when this much of its text was there."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """An error came instead of an answer."""

    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its answer, or with what came instead of one."""

    question: str
    answer: Answer | None = None
    attempt: Working | Stopped | Failed | None = None
    """The last attempt at an answer, unless it gave this one."""
    vote: Vote = ""
    rewriting: bool = False
    """Whether the next question takes its place."""
    replaced: "Turn | None" = None
    """The answered turn that stays if the running attempt gives no answer."""
    identity: str = field(default_factory=lambda: secrets.token_hex(8), compare=False)
    halt: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)
    """Set when the user stops it."""

    @property
    def running(self) -> bool:
        """Whether an answer is being made."""
        return isinstance(self.attempt, Working)


Turns = tuple[Turn, ...]


def is_busy(turns: Turns) -> bool:
    """Tell whether an answer is being made."""
    return bool(turns) and turns[-1].running


def begun(turns: Turns, question: str) -> Turns:
    """Return the turns with a new one that is running.

    It takes the place of the last one if that is being rewritten, or failed with this question.
    """
    if not turns or not _makes_room(turns[-1], question):
        return (*turns, Turn(question, attempt=Working()))
    last = replace(turns[-1], attempt=None, rewriting=False)
    replaced = last if last.answer else None
    return (*turns[:-1], Turn(question, attempt=Working(), replaced=replaced))


def _makes_room(last: Turn, question: str) -> bool:
    return last.rewriting or (isinstance(last.attempt, Failed) and last.question == question)


def answered(turn: Turn, answer: Answer) -> Turn:
    """Return a turn that has come to its answer."""
    return Turn(turn.question, answer, identity=turn.identity)


def unanswered(turn: Turn, attempt: Stopped | Failed) -> Turn:
    """Return a turn whose attempt gave no answer; the one that it was to replace comes back."""
    if turn.replaced:
        return replace(turn.replaced, attempt=attempt)
    return Turn(turn.question, attempt=attempt, identity=turn.identity)


def voted(turns: Turns, identity: str, vote: Vote) -> Turns:
    """Return the turns with a vote on the answer of one of them."""
    return tuple(
        replace(turn, vote=vote) if turn.identity == identity and turn.answer else turn
        for turn in turns
    )


def rewriting(turns: Turns) -> Turns:
    """Begin to rewrite the last question, or give it up."""
    if not turns or is_busy(turns):
        return turns
    return (*turns[:-1], replace(turns[-1], rewriting=not turns[-1].rewriting))


def retrying(turns: Turns) -> Turns:
    """Let the next question take the place of the last one, whatever it came to."""
    return rewriting((*turns[:-1], replace(turns[-1], rewriting=False))) if turns else turns


def history(turns: Turns) -> tuple[tuple[str, str], ...]:
    """Return what was said, as the engine takes it: the last ten answered questions."""
    spoken = [(turn.question, turn.answer.text) for turn in turns if turn.answer]
    return tuple(
        line
        for question, text in spoken[-_REMEMBERED_TURNS:]
        for line in (("user", question), ("assistant", split_markers(text)[0]))
    )
