"""Questions that ask for several things, and those that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.request import Request
from rag.factory import Byline
from rag.retrieval.followup import parts_of
from rag.schema import Status


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Who called Zelensky and how much did Musk spend?",
            ("Who called Zelensky?", "how much did Musk spend?"),
        ),
        (
            "Who called Zelensky? When was the call?",  # what the second leans on comes along
            ("Who called Zelensky?", "When was the call? (Zelensky, called)"),
        ),
        (
            "What did Peskov say, and what did Sullivan say, and where was Trump?",
            ("What did Peskov say?", "what did Sullivan say?", "where was Trump?"),
        ),
        (
            "In which year did Musk found SpaceX and who paid for it?",
            (
                "In which year did Musk found SpaceX?",
                "who paid for it? (Musk, SpaceX, year, found)",
            ),
        ),
    ],
)
def test_each_part_stands_alone(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who called Zelensky?",
        "Who and when called Zelensky?",
        "What do Musk and Putin say of Trump?",
        "What is the difference between what Musk said and what Peskov said?",
        "Musk called and who else?",
        "Is it known that he called? Yes.",
        "",
    ],
)
def test_one_question_stays_as_it_is(question: str) -> None:
    assert parts_of(question) == (question,)


@given(st.text(max_size=80))
def test_any_text_has_a_part(text: str) -> None:
    assert all(isinstance(part, str) for part in parts_of(text))
    assert len(parts_of(text)) >= 1


def test_each_part_finds_its_paragraph(seeds: Byline) -> None:
    asked = "Who first reported the call and how much did Musk's committee spend?"
    found = seeds.retriever.retrieve(asked, limit=4)
    alone = [seeds.retriever.retrieve(part, limit=4) for part in parts_of(asked)]
    assert [hit.scored.paragraph for hit in found.hits[:2]] == [
        one.hits[0].scored.paragraph for one in alone
    ]
    assert [hit.scored.rank for hit in found.hits] == [1, 2, 3, 4]


def test_fewer_paragraphs_than_parts_leave_the_question_whole(seeds: Byline) -> None:
    asked = "Who first reported the call and how much did Musk's committee spend?"
    found = seeds.retriever.retrieve(asked, limit=1)
    assert (len(found.hits), found.parts) == (1, ())


def test_a_part_without_an_answer_is_named(seeds: Byline) -> None:
    asked = "How much did Musk's committee spend and what is the capital of Mongolia?"
    answer = seeds.engine.answer(Request(asked, engine="extractive"))
    assert answer.status is Status.ANSWERED
    assert "$118 million" in answer.text
    assert any("capital of Mongolia" in notice for notice in answer.notices)
    neither = seeds.engine.answer(
        Request("What is the capital of Mongolia and who won the 2026 World Cup?")
    )
    assert neither.status is Status.ABSTAINED
