"""Question → answer: each arrow of the flow is one function, for every engine and every face."""

import time
import unicodedata
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.drafting import Draft, quote, write_with_model
from rag.errors import LLMError, QuestionError
from rag.filters import ArticleFilter
from rag.followup import standalone
from rag.gate import decide
from rag.generation import LLMWriter
from rag.reranking import Hit
from rag.retrieval import HybridRetriever, Retrieval
from rag.schema import (
    Answer,
    Event,
    Evidence,
    Finished,
    Retrieved,
    ScoredParagraph,
    Status,
    Timings,
    Token,
)
from rag.settings import EngineName

LONGEST_QUESTION = 4_000
ABSTENTION = "The archive does not answer this question."
NEAREST = " The paragraphs nearest to it are listed as evidence."
History = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Request:
    """One question with all that shapes its answer."""

    question: str
    history: History = ()
    only: ArticleFilter = field(default_factory=ArticleFilter)
    engine: EngineName = "auto"
    limit: int = 6


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
    """

    def __init__(self, retriever: HybridRetriever, writer: LLMWriter | None) -> None:
        self._retriever = retriever
        self._writer = writer

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
        a language model fails half way and the embedded engine takes over.

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
        evidence = _evidence(retrieval.hits)
        yield Retrieved(run.standalone_question, evidence, run.engine)
        answerable = decide(retrieval).answerable
        if answerable:
            run.notices.extend(_unanswered(retrieval))
        draft = (yield from self._write(run, retrieval)) if answerable else None
        if draft is None:
            yield Token(_abstention(evidence))
        yield Finished(self._assemble(run, draft, evidence))

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
                run.notices.append(f"{error.message} The last turn's names were carried over.")
        return standalone(question, history)

    def _retrieve(self, run: _Run) -> Retrieval:
        begun = time.perf_counter()
        retrieval = self._retriever.retrieve(
            run.standalone_question, limit=run.request.limit, only=run.request.only
        )
        run.retrieve_ms = _since(begun)
        if not retrieval.archive_size:
            run.notices.append("The archive holds no articles: run `rag ingest PATH`.")
        elif not retrieval.hits and not run.request.only.is_open:
            run.notices.append("No article passes the filter by publisher and date.")
        if _is_foreign(run.request.question) and run.engine == "extractive":
            run.notices.append(
                "Without a language model, questions are understood in English only."
            )
        return retrieval

    def _write(self, run: _Run, retrieval: Retrieval) -> Generator[Event, None, Draft | None]:
        if run.engine == "llm" and self._writer is not None:
            try:
                return (
                    yield from write_with_model(
                        self._writer, run.standalone_question, retrieval.hits, run.notices
                    )
                )
            except LLMError as error:
                run.engine = "extractive"
                run.notices.append(
                    f"{error.message} {error.hint} The embedded engine answered instead."
                )
        return (yield from quote(retrieval))

    def _assemble(self, run: _Run, draft: Draft | None, evidence: tuple[Evidence, ...]) -> Answer:
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
            notices=tuple(run.notices),
            timings_ms=Timings(
                retrieve=run.retrieve_ms,
                generate=draft.generate_ms if draft else 0.0,
                verify=draft.verify_ms if draft else 0.0,
                total=_since(run.started),
            ),
        )


def _unanswered(retrieval: Retrieval) -> list[str]:
    return [
        f"The archive does not answer this part: {part.question.text}"
        for part in retrieval.parts
        if not decide(part).answerable
    ]


def checked(question: str) -> str:
    """Return the question without outer white space and control characters.

    Raises:
        QuestionError: Nothing is left, or it is too long.
    """
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in question)
    cleaned = " ".join(kept.split())
    if not any(character.isalnum() for character in cleaned):
        raise QuestionError("The question is empty.", "Ask something in words.")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned):,} characters; {LONGEST_QUESTION:,} are allowed.",
            "Shorten it to what you want to know.",
        )
    return cleaned


def _abstention(evidence: Sequence[Evidence]) -> str:
    return ABSTENTION + NEAREST if evidence else ABSTENTION


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


def _is_foreign(question: str) -> bool:
    letters = [character for character in question if character.isalpha()]
    foreign = sum(1 for letter in letters if not unicodedata.name(letter, "").startswith("LATIN"))
    return foreign > len(letters) / 2


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000
