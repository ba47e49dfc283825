"""Question → what a system made of it: the only step of an evaluation that takes time."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from rag.errors import BylineError
from rag.evaluation.dataset import Question
from rag.evaluation.metrics import RECALL_DEPTHS, Passage
from rag.schema import Answer, ArticleHeader, Citation, Evidence, ScoredParagraph, Status

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
        value = getattr(self.answer, "confidence", None)
        return None if value is None else float(value)


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[_Value]):
    """What a call gave, or why it failed; `value` is None only when it did."""

    value: _Value | None = None
    error: str | None = None
    milliseconds: float | None = None


def solve(system: System, question: Question, *, retrieval_only: bool = False) -> Solved:
    """Ask a question; a `BylineError` is a result like any other.

    Args:
        system: Answers it.
        question: The question.
        retrieval_only: Only search.
    """
    if retrieval_only:
        search = _attempt(lambda: system.search(question.question, limit=max(RECALL_DEPTHS)))
        retrieved = tuple(_from_hit(hit) for hit in search.value or ())
        return Solved(
            question, retrieved, error=search.error, latency_ms=search.milliseconds, asked=False
        )
    # The answer comes first, so that nothing which the search warms up flatters its latency.
    reply = _attempt(lambda: system.answer(question.question, history=question.history))
    answer = reply.value.answer if reply.value else None
    query = answer.standalone_question if question.history and answer else question.question
    found = _attempt(lambda: system.search(query, limit=max(RECALL_DEPTHS)))
    hits = found.value or ()
    return Solved(
        question=question,
        retrieved=tuple(_from_evidence(answer, hits) if question.history else map(_from_hit, hits)),
        citations=_cited(answer, hits),
        # What another engine answered says nothing about the one that is measured.
        answer=None if reply.value and reply.value.failure else answer,
        error=reply.error or (reply.value.failure if reply.value else None) or found.error,
        usage=reply.value.usage if reply.value else None,
        latency_ms=reply.milliseconds,
    )


def _attempt(call: Callable[[], _Value]) -> _Outcome[_Value]:
    started = time.perf_counter()
    try:
        value = call()
    except BylineError as error:
        return _Outcome(error=error.message)
    return _Outcome(value, milliseconds=(time.perf_counter() - started) * 1000)


def _cited(answer: Answer | None, hits: Sequence[ScoredParagraph]) -> tuple[Passage, ...]:
    # An abstention has nothing to be judged by.
    if answer is None or answer.status is not Status.ANSWERED:
        return ()
    headers = {hit.article.article_id: hit.article for hit in hits}
    return tuple(_from_citation(citation, headers) for citation in answer.citations)


def _from_hit(hit: ScoredParagraph) -> Passage:
    article, paragraph = hit.article, hit.paragraph
    return Passage(
        paragraph_id=paragraph.paragraph_id,
        text=paragraph.text,
        file=article.file,
        url=article.url,
        record=article.record,
        rank=hit.rank,
        ordinal=paragraph.ordinal,
    )


def _from_citation(citation: Citation, headers: Mapping[str, ArticleHeader]) -> Passage:
    header = headers.get(citation.article_id)
    return Passage(
        paragraph_id=citation.paragraph_id,
        text=citation.text,
        file=citation.file,
        url=citation.url,
        record=header.record if header else None,
        quote=citation.quote,
        ordinal=citation.ordinal,
    )


def _from_evidence(answer: Answer | None, hits: Sequence[ScoredParagraph]) -> list[Passage]:
    # Equal paragraphs of two articles share their id, hence the file.
    headers = {(hit.paragraph.paragraph_id, hit.article.file): hit.article for hit in hits}
    evidence = answer.evidence if answer is not None else ()
    return [
        _from_one_evidence(item, headers.get((item.paragraph_id, item.file))) for item in evidence
    ]


def _from_one_evidence(item: Evidence, header: ArticleHeader | None) -> Passage:
    return Passage(
        paragraph_id=item.paragraph_id,
        text=item.text,
        file=item.file,
        url=header.url if header else None,
        record=header.record if header else None,
        rank=item.rank,
        ordinal=item.ordinal,
    )
