"""Features of the candidates → their order: one weighted sum of standardised features.

The weights were learned by maximising the likelihood of the right paragraph among the candidates
(listwise softmax) on SQuAD articles, leaving out one article at a time: `bench/fit_ranking.py`.
"""

from collections.abc import Sequence

import numpy as np

from rag.embedding import Floats
from rag.scoring import ParagraphFeatures, SentenceFeatures

PARAGRAPH_WEIGHTS = {
    "similarity": 0.23,
    "lexical": 0.24,
    "interaction": 0.64,
    "coverage": 0.21,
    "best_sentence_similarity": 0.67,
    "best_sentence_interaction": 0.94,
    "best_sentence_coverage": 0.28,
}
HEADLINE_PENALTY = 3.0
"""A headline repeats its story, and says less than the paragraph that carries the fact."""

SENTENCE_WEIGHTS = {
    "similarity": 6.8,
    "interaction": 8.6,
    "coverage": 2.4,
    "paragraph": 0.55,
    "holds_kind": 1.75,
    "speaks": 2.5,
}
"""Learned in the same way: `paragraph` weighs the paragraph's own fused score, `holds_kind` tells
whether the sentence holds the kind of thing that is asked for. `speaks` is set by hand: SQuAD has
few questions for what somebody said."""


def fused_scores(candidates: Sequence[ParagraphFeatures], headlines: Sequence[bool]) -> Floats:
    """Return one score a candidate; comparable only within one question.

    Args:
        candidates: Their features.
        headlines: Which of them are headlines.
    """
    if not candidates:
        return np.zeros(0, np.float32)
    weights = np.array(list(PARAGRAPH_WEIGHTS.values()), dtype=np.float32)
    fused: Floats = features_matrix(candidates) @ weights - HEADLINE_PENALTY * np.array(
        headlines, np.float32
    )
    return fused


def features_matrix(candidates: Sequence[ParagraphFeatures]) -> Floats:
    """Return (n, 7): the features in the order of the weights, standardised over the candidates."""
    matrix = np.array([_row(features) for features in candidates], dtype=np.float32)
    standard: Floats = (matrix - matrix.mean(axis=0)) / (matrix.std(axis=0) + 1e-9)
    return standard


def sentence_scores(
    features: SentenceFeatures,
    paragraph_score: float,
    holds_kind: Sequence[bool],
    speaks: Sequence[bool],
) -> Floats:
    """Return how well each sentence answers, comparable within one question.

    Args:
        features: Of the sentences of one paragraph.
        paragraph_score: The paragraph's fused score.
        holds_kind: Whether each sentence holds something of the kind asked for.
        speaks: Whether it reports words of the person whose words are asked for.
    """
    scores: Floats = (
        SENTENCE_WEIGHTS["similarity"] * features.similarity
        + SENTENCE_WEIGHTS["interaction"] * features.interaction
        + SENTENCE_WEIGHTS["coverage"] * features.coverage
        + SENTENCE_WEIGHTS["paragraph"] * paragraph_score
        + SENTENCE_WEIGHTS["holds_kind"] * np.array(holds_kind, np.float32)
        + SENTENCE_WEIGHTS["speaks"] * np.array(speaks, np.float32)
    )
    return scores


def probability(scores: Floats) -> Floats:
    """Return the scores as shares of one: how likely each candidate is the right one."""
    if not scores.size:
        return scores
    raised = np.exp(scores - scores.max())
    shares: Floats = (raised / raised.sum()).astype(np.float32)
    return shares


def _row(features: ParagraphFeatures) -> tuple[float, ...]:
    sentences = features.sentences
    return (
        features.similarity,
        features.lexical,
        features.interaction,
        features.coverage,
        _best(sentences.similarity),
        _best(sentences.interaction),
        _best(sentences.coverage),
    )


def _best(values: Floats) -> float:
    return float(values.max()) if values.size else 0.0
