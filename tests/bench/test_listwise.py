"""Learning to rank: what is learned, and that no question is scored by what it taught."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.listwise import Example, evaluated, learned, stacked

CANDIDATES = 6


def example(
    article: str, seed: int, *, right: str = "highest", candidates: int = CANDIDATES
) -> Example:
    """Return a question of two features: the first tells which candidate is right."""
    chance = np.random.default_rng(seed)
    rows = chance.standard_normal((candidates, 2))
    place = rows[:, 0].argmax() if right == "highest" else rows[:, 0].argmin()
    chosen = np.arange(candidates) == place
    return Example(article, rows, chosen if right != "none" else np.zeros(candidates, np.bool_))


def examples(article: str, count: int = 12, right: str = "highest") -> list[Example]:
    seeds = range(1000 * ord(article), 1000 * ord(article) + count)
    return [example(article, seed, right=right) for seed in seeds]


SOUND = [*examples("a"), *examples("b"), *examples("c")]


def test_the_weight_that_tells_is_learned_and_the_other_is_small() -> None:
    telling, idle = learned(stacked(SOUND))
    assert telling > 3
    assert abs(idle) < telling / 5


@pytest.mark.parametrize("factor", [0.01, 100.0])
def test_weights_are_in_the_features_own_units(factor: float) -> None:
    scaled = [Example(one.article, one.rows * np.array([factor, 1]), one.right) for one in SOUND]
    telling, idle = learned(stacked(SOUND))
    assert learned(stacked(scaled)) == pytest.approx([telling / factor, idle], rel=1e-3)


@given(st.lists(st.floats(-50, 50), min_size=len(SOUND), max_size=len(SOUND)))
def test_what_all_candidates_of_a_question_have_teaches_nothing(shifts: list[float]) -> None:
    moved = [
        Example(one.article, one.rows + shift, one.right)
        for one, shift in zip(SOUND, shifts, strict=True)
    ]
    assert learned(stacked(moved)) == pytest.approx(learned(stacked(SOUND)), abs=1e-3)


def test_a_shorter_list_is_as_good_as_one_filled_up() -> None:
    short = [example("a", seed, candidates=3) for seed in range(20)]
    among_longer = learned(stacked([*short, *SOUND]), without="b")
    alone = learned(stacked(short))
    assert np.isfinite(among_longer).all()
    assert alone[0] > 3
    assert evaluated(stacked([*short, *SOUND]), [0])["recall@1"] == 1


def test_chosen_features_are_learned_alone() -> None:
    assert learned(stacked(SOUND), [1]).shape == (1,)
    assert evaluated(stacked(SOUND), [0])["recall@1"] == 1
    assert evaluated(stacked(SOUND), [1])["recall@1"] < 0.5


def test_no_question_is_scored_by_what_its_own_article_taught() -> None:
    # An article whose labels are reversed, with more questions than all others together: with them
    # it would be right, without them it is wrong, and so are the others, which learn from it.
    turned = examples("z", count=2 * len(SOUND), right="lowest")
    together = stacked([*SOUND, *turned])
    assert learned(together)[0] < 0 < learned(together, without="z")[0]
    assert evaluated(stacked(SOUND), [0])["recall@1"] == 1
    assert evaluated(together, [0])["recall@1"] == 0


def test_an_article_is_scored_by_the_questions_of_its_own_fold() -> None:
    sound, turned = stacked(SOUND), stacked([*examples("a", right="lowest"), *SOUND[12:]])
    folds = {"a": turned, "b": sound, "c": sound}
    assert evaluated(folds, [0])["recall@1"] == pytest.approx(2 / 3, abs=1e-4)


def test_a_question_without_a_right_candidate_teaches_nothing_and_counts_as_missed() -> None:
    hopeless = examples("n", count=len(SOUND), right="none")
    together = stacked([*SOUND, *hopeless])
    assert learned(together) == pytest.approx(learned(stacked(SOUND)), rel=0.2)
    assert evaluated(together, [0]) == {
        "recall@1": 0.5,
        "recall@3": 0.5,
        "recall@5": 0.5,
        "recall@10": 0.5,
        "mrr@10": 0.5,
    }


def ranked(place: int, count: int = 20) -> Example:
    """Return a question whose right candidate is at this place by the one feature."""
    rows = -np.arange(count, dtype=np.float64)[:, None]
    return Example(f"rank {place}", rows, np.arange(count) == place - 1)


def test_ranks_are_counted_from_one() -> None:
    # Two articles teach that more is better, whichever one is left out. The third's list is short:
    # what fills it up is no candidate, so the last of three has rank 3.
    first = [example(article, seed, candidates=20) for article in "ab" for seed in range(20)]
    one = [Example(each.article, each.rows[:, :1], each.right) for each in first]
    taught = [*one, ranked(3, count=3), ranked(11)]
    found = evaluated(stacked(taught), [0])
    assert found["recall@1"] == pytest.approx(40 / 42, abs=1e-4)
    assert found["recall@3"] == found["recall@5"] == found["recall@10"]
    assert found["recall@3"] == pytest.approx(41 / 42, abs=1e-4)
    assert found["mrr@10"] == pytest.approx((40 + 1 / 3) / 42, abs=1e-4)


def test_what_is_learned_from_may_be_less_than_what_is_counted() -> None:
    taught = [Example(one.article, one.rows, one.right, counted=~one.right) for one in SOUND]
    found = evaluated(stacked(taught), [0])
    assert (found["recall@1"], found["recall@3"]) == (0, 1)
    assert learned(stacked(taught))[0] == learned(stacked(SOUND))[0]
