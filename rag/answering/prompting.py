"""The LLM answer engine: paragraphs and a question in, text with markers out."""

import secrets
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
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

    def write(self, question: str, hits: Sequence[ScoredParagraph]) -> Generator[str, None, None]:
        """Yield the answer in pieces; its markers are positions in `hits`, from 1.

        Paragraphs for which the prompt has no room are left out whole; `fitting` tells which. The
        text is `NOT_IN_ARCHIVE` when the paragraphs don't answer: see `declines`.

        Raises:
            LLMError: There is no complete answer.
        """
        if not hits:
            yield NOT_IN_ARCHIVE
            return
        said_anything = False
        with closing(self._llm.stream(self._messages(question, hits))) as pieces:
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

    def fitting(self, question: str, hits: Sequence[ScoredParagraph]) -> list[ScoredParagraph]:
        """Return the paragraphs that the prompt has room for, best first."""
        return [hits[index] for index, _ in self._fitting_blocks(question, hits, _boundary())]

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

    def _messages(self, question: str, hits: Sequence[ScoredParagraph]) -> list[Message]:
        boundary = _boundary()
        blocks = [block for _, block in self._fitting_blocks(question, hits, boundary)]
        if not blocks:
            raise LLMError(
                "The question and the best paragraph are too long for one prompt.",
                "Ask a shorter question, or use the extractive engine.",
            )
        return [
            Message("system", self._system()),
            Message("user", self._user(question, "\n\n".join(blocks), boundary)),
        ]

    def _fitting_blocks(
        self, question: str, hits: Sequence[ScoredParagraph], boundary: str
    ) -> list[tuple[int, str]]:
        """Return index and block of each paragraph that fits, cut at no other place."""
        room = PROMPT_CHARACTERS - len(self._system()) - len(self._user(question, "", boundary))
        fitting = []
        for index, block in enumerate(_blocks(hits, boundary)):
            cost = len(block) + len("\n\n")
            if cost <= room:
                fitting.append((index, block))
                room -= cost
        return fitting

    def _system(self) -> str:
        return self._prompts.answer_system.render(not_in_archive=NOT_IN_ARCHIVE)

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
    return "\n\n".join(_blocks(hits, boundary))


def declines(text: str) -> bool:
    """Whether an answer says that the archive has none, give or take its punctuation."""
    said = "".join(c if c.isalnum() else " " for c in split_markers(text)[0])
    return " ".join(said.split()).casefold() == NOT_IN_ARCHIVE.casefold()


def _blocks(hits: Iterable[ScoredParagraph], boundary: str) -> Iterator[str]:
    for number, hit in enumerate(hits, start=1):
        article = hit.article
        known = {"from": article.outlet, "date": article.published_at, "title": article.title}
        yield "\n".join(
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
