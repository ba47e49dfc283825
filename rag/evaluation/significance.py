"""How sure a figure is: intervals, paired tests, and what a confidence is worth. All repeatable."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
"""Enough for two digits of a 95 % interval (Efron and Tibshirani, 1993, ask for 1,000)."""
PERMUTATIONS = 10_000
_SEED = 20_241_109
_EXACT = 12
"""Up to so many questions that differ, every assignment of signs is tried."""
_BLOCK = 500_000
"""Random numbers drawn at once: what keeps the memory flat."""
_CURVE_POINTS = 40
_confidence = itemgetter(0)

Interval = tuple[float, float]
Floats = NDArray[np.float64]


def interval(values: Iterable[float | None]) -> Interval | None:
    """Return the 95 % bootstrap interval of a mean; null where there are fewer than two values."""
    measured = np.array([value for value in values if value is not None], np.float64)
    if measured.size < 2:
        return None
    random = np.random.default_rng(_SEED)
    rows = max(1, _BLOCK // measured.size)
    means = []
    for begun in range(0, RESAMPLES, rows):
        count = min(rows, RESAMPLES - begun)
        drawn = random.integers(0, measured.size, (count, measured.size), dtype=np.int32)
        means.append(measured[drawn].mean(axis=1))
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return float(low), float(high)


def paired_p(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Return how likely a difference of means at least this large is by chance alone.

    A two-sided permutation test: under the null hypothesis each question's difference may as well
    have the other sign. Exact where few questions differ. Null where nothing was measured.
    """
    if not before:
        return None
    differences = np.subtract(after, before)
    differences = differences[np.abs(differences) > 1e-12]
    if not differences.size:
        return 1.0
    observed = abs(differences.sum()) - 1e-9
    if differences.size <= _EXACT:
        signs = 1 - 2 * (np.arange(2**differences.size)[:, None] >> np.arange(differences.size) & 1)
        return float((np.abs(signs @ differences) >= observed).mean())
    random = np.random.default_rng(_SEED)
    rows = max(1, _BLOCK // differences.size)
    reached = 0
    for begun in range(0, PERMUTATIONS, rows):
        count = min(rows, PERMUTATIONS - begun)
        drawn = random.integers(0, 2, (count, differences.size), dtype=np.int8) * 2 - 1
        reached += int((np.abs(drawn @ differences) >= observed).sum())
    return (reached + 1) / (PERMUTATIONS + 1)


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Return how likely a positive's value is above a negative's: the area under the ROC curve."""
    if not positives or not negatives:
        return None
    low = np.sort(np.array(negatives))
    below = np.searchsorted(low, positives, side="left")
    upto = np.searchsorted(low, positives, side="right")
    return float((below + upto).sum() / 2 / len(positives) / len(negatives))


def coverage_accuracy(answered: Iterable[tuple[float, float]], n: int) -> list[tuple[float, float]]:
    """Return how right the answers are if only the most confident ones are given.

    Args:
        answered: Confidence and rightness of every answer that was given.
        n: How many questions there were; the rest was declined.

    Returns:
        Pairs of coverage (share of the questions answered) and accuracy (share of those right),
        from the most confident ones to all.
    """
    points, given, right = [], 0, 0.0
    # Equal confidences can't be told apart by a floor: they make one point.
    for _, equal in groupby(sorted(answered, key=_confidence, reverse=True), key=_confidence):
        rightness = [one[1] for one in equal]
        given, right = given + len(rightness), right + sum(rightness)
        points.append((given / n, right / given))
    return points[: -1 : max(1, len(points) // _CURVE_POINTS)] + points[-1:]
