"""Claims find their paragraph by file and quotation, or say why they don't."""

from pathlib import Path

import pytest

from rag.evaluation import Claim
from rag.evaluation.claims import ClaimChecker, ClaimError
from rag.schema import Verdict

TEXT = """Storm in Aberlour

The storm tore down forty trees on Monday.
The mayor, Ann Reid, said the school would stay closed.

Nobody was hurt, and the school would open on Friday.

Read More
"""


@pytest.fixture
def checker(tmp_path: Path) -> ClaimChecker:
    (tmp_path / "storm.txt").write_text(TEXT, encoding="utf-8")
    return ClaimChecker.over([tmp_path], max_bytes=1_000_000)


def claim(quote: str, said: str, file: str = "storm.txt") -> Claim:
    return Claim("c", file, quote, said, "supported", "x")


def test_a_claim_is_checked_against_the_paragraph_it_names_alone(checker: ClaimChecker) -> None:
    said = "Nobody was hurt, and the school would open on Friday."
    assert checker(claim("Nobody was hurt", said))[0] is Verdict.SUPPORTED
    assert checker(claim("forty trees", said))[0] is not Verdict.SUPPORTED


def test_white_space_of_the_quotation_does_not_matter(checker: ClaimChecker) -> None:
    verdict, reason = checker(
        claim("on Monday.  The mayor", "The storm tore down forty trees on Monday.")
    )
    assert verdict is Verdict.SUPPORTED
    assert reason


@pytest.mark.parametrize(
    ("quote", "file", "said"),
    [
        ("forty trees", "other.txt", "No article is named 'other.txt'"),
        ("fifty trees", "storm.txt", "0 paragraphs of storm.txt"),
        ("the school would", "storm.txt", "2 paragraphs of storm.txt"),
        ("Read More", "storm.txt", "0 paragraphs of storm.txt"),
    ],
)
def test_without_one_paragraph_it_says_so(
    checker: ClaimChecker, quote: str, file: str, said: str
) -> None:
    with pytest.raises(ClaimError, match=said) as caught:
        checker(claim(quote, "It rained.", file))
    assert caught.value.hint
