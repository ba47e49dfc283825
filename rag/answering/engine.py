"""Question → answer: each arrow of the flow is one function, for every engine and interface."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering.draft import Draft
from rag.answering.extractive import quote
from rag.answering.gate import GateDecision, decide
from rag.answering.prompting import LLMWriter
from rag.answering.request import Query, Request, query_of
from rag.answering.selection import Basis, basis_of
from rag.answering.writing import Scrutiny, write_with_model
from rag.errors import LLMError
from rag.retrieval.hybrid import HybridRetriever, Retrieval
from rag.retrieval.rerank import Hit
from rag.schema import (
    Answer,
    AnsweringEngine,
    EngineName,
    Event,
    Evidence,
    Fallback,
    Finished,
    Retrieved,
    ScoredParagraph,
    Statement,
    Status,
    Timings,
    Token,
    Verdict,
)
from rag.text.language import language_of

ABSTENTION = "The archive does not answer this question."
NEAREST = " The paragraphs nearest to it are listed as evidence."


@dataclass(frozen=True, slots=True)
class _Found:
    """All that is known before an answer is written."""

    query: Query
    retrieval: Retrieval
    decision: GateDecision
    basis: Basis | None
    """Null where the archive doesn't answer."""
    times: Timings

    @property
    def engine(self) -> AnsweringEngine:
        """Who answers; declining is the embedded engine's."""
        return self.query.engine if self.basis else "extractive"


@dataclass(frozen=True, slots=True)
class _Written:
    """What became of writing; no draft where the archive doesn't answer."""

    engine: AnsweringEngine
    draft: Draft | None = None
    fallback: Fallback | None = None


class Engine:
    """Answers questions from one archive.

    Args:
        retriever: Finds paragraphs.
        writer: The language model's engine; null when none is configured.
        scrutiny: How answers of the language model are checked.
        preferred: Who answers where a request leaves it open.
    """

    def __init__(
        self,
        retriever: HybridRetriever,
        writer: LLMWriter | None,
        scrutiny: Scrutiny | None = None,
        preferred: EngineName = "auto",
    ) -> None:
        self._retriever = retriever
        self._writer = writer
        self._scrutiny = scrutiny or Scrutiny()
        self._preferred = preferred

    @property
    def model(self) -> str | None:
        """The language model's name; null when none is configured."""
        return self._writer.model if self._writer else None

    def search(self, request: Request) -> tuple[ScoredParagraph, ...]:
        """Return the paragraphs that fit a question best, best first."""
        retrieval = self._retriever.retrieve(
            request.question, limit=request.limit, only=request.only
        )
        return tuple(hit.scored for hit in retrieval.hits)

    def answer(self, request: Request) -> Answer:
        """Return the whole answer.

        Raises:
            QuestionError: No language model is configured, and one is to answer.
        """
        for event in self.stream(request):
            if isinstance(event, Finished):
                return event.answer
        raise AssertionError("the stream ends with Finished")

    def stream(self, request: Request) -> Iterator[Event]:
        """Yield the events of an answer; the last one holds the whole of it.

        The text of `Finished` is the answer. The tokens before it are the same text, except when
        a language model fails half way and the embedded engine takes over, or when what it wrote
        had to be repaired.

        Raises:
            QuestionError: No language model is configured, and one is to answer.
        """
        begun = time.perf_counter()
        found = self._found(request)
        evidence = _evidence(found.basis.hits if found.basis else found.retrieval.hits)
        yield Retrieved(found.query.text, evidence, found.engine)
        writing = time.perf_counter()
        written = _Written("extractive")
        if found.basis:
            written = yield from self._write(found.engine, found.basis)
        ended = time.perf_counter()
        if written.draft is None:
            yield Token(_abstention(evidence))
        generate, total = _ms(ended - writing) if found.basis else 0.0, _ms(ended - begun)
        times = _timings(replace(found.times, generate=generate, total=total), written.draft)
        yield Finished(self._assembled(request, found, written, evidence, times))

    def _found(self, request: Request) -> _Found:
        """Follow a request from the question to what an answer can be made from."""
        begun = time.perf_counter()
        query = query_of(request, self._writer, self._preferred)
        understood = time.perf_counter()
        retrieval = self._retriever.retrieve(query.text, limit=request.limit, only=request.only)
        retrieved = time.perf_counter()
        decision = decide(retrieval)
        decided = time.perf_counter()
        basis = basis_of(retrieval, decision) if decision.answerable else None
        times = Timings(
            followup=_ms(understood - begun),
            retrieve=_ms(retrieved - understood),
            gate=_ms(decided - retrieved),
            conflicts=_ms(time.perf_counter() - decided),
        )
        return _Found(query, retrieval, decision, basis, times)

    def _assembled(
        self,
        request: Request,
        found: _Found,
        written: _Written,
        evidence: tuple[Evidence, ...],
        times: Timings,
    ) -> Answer:
        draft = written.draft or Draft(_abstention(evidence), (), ())
        return Answer(
            question=request.question,
            standalone_question=found.query.text,
            status=Status.ANSWERED if written.draft else Status.ABSTAINED,
            engine=written.engine,
            model=self.model if written.engine == "llm" else None,
            text=draft.text,
            statements=draft.statements,
            citations=draft.citations,
            evidence=evidence,
            conflicts=draft.conflicts,
            notices=(*_notices(request, found), *draft.notices),
            fallback=found.query.fallback or written.fallback,
            timings_ms=times,
            verified=_verified(draft.statements) if written.draft else "",
            confidence=found.decision.confidence,
        )

    def _write(self, engine: AnsweringEngine, basis: Basis) -> Generator[Event, None, _Written]:
        fallback = None
        if engine == "llm" and self._writer is not None:
            try:
                draft = yield from write_with_model(self._writer, basis, self._scrutiny)
                return _Written("llm", draft)
            except LLMError as error:
                fallback = Fallback("llm", "extractive", error.message, error.hint)
        return _Written("extractive", (yield from quote(basis)), fallback)


def _notices(request: Request, found: _Found) -> Iterator[str]:
    """Yield what the reader has to know of what was found."""
    query, retrieval, decision = found.query, found.retrieval, found.decision
    reasons = list(query.notices)
    if not retrieval.archive_size:
        reasons.append("The archive holds no articles: run `rag ingest PATH`.")
    elif retrieval.notice and not retrieval.hits:
        reasons.append(retrieval.notice)
    if query.engine == "extractive" and language_of(request.question) not in {None, "en"}:
        reasons.append("Without a language model, questions are understood in English only.")
    yield from reasons
    if decision.answerable:
        for part, decided in zip(retrieval.parts, decision.parts, strict=True):
            if not decided.answerable:
                yield f"The archive does not answer this part: {part.question.text}"
    elif retrieval.hits and not reasons:
        yield decision.reason


def _timings(known: Timings, draft: Draft | None) -> Timings:
    """Return all times: writing, as it was measured, held the checks of what was written."""
    if draft is None:
        return known
    return replace(
        known,
        generate=known.generate - draft.verify_ms - draft.conflicts_ms,
        verify=draft.verify_ms,
        conflicts=known.conflicts + draft.conflicts_ms,
    )


def _abstention(evidence: Sequence[Evidence]) -> str:
    return ABSTENTION + NEAREST if evidence else ABSTENTION


def _verified(statements: Sequence[Statement]) -> str:
    supported = sum(statement.verdict is Verdict.SUPPORTED for statement in statements)
    noun = "statement" if len(statements) == 1 else "statements"
    return f"{supported} of {len(statements)} {noun} verified"


def _evidence(hits: Sequence[Hit]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            paragraph_id=hit.scored.paragraph.paragraph_id,
            file=hit.scored.article.file,
            ordinal=hit.scored.paragraph.ordinal,
            rank=hit.scored.rank,
            score=hit.scored.score,
            text=hit.scored.paragraph.text,
        )
        for hit in hits
    )


def _ms(seconds: float) -> float:
    return seconds * 1000
