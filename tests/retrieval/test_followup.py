"""A follow-up gets what it leans on; a question that stands alone is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.followup import standalone

BORN = [("user", "Where was Musk born?"), ("assistant", "Elon Musk was born in Pretoria [1].")]
SPENT = [("user", "How much did Musk's committee spend?"), ("assistant", "$118 million [1].")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("And what does he want?", "And what does he want? (Musk)"),
        ("What did she say about Putin?", "What did she say about Putin? (Musk)"),
        ("Who are his children?", "Who are his children? (Musk)"),
        ("And Putin?", "And Putin? (born)"),
        ("What about Putin?", "What about Putin? (born)"),
        ("Why?", "Why? (Musk, born)"),
        ("When was that?", "When was that? (Musk, born)"),
        ("Did Tesla confirm it?", "Did Tesla confirm it? (Musk, born)"),
        (
            "How did the Chinese embassy take that?",
            "How did the Chinese embassy take that? (Musk, born)",
        ),
    ],
)
def test_follow_ups(question: str, expected: str) -> None:
    assert standalone(question, BORN) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Is there evidence that Russia sent missiles to Iran?",
        "What did Trump say about his call with Putin?",
        "Where does Kamala Harris live?",
        "How many people work at NASA in Washington?",
        "Which official announced the spending cuts first?",
        "",
        "?",
    ],
)
def test_questions_that_stand_alone(question: str) -> None:
    expected = question if any(c.isalpha() for c in question) else standalone(question, BORN)
    assert standalone(question, BORN) == expected
    assert standalone(question, ()) == question


def test_without_an_earlier_question_nothing_is_carried() -> None:
    assert standalone("Why?", [("assistant", "Elon Musk [1].")]) == "Why?"
    assert standalone("Why?", [("user", "")]) == "Why?"


def test_names_are_not_carried_twice_and_without_their_possessive() -> None:
    assert standalone("What did he say of Musk?", SPENT) == "What did he say of Musk?"
    assert standalone("And who paid them?", SPENT) == "And who paid them? (Musk)"


def test_names_are_found_some_turns_back() -> None:
    history = [*BORN, ("user", "Why did he leave?"), ("assistant", "For Canada [1].")]
    assert standalone("And when did he return?", history).startswith(
        "And when did he return? (Musk"
    )


def test_without_names_in_the_question_the_answer_gives_them() -> None:
    history = [("user", "who bought twitter?"), ("assistant", "It was bought by Elon Musk [1].")]
    assert (
        standalone("What did he pay?", history) == "What did he pay? (bought, twitter, Elon, Musk)"
    )


@given(st.text(), st.lists(st.tuples(st.sampled_from(["user", "assistant", "x"]), st.text())))
def test_the_question_is_always_kept(question: str, history: list[tuple[str, str]]) -> None:
    assert standalone(question, history).startswith(question)


@pytest.mark.parametrize("piece", ["?", "and ", "A ", "that ", "x.", "’s", "A’s "])
def test_long_questions_take_linear_time(piece: str) -> None:
    started = time.process_time()
    standalone("why" + piece * (4000 // len(piece)) + " a b", [*BORN, ("user", piece * 4000)])
    assert time.process_time() - started < 2
