"""Question → what a system made of it: the only step of an evaluation that takes time."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from rag.errors import BylineError
from rag.evaluation.dataset import Question
from rag.evaluation.metrics import RECALL_DEPTHS, Passage
from rag.schema import (
    Answer,
    ArticleHeader,
    Citation,
    Evidence,
    Paragraph,
    ScoredParagraph,
    Status,
)

_DEPTH = max(RECALL_DEPTHS)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a language model was asked and said for one question."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cited: float | None = None
    """Share of the model's own sentences that point to a paragraph, before any repair."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and what it took."""

    answer: Answer
    usage: Usage | None = None
    """Null where no language model was asked."""
    failure: str | None = None
    """Why the engine that was asked for did not give it; another one may have."""


class System(Protocol):
    """What can be evaluated."""

    def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
        """Return the best paragraphs for the question, best first."""

    def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Reply:
        """Answer the question, given the conversation so far."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What became of one question, before anything is judged."""

    question: Question
    retrieved: tuple[Passage, ...] = ()
    citations: tuple[Passage, ...] = ()
    """One for each marker; empty where nothing was answered."""
    answer: Answer | None = None
    error: str | None = None
    """Why there is no answer, or no paragraphs."""
    usage: Usage | None = None
    latency_ms: float | None = None
    asked: bool = True
    """False where only the search was measured."""
    judged: Mapping[str, float | None] = field(default_factory=dict)
    """What a language model that judges said; empty where none was asked."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer that counts."""
        return self.answer is not None and self.answer.status is Status.ANSWERED

    @property
    def abstained(self) -> bool:
        """Whether the system said that the archive doesn't answer."""
        return self.answer is not None and self.answer.status is Status.ABSTAINED

    @property
    def cited(self) -> tuple[Passage, ...]:
        """Each cited paragraph once, however many markers point to it."""
        return tuple({(one.paragraph_id, one.file): one for one in self.citations}.values())

    @property
    def text(self) -> str:
        """The answer's text; empty where there is none that counts."""
        return self.answer.text if self.answer is not None and self.answered else ""

    @property
    def confidence(self) -> float | None:
        """How sure the gate was that the archive answers."""
        return self.answer.confidence if self.answer else None


def solve(system: System, question: Question, *, retrieval_only: bool = False) -> Solved:
    """Ask a question, or only search; a `BylineError` is a result like any other."""
    if retrieval_only:
        hits, error, latency = _attempt(lambda: system.search(question.question, limit=_DEPTH))
        retrieved = tuple(map(_from_hit, hits or ()))
        return Solved(question, retrieved, error=error, latency_ms=latency, asked=False)
    # The answer comes first, so that nothing which the search warms up flatters its latency.
    reply, error, latency = _attempt(
        lambda: system.answer(question.question, history=question.history)
    )
    answer, failure, usage = (reply.answer, reply.failure, reply.usage) if reply else (None,) * 3
    query = answer.standalone_question if question.history and answer else question.question
    hits, search_error, _ = _attempt(lambda: system.search(query, limit=_DEPTH))
    hits = hits or ()
    return Solved(
        question=question,
        retrieved=tuple(_from_evidence(answer, hits) if question.history else map(_from_hit, hits)),
        citations=_cited(answer, hits),
        # What another engine answered says nothing about the one that is measured.
        answer=None if failure else answer,
        error=error or failure or search_error,
        usage=usage,
        latency_ms=latency,
    )


def _attempt(call: Callable[[], _Value]) -> tuple[_Value | None, str | None, float | None]:
    """Return what a call gave, why it failed, and how many milliseconds it took."""
    started = time.perf_counter()
    try:
        value = call()
    except BylineError as error:
        return None, error.message, None
    return value, None, (time.perf_counter() - started) * 1000


def _cited(answer: Answer | None, hits: Sequence[ScoredParagraph]) -> tuple[Passage, ...]:
    # An abstention has nothing to be judged by.
    if answer is None or answer.status is not Status.ANSWERED:
        return ()
    headers = {hit.article.article_id: hit.article for hit in hits}
    return tuple(
        replace(
            _passage(citation, citation.file, headers.get(citation.article_id)),
            url=citation.url,
            quote=citation.quote,
        )
        for citation in answer.citations
    )


def _from_hit(hit: ScoredParagraph) -> Passage:
    return _passage(hit.paragraph, hit.article.file, hit.article, hit.rank)


def _from_evidence(answer: Answer | None, hits: Sequence[ScoredParagraph]) -> list[Passage]:
    # Equal paragraphs of two articles share their id, hence the file.
    headers = {(hit.paragraph.paragraph_id, hit.article.file): hit.article for hit in hits}
    return [
        _passage(item, item.file, headers.get((item.paragraph_id, item.file)), item.rank)
        for item in (answer.evidence if answer else ())
    ]


def _passage(
    item: Paragraph | Citation | Evidence, file: str, header: ArticleHeader | None, rank: int = 1
) -> Passage:
    return Passage(
        item.paragraph_id,
        item.text,
        file,
        url=header.url if header else None,
        record=header.record if header else None,
        rank=rank,
        ordinal=item.ordinal,
    )
