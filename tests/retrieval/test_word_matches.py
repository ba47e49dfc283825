"""Words of the question in the candidates, against a plain reading of the same definitions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.question import AnalysedQuestion, QuestionTerm
from rag.retrieval.word_matches import WordMatches, match_words
from rag.text.stems import codes_of, stems_of

MUSK = QuestionTerm("Musk", "musk", 1.0, is_name=True, frequency=3)
SPEND = QuestionTerm("spend", "spend", 3.0, is_name=False, frequency=1, alternatives=("spent",))
CLOSE, PLAIN_WORD = 15, 0.1
WORDS = "musk spend spent putin rain the".split()
Paragraphs = Sequence[Sequence[str]]


def asked(*terms: QuestionTerm, text: str = "?") -> AnalysedQuestion:
    return AnalysedQuestion(text, text, terms)


def matches(question: AnalysedQuestion, *paragraphs: Sequence[str]) -> WordMatches:
    """Return the matches of paragraphs, each given by its sentences."""
    return match_words(question, [codes_of(one) for one in paragraphs])


def test_coverage_is_the_share_of_the_weight_and_counts_other_spellings() -> None:
    found = matches(asked(MUSK, SPEND), ["He spent it.", "Musk, Putin.", "Rain."], ["Musk spends."])
    assert found.sentence_coverage == pytest.approx([0.75, 0.25, 0.0, 1.0])
    assert found.paragraph_of.tolist() == [0, 0, 0, 1]


def test_a_word_that_stands_twice_counts_once() -> None:
    assert matches(asked(MUSK, SPEND), ["Musk and Musk."]).sentence_coverage == pytest.approx(0.25)


def test_names_are_weighed_against_all_words() -> None:
    found = matches(asked(MUSK, SPEND), ["Musk spent it.", "He spent it."])
    assert found.sentence_names == pytest.approx([0.25, 0.0])


def test_pairs_of_neighbours_count_where_they_stand_side_by_side() -> None:
    question = asked(MUSK, SPEND, text="Did Musk spend")
    # The pairs `did musk` and `musk spend` weigh 0.1 + 1 and 1 + 3.
    found = matches(question, ["Musk did spend.", "Did Musk come?"], ["Musk spends."], ["Rain."])
    assert found.phrases == pytest.approx([1.1 / 5.1, 4 / 5.1, 0])
    assert found.sentence_phrases == pytest.approx([0, 1.1 / 5.1, 4 / 5.1, 0])


def test_a_pair_that_the_question_has_twice_counts_once() -> None:
    question = asked(MUSK, SPEND, text="Musk spend, Musk spend")
    # `musk spend` weighs 4, and so does `spend musk`.
    assert matches(question, ["Musk spends."]).phrases == pytest.approx([0.5])


def test_no_phrase_reaches_over_the_end_of_a_sentence_or_a_paragraph() -> None:
    question = asked(MUSK, SPEND, text="Musk spend")
    found = matches(question, ["It was Musk.", "Spend it."], ["Musk"], ["spend"])
    assert found.phrases.tolist() == [0, 0, 0]
    assert found.sentence_phrases.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("between", "share"), [(0, 1.0), (13, 1.0), (14, 1.0), (15, 0.75)])
def test_words_are_close_within_fifteen(between: int, share: float) -> None:
    text = " ".join(["spent", *["rain"] * between, "Musk"])
    assert matches(asked(MUSK, SPEND), [text]).proximity == pytest.approx([share])


def test_words_of_two_sentences_may_be_close_and_those_of_two_paragraphs_never() -> None:
    found = matches(asked(MUSK, SPEND), ["It was Musk.", "He spent it."], ["Musk"], ["spent"])
    assert found.proximity == pytest.approx([1.0, 0.25, 0.75])


def test_without_candidates_or_terms_nothing_matches() -> None:
    assert matches(asked(MUSK)).proximity.size == 0
    found = matches(asked(), ["Rain fell."])
    assert found.proximity.tolist() == found.phrases.tolist() == [0]
    assert found.sentence_coverage.tolist() == found.sentence_names.tolist() == [0]


@dataclass(frozen=True)
class Naive:
    """The definitions, read aloud."""

    question: AnalysedQuestion

    @property
    def total(self) -> float:
        return sum(term.weight for term in self.question.terms) or 1.0

    def held(self, words: Sequence[str], *, names: bool = False) -> float:
        """Return the share of the weight whose terms are among some words."""
        terms = [term for term in self.question.terms if term.is_name or not names]
        return sum(term.weight for term in terms if term.stems & set(words)) / self.total

    def proximity(self, sentences: Sequence[str]) -> float:
        words: list[str] = []
        for sentence in sentences:
            words += [*stems_of(sentence), "end of sentence"]
        windows = [words[start : start + CLOSE + 1] for start in range(len(words))]
        return max((self.held(window) for window in windows), default=0.0)

    def phrases(self, sentences: Sequence[str]) -> float:
        known = {term.stem: term.weight for term in self.question.terms}
        weights = {
            pair: sum(known.get(stem, PLAIN_WORD) for stem in pair)
            for pair in pairwise(stems_of(self.question.corrected))
        }
        standing = {pair for sentence in sentences for pair in pairwise(stems_of(sentence))}
        total = sum(weights.values()) or 1.0
        return sum(weight for pair, weight in weights.items() if pair in standing) / total

    def matches(self, paragraphs: Paragraphs) -> WordMatches:
        sentences = [one for paragraph in paragraphs for one in paragraph]
        of = [index for index, paragraph in enumerate(paragraphs) for _ in paragraph]
        return WordMatches(
            np.array([self.proximity(one) for one in paragraphs], np.float32),
            np.array([self.phrases(one) for one in paragraphs], np.float32),
            np.array([self.held(stems_of(one)) for one in sentences], np.float32),
            np.array([self.held(stems_of(one), names=True) for one in sentences], np.float32),
            np.array([self.phrases([one]) for one in sentences], np.float32),
            np.array(of, np.intp),
        )


def assert_same(found: WordMatches, expected: WordMatches) -> None:
    for name in (one.name for one in fields(WordMatches)):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-5), name


LONG_AND_SHORT = st.lists(st.sampled_from(WORDS), max_size=6) | st.lists(
    st.sampled_from(["rain", "the", "musk", "spent"]), max_size=40
)
PARAGRAPHS = st.lists(st.lists(LONG_AND_SHORT.map(" ".join), min_size=1, max_size=4), max_size=5)
QUESTIONS = st.builds(
    asked,
    st.builds(
        QuestionTerm, st.just("Musk"), st.just("musk"), st.floats(0.1, 9), st.booleans(), st.just(1)
    ),
    st.builds(
        QuestionTerm,
        st.just("spend"),
        st.just("spend"),
        st.floats(0.1, 9),
        st.booleans(),
        st.just(1),
        st.sampled_from([(), ("spent",), ("spent", "rain")]),
    ),
    text=st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
)


@given(QUESTIONS, PARAGRAPHS)
def test_it_is_what_the_definitions_say(question: AnalysedQuestion, of: Paragraphs) -> None:
    assert_same(matches(question, *of), Naive(question).matches(of))


@given(QUESTIONS, PARAGRAPHS, st.randoms(use_true_random=False))
def test_a_part_is_what_a_comparison_of_it_alone_gives(
    question: AnalysedQuestion, of: Paragraphs, chance: random.Random
) -> None:
    kept = chance.sample(range(len(of)), chance.randint(0, len(of)))
    part = matches(question, *of).part(np.array(kept, np.intp))
    assert_same(part, matches(question, *(of[index] for index in kept)))
