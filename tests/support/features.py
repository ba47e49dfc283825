"""Features by name, for tests that need a few of them."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from rag.retrieval.features import ParagraphFeatures, SentenceFeatures

PARAGRAPH_NAMES = [one.name for one in fields(ParagraphFeatures)]
SENTENCE_NAMES = [one.name for one in fields(SentenceFeatures) if one.name != "vectors"]


def sentence_features(
    count: int, vectors: Sequence[Sequence[float]] | None = None, **columns: Sequence[float]
) -> SentenceFeatures:
    """Return features of some sentences; what isn't named is 0, vectors are alike."""
    assert columns.keys() <= set(SENTENCE_NAMES)
    made = {name: np.array(columns.get(name, [0.0] * count), np.float32) for name in SENTENCE_NAMES}
    rows = [[1.0, 0.0]] * count if vectors is None else vectors
    width = len(rows[0]) if rows else 2
    return SentenceFeatures(**made, vectors=np.array(rows, np.float16).reshape(count, width))


def paragraph_features(count: int, **columns: Sequence[float]) -> ParagraphFeatures:
    """Return features of some paragraphs; what isn't named is 0."""
    assert columns.keys() <= set(PARAGRAPH_NAMES)
    return ParagraphFeatures(
        *(np.array(columns.get(name, [0.0] * count), np.float32) for name in PARAGRAPH_NAMES)
    )
