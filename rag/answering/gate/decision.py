"""Two models and a few vetoes → whether to answer, how sure that is, and what was decisive."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rag.answering.gate.best_sentence import BestSentence, best_sentence
from rag.answering.gate.features import GateFeatures, features_of
from rag.answering.gate.vetoes import veto
from rag.answering.gate.weights import ABOUT, ABOUT_BIAS, DIRECT, DIRECT_BIAS, FLOORS, SIZE
from rag.retrieval.hybrid import Retrieval

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


def decide(retrieval: Retrieval) -> GateDecision:
    """Return whether to answer from what was retrieved: all of the question, or a part of it."""
    if retrieval.parts:
        return max(map(decide, retrieval.parts), key=lambda one: one.confidence)
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
