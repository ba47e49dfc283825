"""The order of the candidates: what no learned weight may break."""

import random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.ranking import (
    HEADLINE_PENALTY,
    SENTENCE_WEIGHTS,
    fused_scores,
    probability,
    sentence_scores,
)
from rag.scoring import ParagraphFeatures, SentenceFeatures

VALUES = st.integers(0, 100).map(lambda number: number / 100)
ROWS = st.tuples(*[VALUES] * 7)


def candidate(row: tuple[float, ...]) -> ParagraphFeatures:
    """Return the features of a paragraph with one sentence."""
    one = [np.array([value], np.float32) for value in row[4:]]
    nothing = np.zeros(1, np.float32)
    sentences = SentenceFeatures(one[0], one[1], one[2], nothing, np.zeros((1, 2), np.float16))
    return ParagraphFeatures(row[0], row[1], row[2], row[3], sentences)


def fused(rows: list[tuple[float, ...]]) -> list[float]:
    scores: list[float] = fused_scores(
        [candidate(row) for row in rows], [False] * len(rows)
    ).tolist()
    return scores


@given(st.lists(ROWS, min_size=1, max_size=8), st.integers(0, 99))
def test_scores_belong_to_candidates_not_to_places(
    rows: list[tuple[float, ...]], seed: int
) -> None:
    places = list(range(len(rows)))
    random.Random(seed).shuffle(places)
    scores, shuffled = fused(rows), fused([rows[place] for place in places])
    assert shuffled == pytest.approx([scores[place] for place in places], abs=1e-3)


@given(
    ROWS, st.tuples(*[st.integers(0, 50).map(lambda n: n / 100)] * 7), st.lists(ROWS, max_size=6)
)
def test_who_is_better_in_everything_stays_ahead_whoever_else_is_found(
    row: tuple[float, ...], ahead: tuple[float, ...], others: list[tuple[float, ...]]
) -> None:
    better = tuple(value + more for value, more in zip(row, ahead, strict=True))
    scores = fused([row, better, *others])
    assert scores[1] >= scores[0] - 1e-4


def test_the_unit_of_a_feature_does_not_matter() -> None:
    rows = [(0.9, 8, 0.8, 1, 0.9, 0.8, 1), (0.7, 9, 0.9, 0.5, 0.7, 0.7, 0.5), (0.3, 1, *[0.2] * 5)]
    larger = [(row[0], 10 * row[1], *row[2:]) for row in rows]
    assert fused(larger) == pytest.approx(fused(rows), abs=1e-4)


def test_an_irrelevant_candidate_changes_no_order() -> None:
    rows = [(0.9, 8, 0.8, 1, 0.9, 0.8, 1), (0.7, 6, 0.6, 0.5, 0.7, 0.7, 0.5), (0.3, 1, *[0.2] * 5)]
    scores = fused([*rows, (0.0,) * 7])
    assert scores == sorted(scores, reverse=True)
    assert fused(rows) == sorted(fused(rows), reverse=True)


def test_candidates_that_are_alike_score_alike_and_one_alone_scores_nothing() -> None:
    row = (0.5, 3.0, 0.5, 0.5, 0.5, 0.5, 0.5)
    assert fused([row, row]) == [0.0, 0.0]
    assert fused([row]) == [0.0]
    assert fused([]) == []


def test_a_headline_gives_way_to_the_paragraph_that_is_as_good() -> None:
    same = [candidate((0.5, 3.0, 0.5, 0.5, 0.5, 0.5, 0.5))] * 2
    headline, body = fused_scores(same, [True, False])
    assert body - headline == pytest.approx(HEADLINE_PENALTY)


def test_the_best_sentence_counts_for_its_paragraph() -> None:
    nothing = np.zeros(3, np.float32)
    best = np.array([0.1, 0.9, 0.2], np.float32)
    sentences = SentenceFeatures(best, best, best, nothing, np.zeros((3, 2), np.float16))
    three = ParagraphFeatures(0.5, 0.0, 0.5, 0.5, sentences)
    one = candidate((0.5, 0.0, 0.5, 0.5, 0.9, 0.9, 0.9))
    assert fused_scores([three, one], [False, False]).tolist() == [0.0, 0.0]


@given(st.lists(st.floats(-1000, 1000, width=32), min_size=1, max_size=8), st.floats(-50, 50))
def test_probabilities_are_shares_in_the_order_of_the_scores(
    values: list[float], shift: float
) -> None:
    scores = np.array(values, np.float32)
    shares = probability(scores)
    assert shares.sum() == pytest.approx(1, abs=1e-4)
    assert ((shares >= 0) & (shares <= 1 + 1e-6)).all()
    assert (np.diff(shares[np.argsort(scores, kind="stable")]) >= -1e-7).all()
    moved = probability((scores + np.float32(shift)).astype(np.float32))
    assert moved == pytest.approx(shares, abs=1e-2)


def test_nothing_found_has_no_probabilities() -> None:
    assert probability(np.zeros(0, np.float32)).size == 0


@given(
    st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=5),
    st.floats(-9, 9, width=32),
    st.integers(0, 4),
    st.sampled_from(["holds_kind", "speaks"]),
)
def test_a_sentence_gains_what_it_holds_and_no_other_changes(
    rows: list[tuple[float, float, float]], paragraph: float, place: int, what: str
) -> None:
    assume(place < len(rows))
    count = len(rows)
    similarity, interaction, coverage = np.array(rows, np.float32).T
    nothing, vectors = np.zeros(count, np.float32), np.zeros((count, 2), np.float16)
    features = SentenceFeatures(similarity, interaction, coverage, nothing, vectors)
    no = [False] * count
    yes = [index == place for index in range(len(rows))]
    before = sentence_scores(features, paragraph, no, no)
    after = sentence_scores(
        features, paragraph, *((yes, no) if what == "holds_kind" else (no, yes))
    )
    gained = np.zeros(len(rows))
    gained[place] = SENTENCE_WEIGHTS[what]
    assert after - before == pytest.approx(gained, abs=1e-4)
