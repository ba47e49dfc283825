"""The nouns of the domain, frozen: what flows from a file to an answer.

All offsets are half-open `[start, end)` and count Unicode code points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters; what it is relative to is said where it is used."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` that the span covers."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        """Return the same span, counted from a point `by` characters earlier."""
        return Span(self.start + by, self.end + by)


class ParagraphKind(StrEnum):
    """What a block of an article is to its reader."""

    BODY = "body"
    HEADLINE = "headline"
    FURNITURE = "furniture"
    """Kept for the reader's eye; never indexed, never cited."""


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """All that is known of an article besides its text; null where the text doesn't say."""

    article_id: str
    """Derived from the text: the same text has the same id under any file name."""
    file: str
    """Path below the folder (or name of the file) that was ingested, with `/`."""
    record: str | None = None
    """Which record of a many-article file: its `id`, else its line number."""
    title: str | None = None
    author: str | None = None
    agency: str | None = None
    place: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    """ISO 8601, date or date and time."""
    url: str | None = None
    section: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def outlet(self) -> str | None:
        """Who brought it: the publisher, else the agency."""
        return self.publisher or self.agency


@dataclass(frozen=True, slots=True)
class Article:
    """One news article: its header and its text exactly as decoded from the file."""

    header: ArticleHeader
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The citable unit: `article.text[start:end] == text`, always."""

    paragraph_id: str
    """Derived from the paragraph's own text, so an edit elsewhere leaves it alone."""
    ordinal: int
    """1-based position among all blocks of the article."""
    start: int
    end: int
    text: str
    kind: ParagraphKind = ParagraphKind.BODY
    sentences: tuple[Span, ...] = ()
    """Relative to the paragraph."""

    @property
    def is_citable(self) -> bool:
        """Whether an answer may rest on it; furniture is for the reader alone."""
        return self.kind is not ParagraphKind.FURNITURE


@dataclass(frozen=True, slots=True)
class ScoredParagraph:
    """A paragraph found for a question."""

    paragraph: Paragraph
    article: ArticleHeader
    rank: int
    """1-based."""
    score: float
    """Fused relevance in [0, 1]; comparable within one question."""
    similarity: float
    """Cosine of question and paragraph."""


class Verdict(StrEnum):
    """Does the cited text support the statement?"""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    UNSUPPORTED = "unsupported"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, without its markers, and what became of its check."""

    text: str
    markers: tuple[int, ...]
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Citation:
    """What a marker points to: a paragraph, and the words in it that carry the claim.

    `quote_start` and `quote_end` count from the start of the article, like `start` and `end`.
    """

    marker: int
    paragraph_id: str
    article_id: str
    title: str | None
    file: str
    publisher: str | None
    published_at: str | None
    url: str | None
    ordinal: int
    start: int
    end: int
    text: str
    quote: str
    quote_start: int
    quote_end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A retrieved paragraph as it is shown beside an answer."""

    paragraph_id: str
    file: str
    ordinal: int
    rank: int
    score: float
    text: str


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """What one source says in a conflict."""

    marker: int
    publisher: str | None
    published_at: str | None
    file: str
    quote: str
    """The sentence, as it stands in the article."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Statements of an answer that contradict each other, by their markers."""

    about: str
    """For the reader: what differs, and by whom and when it was published."""
    markers: tuple[int, ...]
    kind: str = ""
    """`figure`, `date`, `denial`, `frequency`, `outcome` or `first`."""
    sides: tuple[ConflictSide, ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """Wall-clock milliseconds of each part of an answer."""

    retrieve: float = 0.0
    generate: float = 0.0
    verify: float = 0.0
    total: float = 0.0
    followup: float = 0.0
    """Making a question of the conversation stand alone."""
    gate: float = 0.0
    conflicts: float = 0.0


LARGEST_LIMIT = 100
"""Paragraphs that a search returns, or an answer rests on, at most."""
EngineName = Literal["auto", "extractive", "llm"]
"""Who is asked to answer; `auto`: `RAG_ENGINE`, by default the LLM where one is configured."""
AnsweringEngine = Literal["extractive", "llm"]
"""Who answers."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """Another engine answered than the one that was asked."""

    asked: AnsweringEngine
    answered: AnsweringEngine
    message: str
    """Why the one that was asked failed."""
    hint: str

    @property
    def notice(self) -> str:
        """The same as a notice for the reader."""
        return f"{self.message} {self.hint} The embedded engine answered instead."


class Status(StrEnum):
    """Whether the archive answers the question."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, its statements, and every paragraph that it rests on."""

    question: str
    standalone_question: str
    status: Status
    engine: AnsweringEngine
    """The one that really answered; the gate, which declines, belongs to `extractive`."""
    model: str | None
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()
    fallback: Fallback | None = None
    usage: Mapping[str, int] | None = None
    """Tokens that the language model read and wrote; null where that isn't known."""
    timings_ms: Timings = Timings()
    verified: str = ""
    """`5 of 6 statements verified`; empty for an abstention."""
    confidence: float | None = None
    """How likely the archive holds an answer, 0 to 1: judged before anything was written."""

    @property
    def all_notices(self) -> tuple[str, ...]:
        """What the reader is to be told: the fallback first."""
        return (self.fallback.notice, *self.notices) if self.fallback else self.notices

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object of the contract: plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = _plain(self)
        return plain


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Event: the paragraphs that the answer will be made from."""

    standalone_question: str
    evidence: tuple[Evidence, ...]
    engine: AnsweringEngine
    """Who answers, unless it fails."""


@dataclass(frozen=True, slots=True)
class Token:
    """Event: the next piece of the answer's text, its markers already final."""

    text: str
    cited: tuple[str, ...] = field(default=(), compare=False)
    """The paragraph ids behind the markers so far, that of `[1]` first."""


@dataclass(frozen=True, slots=True)
class Finished:
    """Event: the whole answer; always the last one."""

    answer: Answer


Event = Retrieved | Token | Finished


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
