"""Files of claims, and what is counted when they are judged."""

import json
from pathlib import Path

import pytest

from rag.errors import BylineError
from rag.evaluation import Claim, DatasetError, format_verdicts, judge, load_claims
from rag.evaluation.claims import ClaimChecker, ClaimError
from rag.schema import Verdict

LINE = {
    "id": "c1",
    "file": "a.txt",
    "quote": "it rained",
    "claim": "It rained.",
    "label": "supported",
    "how": "verbatim",
}


def write(folder: Path, *lines: object) -> Path:
    path = folder / "claims.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def claim(number: int, label: str, how: str) -> Claim:
    return Claim(f"c{number}", "a.txt", "x", f"Claim {number}.", label, how)


def test_a_line_becomes_a_claim_and_how_may_be_missing(tmp_path: Path) -> None:
    without = {name: value for name, value in LINE.items() if name != "how"} | {"id": 2}
    first, second = load_claims(write(tmp_path, LINE, without))
    assert first == Claim("c1", "a.txt", "it rained", "It rained.", "supported", "verbatim")
    assert (second.id, second.how) == ("2", "supported")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": "true"}, "neither 'supported' nor 'unsupported'"),
        ({"claim": " "}, "`claim` must be a text"),
        ({"quote": None}, "`quote` must be a text"),
        ({}, "was used before"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(DatasetError, match=f"claims.jsonl, line 2: .*{said}") as caught:
        load_claims(write(tmp_path, LINE, LINE | change))
    assert caught.value.hint


def test_a_file_without_claims_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no claims"):
        load_claims(write(tmp_path))


def test_verdicts_are_counted_by_label_and_by_how() -> None:
    claims = [
        claim(1, "supported", "paraphrase"),
        claim(2, "supported", "paraphrase"),
        claim(3, "unsupported", "number"),
        claim(4, "unsupported", "number"),
        claim(5, "unsupported", "negation"),
    ]
    said = dict(
        zip(
            (one.id for one in claims),
            [
                Verdict.SUPPORTED,
                Verdict.PARTIAL,
                Verdict.UNSUPPORTED,
                Verdict.SUPPORTED,
                Verdict.PARTIAL,
            ],
            strict=True,
        )
    )
    told: list[tuple[int, int]] = []
    result = judge(
        claims, lambda one: (said[one.id], "because"), lambda *so_far: told.append(so_far)
    )
    figures = result.to_dict()
    assert figures["confusion"]["supported"] == {
        "supported": 1,
        "partial": 1,
        "unsupported": 0,
        "unchecked": 0,
    }
    assert figures["right"] == {"supported": 0.5, "unsupported": 2 / 3}
    assert {how: one["right"] for how, one in figures["by_how"].items()} == {
        "paraphrase": 0.5,
        "number": 0.5,
        "negation": 1.0,
    }
    assert [one["id"] for one in figures["verdicts"]] == [one.id for one in claims]
    assert figures["verdicts"][3] | {"claim": ""} == {
        "id": "c4",
        "label": "unsupported",
        "how": "number",
        "verdict": "supported",
        "reason": "because",
        "claim": "",
    }
    assert told[-1] == (5, 5)
    assert "66.7%" in format_verdicts(result)


def test_a_claim_that_cannot_be_checked_is_wrong_and_named_and_the_run_goes_on() -> None:
    def check(one: Claim) -> tuple[Verdict, str]:
        if one.id == "c1":
            raise BylineError("No article is named 'a.txt'.", "Look again.")
        return Verdict.UNSUPPORTED, "No."

    result = judge([claim(1, "unsupported", "name"), claim(2, "unsupported", "name")], check)
    assert [one.claim.id for one in result.errors] == ["c1"]
    assert result.to_dict()["by_how"]["name"]["right"] == 0.5
    table = format_verdicts(result)
    assert "1 of 2; first: c1: No article is named 'a.txt'." in table


# --- The verifier, put to a claim with its paragraph ---


TEXT = """Storm in Aberlour

The storm tore down forty trees on Monday.
The mayor, Ann Reid, said the school would stay closed.

Nobody was hurt, and the school would open on Friday.

Read More
"""


@pytest.fixture
def checker(tmp_path: Path) -> ClaimChecker:
    (tmp_path / "storm.txt").write_text(TEXT, encoding="utf-8")
    return ClaimChecker([tmp_path], max_bytes=1_000_000)


def claim_about(quote: str, said: str, file: str = "storm.txt") -> Claim:
    return Claim("c", file, quote, said, "supported", "x")


def test_a_claim_is_checked_against_the_paragraph_it_names_alone(checker: ClaimChecker) -> None:
    said = "Nobody was hurt, and the school would open on Friday."
    assert checker(claim_about("Nobody was hurt", said))[0] is Verdict.SUPPORTED
    assert checker(claim_about("forty trees", said))[0] is not Verdict.SUPPORTED


def test_white_space_of_the_quotation_does_not_matter(checker: ClaimChecker) -> None:
    verdict, reason = checker(
        claim_about("on Monday.  The mayor", "The storm tore down forty trees on Monday.")
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
        checker(claim_about(quote, "It rained.", file))
    assert caught.value.hint
