"""The metrics, one by one and as laws that hold for any retrieval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.dataset import Gold
from rag.evaluation.metrics import (
    RECALL_DEPTHS,
    Passage,
    citation_hit,
    citation_precision,
    citation_recall,
    contains_answer,
    discounted,
    first_gold_rank,
    gold_recall,
    is_right,
    mean,
    ndcg,
    percentile,
    quote_precision,
    quote_recall,
    recall_at,
    reciprocal_rank,
    squeeze,
    token_f1,
)
from tests.evaluation.makers import passage

WORDS = st.sampled_from(["a", "b", "a b", "b c", "c"])
PASSAGES = st.lists(WORDS, max_size=12).map(
    lambda texts: [passage(text, rank=rank) for rank, text in enumerate(texts, start=1)]
)
GOLD = st.lists(WORDS.map(lambda quote: Gold("a.txt", quote=quote)), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("ours", "theirs", "right"),
    [
        ("a.txt", "a.txt", True),
        ("news/a.txt", "news/a.txt", True),
        ("news/a.txt", "a.txt", True),
        ("a.txt", "seeds/a.txt", True),
        ("ba.txt", "a.txt", False),
        ("a.txt", "A.txt", False),
    ],
)
def test_the_file_is_compared_as_given_else_by_its_name(
    ours: str, theirs: str, right: bool
) -> None:
    assert is_right(passage("x", ours), Gold(theirs, quote="x")) is right


def test_a_url_or_a_record_names_the_source_as_well() -> None:
    url = "https://example.org/1"
    assert is_right(passage("x", url=url), Gold(url=url, quote="x"))
    assert is_right(passage("x", url=url), Gold("other.txt", url, "x"))
    assert not is_right(passage("x", url=None), Gold(url=url, quote="x"))
    assert is_right(passage("whatever", record="d1"), Gold(record="d1"))
    assert not is_right(passage("whatever", record="d2"), Gold(record="d1"))
    assert not is_right(passage("whatever", record=None), Gold(quote="whatever"))


def test_white_space_of_any_kind_is_one_blank() -> None:
    assert squeeze("\u2003a\u00a0\r\n\tb\u2028c ") == "a b c"
    assert is_right(passage("He said\nno\u00a0 more."), Gold("a.txt", quote="said  no more"))
    assert not is_right(passage("He said no more."), Gold("a.txt", quote="Said no more"))


@pytest.mark.parametrize(
    ("text", "answers", "found"),
    [
        ("It was AXIOS [1].", ["axios"], 1.0),
        ("In der STRASSE", ["straße"], 1.0),
        ("more than\n$118 [2] million", ["$118 million"], 1.0),
        ("It was there [2].", ["2"], 0.0),
        ("It was there.", ["here", "nowhere"], 1.0),
        ("It was there.", [], 0.0),
    ],
)
def test_the_answer_is_looked_for_in_the_text(text: str, answers: list[str], found: float) -> None:
    assert contains_answer(text, answers) == found


def test_citations_are_judged_against_each_gold_item() -> None:
    gold = [Gold("a.txt", quote="x"), Gold("a.txt", quote="y"), Gold("a.txt", quote="z")]
    cited = [passage("x and y"), passage("nothing")]
    assert citation_hit(cited, gold) == 1
    assert citation_recall(cited, gold) == pytest.approx(2 / 3)
    assert citation_precision(cited, gold) == pytest.approx(1 / 2)
    assert citation_hit([], gold) == 0
    assert citation_recall([], gold) == 0
    assert citation_precision([], gold) is None


def test_the_rank_counts_not_the_position() -> None:
    gold = [Gold("a.txt", quote="x")]
    assert first_gold_rank([passage("x", rank=7), passage("x", rank=3)], gold) == 3
    assert first_gold_rank([passage("y")], gold) is None


@pytest.mark.parametrize(("rank", "share"), [(1, 1), (2, 0.5), (10, 0.1), (11, 0), (None, 0)])
def test_the_reciprocal_rank_ends_at_ten(rank: int | None, share: float) -> None:
    assert reciprocal_rank(rank) == pytest.approx(share)


@pytest.mark.parametrize(
    ("relevant", "ranking", "expected"),
    [
        # By trec_eval 9 (pytrec_eval-terrier 0.5.11, `nDCG@10` of ir_measures 0.4.3).
        ({"d1": 1, "d3": 1, "d9": 1}, ["d1", "d2", "d3", "d4"], 0.7039180890341347),
        ({"d2": 2, "d4": 1, "d7": 1}, ["d4", "d1", "d2", "d3", "d5"], 0.6387878864795979),
        ({"x": 1}, ["y", "z"], 0.0),
        (dict.fromkeys("abcdefghijkl", 1), list("acegik"), 0.727329844310522),
    ],
)
def test_ndcg_is_that_of_trec_eval(
    relevant: dict[str, float], ranking: list[str], expected: float
) -> None:
    gold = [Gold(record=name, grade=grade) for name, grade in relevant.items()]
    found = [passage(name, rank=rank, record=name) for rank, name in enumerate(ranking, start=1)]
    assert ndcg(found, gold) == pytest.approx(expected, abs=1e-12)


def test_the_discounted_gain_is_the_published_one() -> None:
    # The worked example of Wikipedia's "Discounted cumulative gain": 3, 2, 3, 0, 1, 2.
    gains = dict(enumerate([3, 2, 3, 0, 1, 2], start=1))
    assert discounted(gains) == pytest.approx(6.861, abs=5e-4)
    ideal = dict(enumerate([3, 3, 3, 2, 2, 2], start=1))
    assert discounted(gains) / discounted(ideal) == pytest.approx(0.785, abs=5e-4)


def test_two_gold_items_of_one_paragraph_count_once() -> None:
    gold = [Gold("a.txt", quote="x"), Gold("a.txt", quote="y")]
    assert ndcg([passage("x and y")], gold) == 1
    assert ndcg([passage("z", rank=1), passage("x", rank=2)], gold) < 1
    assert gold_recall([passage("x and y"), passage("z", rank=2)], gold, 1) == 1
    assert gold_recall([passage("z"), passage("x", rank=11)], gold, 10) == 0


@pytest.mark.parametrize(
    ("said", "answer", "expected"),
    [
        # By the rules of SQuAD's evaluate-v2.0.py: lower case, no punctuation, no articles.
        ("The Denver Broncos.", "Denver Broncos", 1.0),
        ("It was the Denver Broncos [1].", "Denver Broncos", 2 / 3),
        ("an U.S. win", "US", 2 / 3),
        ("Carolina", "Denver Broncos", 0.0),
        ("", "Denver", 0.0),
    ],
)
def test_token_f1_is_that_of_squad(said: str, answer: str, expected: float) -> None:
    assert token_f1(said, ["nobody", answer]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("quoted", "right"),
    [
        ("He spent more than $118 million.", True),
        ("spent more", True),
        ("He plans to lead a campaign.", False),
        ("million. He plans to lead a campaign.", False),
        ("than $118 million. He plans", True),
        ("", False),
    ],
)
def test_a_quotation_is_right_when_it_holds_gold_words(quoted: str, *, right: bool) -> None:
    text = "He spent more than $118  million. He plans to lead a campaign."
    gold = [Gold("a.txt", quote="spent more than $118 million")]
    cited = [passage(text, quote=quoted)]
    assert quote_precision(cited, gold) == float(right)
    assert quote_recall(cited, gold) == float(right)
    elsewhere = [passage(text, file="b.txt", quote=quoted)]
    assert quote_recall(elsewhere, gold) == 0


def test_gold_without_words_says_nothing_of_quotations() -> None:
    gold, cited = [Gold(record="d1")], [passage("x", quote="x", record="d1")]
    assert quote_precision(cited, gold) is quote_recall(cited, gold) is None
    assert quote_precision([], [Gold("a.txt", quote="x")]) is None


def test_percentiles_are_interpolated() -> None:
    assert percentile([4, None, 1, 3, 2], 0.5) == pytest.approx(2.5)
    assert percentile([5.0], 0.95) == 5
    assert percentile([None], 0.5) is None


def test_what_was_not_measured_does_not_count_as_zero() -> None:
    assert mean([1.0, None, 0.5]) == pytest.approx(0.75)
    assert mean([None]) is None
    assert mean([]) is None


@given(PASSAGES, GOLD)
def test_every_metric_is_a_share(passages: list[Passage], gold: list[Gold]) -> None:
    rank = first_gold_rank(passages, gold)
    values = [
        *(recall_at(depth, rank) for depth in RECALL_DEPTHS),
        reciprocal_rank(rank),
        citation_hit(passages, gold),
        citation_recall(passages, gold),
        citation_precision(passages, gold) or 0.0,
        ndcg(passages, gold),
        gold_recall(passages, gold, 10),
    ]
    assert all(value is not None and 0 <= value <= 1 for value in values)


@given(PASSAGES, GOLD)
def test_recall_grows_with_depth_and_bounds_the_reciprocal_rank(
    passages: list[Passage], gold: list[Gold]
) -> None:
    rank = first_gold_rank(passages, gold)
    recalls = [recall_at(depth, rank) for depth in RECALL_DEPTHS]
    assert recalls == sorted(recalls)
    assert recalls[0] <= reciprocal_rank(rank) <= recalls[-1]


@given(PASSAGES, GOLD)
def test_a_hit_is_the_same_as_some_recall_and_some_precision(
    passages: list[Passage], gold: list[Gold]
) -> None:
    hit = bool(citation_hit(passages, gold))
    assert hit == bool(citation_recall(passages, gold))
    assert hit == bool(citation_precision(passages, gold))


@given(
    st.lists(st.floats(0, 1e6), min_size=1),
    st.floats(0, 1, allow_subnormal=False),
    st.floats(0, 1, allow_subnormal=False),
)
def test_percentiles_lie_among_the_values_and_grow(
    values: list[float], one: float, other: float
) -> None:
    low, high = (percentile(values, share) for share in sorted((one, other)))
    assert low is not None
    assert high is not None
    tolerance = 1e-9 * max(values)
    assert min(values) <= low <= high + tolerance <= max(values) + 2 * tolerance
