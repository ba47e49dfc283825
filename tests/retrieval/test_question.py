"""A question → its terms, against a tiny index in memory."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.question import analyse, inverse_frequency


class Index:
    """Paragraphs as sets of words; the last `s` of a word is its whole morphology."""

    def __init__(self, *paragraphs: str) -> None:
        self._paragraphs = [frozenset(self.terms(paragraph)) for paragraph in paragraphs]
        self._words = frozenset(word for text in paragraphs for word in text.lower().split())

    def __len__(self) -> int:
        return len(self._paragraphs)

    def terms(self, text: str) -> list[str]:
        words = re.findall(r"[^\W_]+", text.lower())
        return [word.removesuffix("s") or word for word in words]

    def frequency(self, term: str) -> int:
        return sum(1 for paragraph in self._paragraphs if term in paragraph)

    def words_beginning(self, prefix: str) -> list[str]:
        return sorted(word for word in self._words if word.startswith(prefix))


INDEX = Index(
    "Zelensky called Trump",
    "Zelenskyy spoke in Kyiv",
    "Volodymyr Zelensky and Putin",
    "The Starlink satellites of Musk",
    "rain in the north",
    "rain again",
)


def stems(question: str, index: Index = INDEX) -> list[str]:
    return [term.stem for term in analyse(question, index).terms]


def test_stop_words_are_dropped_and_each_stem_counts_once() -> None:
    assert stems("Who called Trump, and did Trump rain?") == ["called", "trump", "rain"]
    assert stems("What is it?") == []
    assert stems("") == []
    assert stems("rain rains Rain") == ["rain"]


def test_single_letters_say_nothing_but_digits_and_characters_do() -> None:
    assert stems("a b 7 京 x") == ["7", "京"]


def test_rare_words_weigh_more() -> None:
    weights = {term.stem: term.weight for term in analyse("rain in Kyiv", INDEX).terms}
    assert weights["kyiv"] > weights["rain"] > 0
    assert inverse_frequency(0, 0) > 0
    assert inverse_frequency(6, 6) > 0


def test_an_unknown_word_is_corrected_to_the_nearest_known_one() -> None:
    question = analyse("Where are the satelites of Muks?", INDEX)
    assert question.corrected == "Where are the satellites of musk?"
    first, second = question.terms
    assert (first.alternatives, second.alternatives) == (("satellite",), ("musk",))
    assert (first.correction, second.correction) == ("satellites", "musk")
    assert dict(question.weighted_stems())["satellite"] == pytest.approx(1.0)


def test_a_word_that_is_known_to_be_right_is_left() -> None:
    question = analyse("the starling", INDEX, frozenset({"starling"}))
    assert question.corrected == "the starling"
    assert question.terms[0].alternatives == ()
    assert analyse("the starlink", INDEX).corrected == "the starlink"


def test_other_spellings_of_a_name_count_less() -> None:
    question = analyse("What did Zelensky say?", INDEX)
    name = question.terms[0]
    assert (name.is_name, name.frequency, name.alternatives) == (True, 2, ("zelenskyy",))
    assert question.corrected == question.text
    assert dict(question.weighted_stems())["zelenskyy"] == pytest.approx(0.6)
    assert name.stems == {"zelensky", "zelenskyy"}


def test_a_name_is_a_capital_letter_where_no_sentence_begins() -> None:
    named = {t.word: t.is_name for t in analyse("Give Trump rain. Tell Putin. Musk?", INDEX).terms}
    assert named.items() >= {"Trump": True, "rain": False, "Putin": True, "Musk": True}.items()
    assert not named.get("Give")
    assert not named.get("Tell")


def test_carried_over_words_weigh_less() -> None:
    own, carried = (analyse(text, INDEX).terms[-1] for text in ("And Musk?", "And rain? (Musk)"))
    assert own.stem == carried.stem == "musk"
    assert 0 < carried.weight < own.weight


def test_short_and_numeric_words_are_not_corrected() -> None:
    assert analyse("Kyv 2O24 12345", INDEX).corrected == "Kyv 2O24 12345"


@given(st.text())
def test_any_question_can_be_analysed(text: str) -> None:
    question = analyse(text, INDEX)
    assert question.text == text
    assert all(term.weight > 0 and term.stem for term in question.terms)
    assert len({term.stem for term in question.terms}) == len(question.terms)
    assert analyse(text, Index()).corrected == text
