"""Figures in all the ways that newspapers write them."""

import pytest

from rag.verification.figures.agreement import agree
from rag.verification.figures.quantities import quantities_of


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("1.2 million people", "plain", 1_200_000, ""),
        ("1,200,000 people", "plain", 1_200_000, ""),
        ("$118m", "money", 118e6, "dollar"),
        ("118 million dollars", "money", 118e6, "dollar"),
        ("£3.7bn", "money", 3.7e9, "pound"),
        ("a $212-million deal", "money", 212e6, "dollar"),
        ("76%", "percent", 76, "percent"),
        ("fourteen per cent", "percent", 14, "percent"),
        ("half of them", "percent", 50, "half"),
        ("a quarter of them", "percent", 25, "half"),
        ("one in five children", "percent", 20, "half"),
        ("twenty-one men", "plain", 21, ""),
        ("five thousand", "plain", 5000, ""),
        ("a million", "plain", 1e6, ""),
        ("a dozen eggs", "plain", 12, ""),
        ("three weeks", "plain", 3, "week"),
        ("half a million men", "plain", 500_000, ""),
        ("a quarter of a million", "plain", 250_000, ""),
        ("half a dozen eggs", "plain", 6, ""),
        ("half a billion dollars", "money", 5e8, "dollar"),
        ("a stake of one-fifth", "percent", 20, "half"),
        ("a mere tenth of it", "percent", 10, "half"),
        ("every third child", "percent", 100 / 3, "half"),
        ("the past decade", "plain", 1, "decade"),
        ("the third time", "ordinal", 3, ""),
        ("the twenty-first month", "ordinal", 21, ""),
        ("back to the 1500s", "ordinal", 16, ""),
        ("in the 1990s", "year", 1990, ""),
        ("ranked 158th", "ordinal", 158, ""),
        ("twice", "multiple", 2, ""),
        ("it doubled", "multiple", 2, ""),
        ("in 2004", "year", 2004, ""),
        ("on Friday", "weekday", 0, "fri"),
        ("in May", "month", 5, ""),
        ("hundreds", "vague", 100, ""),
    ],
)
def test_a_figure_is_read(text: str, kind: str, value: float, unit: str) -> None:
    (found,) = quantities_of(text)
    assert (found.kind, found.value, found.unit) == (kind, value, unit)


@pytest.mark.parametrize("text", ["It may rain", "no one came", "one of them", "They march on"])
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert quantities_of(text) == ()


@pytest.mark.parametrize("text", ["5 March", "March 5", "March 5th", "the 5th of March"])
def test_a_date_is_a_day_and_a_month_in_any_order(text: str) -> None:
    found = {(one.kind, one.value) for one in quantities_of(text)}
    assert found == {("day", 5), ("month", 3)}


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("more than 100", {"least"}),
        ("up to 100", {"most"}),
        ("no more than 100", {"most"}),
        ("about 100", {"about"}),
        ("nearly $100", {"most", "about"}),
        ("60 or over", {"least"}),
        ("100", set()),
    ],
)
def test_bounds_are_read(text: str, bounds: set[str]) -> None:
    (found,) = quantities_of(text)
    assert found.bounds == bounds


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("$118m", "118 million dollars"),
        ("three", "3"),
        ("about 600", "612"),
        ("more than 1,400", "1,466"),
        ("nearly 3,000", "2,958"),
        ("1.4 kilometres", "1,400 metres"),
        ("£3.10", "310 pence"),
        ("two weeks", "a fortnight"),
        ("half", "50%"),
        ("about two thirds", "66 percent"),
        ("double", "twice"),
    ],
)
def test_figures_that_say_the_same_agree(claim: str, source: str) -> None:
    (one,), (other,) = quantities_of(claim), quantities_of(source)[:1]
    assert agree(one, other)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("600", "612"),
        ("about 600", "900"),
        ("over 70", "over 80"),
        ("$5m", "£5m"),
        ("5%", "5 people"),
        ("third", "three"),
        ("three weeks", "three days"),
        ("2004", "2005"),
        ("Friday", "Monday"),
        ("nearly 3,000", "3,100"),
    ],
)
def test_figures_that_differ_do_not_agree(claim: str, source: str) -> None:
    (one,), (other,) = quantities_of(claim), quantities_of(source)
    assert not agree(one, other)


@pytest.mark.parametrize("text", ["1038–40", "1038-40"])
def test_the_second_year_of_a_range_may_be_short(text: str) -> None:
    assert [(one.kind, one.value) for one in quantities_of(text)] == [
        ("year", 1038),
        ("year", 1040),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ten years", "the worst in a decade", True),
        ("nine years", "the worst in a decade", False),
        ("16.60", "16.60 euros", True),
        ("600", "600 euros", False),
        ("the 1500s", "the sixteenth century", True),
        ("every second worker", "half of the workers", True),
    ],
)
def test_spans_shares_and_bare_amounts_agree(one: str, other: str, same: bool) -> None:
    (first,), (second,) = quantities_of(one), quantities_of(other)
    assert agree(first, second) is same
