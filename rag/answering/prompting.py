"""The LLM answer engine: paragraphs and a question in, text with markers out."""

import secrets
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

from rag.citations.markers import neutralise, split_markers
from rag.errors import LLMError
from rag.models.llm import LLM, PROMPT_CHARACTERS, Message, is_sound
from rag.models.llm.prompts import NOT_IN_ARCHIVE, Prompts
from rag.schema import ScoredParagraph
from rag.text.unseen import visible

LONGEST_CONDENSED = 400
_HISTORY_MESSAGES = 6
_HISTORY_CHARACTERS = 1_000
"""Of each message: what a follow-up refers to is near its beginning."""


@dataclass(frozen=True, slots=True)
class AnswerPrompt:
    """What a language model is asked for an answer."""

    messages: tuple[Message, ...]
    given: tuple[int, ...]
    """The indices of the paragraphs in it; the first is number 1 there."""


class LLMWriter:
    """Writes an answer from paragraphs with a language model.

    Args:
        llm: The model.
        prompts: Its instructions.
    """

    name: Literal["llm"] = "llm"

    def __init__(self, llm: LLM, prompts: Prompts) -> None:
        self._llm = llm
        self._prompts = prompts

    @property
    def model(self) -> str:
        """The model's name."""
        return self._llm.model

    def prompt(self, question: str, hits: Sequence[ScoredParagraph]) -> AnswerPrompt:
        """Return what the model is asked: with as many paragraphs as there is room for.

        Raises:
            LLMError: There is room for none.
        """
        boundary = _boundary()
        system = self._prompts.answer_system.render(not_in_archive=NOT_IN_ARCHIVE)
        room = PROMPT_CHARACTERS - len(system) - len(self._user(question, "", boundary))
        given, blocks = list[int](), list[str]()
        for index, hit in enumerate(hits):
            block = _block(len(blocks) + 1, hit, boundary)
            cost = len(block) + len("\n\n")
            # One that is too long is left out whole: cut, it could say something else.
            if cost <= room:
                given.append(index)
                blocks.append(block)
                room -= cost
        if hits and not blocks:
            raise LLMError(
                "The question and the best paragraph are too long for one prompt.",
                "Ask a shorter question, or use the extractive engine.",
            )
        user = self._user(question, "\n\n".join(blocks), boundary)
        return AnswerPrompt((Message("system", system), Message("user", user)), tuple(given))

    def write(self, prompt: AnswerPrompt) -> Generator[str, None, None]:
        """Yield the answer in pieces; its markers are positions in `prompt.given`, from 1.

        The text is `NOT_IN_ARCHIVE` when the paragraphs don't answer: see `declines`.

        Raises:
            LLMError: There is no complete answer.
        """
        if not prompt.given:
            yield NOT_IN_ARCHIVE
            return
        said_anything = False
        with closing(self._llm.stream(prompt.messages)) as pieces:
            for piece in pieces:
                text = visible(piece)
                said_anything = said_anything or bool(text.strip())
                if text:
                    yield text
        if not said_anything:
            raise LLMError(
                "The language model gave an empty answer.",
                "Ask again, or choose another RAG_LLM_MODEL.",
                retryable=True,
            )

    def condense(self, question: str, history: Sequence[tuple[str, str]]) -> str:
        """Return a follow-up question as one that stands alone.

        It is returned as it is when there is no history, or the model's reply is no question.

        Args:
            question: What the reader asked now.
            history: `(role, text)` of the turns before.

        Raises:
            LLMError: The model can't be asked.
        """
        if not history:
            return question
        prompt = self._prompts.condense.render(
            boundary=_boundary(),
            history="\n".join(_turns(history[-_HISTORY_MESSAGES:])),
            question=visible(question),
        )
        reply = self._llm.complete([Message("user", prompt)])
        condensed = visible(reply).strip().strip("\"“”„«»'").strip()
        usable = condensed and len(condensed) <= LONGEST_CONDENSED and "\n" not in condensed
        return condensed if usable and is_sound(condensed, question) else question

    def _user(self, question: str, paragraphs: str, boundary: str) -> str:
        return self._prompts.answer_user.render(
            boundary=boundary, paragraphs=paragraphs, question=visible(question)
        )


def numbered_paragraphs(hits: Sequence[ScoredParagraph], boundary: str) -> str:
    """Return the paragraphs as the model sees them: numbered, dated, fenced.

    Args:
        hits: The paragraphs; the first is number 1.
        boundary: A string that none of them can know, new for each request.
    """
    return "\n\n".join(_block(number, hit, boundary) for number, hit in enumerate(hits, start=1))


def declines(text: str) -> bool:
    """Whether an answer says that the archive has none, give or take its punctuation."""
    said = "".join(c if c.isalnum() else " " for c in split_markers(text)[0])
    return " ".join(said.split()).casefold() == NOT_IN_ARCHIVE.casefold()


def _block(number: int, hit: ScoredParagraph, boundary: str) -> str:
    article = hit.article
    known = {"from": article.outlet, "date": article.published_at, "title": article.title}
    return "\n".join(
        [
            f"{boundary} paragraph {number}",
            *(f"{name}: {_one_line(value)}" for name, value in known.items() if value),
            "",
            # A number in brackets that stands in the article must not pass for a citation.
            neutralise(visible(hit.paragraph.text)),
            f"{boundary} end of paragraph {number}",
        ]
    )


def _turns(history: Iterable[tuple[str, str]]) -> Iterator[str]:
    for role, text in history:
        yield f"{_one_line(role)}: {_one_line(text)[:_HISTORY_CHARACTERS]}"


def _one_line(text: str) -> str:
    return " ".join(neutralise(visible(text)).split())


def _boundary() -> str:
    return f"=={secrets.token_hex(8)}=="
