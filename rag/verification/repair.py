"""A written answer → the same answer with every claim at the paragraph that carries it.

A wrong pointer is corrected, a missing one added; what no paragraph says stays visible but marked,
or is left out; and words that nobody said lose their quotation marks.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.citations.build import CitedStatement
from rag.citations.markers import renumbered, with_markers
from rag.errors import LLMError
from rag.retrieval.rerank import Hit
from rag.schema import Span, Statement, Verdict
from rag.verification import Check, Source, check
from rag.verification.llm_judge import Case
from rag.verification.quotations import unfounded
from rag.verification.text import tokens_of

_MOVED = "The model pointed to another paragraph; this one says it."
_FOUND = "The model named no paragraph; this one says it."
_ADDED = "A second paragraph was added: only together they say it."
_UNQUOTED = "The words were in quotation marks, but nobody is quoted so; the marks were removed."

_MOST_REPAIRS = 20
"""Statements that another paragraph is looked for, or whose quotation marks are removed; an answer
rarely has more at all. A repair compares a statement with every paragraph, a reply may have
thousands."""
_MOST_COMPARED = {"checks": 1_000_000, "repairs": 2_000_000}
"""Pairs of a statement's and a paragraph's word, over all of a reply; a pair takes up to 1 µs.
100 sentences of 40 words, each on two paragraphs of 100 words, have 800,000."""
_TOO_LONG = Check(Verdict.UNCHECKED, "The answer is too long for all of it to be checked.")
_MARKS = (("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’"))

Checker = Callable[[str, Sequence[Source]], Check]
Review = Callable[[Sequence[Case]], Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The answer as it is shown, and what was done to it."""

    text: str
    order: tuple[int, ...]
    """The number of the hit (1-based) that each marker stands for."""
    statements: tuple[CitedStatement, ...]
    verdicts: tuple[Check, ...]
    """One a statement."""
    moved: int = 0
    """Statements whose paragraph was corrected or added."""
    dropped: int = 0
    """Statements left out, because no paragraph supports them."""
    unquoted: int = 0
    """Statements that lost their quotation marks."""
    notices: tuple[str, ...] = ()
    """What else the reader has to know of the checks."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence on its way: what it cites, by the numbers of the hits."""

    said: CitedStatement
    hits: tuple[int, ...]
    check: Check
    text: str
    raw: str
    """As the model wrote it, markers included."""
    gap: str
    """What stands between it and the sentence before."""
    moved: bool = False

    @property
    def changed(self) -> bool:
        return self.moved or self.text != self.said.text


def repair(
    text: str,
    statements: Sequence[CitedStatement],
    order: Sequence[int],
    hits: Sequence[Hit],
    *,
    strict: bool = False,
    checker: Checker = check,
    review: Review | None = None,
) -> Repaired:
    """Check every sentence of a written answer, and mend what can be mended.

    Args:
        text: The answer.
        statements: Its sentences, from `written_statements`.
        order: The number of the hit (1-based) that each marker stands for.
        hits: What may be cited.
        strict: Leave out what no paragraph supports.
        checker: Gives the verdicts.
        review: May change them, once each sentence has its paragraphs; where it fails, they stay.
    """
    mender = _Mender(hits, checker)
    parts = list(mender.parts(text, statements, order))
    notices: tuple[str, ...] = ()
    if review:
        try:
            found = review([Case(one.text, mender.sources(one.hits), one.check) for one in parts])
            parts = [replace(one, check=new) for one, new in zip(parts, found, strict=True)]
        except LLMError as error:
            notices = (f"{error.message} The statements were checked by rules alone.",)
    kept = [part for part in parts if not (strict and _is_unbacked(part.check))]
    tail = text[statements[-1].span.end :] if statements else text
    return replace(
        _composed(kept, order, tail),
        moved=sum(one.moved for one in kept),
        dropped=len(parts) - len(kept),
        unquoted=sum(one.text != one.said.text for one in kept),
        notices=notices,
    )


def judged(repaired: Repaired) -> tuple[Statement, ...]:
    """Return the statements with their verdicts."""
    return tuple(
        Statement(said.text, said.markers, found.verdict, found.reason)
        for said, found in zip(repaired.statements, repaired.verdicts, strict=True)
    )


class _Mender:
    def __init__(self, hits: Sequence[Hit], checker: Checker) -> None:
        self._checker = checker
        self._sources = [_source(hit) for hit in hits]
        self._repairs_left = _MOST_REPAIRS
        self._pairs_left = dict(_MOST_COMPARED)

    def sources(self, numbers: Sequence[int]) -> tuple[Source, ...]:
        """Return the paragraphs with these numbers."""
        return tuple(self._sources[number - 1] for number in numbers)

    def parts(
        self, text: str, statements: Sequence[CitedStatement], order: Sequence[int]
    ) -> Iterator[_Part]:
        """Yield the sentences, mended."""
        end = 0
        for said in statements:
            cited = tuple(order[marker - 1] for marker in said.markers)
            gap, end = text[end : said.span.start], said.span.end
            found = self._check(said.text, cited)
            yield self._mended(_Part(said, cited, found, said.text, said.span.of(text), gap))

    def _mended(self, part: _Part) -> _Part:
        if part.check.verdict is Verdict.SUPPORTED or not self._repairs_left:
            return part
        self._repairs_left -= 1
        return self._anchored(part) or self._unquoted(part)

    def _anchored(self, part: _Part) -> _Part | None:
        """Return the sentence with the paragraphs that do support it; null when none do."""
        others = [number for number in self._numbers() if number not in part.hits]
        for number in others:
            if self._supports(part.text, (number,)):
                said = _MOVED if part.hits else _FOUND
                return _moved(part, (number,), said)
        for number in others if part.hits else ():
            if self._supports(part.text, (*part.hits, number)):
                return _moved(part, (*part.hits, number), _ADDED)
        return None

    def _unquoted(self, part: _Part) -> _Part:
        """Return the sentence without the marks round words that no paragraph has."""
        texts = [source.text for source in self._sources]
        plain = _without_marks(part.text, texts)
        if plain == part.text:
            return part
        found = self._check(plain, part.hits)
        if found is _TOO_LONG:
            return part
        if found.verdict is Verdict.SUPPORTED:
            found = Check(Verdict.PARTIAL, f"The paragraph says so in other words. {_UNQUOTED}")
        else:
            found = Check(found.verdict, f"{part.check.reason} {_UNQUOTED}")
        return replace(part, text=plain, check=found)

    def _numbers(self) -> range:
        return range(1, len(self._sources) + 1)

    def _supports(self, text: str, numbers: Sequence[int]) -> bool:
        # Nobody pointed there, so it has to be beyond doubt.
        return self._check(text, numbers, "repairs").complete

    def _check(self, text: str, numbers: Sequence[int], purpose: str = "checks") -> Check:
        sources = self.sources(numbers)
        words = sum(len(tokens_of(source.text)) for source in sources)
        self._pairs_left[purpose] -= len(tokens_of(text)) * words
        exhausted = sources and self._pairs_left[purpose] < 0
        return _TOO_LONG if exhausted else self._checker(text, sources)


def _is_unbacked(found: Check) -> bool:
    return found.verdict is Verdict.UNSUPPORTED or found is _TOO_LONG


def _moved(part: _Part, hits: tuple[int, ...], reason: str) -> _Part:
    return replace(part, hits=hits, moved=True, check=Check(Verdict.SUPPORTED, reason))


def _source(hit: Hit) -> Source:
    article = hit.scored.article
    return Source(hit.scored.paragraph.text, article.title, article.outlet, article.published_at)


def _composed(parts: Sequence[_Part], order: Sequence[int], tail: str) -> Repaired:
    """Return the answer with its markers numbered anew, in reading order."""
    numbers: dict[int, int] = {}
    text, statements = "", list[CitedStatement]()
    for part in parts:
        for hit in part.hits:
            numbers.setdefault(hit, len(numbers) + 1)
        markers = tuple(numbers[hit] for hit in part.hits)
        was_first = part.said.span.start == len(part.gap)
        gap = part.gap if text or was_first else ""
        own = {marker: numbers.get(hit, 0) for marker, hit in enumerate(order, start=1)}
        shown = with_markers(part.text, markers) if part.changed else renumbered(part.raw, own)
        start = len(text) + len(gap)
        text += gap + shown
        statements.append(CitedStatement(part.text, markers, Span(start, len(text))))
    return Repaired(
        text + tail, tuple(numbers), tuple(statements), tuple(part.check for part in parts)
    )


def _without_marks(text: str, sources: Sequence[str]) -> str:
    """Return a text whose quotations all stand in some paragraph: the others lose their marks."""
    for quotation in unfounded(text, sources):
        for opening, closing in _MARKS:
            text = text.replace(f"{opening}{quotation}{closing}", quotation)
    return text
