"""The seeds: what the Journal reports of Musk's calls, and what the Kremlin says."""

import pytest

from rag.factory import Byline
from tests.support.archives import AP, CNN
from tests.verification.conflicts.disputes import disputed


@pytest.mark.parametrize(
    "question",
    [
        "How many calls between Musk and Putin does the Kremlin admit to?",
        "Do the reports agree on regular contact between Musk and Putin?",
        "How often have Musk and Putin spoken?",
        "Has Musk been in regular contact with Putin?",
        "Were Musk and Putin in touch regularly?",
        "Does everyone say Musk spoke with Putin repeatedly?",
        "How frequently did Musk talk to Vladimir Putin?",
        "What does the Kremlin say about Musk's contacts with Putin?",
        "how many phone calls did musk and putin have according to moscow?",
    ],
)
def test_both_articles_are_cited_and_the_conflict_is_shown(seeds: Byline, question: str) -> None:
    answer = disputed(seeds, question)
    assert answer.files == {AP, CNN}
    kinds = {one.kind for one in answer.conflicts}
    assert kinds
    assert kinds <= {"frequency", "denial"}
    sides = [side for one in answer.conflicts for side in one.sides]
    assert {side.publisher for side in sides} == {"CNN", "AP"}


@pytest.mark.parametrize(
    "question",
    [
        "How much money did Musk's political action committee spend?",
        "Who spoke to CNN on condition of anonymity?",
        "How many times have Putin and Xi met?",
        "When did Zelensky call Trump?",
        "What did Bowman say?",
        "What did Musk refuse in 2023?",
        "What is Starlink used for in Ukraine?",
        "Who was first to report the call between Trump and Zelensky?",
    ],
)
def test_other_questions_raise_no_conflict(seeds: Byline, question: str) -> None:
    assert disputed(seeds, question).conflicts == ()


@pytest.mark.parametrize("limit", [1, 2, 3, 6])
def test_no_more_paragraphs_are_taken_than_are_asked_for(seeds: Byline, limit: int) -> None:
    question = "Do the reports agree on regular contact between Musk and Putin?"
    assert disputed(seeds, question, limit).paragraphs <= limit
