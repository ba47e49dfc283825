"""Paragraphs, answers and a recording system, made by hand for the tests of the evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rag.errors import BylineError
from rag.evaluation.metrics import Passage
from rag.schema import (
    Answer,
    ArticleHeader,
    Citation,
    Evidence,
    Paragraph,
    ScoredParagraph,
    Status,
)


def passage(text: str, file: str = "a.txt", rank: int = 1, **where: str | None) -> Passage:
    return Passage(text, text, file, rank=rank, **where)


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
    searched: list[tuple[str, int]] = field(default_factory=list)
    asked: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
        self.searched.append((question, limit))
        found = self.hits.get(question, ())
        if isinstance(found, BylineError):
            raise found
        return found

    def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        reply = self.answers.get(question, abstained())
        if isinstance(reply, BylineError):
            raise reply
        return reply
