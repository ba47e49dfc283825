"""What is covered by other words, and what by nothing."""

import pytest

from rag.verification.rules.coverage import Level, coverage_of, missing_reason
from rag.verification.rules.edits import edits_of
from rag.verification.rules.wording import base_of, likeness, opposite, phrases
from tests.verification.checking import aligned, kinds

PORT = "The firm bought a factory in Lorne. Its boss resigned in June after the shares slumped."


def missing(claim: str) -> set[str]:
    alignment = aligned(claim, PORT)
    found = coverage_of(alignment, frozenset(index for index, _ in edits_of(alignment).kept))
    return {alignment.claim[index].text for index in found.missing}


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The company acquired a plant in Lorne.", set()),
        ("Its chief stepped down in June when the stock plunged.", set()),
        ("The firm bought a bakery in Lorne.", {"bakery"}),
        ("Its boss resigned in June with a sore shoulder.", {"sore", "shoulder"}),
    ],
)
def test_invented_words_are_missing_and_synonyms_are_not(claim: str, words: set[str]) -> None:
    assert missing(claim) == words


def test_the_reader_is_told_what_is_missing() -> None:
    alignment = aligned("Its boss resigned with a sore shoulder.", PORT)
    found = coverage_of(alignment, frozenset())
    assert found.count(Level.NOWHERE) == 2
    assert missing_reason(found, alignment.claim) == "Not found there: “sore”, “shoulder”."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("acquired", "bought"),
        ("soared", "jumped"),
        ("resignation", "resigned"),
        ("employees", "staff"),
        ("refused", "declining"),
        ("Russian", "Russia"),
        ("Kyiv", "Kiev"),
        ("regulator", "regulate"),
    ],
)
def test_words_that_say_the_same_are_alike(one: str, other: str) -> None:
    assert likeness(base_of(one), base_of(other)) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [("rose", "fell"), ("won", "lost"), ("connected", "unconnected"), ("legal", "illegal")],
)
def test_opposites_are_known_and_not_alike(one: str, other: str) -> None:
    assert opposite(base_of(one), base_of(other))
    assert opposite(base_of(other), base_of(one))
    assert likeness(base_of(one), base_of(other)) == 0


def test_an_exchanged_name_or_figure_is_noticed_where_both_are_in_the_paragraph() -> None:
    paragraph = "Yelling won gold and Pavey took bronze; Keska ran 12 laps, Hickey 8."
    assert "name" in kinds("Yelling won gold and Keska took bronze.", paragraph)
    assert "role" in kinds("Pavey won gold and Yelling took bronze.", paragraph)
    assert kinds("Yelling won gold and Pavey took bronze.", paragraph) == set()


def test_which_phrase_of_a_word_comes_first_depends_on_nothing_but_the_lexicon() -> None:
    for known in phrases().values():
        assert list(known) == sorted(known, key=lambda parts: (-len(parts), parts))
