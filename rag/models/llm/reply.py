"""A model's reply while it comes in: what is no answer is noticed, if possible before it shows."""

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import closing

from rag.errors import LLMError
from rag.models.llm.prompts import NOT_IN_ARCHIVE
from rag.models.llm.refusals import finds_nothing, may_refuse, refuses
from rag.text.language import is_familiar, is_foreign

_HELD_BACK = 80
"""So many characters are held back at most until the language is clear: half a line."""

_THOUGHT = "<think>"
_THOUGHT_END = "</think>"
_DATA = re.compile(r"[{<]\s*[\"'/!A-Za-z]|\[\s*[{\"']|```|~~~")
_DATA_BEGUN = re.compile(r"[{<\[]\s*|`{1,2}|~{1,2}")
_FENCED = re.compile(r"^(```|~~~).*?(?:^\1|\Z)", re.MULTILINE | re.DOTALL)

_LOOP = 240
"""Characters that say the same again and again: some four sentences or forty words."""
_FEWEST_ROUNDS = 4
_LONGEST_ROUND = 1_000
_LOOP_TAIL = 40


def answers_only(
    pieces: Generator[str, None, None], question: str, cites: Callable[[str], bool]
) -> Generator[str, None, None]:
    """Pass a reply on, as long as it is an answer in prose and in the question's language.

    The first characters are held back while they may still begin something else. A reasoning
    model's thoughts are left out. A reply which says in its own words that the paragraphs don't
    answer comes out as `NOT_IN_ARCHIVE`.

    Args:
        pieces: What the model says; closed at the end, and whenever it turns out to be no answer.
        question: What it was asked.
        cites: Tells whether a text has a citation marker.

    Raises:
        LLMError: It refuses, repeats itself, or speaks another language or in code; what was
            yielded until then counts for nothing.
    """
    text, shown = "", False
    with closing(pieces):
        for piece in _without_thoughts(pieces):
            text += piece
            if loops(text):
                raise _error("The language model repeated itself without end.", text)
            if shown:
                yield piece
            elif not _may_turn_out(text, question, cites):
                _check(text, question)
                shown = True
                yield text
    if not shown and finds_nothing(text, cites):
        yield NOT_IN_ARCHIVE
        return
    _check(text, question)
    if not shown:
        yield text


def is_sound(text: str, question: str) -> bool:
    """Whether a whole reply is prose in the question's language, and no refusal."""
    try:
        _check(text, question)
    except LLMError:
        return False
    return True


def _may_turn_out(text: str, question: str, cites: Callable[[str], bool]) -> bool:
    """Whether it's too early to tell that an answer has begun."""
    begun = text.lstrip()
    if _DATA_BEGUN.fullmatch(begun) or may_refuse(begun, cites):
        return True
    return len(begun) < _HELD_BACK and not (_DATA.match(begun) or is_familiar(begun, question))


def _check(text: str, question: str) -> None:
    """Raise when a reply, as far as it goes, is no answer."""
    if refuses(text):
        raise _error("The language model refused to answer.", text)
    if is_foreign(text, question):
        raise _error("The language model answered in another language than the question's.", text)
    if _DATA.match(text.lstrip()) or len(_FENCED.sub("", text)) * 2 < len(text):
        raise _error("The language model answered in code or data instead of sentences.", text)


def _error(what: str, text: str) -> LLMError:
    return LLMError(what, "Ask in other words, or choose another RAG_LLM_MODEL.", partial=text)


def loops(text: str) -> bool:
    """Whether a text ends in the same words again and again, at least four times."""
    tail = text[-_LOOP_TAIL:]
    before = text.rfind(tail, max(0, len(text) - _LOOP_TAIL - _LONGEST_ROUND), len(text) - 1)
    if before < 0 or len(tail) < _LOOP_TAIL:
        return False
    period = len(text) - _LOOP_TAIL - before
    length = max(_LOOP, _FEWEST_ROUNDS * period)
    return len(text) >= length and text[-length:-period] == text[-length + period :]


def _without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """Leave out the block in which some servers pass on what a model thinks first."""
    begun, thought = "", False
    for piece in pieces:
        begun = (begun + piece).lstrip()
        if not thought and begun.startswith(_THOUGHT):
            thought = True
        if thought and _THOUGHT_END in begun:
            thought, begun = False, begun.partition(_THOUGHT_END)[2].lstrip()
        if begun and not thought and not _THOUGHT.startswith(begun):
            break
    if begun and not thought:
        yield begun
    yield from pieces
