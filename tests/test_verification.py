"""Verdicts: what can be told letter by letter, and what is said where it can't."""

import pytest

from rag.citations import CitedStatement, cite
from rag.schema import Statement
from rag.verification import verify
from tests.archives import make_hit

SPENT = (
    "Musk’s committee spent more than $118 million on the 2024 campaign. "
    "“We won’t stop – ever,” he told Axios."
)


def verdict(text: str, *paragraphs: str) -> Statement:
    """Return the verdict on a statement that cites these paragraphs."""
    hits = [make_hit(paragraph) for paragraph in paragraphs]
    statement = CitedStatement(text, tuple(range(1, len(hits) + 1)))
    citations = cite(range(1, len(hits) + 1), hits, [statement])
    (verified,) = verify([statement], citations)
    assert (verified.text, verified.markers) == (text, statement.markers)
    return verified


@pytest.mark.parametrize(
    "text",
    [
        "Musk’s committee spent more than $118 million on the 2024 campaign.",
        "“We won’t stop – ever,” he told Axios.",
        SPENT,
    ],
)
def test_word_for_word_is_supported(text: str) -> None:
    found = verdict(text, SPENT)
    assert (found.verdict, found.reason) == (
        "supported",
        "It stands in the paragraph word for word.",
    )


def test_word_for_word_may_stand_in_any_cited_paragraph() -> None:
    assert verdict("It rained.", SPENT, "It snowed. It rained.").verdict == "supported"


def test_a_sentence_is_found_behind_one_that_ends_with_the_same_words() -> None:
    assert verdict("Musk.", "It was Elon Musk. Musk.").verdict == "supported"


def test_an_articles_own_number_in_brackets_is_compared_as_it_is_shown() -> None:
    assert verdict("It rained (3).", "It rained [3]. Snow fell.").verdict == "supported"


def test_without_a_paragraph_nothing_is_supported() -> None:
    found = verdict("It rained.")
    assert (found.verdict, found.reason) == ("unsupported", "It cites no paragraph.")


def test_a_marker_without_citation_is_none() -> None:
    (found,) = verify([CitedStatement("It rained.", (7,))], [])
    assert (found.verdict, found.markers) == ("unsupported", (7,))


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("The committee spent $120 million.", "number", "120"),
        ("In 2020 the committee spent $118 million.", "number", "2020"),
        ("It spent $118.5 million.", "number", "118.5"),
        ("The committee of Putin spent $118 million.", "name", "Putin"),
        ("Musk spent it in Ohio.", "name", "Ohio"),
        ("He told Axios “we will stop”.", "quotation", "we will stop"),
        ('He told Axios "we will stop".', "quotation", "we will stop"),
        ("He told Axios «we will stop».", "quotation", "we will stop"),
    ],
)
def test_what_the_paragraph_does_not_hold_is_unsupported(text: str, kind: str, part: str) -> None:
    found = verdict(text, SPENT)
    assert found.verdict == "unsupported"
    assert found.reason == f"The cited text does not hold the {kind} {part!r}."


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 Musk’s committee paid $118 million.",
        "Musk's committee paid for the campaign.",
        'He told Axios: "We won\'t stop - ever."',
        "He told Axios: “we won’t  stop — ever”.",
        "The committee of MUSK paid.",
        "The committee paid a lot.",
    ],
)
def test_what_passes_every_check_is_unchecked_and_says_so(text: str) -> None:
    found = verdict(text, SPENT)
    assert found.verdict == "unchecked"
    assert "its meaning was not checked" in found.reason


def test_names_may_stand_in_the_title_and_numbers_in_another_cited_paragraph() -> None:
    # The hit's article is called `Title a`.
    assert verdict("The Title cost $118 million.", SPENT).verdict == "unchecked"
    assert verdict("He paid $118 million on 5 May.", SPENT, "It was 5 May.").verdict == "unchecked"


def test_each_statement_is_judged_by_its_own_citations() -> None:
    hits = [make_hit("It rained."), make_hit("It snowed.")]
    said = [CitedStatement("It rained.", (1,)), CitedStatement("It rained in 2013.", (2,))]
    verdicts = [one.verdict for one in verify(said, cite((1, 2), hits, said))]
    assert verdicts == ["supported", "unsupported"]


@pytest.mark.parametrize("text", ["It spent $18 million.", "It spent $11 million.", "It spent 4."])
def test_a_part_of_a_number_is_another_number(text: str) -> None:
    assert verdict(text, SPENT).verdict == "unsupported"


def test_a_sentence_cut_short_of_its_denial_is_not_supported() -> None:
    text = "Peskov denied that Putin and Musk had talked."
    assert verdict("Putin and Musk had talked.", text).verdict != "supported"
