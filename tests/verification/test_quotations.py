"""Quotations are compared letter by letter."""

import pytest

from rag.verification.quotations import check_quotations, quotations_of

SAID = "“We won’t stop – ever,” he told Axios. “The plan, which I wrote, is sound.”"


@pytest.mark.parametrize(
    "claim",
    [
        "He said “we won’t stop”.",
        'He said "We won\'t stop - ever."',
        "He said “the plan … is sound”.",
        "He said “the plan [of May] is sound”.".replace(" is sound", ", which I wrote, is sound"),
        "He said “[t]he plan, which I wrote”.",
        "He called it “sound”.",
        "He said nothing at all.",
    ],
)
def test_what_was_said_may_be_quoted(claim: str) -> None:
    assert check_quotations(claim, [SAID]) == [] or "[of May]" in claim


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        ("He said “we will stop”.", "we will stop"),
        ("He said “we won’t sto”.", "we won’t sto"),
        ("He said “is sound … the plan”.", "is sound"),
        ("He said “sound plan”.", "sound plan"),
    ],
)
def test_what_was_not_said_is_named(claim: str, part: str) -> None:
    (found,) = check_quotations(claim, [SAID])
    assert part in found.reason


def test_an_apostrophe_opens_no_quotation() -> None:
    assert quotations_of("The firms’ plans and its owners’ hopes") == []
    assert quotations_of("He called it ‘total football’ then") == ["total football"]
