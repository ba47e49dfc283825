"""Learn `rag/verification/rules/weights.py`: how much each feature tells against a claim.

Usage: python -m bench.fit_verdicts CLAIMS ARTICLES… [--and CLAIMS ARTICLES…]

A logistic regression whose weights are not negative: nothing that is found wrong, nor a word that
is missing, may speak for a claim. Every claim is judged by weights learned from other writers'
claims (the letter of its id), since each writer has ways to paraphrase of his own. Prints the
errors by kind of alteration at the threshold that comes nearest to both targets, then the table of
weights learned from all.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.faults import run
from rag.evaluation.claims import Claim, ClaimChecker, load_claims
from rag.evaluation.significance import auc
from rag.verification.rules.features import FEATURES
from rag.verification.verdict import examine, is_word_for_word

Floats = NDArray[np.float64]

_RIDGE = 1.0
"""L2 penalty: from 0.3 to 3 the cross-validated AUC moves by less than 0.003."""
_STEPS = 60
_FAITHFUL, _ALTERED = 0.85, 0.90
"""Targets: faithful claims supported, altered ones not."""
_MAX_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as the regression sees it."""

    writer: str
    how: str
    altered: bool
    features: Sequence[float]


def main() -> None:
    """Read claims, cross-validate, print."""
    rows = [row for part in _parts(sys.argv[1:]) for row in _rows(part)]
    features = np.array([row.features for row in rows])
    altered = np.array([row.altered for row in rows], np.float64)
    doubts = _cross_validated(rows, features, altered)
    threshold = _report(rows, doubts, altered)
    bias, *weights = fit(features, altered)
    print(f"\nPARTIAL_FROM = {threshold:.2f}\n_BIAS = {bias:.2f}")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')


def _parts(words: Sequence[str]) -> Iterator[Sequence[Path]]:
    part: list[Path] = []
    for word in words:
        if word == "--and":
            yield part
            part = []
        else:
            part.append(Path(word))
    yield part


def _rows(part: Sequence[Path]) -> Iterator[Row]:
    claims, *articles = part
    checker = ClaimChecker(articles, _MAX_BYTES)
    for claim in load_claims(claims):
        source = checker.source(claim)
        if not is_word_for_word(claim.claim, [source]):
            values = astuple(examine(claim.claim, [source]).features)
            yield Row(claim.id.partition("-")[0], claim.how, _is_altered(claim), values)


def _is_altered(claim: Claim) -> bool:
    return claim.label != "supported"


def fit(features: Floats, altered: Floats) -> Floats:
    """Return the bias and the weights; those that would be negative are left out, so zero."""
    inputs = np.column_stack([np.ones(len(features)), features])
    active = np.ones(inputs.shape[1], bool)
    while True:
        weights = np.zeros(inputs.shape[1])
        weights[active] = _newton(inputs[:, active], altered)
        negative = weights[1:] < 0
        if not negative.any():
            return weights
        active[1:] &= ~negative


def _newton(inputs: Floats, altered: Floats) -> Floats:
    ridge = np.eye(inputs.shape[1]) * _RIDGE
    ridge[0, 0] = 1e-6  # the bias is free
    weights = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        doubts = _sigmoid(inputs @ weights)
        slope = inputs.T @ (doubts - altered) + ridge @ weights
        curve = (inputs.T * (doubts * (1 - doubts))) @ inputs + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def _sigmoid(values: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-values))
    return result


def _cross_validated(rows: Sequence[Row], features: Floats, altered: Floats) -> Floats:
    writers = np.array([row.writer for row in rows])
    doubts = np.zeros(len(rows))
    for writer in sorted(set(writers)):
        own = writers == writer
        bias, *weights = fit(features[~own], altered[~own])
        doubts[own] = _sigmoid(bias + features[own] @ np.array(weights))
    return doubts


def _report(rows: Sequence[Row], doubts: Floats, altered: Floats) -> float:
    def shares(threshold: float) -> tuple[float, float]:
        faithful = float((doubts[altered == 0] < threshold).mean())
        return faithful, float((doubts[altered == 1] >= threshold).mean())

    def margin(threshold: float) -> float:
        faithful, caught = shares(threshold)
        return min(faithful - _FAITHFUL, caught - _ALTERED)

    threshold = max((float(step) for step in np.linspace(0.02, 0.98, 97)), key=margin)
    faithful, caught = shares(threshold)
    area = auc(doubts[altered == 1].tolist(), doubts[altered == 0].tolist()) or 0.0
    print(f"{len(rows)} claims, AUC {area:.3f}; at {threshold:.2f}:")
    print(f"faithful, supported {faithful:.3f}; altered, not supported {caught:.3f}")
    right = defaultdict(list)
    for row, doubt in zip(rows, doubts, strict=True):
        right[row.how].append((doubt >= threshold) == row.altered)
    for how, each in sorted(right.items()):
        print(f"  {how:12} {sum(each):4} of {len(each):4} right")
    return threshold


if __name__ == "__main__":
    run(main)
