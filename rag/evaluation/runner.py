"""Put questions with known answers to a system, and judge what comes back."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from rag.errors import BylineError
from rag.evaluation.dataset import Question
from rag.evaluation.metrics import (
    RECALL_DEPTHS,
    Passage,
    citation_hit,
    citation_precision,
    citation_recall,
    contains_answer,
    first_gold_rank,
)
from rag.evaluation.report import EvaluationResult, QuestionRecord
from rag.schema import Answer, ArticleHeader, Citation, Evidence, ScoredParagraph, Status

Progress = Callable[[int, int], None]
"""Called after each question with how many are done, and how many there are."""

_Value = TypeVar("_Value")


class System(Protocol):
    """What can be evaluated."""

    def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
        """Return the best paragraphs for the question, best first."""

    def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Answer the question, given the conversation so far."""


@dataclass(frozen=True, slots=True)
class _Outcome(Generic[_Value]):
    """What a call gave, or why it failed; `value` is None only when it did."""

    value: _Value | None = None
    error: str | None = None
    milliseconds: float | None = None


def evaluate(
    system: System,
    questions: Sequence[Question],
    *,
    retrieval_only: bool = False,
    progress: Progress | None = None,
) -> EvaluationResult:
    """Run all questions; one that fails with a `BylineError` counts as missed.

    Args:
        system: Answers the questions.
        questions: From `load_questions`.
        retrieval_only: Only search; nothing about answers is measured.
        progress: Told after each question.
    """
    records = []
    for done, question in enumerate(questions, start=1):
        records.append(_searched(system, question) if retrieval_only else _run(system, question))
        if progress is not None:
            progress(done, len(questions))
    return EvaluationResult(tuple(records))


def _searched(system: System, question: Question) -> QuestionRecord:
    search = _attempt(lambda: system.search(question.question, limit=max(RECALL_DEPTHS)))
    retrieved = tuple(_from_hit(hit) for hit in search.value or ())
    return QuestionRecord(
        question=question,
        retrieved=retrieved,
        error=search.error,
        first_gold_rank=first_gold_rank(retrieved, question.gold),
        latency_ms=search.milliseconds,
    )


def _run(system: System, question: Question) -> QuestionRecord:
    # The answer comes first, so that nothing which the search warms up flatters its latency.
    reply = _attempt(lambda: system.answer(question.question, history=question.history))
    answer = reply.value
    query = answer.standalone_question if question.history and answer else question.question
    search = _attempt(lambda: system.search(query, limit=max(RECALL_DEPTHS)))
    hits = search.value or ()
    retrieved = _from_evidence(answer, hits) if question.history else map(_from_hit, hits)
    return _scored(question, tuple(retrieved), _cited(answer, hits), reply, search.error)


def _attempt(call: Callable[[], _Value]) -> _Outcome[_Value]:
    started = time.perf_counter()
    try:
        value = call()
    except BylineError as error:
        return _Outcome(error=error.message)
    return _Outcome(value, milliseconds=(time.perf_counter() - started) * 1000)


def _scored(
    question: Question,
    retrieved: tuple[Passage, ...],
    cited: tuple[Passage, ...],
    reply: _Outcome[Answer],
    search_error: str | None,
) -> QuestionRecord:
    answer, gold = reply.value, question.gold
    answered = answer is not None and answer.status is Status.ANSWERED
    # An abstention has nothing to be judged by, and a failure no text and no citations.
    judged = cited if answered else ()
    text = answer.text if answer is not None and answered else ""
    return QuestionRecord(
        question=question,
        retrieved=retrieved,
        cited=judged,
        answer=answer,
        error=reply.error or search_error,
        first_gold_rank=first_gold_rank(retrieved, gold),
        abstained=answer is not None and not answered,
        contains_answer=contains_answer(text, question.answer_any) if question.answer_any else None,
        citation_hit=citation_hit(judged, gold) if gold else None,
        citation_recall=citation_recall(judged, gold),
        citation_precision=citation_precision(judged, gold) if gold else None,
        latency_ms=reply.milliseconds,
    )


def _cited(answer: Answer | None, hits: Sequence[ScoredParagraph]) -> tuple[Passage, ...]:
    """Return each cited paragraph once, however many markers point to it."""
    headers = {hit.article.article_id: hit.article for hit in hits}
    citations = answer.citations if answer is not None else ()
    unique = {(citation.article_id, citation.paragraph_id): citation for citation in citations}
    return tuple(_from_citation(citation, headers) for citation in unique.values())


def _from_hit(hit: ScoredParagraph) -> Passage:
    article, paragraph = hit.article, hit.paragraph
    return Passage(
        paragraph_id=paragraph.paragraph_id,
        text=paragraph.text,
        file=article.file,
        url=article.url,
        record=article.record,
        rank=hit.rank,
    )


def _from_citation(citation: Citation, headers: Mapping[str, ArticleHeader]) -> Passage:
    header = headers.get(citation.article_id)
    return Passage(
        paragraph_id=citation.paragraph_id,
        text=citation.text,
        file=citation.file,
        url=citation.url,
        record=header.record if header else None,
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
    )
