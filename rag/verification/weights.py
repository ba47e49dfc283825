"""What each feature of a claim is worth, learned, and from where a doubt counts."""

import math

from rag.verification.features import Features

_BIAS = -1.99
_WEIGHTS = {
    "name": 3.09,
    "number": 3.37,
    "quotation": 3.70,
    "negation": 3.34,
    "role": 2.85,
    "attribution": 2.06,
    "described": 1.81,
    "unattributed": 0.76,
    "condition": 1.40,
    "certainty": 3.68,
    "bound": 0.05,
    "missing_here": 0.57,
    "tail": 1.17,
    "exchanged": 0.19,
    "edited": 1.41,
    "edited_missing": 0.41,
    "moved": 0.09,
    "moved_freely": 0.36,
}
"""Of a logistic regression without negative weights: nothing found wrong may speak for a claim.

Learned and cross-validated by article with `bench/fit_verdicts.py`, which prints this table.
"""
PARTIAL_FROM = 0.32
"""Probability of an alteration from which a claim is not called supported: where, in
cross-validation, both kinds of error come closest to their targets (85 % and 90 %)."""
UNSUPPORTED_FROM = 0.6
"""From there, a claim is rather altered than not; between the two, it is partly supported."""


def doubt_of(features: Features) -> float:
    """Return how probable it is, from 0 to 1, that a claim says something else."""
    total = _BIAS + sum(weight * getattr(features, name) for name, weight in _WEIGHTS.items())
    return 1 / (1 + math.exp(-total))
