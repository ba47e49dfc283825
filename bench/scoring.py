"""From what a system returned to its figures: the same paragraph-level measure for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rag.evaluation.dataset import Gold
from rag.evaluation.metrics import (
    MRR_DEPTH,
    RECALL_DEPTHS,
    Passage,
    first_gold_rank,
    mean,
    percentile,
    recall_at,
    reciprocal_rank,
)
from rag.schema import ArticleHeader


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of an article that a system returned: a paragraph, or what a splitter made."""

    text: str
    article: ArticleHeader


@dataclass(frozen=True, slots=True)
class Trial:
    """One question put to one system."""

    first_right: int | None
    """1-based rank of the first right chunk."""
    milliseconds: float
    words: float
    """Mean length of the returned chunks: a longer one holds a given quote more easily."""


def judged(chunks: Sequence[Chunk], gold: Sequence[Gold], milliseconds: float) -> Trial:
    """Judge an answer: right is a chunk of the right article that holds the gold quote."""
    passages = [
        Passage("", one.text, one.article.file, one.article.url, one.article.record, rank)
        for rank, one in enumerate(chunks, start=1)
    ]
    words = mean(float(len(one.text.split())) for one in chunks)
    return Trial(first_gold_rank(passages, gold), milliseconds, words or 0.0)


def summary(trials: Sequence[Trial]) -> dict[str, float]:
    """Return recall, mean reciprocal rank, and the percentiles of the time."""
    ranks = [trial.first_right for trial in trials]
    figures: dict[str, float | None] = {
        f"recall@{depth}": mean(recall_at(depth, rank) for rank in ranks) for depth in RECALL_DEPTHS
    }
    figures[f"mrr@{MRR_DEPTH}"] = mean(reciprocal_rank(rank) for rank in ranks)
    figures |= times(trial.milliseconds for trial in trials)
    figures["words_a_chunk"] = mean(trial.words for trial in trials)
    return {name: value for name, value in figures.items() if value is not None}


def times(milliseconds: Any) -> dict[str, float]:
    """Return median and 95th percentile."""
    measured = list(milliseconds)
    shares = {"p50_ms": 0.5, "p95_ms": 0.95}
    found = {name: percentile(measured, share) for name, share in shares.items()}
    return {name: value for name, value in found.items() if value is not None}
