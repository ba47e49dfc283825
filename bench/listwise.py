"""Learning to rank by a listwise softmax, cross-validated by article.

The weights maximise the likelihood of the right candidates among all that were found, less a small
quadratic penalty, by Newton steps. Features keep their own units in the weights; the penalty sees
them divided by their spread within a question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PENALTY = 0.005
_STEPS = 25
_END = 1e-4

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: a row of features a candidate, and which candidates are right."""

    article: str
    rows: Matrix
    right: Mask
    """What is learned from."""
    counted: Mask | None = None
    """What a rank is counted by, where that is more than what is learned from."""


@dataclass(frozen=True, slots=True)
class Stack:
    """All questions as one array, shorter ones filled up."""

    articles: NDArray[np.str_]
    rows: Matrix
    """(questions, candidates, features)"""
    real: Mask
    right: Mask
    counted: Mask


def stacked(examples: Sequence[Example]) -> Stack:
    """Return the examples side by side."""
    longest = max(len(one.rows) for one in examples)
    width = examples[0].rows.shape[1]
    rows = np.zeros((len(examples), longest, width))
    real, right, counted = (np.zeros((len(examples), longest), np.bool_) for _ in range(3))
    for index, one in enumerate(examples):
        count = len(one.rows)
        # A constant added to all candidates of a question changes no softmax.
        rows[index, :count] = one.rows - one.rows.mean(axis=0)
        real[index, :count] = True
        right[index, :count] = one.right
        counted[index, :count] = one.right if one.counted is None else one.counted
    return Stack(np.array([one.article for one in examples]), rows, real, right, counted)


def spread(stack: Stack) -> Matrix:
    """Return the spread of each feature within a question, over all questions."""
    squares = np.square(stack.rows).sum(axis=(0, 1)) / stack.real.sum()
    deviations: Matrix = np.sqrt(squares) + 1e-9
    return deviations


def learned(
    stack: Stack, columns: Sequence[int] | None = None, *, without: str | None = None
) -> Matrix:
    """Return the weights of some features, in the features' own units.

    Args:
        stack: The questions.
        columns: Which features; null for all.
        without: An article whose questions are left out.
    """
    chosen = list(range(stack.rows.shape[2])) if columns is None else list(columns)
    scale = spread(stack)[chosen]
    kept = stack.right.any(axis=1) & (stack.articles != (without or ""))
    rows = stack.rows[kept][:, :, chosen] / scale
    real, right = stack.real[kept], stack.right[kept]
    weights = np.zeros(len(chosen))
    for _ in range(_STEPS):
        shares = _shares(rows @ weights, real)
        wanted = _shares(rows @ weights, right)
        mean = np.einsum("nc,ncf->nf", shares, rows)
        gradient = (np.einsum("nc,ncf->nf", wanted, rows) - mean).mean(axis=0)
        curvature = np.einsum("nc,ncf,ncg->fg", shares, rows, rows, optimize=True) / len(rows)
        curvature -= mean.T @ mean / len(rows)
        curvature += _PENALTY * np.eye(len(chosen))
        step = np.linalg.solve(curvature, gradient - _PENALTY * weights)
        before = _likelihood(rows, real, right, weights)
        # Far from the best weights a full step may lead away from them.
        while _likelihood(rows, real, right, weights + step) < before and np.abs(step).max() > _END:
            step /= 2
        if np.abs(step).max() <= _END:
            break
        weights += step
    found: Matrix = weights / scale
    return found


def evaluated(stacks: Stack | Mapping[str, Stack], columns: Sequence[int]) -> dict[str, float]:
    """Return recall and mean reciprocal rank under weights learned without the question's article.

    Args:
        stacks: The questions, or those as the fold of each article sees them.
        columns: Which features.
    """
    ranks: list[float] = []
    folds = stacks if isinstance(stacks, Mapping) else dict.fromkeys(stacks.articles, stacks)
    for article, stack in folds.items():
        weights = learned(stack, columns, without=article)
        own = stack.articles == article
        scores = stack.rows[own][:, :, list(columns)] @ weights
        ranks += _ranks(np.where(stack.real[own], scores, -np.inf), stack.counted[own])
    found = np.array(ranks)
    recalls = {f"recall@{k}": round(float((found <= k).mean()), 4) for k in (1, 3, 5, 10)}
    return {**recalls, "mrr@10": round(float(np.where(found <= 10, 1 / found, 0).mean()), 4)}


def _likelihood(rows: Matrix, real: Mask, right: Mask, weights: Matrix) -> float:
    scores = rows @ weights
    gained = _logarithm_of_sum(scores, right) - _logarithm_of_sum(scores, real)
    return float(gained.mean() - _PENALTY * weights @ weights / 2)


def _logarithm_of_sum(scores: Matrix, chosen: Mask) -> Matrix:
    kept = np.where(chosen, scores, -np.inf)
    highest = kept.max(axis=1)
    total: Matrix = highest + np.log(np.exp(kept - highest[:, None]).sum(axis=1))
    return total


def _shares(scores: Matrix, chosen: Mask) -> Matrix:
    shares: Matrix = np.exp(
        np.where(chosen, scores, -np.inf) - _logarithm_of_sum(scores, chosen)[:, None]
    )
    return shares


def _ranks(scores: Matrix, right: Mask) -> list[float]:
    order = np.argsort(-scores, axis=1, kind="stable")
    sorted_right = np.take_along_axis(right, order, axis=1)
    first = np.where(sorted_right.any(axis=1), sorted_right.argmax(axis=1) + 1.0, np.inf)
    ranks: list[float] = first.tolist()
    return ranks
