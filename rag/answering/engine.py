"""Question → answer: each arrow of the flow is one function, for every engine and every face."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.answering.both_sides import both_sides
from rag.answering.draft import Draft
from rag.answering.gate import decide
from rag.answering.prompting import LLMWriter
from rag.answering.quoting import quote
from rag.answering.request import Request, checked, is_foreign
from rag.answering.writing import Scrutiny, write_with_model
from rag.errors import LLMError, QuestionError
from rag.retrieval.filters import ArticleFilter
from rag.retrieval.followup import standalone
from rag.retrieval.hybrid import HybridRetriever, Retrieval
from rag.retrieval.rerank import Hit
from rag.schema import (
    Answer,
    EngineName,
    Event,
    Evidence,
    Finished,
    Retrieved,
    ScoredParagraph,
    Statement,
    Status,
    Timings,
    Token,
    Verdict,
)

ABSTENTION = "The archive does not answer this question."
NEAREST = " The paragraphs nearest to it are listed as evidence."


@dataclass(slots=True)
class _Run:
    """What is known of an answer while it is being made."""

    request: Request
    started: float
    engine: Literal["extractive", "llm"]
    standalone_question: str = ""
    notices: list[str] = field(default_factory=list)
    retrieve_ms: float = 0.0


class Engine:
    """Answers questions from one archive.

    Args:
        retriever: Finds paragraphs.
        writer: The language model's engine; null when none is configured.
        scrutiny: How answers of the language model are checked.
    """

    def __init__(
        self,
        retriever: HybridRetriever,
        writer: LLMWriter | None,
        scrutiny: Scrutiny | None = None,
    ) -> None:
        self._retriever = retriever
        self._writer = writer
        self._scrutiny = scrutiny or Scrutiny()

    @property
    def model(self) -> str | None:
        """The language model's name; null when none is configured."""
        return self._writer.model if self._writer else None

    def search(
        self, question: str, *, limit: int = 10, only: ArticleFilter | None = None
    ) -> tuple[ScoredParagraph, ...]:
        """Return the paragraphs that fit a question best, best first.

        Raises:
            QuestionError: The question is empty or too long.
        """
        retrieval = self._retriever.retrieve(checked(question), limit=limit, only=only)
        return tuple(hit.scored for hit in retrieval.hits)

    def answer(self, request: Request) -> Answer:
        """Return the whole answer.

        Raises:
            QuestionError: The question is empty or too long, or no language model is configured.
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
            QuestionError: The question is empty or too long, or no language model is configured.
        """
        run = _Run(
            replace(request, question=checked(request.question)),
            time.perf_counter(),
            self._choose(request.engine),
        )
        run.standalone_question = self._condense(run)
        retrieval = self._retrieve(run)
        decision = decide(retrieval)
        if decision.answerable:
            retrieval = both_sides(retrieval)
        evidence = _evidence(retrieval.hits)
        yield Retrieved(run.standalone_question, evidence, run.engine)
        if decision.answerable:
            run.notices.extend(_unanswered(retrieval))
        elif retrieval.hits and not run.notices:
            run.notices.append(decision.reason)
        draft = (yield from self._write(run, retrieval)) if decision.answerable else None
        if draft is None:
            yield Token(_abstention(evidence))
        yield Finished(self._assemble(run, draft, evidence, decision.confidence))

    def _choose(self, engine: EngineName) -> Literal["extractive", "llm"]:
        if engine == "llm" and self._writer is None:
            raise QuestionError(
                "No language model is configured.",
                "Set RAG_LLM_MODEL and OPENAI_BASE_URL or OPENAI_API_KEY, or use another engine.",
            )
        return "extractive" if engine == "extractive" or self._writer is None else "llm"

    def _condense(self, run: _Run) -> str:
        question, history = run.request.question, run.request.history
        if run.engine == "llm" and self._writer is not None and history:
            try:
                condensed = self._writer.condense(question, history)
                # Where the model added nothing, the rules may still know what is meant.
                return condensed if condensed != question else standalone(question, history)
            except LLMError as error:
                # Whatever it was, the answer would wait for the same fault once more.
                run.engine = "extractive"
                run.notices.append(
                    f"{error.message} {error.hint} The last turn's names were carried over, and"
                    " the embedded engine answered instead."
                )
        return standalone(question, history)

    def _retrieve(self, run: _Run) -> Retrieval:
        begun = time.perf_counter()
        retrieval = self._retriever.retrieve(
            run.standalone_question, limit=run.request.limit, only=run.request.only
        )
        run.retrieve_ms = _since(begun)
        if not retrieval.archive_size:
            run.notices.append("The archive holds no articles: run `rag ingest PATH`.")
        elif retrieval.notice and not retrieval.hits:
            run.notices.append(retrieval.notice)
        if is_foreign(run.request.question) and run.engine == "extractive":
            run.notices.append(
                "Without a language model, questions are understood in English only."
            )
        return retrieval

    def _write(self, run: _Run, retrieval: Retrieval) -> Generator[Event, None, Draft | None]:
        if run.engine == "llm" and self._writer is not None:
            try:
                return (
                    yield from write_with_model(
                        self._writer,
                        run.standalone_question,
                        retrieval,
                        run.notices,
                        self._scrutiny,
                    )
                )
            except LLMError as error:
                run.engine = "extractive"
                run.notices.append(
                    f"{error.message} {error.hint} The embedded engine answered instead."
                )
        return (yield from quote(retrieval))

    def _assemble(
        self,
        run: _Run,
        draft: Draft | None,
        evidence: tuple[Evidence, ...],
        confidence: float,
    ) -> Answer:
        return Answer(
            question=run.request.question,
            standalone_question=run.standalone_question,
            status=Status.ANSWERED if draft else Status.ABSTAINED,
            engine=run.engine,
            model=self.model if run.engine == "llm" else None,
            text=draft.text if draft else _abstention(evidence),
            statements=draft.statements if draft else (),
            citations=draft.citations if draft else (),
            evidence=evidence,
            conflicts=draft.conflicts if draft else (),
            notices=tuple(run.notices),
            timings_ms=Timings(
                retrieve=run.retrieve_ms,
                generate=draft.generate_ms if draft else 0.0,
                verify=draft.verify_ms if draft else 0.0,
                total=_since(run.started),
            ),
            verified=_verified(draft.statements) if draft else "",
            confidence=confidence,
        )


def _unanswered(retrieval: Retrieval) -> list[str]:
    return [
        f"The archive does not answer this part: {part.question.text}"
        for part in retrieval.parts
        if not decide(part).answerable
    ]


def _abstention(evidence: Sequence[Evidence]) -> str:
    return ABSTENTION + NEAREST if evidence else ABSTENTION


def _verified(statements: Sequence[Statement]) -> str:
    supported = sum(one.verdict is Verdict.SUPPORTED for one in statements)
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


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
