"""The embedded answer engine: quotes sentences word for word, both sides of a conflict."""

import time
from collections.abc import Generator, Iterator, Mapping, Sequence

from rag.answering.draft import Draft
from rag.answering.selection import Basis, Selection, with_others
from rag.citations.build import citation, cited_ids, markers_of
from rag.citations.markers import neutralise, with_markers
from rag.retrieval.rerank import Hit
from rag.schema import Citation, Event, Span, Statement, Token, Verdict
from rag.verification import WORD_FOR_WORD
from rag.verification.conflicts import conflicts


class ExtractiveDraft:
    """The answer's text as it is written; a draft like the language model's.

    Args:
        hits: What was retrieved.
        selections: What to quote.
    """

    def __init__(self, hits: Sequence[Hit], selections: Sequence[Selection]) -> None:
        self._hits = hits
        self.selections = tuple(selections)
        self.order = tuple(dict.fromkeys(one.hit + 1 for one in selections))
        """The number of the hit (1-based) that each marker stands for."""

    def __iter__(self) -> Iterator[str]:
        """Yield the text, a sentence at a time, markers in place."""
        before: Selection | None = None
        for one in self.selections:
            yield self._gap(before, one) + with_markers(self.text_of(one), [self.marker_of(one)])
            before = one

    def text_of(self, selection: Selection) -> str:
        """Return a sentence as it is shown: an article's own `[3]` is shown as `(3)`."""
        return neutralise(selection.span.of(self._hits[selection.hit].scored.paragraph.text))

    def marker_of(self, selection: Selection) -> int:
        """Return the marker of a sentence."""
        return self.order.index(selection.hit + 1) + 1

    def _gap(self, before: Selection | None, one: Selection) -> str:
        if before is None:
            return ""
        articles = (self._hits[each.hit].scored.article.article_id for each in (before, one))
        return " " if len(set(articles)) == 1 else "\n\n"


def quote(basis: Basis) -> Generator[Event, None, Draft | None]:
    """Write an answer of verbatim sentences; return null when there is nothing to quote."""
    hits, against = basis.hits, basis.oppositions
    places = [place for pair in against for place in pair.places]
    draft = ExtractiveDraft(hits, with_others(hits, basis.selections, places))
    if not draft.selections:
        return None
    pieces = []
    for piece in draft:
        pieces.append(piece)
        yield Token(piece, cited_ids(hits, draft.order))
    written = time.perf_counter()
    citations = cite_quotes(draft, hits)
    statements = quoted_statements(draft, citations)
    verified = time.perf_counter()
    stated = conflicts(against, markers_of(draft.order)) if against else ()
    return Draft(
        "".join(pieces),
        statements,
        citations,
        stated,
        verify_ms=(verified - written) * 1000,
        conflicts_ms=(time.perf_counter() - verified) * 1000,
    )


def quoted_statements(
    draft: ExtractiveDraft, citations: Sequence[Citation]
) -> tuple[Statement, ...]:
    """Return the statements of a quoting answer, each compared with its paragraph byte for byte."""
    return tuple(
        _statement(draft.text_of(one), one, citations[draft.marker_of(one) - 1])
        for one in draft.selections
    )


def _statement(text: str, selection: Selection, cited: Citation) -> Statement:
    if text == neutralise(selection.span.of(cited.text)):
        return Statement(text, (cited.marker,), Verdict.SUPPORTED, WORD_FOR_WORD)
    reason = "It does not stand in the paragraph word for word."
    return Statement(text, (cited.marker,), Verdict.UNSUPPORTED, reason)


def quoted_spans(draft: ExtractiveDraft) -> Mapping[int, Span]:
    """Return, by marker, the span from the first to the last sentence that is quoted."""
    spans: dict[int, Span] = {}
    for one in draft.selections:
        marker = draft.marker_of(one)
        known = spans.get(marker, one.span)
        spans[marker] = Span(min(known.start, one.span.start), max(known.end, one.span.end))
    return spans


def cite_quotes(draft: ExtractiveDraft, hits: Sequence[Hit]) -> tuple[Citation, ...]:
    """Return the citations of a quoting answer."""
    spans = quoted_spans(draft)
    return tuple(
        citation(marker, hits[number - 1], spans[marker])
        for marker, number in enumerate(draft.order, start=1)
    )
