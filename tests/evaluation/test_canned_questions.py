"""The canned questions on `seeds/` mean what they say: their gold is really in the articles."""

from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from rag.evaluation import Gold, Question, load_questions

ROOT = Path(__file__).parents[2]
FILES = {name: ROOT / "tests" / "eval" / f"{name}.jsonl" for name in ("seeds", "seeds-heldout")}
LEAST = {
    "seeds": {
        "direct": 18,
        "paraphrased": 10,
        "misspelt": 6,
        "across": 6,
        "follow-up": 6,
        "conflict": 4,
        "several": 3,
        "unanswerable": 16,
    },
    "seeds-heldout": {
        "direct": 10,
        "paraphrased": 7,
        "misspelt": 4,
        "across": 4,
        "follow-up": 4,
        "unanswerable": 10,
    },
}
ALL = [question for path in FILES.values() for question in load_questions(path)]
ANSWERABLE = [question for question in ALL if question.answerable]


@cache
def paragraphs(file: str) -> tuple[str, ...]:
    # Seen from outside on purpose: the code under test doesn't get to say what a paragraph is.
    text = (ROOT / "seeds" / file).read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line.strip())


def holding(gold: Gold) -> list[str]:
    assert gold.file is not None
    return [paragraph for paragraph in paragraphs(gold.file) if gold.quote in paragraph]


def test_there_are_at_least_eighty() -> None:
    assert len(load_questions(FILES["seeds"])) >= 80


def test_both_sides_of_a_conflict_are_gold() -> None:
    judged = [question for question in ALL if question.conflict is not None]
    assert {question.conflict for question in judged} == {True, False}
    assert all(len(question.gold) >= 2 for question in judged if question.conflict)


def test_ids_and_questions_are_unique_over_both_files() -> None:
    assert len({question.id for question in ALL}) == len(ALL)
    assert len({(question.question, question.history) for question in ALL}) == len(ALL)


@pytest.mark.parametrize("name", FILES)
def test_there_are_enough_of_each_kind(name: str) -> None:
    counts = Counter(question.kind for question in load_questions(FILES[name]))
    assert counts.keys() == LEAST[name].keys()
    assert all(counts[kind] >= least for kind, least in LEAST[name].items())


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_each_gold_quote_is_in_exactly_one_paragraph(question: Question) -> None:
    assert [len(holding(gold)) for gold in question.gold] == [1] * len(question.gold)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_each_answer_is_in_a_gold_paragraph(question: Question) -> None:
    gold = list(chain.from_iterable(holding(gold) for gold in question.gold))
    assert question.answer_any
    assert all(any(answer in text for text in gold) for answer in question.answer_any)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_no_question_is_a_copy_of_its_paragraph(question: Question) -> None:
    words = set(question.question.casefold().rstrip("?").split())
    for text in chain.from_iterable(holding(gold) for gold in question.gold):
        assert not words <= set(text.casefold().split())


def test_questions_across_the_archive_have_gold_in_both_articles() -> None:
    for question in ALL:
        if question.kind == "across":
            assert len({gold.file for gold in question.gold}) == 2


def test_only_unanswerable_questions_lack_gold_and_only_follow_ups_have_a_past() -> None:
    for question in ALL:
        assert question.answerable == (question.kind != "unanswerable")
        assert bool(question.history) == (question.kind == "follow-up")
