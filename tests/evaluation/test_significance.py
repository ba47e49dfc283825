"""Intervals, paired tests and the worth of a confidence: against known values, and repeatable."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.significance import auc, coverage_accuracy, interval, paired_p

SHARES = st.lists(st.floats(0, 1), min_size=2, max_size=30)


@given(SHARES)
def test_an_interval_holds_the_mean_and_is_the_same_again(values: list[float]) -> None:
    found = interval(values)
    assert found is not None
    low, high = found
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert low - 1e-9 <= sum(values) / len(values) <= high + 1e-9
    assert interval([*values, None]) == found


def test_an_interval_is_about_as_wide_as_theory_says() -> None:
    values = [1.0] * 300 + [0.0] * 100
    found = interval(values)
    assert found is not None
    # Wald's interval for a share of 0.75 among 400: 0.75 ± 1.96 · √(0.75 · 0.25 / 400).
    assert found == pytest.approx((0.7076, 0.7924), abs=0.006)


def test_one_value_has_no_interval() -> None:
    assert interval([1.0, None]) is None
    assert interval([]) is None


def test_memory_for_an_interval_does_not_grow_with_the_questions() -> None:
    assert interval(np.ones(20_000).tolist()) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [
        # McNemar's exact test, two-sided: 2 · P(X ≤ k) for X ~ Binomial(n, 1/2).
        (5, 0, 2 / 32),
        (6, 0, 2 / 64),
        (6, 1, 2 * 8 / 128),
        (1, 1, 1.0),
        (0, 0, 1.0),
    ],
)
def test_of_few_changed_questions_the_test_is_exact(better: int, worse: int, p: float) -> None:
    before = [0.0] * better + [1.0] * worse + [1.0] * 20
    after = [1.0] * better + [0.0] * worse + [1.0] * 20
    assert paired_p(before, after) == pytest.approx(p)
    assert paired_p(after, before) == pytest.approx(p)


def test_of_many_it_is_near_the_exact_one() -> None:
    before, after = [0.0] * 20 + [1.0] * 10, [1.0] * 20 + [0.0] * 10
    # McNemar's exact test of 20 against 10.
    assert paired_p(before, after) == pytest.approx(0.0987, abs=0.01)
    assert paired_p(before, after) == paired_p(before, after)
    assert paired_p([], []) is None


def test_the_area_under_the_curve_counts_pairs() -> None:
    assert auc([0.9, 0.8], [0.1, 0.2]) == 1
    assert auc([0.1], [0.9]) == 0
    assert auc([0.5, 0.9], [0.5, 0.1]) == pytest.approx((0.5 + 1 + 1 + 1) / 4)
    assert auc([], [0.5]) is auc([0.5], []) is None


def test_the_most_confident_answers_come_first() -> None:
    answered = [(0.9, 1.0), (0.8, 1.0), (0.6, 0.0), (0.6, 1.0)]
    assert coverage_accuracy(answered, 8) == [(1 / 8, 1.0), (2 / 8, 1.0), (4 / 8, 3 / 4)]
    assert coverage_accuracy([], 8) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0])), min_size=1))
def test_the_curve_ends_at_all_that_was_answered(answered: list[tuple[float, float]]) -> None:
    points = coverage_accuracy(answered, len(answered) * 2)
    coverages = [coverage for coverage, _ in points]
    assert coverages == sorted(set(coverages))
    assert points[-1] == pytest.approx((0.5, sum(one for _, one in answered) / len(answered)))
