"""Features of the candidates → their order: one weighted sum of plain features.

The weights were learned by maximising the likelihood of the right candidate among all that were
found (listwise softmax) on SQuAD articles, leaving out one article at a time to choose the
features: `bench/fit_ranking.py` learns them and prints what each one is good for.
"""

from collections.abc import Sequence

import numpy as np

from rag.models.embedder import Floats
from rag.retrieval.features import ParagraphFeatures, SentenceFeatures
from rag.retrieval.word_matches import WordMatches

PARAGRAPH_WEIGHTS = {
    "interaction": 11.2,
    "contrast": 1.3,
    "best_closeness": 9.3,
    "best_similarity": 3.95,
    "phrases": 2.75,
    "proximity": 4.0,
    "length": -0.95,
}
FIRST_WEIGHTS = {"similarity": 14.5, "phrases": 4.8, "proximity": 9.5}
"""Of the first look, at what is cheap to know of all candidates."""
HOLDS_KIND_WEIGHT = 0.9
"""Of a paragraph whose best sentence holds the kind of thing that is asked for."""
HEADLINE_PENALTY = 3.0
"""A headline repeats its story, and says less than the paragraph that carries the fact."""

SENTENCE_WEIGHTS = {
    "similarity": 6.6,
    "interaction": 11.5,
    "context": 7.6,
    "coverage": 3.1,
    "names": -3.6,
    "phrases": 1.8,
    "holds_kind": 1.6,
    "paragraph": 0.44,
    "speaks": 2.5,
}
"""Learned in the same way: `paragraph` weighs the paragraph's own fused score, `holds_kind` tells
whether the sentence holds the kind of thing that is asked for; names are less than other words
since they say where to look and not what is asked. `speaks` is set by hand: SQuAD has few
questions for what somebody said."""


def first_scores(similarity: Floats, words: WordMatches) -> Floats:
    """Return a rough score for each candidate, to tell which ones to look at closely.

    Args:
        similarity: Their cosines with the question.
        words: Which words of the question stand in them.
    """
    scores: Floats = (
        FIRST_WEIGHTS["similarity"] * similarity
        + FIRST_WEIGHTS["phrases"] * words.phrases
        + FIRST_WEIGHTS["proximity"] * words.proximity
    )
    return scores


def fused_scores(features: ParagraphFeatures, headlines: Sequence[bool]) -> Floats:
    """Return one score a candidate, comparable only within one question.

    Args:
        features: Of all candidates.
        headlines: Which of them are headlines.
    """
    scores = -HEADLINE_PENALTY * np.array(headlines, np.float32)
    for name, weight in PARAGRAPH_WEIGHTS.items():
        scores += np.float32(weight) * getattr(features, name)
    return scores


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
    beside = {
        "paragraph": np.full(len(holds_kind), paragraph_score, np.float32),
        "holds_kind": np.array(holds_kind, np.float32),
        "speaks": np.array(speaks, np.float32),
    }
    scores = np.zeros(len(holds_kind), np.float32)
    for name, weight in SENTENCE_WEIGHTS.items():
        scores += np.float32(weight) * (beside[name] if name in beside else getattr(features, name))
    return scores


def probability(scores: Floats) -> Floats:
    """Return the scores as shares of one: how likely each candidate is the right one."""
    if not scores.size:
        return scores
    raised = np.exp(scores - scores.max())
    shares: Floats = (raised / raised.sum()).astype(np.float32)
    return shares
