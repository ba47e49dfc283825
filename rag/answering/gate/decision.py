"""Two models and a few vetoes → whether to answer, how sure that is, and what was decisive.

Each veto declines by itself and says why. It was measured on its own (`bench/fit_gate.py`), and
stays where it declines several times more questions without an answer than with one.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answering.gate.features import (
    BestSentence,
    GateFeatures,
    best_sentence,
    features_of,
    means_same,
    negation_lost,
    other_years,
)
from rag.answering.gate.weights import ABOUT, ABOUT_BIAS, DIRECT, DIRECT_BIAS, FLOORS, SIZE
from rag.retrieval.answer_kind import AnswerKind, focus, holds, telling
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.rerank import reports_speaker
from rag.text.stems import stems_of

FLOOR = 0.5
"""The confidence from which on a question is answered."""
TOO_FAR = "What was found is too far from the question."
_SMALLEST = 10
"""Paragraphs; as in the features, the logarithm of fewer says nothing."""
_LOG_SIZES = [math.log(size) for size, _ in FLOORS]
_FLOORS = [floor for _, floor in FLOORS]


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Whether to answer, and how sure that is."""

    answerable: bool
    confidence: float
    """From `FLOOR` on it is answered. The half above, and the half below, is filled by how likely
    the archive is about what is asked, times how likely its best sentence says the very thing."""
    reason: str = ""
    """What was decisive, in plain words; empty where it is answered."""
    parts: "tuple[GateDecision, ...]" = ()
    """One for each part of a question that asks for several things."""


def decide(retrieval: Retrieval) -> GateDecision:
    """Return whether to answer from what was retrieved: all of the question, or a part of it."""
    if retrieval.parts:
        parts = tuple(map(decide, retrieval.parts))
        return replace(max(parts, key=lambda part: part.confidence), parts=parts)
    best = best_sentence(retrieval)
    if best is None:
        return GateDecision(answerable=False, confidence=0.0, reason="Nothing was found.")
    features = features_of(best)
    about = _share(about_logit(features, best.archive_size))
    share = about * _share(direct_logit(features))
    reason = veto(best) or ("" if about >= 0.5 else _too_far(best))
    if reason:
        return GateDecision(answerable=False, confidence=FLOOR * share, reason=reason)
    return GateDecision(answerable=True, confidence=FLOOR + (1 - FLOOR) * share)


def about_logit(features: GateFeatures, archive_size: int) -> float:
    """Return how likely the archive is about what is asked, over the floor for its size."""
    size = math.log(max(archive_size, _SMALLEST))
    return ABOUT_BIAS + SIZE * size + _weighted(ABOUT, features) - _floor(archive_size)


def direct_logit(features: GateFeatures) -> float:
    """Return how likely the best sentence says the very thing, given that it is about it."""
    return DIRECT_BIAS + _weighted(DIRECT, features)


def _weighted(weights: Mapping[str, float], features: GateFeatures) -> float:
    return float(sum(weight * getattr(features, name) for name, weight in weights.items()))


def _floor(archive_size: int) -> float:
    """Interpolate by the logarithm of the size; beyond both ends it stays as it is."""
    return float(np.interp(math.log(max(archive_size, 1)), _LOG_SIZES, _FLOORS))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def _too_far(best: BestSentence) -> str:
    unnamed = [t for t in best.question.terms if t.is_name and not t.stems & best.article_stems]
    if not unnamed:
        return TOO_FAR
    return f"No paragraph found names {max(unnamed, key=lambda term: term.weight).word}."


_SYNONYM = {
    AnswerKind.YEAR: 0.65,
    AnswerKind.DURATION: 0.65,
    AnswerKind.NUMBER: 0.65,
    AnswerKind.AGE: 0.65,
    AnswerKind.MONEY: 0.65,
    AnswerKind.PERSON: 0.45,
    AnswerKind.PLACE: 0.45,
}
"""The late interaction from which the telling words are met by others of the same meaning. An
amount stands beside what is measured; a person or place may be told of in other words."""
_KIND_NAMES = {
    AnswerKind.PERSON: "A person",
    AnswerKind.TIME: "A time",
    AnswerKind.YEAR: "A year",
    AnswerKind.DURATION: "A duration",
    AnswerKind.NUMBER: "A number",
    AnswerKind.AGE: "An age",
    AnswerKind.MONEY: "An amount of money",
    AnswerKind.PLACE: "A place",
    AnswerKind.REASON: "A reason",
}


def kind_missing(best: BestSentence) -> str | None:
    """Decline when neither of the two best sentences holds the kind of thing asked for."""
    kind, text = best.question.kind, best.question.text
    if any(holds(kind, sentence, text) for sentence in (best.text, best.runner_up)):
        return None
    return f"{_KIND_NAMES[kind]} is asked for; none is given by what was found."


def focus_missing(best: BestSentence) -> str | None:
    """Decline when the thing that is counted or asked for stands nowhere in the paragraph."""
    noun = focus(best.question.text)
    if noun is None:
        return None
    meant = {stem for t in best.question.terms if t.word.lower() == noun for stem in t.stems}
    if best.hit.stems & (meant or set(stems_of(noun))) or means_same(noun, best.around):
        return None
    return f"The nearest paragraph says nothing about “{noun}”."


def content_missing(best: BestSentence) -> str | None:
    """Decline when a plain kind is asked for and no telling word is met in the sentence."""
    words = [t for t in best.question.terms if not t.is_name and telling(t.word)]
    if not words or any(t.stems & best.stems for t in words):
        return None
    if best.feature(best.hit.sentences.content) >= _SYNONYM.get(best.question.kind, 0.0):
        return None
    if any(means_same(t.word, [best.text]) for t in words):
        return None
    return f"The nearest sentence says nothing about “{words[0].word}”."


def speaker_missing(best: BestSentence) -> str | None:
    """Decline when somebody's words are asked for and no paragraph found reports any."""
    if best.question.speaker is None or any(
        reports_speaker(best.question, span.of(hit.scored.paragraph.text))
        for hit in best.hits
        for span in hit.scored.paragraph.sentences
    ):
        return None
    return "No paragraph found reports words of the person asked about."


def other_year(best: BestSentence) -> str | None:
    """Decline when the sentence and its neighbours give other years than the question."""
    years = other_years(best.question.text, best.around)
    return f"What was found is not about {years[0]}." if years else None


def denied(best: BestSentence) -> str | None:
    """Decline when the question denies something, and nothing near the sentence does."""
    if best.question.kind is AnswerKind.REASON:  # a reason for not doing is given without `not`
        return None
    if not negation_lost(best.question.text, " ".join(best.around)):
        return None
    return "The question denies something that the nearest sentences don't deny."


VETOES: Sequence[Callable[[BestSentence], str | None]] = (
    speaker_missing,
    kind_missing,
    focus_missing,
    other_year,
    content_missing,
    denied,
)


def veto(best: BestSentence) -> str | None:
    """Return why the best sentence can't answer; null when no rule declines."""
    return next((reason for rule in VETOES if (reason := rule(best))), None)
