"""Paragraphs, answers and a recording system, made by hand for the tests of the evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.errors import BylineError
from rag.evaluation.dataset import Gold, Question
from rag.evaluation.metrics import Passage
from rag.evaluation.record import Line, line_of
from rag.evaluation.runs import Run, RunWriter
from rag.evaluation.solver import Reply, Solved, Usage
from rag.schema import (
    Answer,
    ArticleHeader,
    Citation,
    Evidence,
    Paragraph,
    ScoredParagraph,
    Status,
)


def passage(
    text: str, file: str = "a.txt", rank: int = 1, quote: str = "", **where: Any
) -> Passage:
    return Passage(text, text, file, rank=rank, quote=quote, **where)


def hit(
    text: str,
    rank: int = 1,
    file: str = "a.txt",
    *,
    url: str | None = None,
    record: str | None = None,
) -> ScoredParagraph:
    header = ArticleHeader(f"article of {text}", file, url=url, record=record)
    return ScoredParagraph(Paragraph(text, 1, 0, len(text), text), header, rank, 1.0, 1.0)


def citation(text: str, marker: int = 1, file: str = "a.txt", url: str | None = None) -> Citation:
    return Citation(
        marker=marker,
        paragraph_id=text,
        article_id=f"article of {text}",
        title=None,
        file=file,
        publisher=None,
        published_at=None,
        url=url,
        ordinal=1,
        start=0,
        end=len(text),
        text=text,
        quote=text,
        quote_start=0,
        quote_end=len(text),
    )


def evidence(text: str, rank: int = 1, file: str = "a.txt") -> Evidence:
    return Evidence(text, file, 1, rank, 1.0, text)


def answered(
    text: str, *citations: Citation, seen: Sequence[Evidence] = (), standalone: str = ""
) -> Answer:
    return Answer(
        question="",
        standalone_question=standalone,
        status=Status.ANSWERED,
        engine="extractive",
        model=None,
        text=text,
        statements=(),
        citations=citations,
        evidence=tuple(seen),
    )


def abstained(text: str = "The archive doesn't say.", seen: Sequence[Evidence] = ()) -> Answer:
    return Answer("", "", Status.ABSTAINED, "extractive", None, text, (), (), tuple(seen))


@dataclass
class RecordingSystem:
    """Gives prepared results, by question; remembers what it was asked."""

    hits: Mapping[str, Sequence[ScoredParagraph] | BylineError] = field(default_factory=dict)
    answers: Mapping[str, Answer | BylineError] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)
    usage: Usage | None = None
    searched: list[tuple[str, int]] = field(default_factory=list)
    asked: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
        self.searched.append((question, limit))
        found = self.hits.get(question, ())
        if isinstance(found, BylineError):
            raise found
        return found

    def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Reply:
        self.asked.append((question, tuple(history)))
        reply = self.answers.get(question, abstained())
        if isinstance(reply, BylineError):
            raise reply
        return Reply(reply, self.usage, self.failures.get(question))


def line(name: str, text: str = "x [1].", *, right: float | None = 1.0, **more: Any) -> Line:
    """Return the line of a question in a run."""
    solved = Solved(
        Question(name, f"Is it {name}?", "direct", (Gold("a.txt", quote="x"),), ("x",)),
        (passage("x"),),
        (passage("x", quote="x"),),
        answered(text, citation("x")),
        latency_ms=12.0,
    )
    found = line_of(more.pop("position", 0), solved)
    found["scores"] |= {"right": right, "citation_hit": right}
    return found | more


HEADER: dict[str, Any] = {
    "format": 1,
    "started_at": "2026-11-21T10:00:00+00:00",
    "version": "0.1.0",
    "git": None,
    "engine": "extractive",
    "settings": {"llm_model": None},
    "prompts": {"condense": "abc"},
    "index": {"articles": 1, "paragraphs": 2, "digest": "d", "embedding": "e"},
    "dataset": {"name": "canned", "n": 2, "digest": "f"},
    "problems": [],
    "options": {},
}


def kept_run(folder: Path, *lines: Line, **header: Any) -> Run:
    """Keep a run with these lines."""
    writer = RunWriter(folder, HEADER | header)
    for position, one in enumerate(lines):
        writer.append(one | {"position": position})
    writer.close()
    return Run(folder)
