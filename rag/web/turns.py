"""The turns of a conversation, and what a reader may do with the last one."""

import secrets
import threading
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.schema import Answer
from rag.web.answer_view import answer_html
from rag.web.presentation import failure_html, stopped_html
from rag.web.prose_view import without_markers

Vote = Literal["", "up", "down"]
_REMEMBERED_TURNS = 10


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what is shown for it."""

    question: str
    html: str
    said: str = ""
    """The answer's text without markers: history for the next question."""
    running: bool = False
    answer: Answer | None = None
    stopped: str | None = None
    """What had come when the user stopped it."""
    failure: tuple[str, str] | None = None
    """Message and hint."""
    vote: Vote = ""
    rewriting: bool = False
    """Whether the next question takes its place."""
    identity: str = field(default_factory=lambda: secrets.token_hex(8), compare=False)
    halt: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)
    """Set when the user stops it."""


Turns = tuple[Turn, ...]


def answered(begun: Turn, answer: Answer) -> Turn:
    """Return a turn that has come to its answer."""
    html = answer_html(answer, begun.identity)
    said = without_markers(answer.text)
    return Turn(begun.question, html, said, answer=answer, identity=begun.identity)


def stopped(begun: Turn, text: str) -> Turn:
    """Return a turn that was stopped when this much of its answer was there."""
    return Turn(begun.question, stopped_html(text), stopped=text, identity=begun.identity)


def failed(begun: Turn, message: str, hint: str) -> Turn:
    """Return a turn that went wrong."""
    html = failure_html(message, hint)
    return Turn(begun.question, html, failure=(message, hint), identity=begun.identity)


def judged(turns: Turns, identity: str, vote: Vote) -> Turns:
    """Return the turns with a vote on one of them."""

    def marked(turn: Turn) -> Turn:
        if turn.identity != identity or turn.answer is None:
            return turn
        return replace(turn, vote=vote, html=answer_html(turn.answer, identity, vote))

    return tuple(marked(turn) for turn in turns)


def kept(turns: Turns, question: str) -> Turns:
    """Return the turns that stay when a question is asked.

    The last one goes if it is being rewritten, or if it went wrong with the same question.
    """
    if turns and (turns[-1].rewriting or (turns[-1].failure and turns[-1].question == question)):
        return turns[:-1]
    return turns


def rewriting(turns: Turns) -> Turns:
    """Begin to rewrite the last question, or give it up."""
    if not turns or turns[-1].running:
        return turns
    return (*turns[:-1], replace(turns[-1], rewriting=not turns[-1].rewriting))


def history(turns: Turns) -> tuple[tuple[str, str], ...]:
    """Return what was said, as the engine takes it: the last ten answered questions."""
    spoken = [turn for turn in turns if turn.said and not turn.running][-_REMEMBERED_TURNS:]
    return tuple(
        line for turn in spoken for line in (("user", turn.question), ("assistant", turn.said))
    )
