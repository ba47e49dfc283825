"""A question as it comes in: with all that shapes its answer, and cleaned."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.errors import QuestionError
from rag.retrieval.filters import ArticleFilter
from rag.schema import EngineName
from rag.text.unseen import one_line

LONGEST_QUESTION = 4_000
History = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One question with all that shapes its answer."""

    question: str
    history: History = ()
    only: ArticleFilter = field(default_factory=ArticleFilter)
    engine: EngineName = "auto"
    limit: int = 6


def checked(question: str) -> str:
    """Return the question without outer white space and unseen characters.

    Raises:
        QuestionError: Nothing is left, or it is too long.
    """
    cleaned = " ".join(one_line(question).split())
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("The question is empty.", "Ask something in words.")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned):,} characters; {LONGEST_QUESTION:,} are allowed.",
            "Shorten it to what you want to know.",
        )
    return cleaned


def is_foreign(question: str) -> bool:
    """Tell whether most letters of a question are of another script than the Latin one."""
    letters = [character for character in question if character.isalpha()]
    foreign = sum(1 for letter in letters if not unicodedata.name(letter, "").startswith("LATIN"))
    return foreign > len(letters) / 2
