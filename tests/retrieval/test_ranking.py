"""The order of the candidates: what no learned weight may break."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rag.models.embedder import Floats
from rag.retrieval.ranking import (
    FIRST_WEIGHTS,
    HEADLINE_PENALTY,
    PARAGRAPH_WEIGHTS,
    SENTENCE_WEIGHTS,
    first_scores,
    fused_scores,
    probability,
    sentence_scores,
)
from rag.retrieval.word_matches import WordMatches
from tests.support.features import (
    PARAGRAPH_NAMES,
    SENTENCE_NAMES,
    paragraph_features,
    sentence_features,
)

VALUES = st.integers(0, 100).map(lambda number: number / 100)
WIDTH = len(PARAGRAPH_WEIGHTS)
ROWS = st.tuples(*[VALUES] * WIDTH)
LOWER_IS_BETTER = {name for name, weight in PARAGRAPH_WEIGHTS.items() if weight < 0}
Row = tuple[float, ...]


def fused(rows: Sequence[Row], headlines: Sequence[bool] | None = None) -> list[float]:
    """Return the scores of candidates, a row of the weighed features each."""
    columns = np.array(rows, np.float32).reshape(-1, WIDTH).T
    named = dict(zip(PARAGRAPH_WEIGHTS, columns.tolist(), strict=True))
    marked = [False] * len(rows) if headlines is None else headlines
    scores: list[float] = fused_scores(paragraph_features(len(rows), **named), marked).tolist()
    return scores


def test_every_weight_is_of_a_feature() -> None:
    assert PARAGRAPH_WEIGHTS.keys() <= set(PARAGRAPH_NAMES)
    beside = {"paragraph", "holds_kind", "speaks"}
    assert SENTENCE_WEIGHTS.keys() - beside <= set(SENTENCE_NAMES)


@given(st.lists(ROWS, min_size=1, max_size=8), st.integers(0, 99))
def test_scores_belong_to_candidates_not_to_places(rows: list[Row], seed: int) -> None:
    places = list(range(len(rows)))
    random.Random(seed).shuffle(places)
    scores, shuffled = fused(rows), fused([rows[place] for place in places])
    assert shuffled == pytest.approx([scores[place] for place in places], abs=1e-3)


@given(
    ROWS,
    st.tuples(*[st.integers(0, 50).map(lambda n: n / 100)] * WIDTH),
    st.lists(ROWS, max_size=6),
)
def test_who_is_better_in_everything_stays_ahead_whoever_else_is_found(
    row: Row, ahead: Row, others: list[Row]
) -> None:
    better = tuple(
        value - more if name in LOWER_IS_BETTER else value + more
        for name, value, more in zip(PARAGRAPH_WEIGHTS, row, ahead, strict=True)
    )
    scores = fused([row, better, *others])
    assert scores[1] >= scores[0] - 1e-4
    assert scores[:2] == pytest.approx(fused([row, better]), abs=1e-4)


def test_candidates_that_are_alike_score_alike_and_none_score_nothing() -> None:
    row = (0.5,) * WIDTH
    assert fused([row, row]) == fused([row]) * 2
    assert fused([]) == []


def test_a_headline_gives_way_to_the_paragraph_that_is_as_good() -> None:
    headline, body = fused([(0.5,) * WIDTH] * 2, [True, False])
    assert body - headline == pytest.approx(HEADLINE_PENALTY)


SHARES = st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8)


def first(rows: Sequence[tuple[float, float, float]]) -> Floats:
    """Return the rough scores of candidates: cosine, phrases and proximity of each."""
    similarity, phrases, proximity = np.array(rows, np.float32).T
    none = np.zeros(0, np.float32)
    words = WordMatches(proximity, phrases, none, none, none, np.zeros(0, np.intp))
    return first_scores(similarity, words)


@given(SHARES, st.integers(0, 7), st.integers(0, 2))
def test_the_first_look_prefers_what_is_nearer_or_holds_more(
    rows: list[tuple[float, float, float]], place: int, column: int
) -> None:
    assume(place < len(rows))
    raised = [list(row) for row in rows]
    raised[place][column] += 0.1
    gained = first([(a, b, c) for a, b, c in raised]) - first(rows)
    weight = list(FIRST_WEIGHTS.values())[column]
    assert gained[place] == pytest.approx(0.1 * weight, abs=1e-3)
    assert gained[place] > 0
    assert np.delete(gained, place) == pytest.approx(0, abs=1e-6)


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
    SHARES,
    st.floats(-9, 9, width=32),
    st.integers(0, 7),
    st.sampled_from(["holds_kind", "speaks"]),
)
def test_a_sentence_gains_what_it_holds_and_no_other_changes(
    rows: list[tuple[float, float, float]], paragraph: float, place: int, what: str
) -> None:
    assume(place < len(rows))
    similarity, interaction, coverage = np.array(rows, np.float32).T.tolist()
    features = sentence_features(
        len(rows), similarity=similarity, interaction=interaction, coverage=coverage
    )
    no = [False] * len(rows)
    yes = [index == place for index in range(len(rows))]
    before = sentence_scores(features, paragraph, no, no)
    after = sentence_scores(
        features, paragraph, *((yes, no) if what == "holds_kind" else (no, yes))
    )
    gained = np.zeros(len(rows))
    gained[place] = SENTENCE_WEIGHTS[what]
    assert after - before == pytest.approx(gained, abs=1e-4)


def test_a_better_paragraph_lifts_all_its_sentences_alike() -> None:
    features = sentence_features(2, similarity=[0.1, 0.9])
    no = [False, False]
    gained = sentence_scores(features, 3.0, no, no) - sentence_scores(features, 1.0, no, no)
    assert gained == pytest.approx([2 * SENTENCE_WEIGHTS["paragraph"]] * 2)
