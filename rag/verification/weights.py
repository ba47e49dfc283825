"""What each feature of a claim is worth, learned, and from where a doubt counts."""

import math

from rag.verification.features import Features

_BIAS = -2.05
_WEIGHTS = {
    "name": 2.74,
    "number": 2.32,
    "quotation": 3.70,
    "negation": 2.22,
    "role": 2.75,
    "attribution": 1.72,
    "described": 1.59,
    "unattributed": 0.20,
    "condition": 0.83,
    "certainty": 2.77,
    "bound": 0.36,
    "missing": 0.00,
    "missing_here": 0.58,
    "missing_main": 0.00,
    "missing_share": 0.00,
    "tail": 1.13,
    "exchanged": 0.00,
    "edited": 1.57,
    "edited_missing": 0.14,
    "moved": 0.04,
    "moved_freely": 0.41,
}
"""Of a logistic regression without negative weights: nothing found wrong may speak for a claim.

Learned and cross-validated by article with `bench/fit_verdicts.py`, which prints this table.
"""
PARTIAL_FROM = 0.34
"""Probability of an alteration from which a claim is not called supported: where, in
cross-validation, both kinds of error come closest to their targets (85 % and 90 %)."""
UNSUPPORTED_FROM = 0.6
"""From there, a claim is rather altered than not; between the two, it is partly supported."""


def doubt_of(features: Features) -> float:
    """Return how probable it is, from 0 to 1, that a claim says something else."""
    total = _BIAS + sum(weight * getattr(features, name) for name, weight in _WEIGHTS.items())
    return 1 / (1 + math.exp(-total))
