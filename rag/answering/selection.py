"""What was found → the sentences that answer, and those that contradict them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answering.gate import GateDecision
from rag.models.embedder import Floats
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.rerank import Hit, sentence_stems
from rag.schema import ParagraphKind, Span
from rag.verification.conflicts import Opposition, Place, opposed

MOST_SENTENCES = 4
_SENTENCES_A_PART = 2
"""Quoted for each part of a question that asks for several things."""
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


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer is made from."""

    question: str
    """Standing alone."""
    hits: tuple[Hit, ...]
    """Those that may be cited, best first."""
    selections: tuple[Selection, ...]
    """The sentences that answer."""
    oppositions: tuple[Opposition, ...]
    """What contradicts them."""
    article_stems: Callable[[str], frozenset[str]]
    """Returns the stems of a whole article, by its id."""


def basis_of(retrieval: Retrieval, decision: GateDecision) -> Basis:
    """Return what an answer is made from: both sides, where sources differ.

    The paragraphs of the other side take the places of the last ones that nothing is quoted from.

    Args:
        retrieval: What was found.
        decision: Which parts of the question it answers.
    """
    question, stems, hits = retrieval.question.text, retrieval.article_stems, retrieval.hits
    selections = _selected(retrieval, decision)
    said = [(one.hit, one.sentence) for one in selections]
    wide = (*hits, *retrieval.further())
    against = opposed(wide, said, question, stems)
    new_place = _both_sides(len(hits), said, against)
    ranked = tuple(
        replace(wide[old], scored=replace(wide[old].scored, rank=new + 1))
        for old, new in new_place.items()
    )
    return Basis(
        question,
        ranked,
        tuple(replace(one, hit=new_place[one.hit]) for one in selections),
        tuple(
            replace(pair, one=pair.one.moved(new_place), other=pair.other.moved(new_place))
            for pair in against
            if all(hit in new_place for hit, _ in pair.places)
        ),
        stems,
    )


def _selected(retrieval: Retrieval, decision: GateDecision) -> tuple[Selection, ...]:
    if not retrieval.parts:
        return select(retrieval.hits, retrieval.question.figures)
    places = {hit.place: index for index, hit in enumerate(retrieval.hits)}
    chosen = [
        replace(selection, hit=places[part.hits[selection.hit].place])
        for part, decided in zip(retrieval.parts, decision.parts, strict=True)
        if decided.answerable
        for selection in select(part.hits, part.question.figures)[:_SENTENCES_A_PART]
    ]
    return tuple(dict.fromkeys(chosen))


def _both_sides(
    count: int, said: Sequence[Place], against: Sequence[Opposition]
) -> Mapping[int, int]:
    """Return the hits that stay or come in: from their old index to the new one, in order."""
    shown = dict.fromkeys(hit for pair in against for hit, _ in pair.places)
    added = [hit for hit in shown if hit >= count]
    needed = {hit for hit, _ in said}.union(shown)
    spare = [hit for hit in reversed(range(count)) if hit not in needed]
    dropped = set(spare[: len(added)])
    kept = [hit for hit in range(count) if hit not in dropped]
    return {old: new for new, old in enumerate(kept + added[: len(dropped)])}


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
