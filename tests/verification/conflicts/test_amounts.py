"""Which figures can both be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verification.conflicts.amounts import agree
from rag.verification.figures.quantities import quantities_of
from rag.verification.figures.quantity import Quantity


def figure(text: str) -> Quantity:
    return quantities_of(f"It was {text} in all.")[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 people", "twelve people"),
        ("more than 10,000 homes", "12,400 homes"),
        ("fewer than 50 homes", "42 homes"),
        ("about 600 homes", "640 homes"),
        ("$1.13bn", "$1.1 billion"),
        ("10 kilometres", "6.2 miles"),
        ("90 minutes", "1.5 hours"),
        ("64 percent", "64%"),
    ],
)
def test_they_can(one: str, other: str) -> None:
    assert agree(figure(one), figure(other))
    assert agree(figure(other), figure(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 people", "15 people"),
        ("more than 200 homes", "150 homes"),
        ("$420 million", "$510 million"),
        ("$5 million", "5 million euros"),
        ("10 kilometres", "10 miles"),
        ("54%", "49.2 percent"),
    ],
)
def test_they_can_not(one: str, other: str) -> None:
    assert not agree(figure(one), figure(other))


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_order_does_not_matter(one: int, other: int) -> None:
    first, second = figure(f"{one:,} people"), figure(f"{other:,} people")
    assert agree(first, second) == agree(second, first)
