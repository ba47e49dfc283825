"""The embedded answer engine: picks the sentences that answer, and quotes them as they stand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.citations.markers import neutralise, with_markers
from rag.models.embedder import Floats
from rag.retrieval.rerank import Hit, sentence_stems
from rag.schema import ParagraphKind, Span

MOST_SENTENCES = 4
_CONSIDERED = 6
"""Paragraphs that sentences are taken from."""
_MORE_MARGIN = 1.0
"""How far below the best sentence a further one may score; in logits of the ranking."""
_OTHER_ARTICLE_MARGIN = 2.0
"""The same for a sentence of another article."""
_RELATED = 0.45
"""Cosine of two sentences below which they share no more than a name."""
_SAME_MATTER, _SAME_MATTER_BONUS = 0.6, 33.0
"""The cosine from which two sentences are about the same matter, and what each further unit of it
adds to the margin: another voice on the very matter counts even where it answers less directly."""
_NEW_WEIGHT = 0.2
"""Share of the question's weight that a sentence must add to be let in a little sooner."""

_OPENS, _CLOSES = "“«", "”»"
_SPEECH = re.compile(
    r"\b(?:said|says|told|asked|wrote|added|according to|replied|stated|announced|tweeted|"
    r"claimed|insisted|warned|explained|argued|admitted|denied|confirmed|reported)\b"
)
_LEANS_BACK = re.compile(r"(?:He|She|They|It|His|Her|Their|This|That|These|Those|Its)\b")


@dataclass(frozen=True, slots=True)
class Selection:
    """A sentence to be quoted."""

    hit: int
    """Index into the hits."""
    sentence: int
    """Index into the paragraph's sentences."""
    span: Span
    """Relative to the paragraph."""


def select(hits: Sequence[Hit], figures: Sequence[frozenset[str]] = ()) -> tuple[Selection, ...]:
    """Return the one to four sentences that answer, in the order in which to read them.

    Args:
        hits: What was retrieved.
        figures: The stems of each figure of the question; a further sentence has to hold those
            that the best one holds, for with another figure it is about something else.
    """
    ranked = _ranked_sentences(hits[:_CONSIDERED])
    if not ranked:
        return ()
    best_score, best = ranked[0]
    chosen = [best]
    needed = [figure for figure in figures if figure & _stems(hits, best)]
    for score, candidate in ranked[1:]:
        if len(chosen) == MOST_SENTENCES:
            break
        same_figures = all(figure & _stems(hits, candidate) for figure in needed)
        if same_figures and best_score - score <= _margin(hits, chosen, candidate):
            chosen.append(candidate)
    completed = [part for one in chosen for part in _with_context(hits, one)]
    return tuple(_in_reading_order(completed)[:MOST_SENTENCES])


def with_others(
    hits: Sequence[Hit], selections: Sequence[Selection], places: Iterable[tuple[int, int]]
) -> tuple[Selection, ...]:
    """Return what is quoted with the sentences that contradict it, however many there are.

    Args:
        hits: What was retrieved.
        selections: What is quoted already.
        places: Index of the hit and of the sentence of what contradicts it.
    """
    added = [
        part
        for hit, sentence in places
        for part in _with_context(
            hits, Selection(hit, sentence, hits[hit].scored.paragraph.sentences[sentence])
        )
    ]
    return tuple(_in_reading_order([*selections, *added]))


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


def _ranked_sentences(hits: Sequence[Hit]) -> list[tuple[float, Selection]]:
    bodies = [i for i, hit in enumerate(hits) if _is_body(hit)] or list(range(len(hits)))
    ranked = [
        (score, Selection(index, number, span))
        for index in bodies
        for number, (span, score) in enumerate(
            zip(
                hits[index].scored.paragraph.sentences,
                hits[index].sentence_scores,
                strict=True,
            )
        )
    ]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1].hit, pair[1].sentence))


def _is_body(hit: Hit) -> bool:
    return hit.scored.paragraph.kind is ParagraphKind.BODY


def _margin(hits: Sequence[Hit], chosen: Sequence[Selection], candidate: Selection) -> float:
    """Return how far below the best sentence the candidate may score and still be quoted."""
    articles = {hits[one.hit].scored.article.article_id for one in chosen}
    if hits[candidate.hit].scored.article.article_id not in articles:
        cosine = float(_vector(hits, chosen[0]) @ _vector(hits, candidate))
        if cosine < _RELATED:
            return 0.0
        return _OTHER_ARTICLE_MARGIN + _SAME_MATTER_BONUS * max(cosine - _SAME_MATTER, 0.0)
    adds = _coverage(hits, candidate) - max(_coverage(hits, one) for one in chosen)
    return _OTHER_ARTICLE_MARGIN if adds > _NEW_WEIGHT else _MORE_MARGIN


def _stems(hits: Sequence[Hit], selection: Selection) -> frozenset[str]:
    return sentence_stems(selection.span.of(hits[selection.hit].scored.paragraph.text))


def _vector(hits: Sequence[Hit], selection: Selection) -> Floats:
    vector: Floats = hits[selection.hit].sentences.vectors[selection.sentence].astype(np.float32)
    return vector


def _coverage(hits: Sequence[Hit], selection: Selection) -> float:
    return float(hits[selection.hit].sentences.coverage[selection.sentence])


def _with_context(hits: Sequence[Hit], selection: Selection) -> list[Selection]:
    """Return the sentence with the neighbour that says who speaks or who `he` is."""
    paragraph = hits[selection.hit].scored.paragraph
    text = selection.span.of(paragraph.text)
    if selection.sentence == 0:
        return [selection]
    before = paragraph.sentences[selection.sentence - 1]
    in_quotation = _inside_quotation(paragraph.text, selection.span) and not _SPEECH.search(text)
    if in_quotation or _LEANS_BACK.match(text):
        return [Selection(selection.hit, selection.sentence - 1, before), selection]
    return [selection]


def _inside_quotation(paragraph: str, span: Span) -> bool:
    until = paragraph[: span.end]
    opened = sum(until.count(mark) for mark in _OPENS)
    closed = sum(paragraph[: span.start].count(mark) for mark in _CLOSES)
    return opened > closed


def _in_reading_order(selections: Sequence[Selection]) -> list[Selection]:
    first: dict[int, int] = {}
    for position, one in enumerate(selections):
        first.setdefault(one.hit, position)
    unique = dict.fromkeys(selections)
    return sorted(unique, key=lambda one: (first[one.hit], one.sentence))
