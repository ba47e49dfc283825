"""A question as it comes in, checked and cleaned, and as it stands alone."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, get_args

from rag.answering.prompting import LLMWriter
from rag.archive.catalogue import ArticleFilter
from rag.errors import LLMError, QuestionError
from rag.retrieval.followup import History, standalone
from rag.schema import LARGEST_LIMIT, AnsweringEngine, EngineName, Fallback
from rag.text.unseen import one_line

LONGEST_QUESTION = 4_000
_ROLES = ("user", "assistant")
_TURN_HINT = 'Write each turn as (role, text), such as ("user", "Who won?").'


@dataclass(frozen=True, slots=True)
class Request:
    """One question with all that shapes its answer; whoever holds one can rely on its values.

    Raises:
        QuestionError: A value can't be used; the message names it.
    """

    question: str
    """Without outer white space and characters that show nothing."""
    history: History = ()
    """`(role, text)`, roles `user` and `assistant`, oldest first."""
    only: ArticleFilter = field(default_factory=ArticleFilter)
    engine: EngineName = "auto"
    limit: int = 6
    """Paragraphs, 1 to `LARGEST_LIMIT`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "question", _cleaned(self.question))
        object.__setattr__(self, "history", _turns(self.history))
        if self.engine not in get_args(EngineName):
            raise QuestionError(
                f"engine={_shown(self.engine)} is no engine.",
                f"Choose one of {', '.join(get_args(EngineName))}.",
            )
        if type(self.limit) is not int or not 1 <= self.limit <= LARGEST_LIMIT:
            raise QuestionError(
                f"limit={_shown(self.limit)} is no number of paragraphs.",
                f"Choose a whole number from 1 to {LARGEST_LIMIT}.",
            )


def article_filter(
    publisher: str | None, since: str | date | None, until: str | date | None
) -> ArticleFilter:
    """Return the filter for what a caller gave.

    Raises:
        QuestionError: The publisher is no text, a date can't be read, or the range is empty.
    """
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise QuestionError(
            f"since={first} lies after until={last}.", "Exchange the two, or leave one out."
        )
    return ArticleFilter(_name(publisher), first, last)


def answering_engine(
    asked: EngineName, preferred: EngineName, *, has_model: bool
) -> AnsweringEngine:
    """Return the engine that is to answer.

    Args:
        asked: By the caller; `auto` leaves it to the settings.
        preferred: By the settings; `auto` is the language model where there is one.
        has_model: Whether a language model is configured.

    Raises:
        QuestionError: The language model is to answer, and none is configured.
    """
    chosen = preferred if asked == "auto" else asked
    if chosen == "auto":
        return "llm" if has_model else "extractive"
    if chosen == "llm" and not has_model:
        raise QuestionError(
            "No language model is configured.",
            "Set RAG_LLM_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY, or use another engine.",
        )
    return chosen


@dataclass(frozen=True, slots=True)
class Query:
    """A question that stands alone, and who is to answer it."""

    text: str
    engine: AnsweringEngine
    fallback: Fallback | None = None
    """Filled where the language model was asked to make it stand alone, and failed."""
    notices: tuple[str, ...] = ()


def query_of(request: Request, writer: LLMWriter | None, preferred: EngineName) -> Query:
    """Return the question of a request, independent of its history.

    Args:
        request: What was asked.
        writer: The language model's engine; null when none is configured.
        preferred: Who answers where the request leaves it open.

    Raises:
        QuestionError: The language model is to answer, and none is configured.
    """
    question, history = request.question, request.history
    engine = answering_engine(request.engine, preferred, has_model=writer is not None)
    if not history:
        return Query(question, engine)
    if engine == "llm" and writer is not None:
        try:
            condensed = writer.condense(question, history)
        except LLMError as error:
            # Whatever it was, the answer would wait for the same fault once more.
            fallback = Fallback("llm", "extractive", error.message, error.hint)
            carried = "The last turn's names were carried over."
            return Query(standalone(question, history), "extractive", fallback, (carried,))
        # Where the model added nothing, the rules may still know what is meant.
        if condensed != question:
            return Query(condensed, engine)
    return Query(standalone(question, history), engine)


def _cleaned(question: Any) -> str:
    if not isinstance(question, str):
        raise QuestionError(f"question={_shown(question)} is no text.", "Ask something in words.")
    cleaned = " ".join(one_line(question).split())
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("The question is empty.", "Ask something in words.")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned):,} characters; {LONGEST_QUESTION:,} are allowed.",
            "Shorten it to what you want to know.",
        )
    return cleaned


def _turns(history: Any) -> History:
    if not isinstance(history, list | tuple):
        raise QuestionError(f"history={_shown(history)} is no list of turns.", _TURN_HINT)
    return tuple(_turn(number, turn) for number, turn in enumerate(history, start=1))


def _turn(number: int, turn: Any) -> tuple[str, str]:
    if not isinstance(turn, list | tuple) or len(turn) != 2:
        raise QuestionError(f"history, turn {number}: {_shown(turn)} is no pair.", _TURN_HINT)
    role, text = turn
    if role not in _ROLES or not isinstance(text, str):
        raise QuestionError(
            f"history, turn {number}: the role is {_shown(role)}, not user or assistant."
            if role not in _ROLES
            else f"history, turn {number}: {_shown(text)} is no text.",
            _TURN_HINT,
        )
    return role, text


def _name(publisher: Any) -> str | None:
    if publisher is not None and not isinstance(publisher, str):
        raise QuestionError(f"publisher={_shown(publisher)} is no text.", "Give its name.")
    return (publisher or "").strip() or None


def _day(name: str, value: str | date | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value.strip()).date()
    except (ValueError, AttributeError) as error:  # AttributeError: a year given as a number
        raise QuestionError(
            f"{name}={value!r} is not a date.", "Write it as YYYY-MM-DD, such as 2024-11-08."
        ) from error


def _shown(value: object) -> str:
    """Return what was given, short enough for a message of one line."""
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
