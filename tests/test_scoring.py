"""The features of a paragraph, on arrays small enough to check by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.embedding import PassageVectors, QuestionVectors
from rag.question import AnalysedQuestion, QuestionTerm
from rag.scoring import FeatureMaker, ParagraphFeatures

MUSK = QuestionTerm("Musk", "musk", 1.0, is_name=True, frequency=3)
SPENT = QuestionTerm("spend", "spend", 3.0, is_name=False, frequency=1, alternatives=("spent",))
STEMS = st.frozensets(st.sampled_from(["musk", "spend", "spent", "putin"]))


def question(*terms: QuestionTerm) -> AnalysedQuestion:
    return AnalysedQuestion("?", "?", terms)


def asked(*words: str, vector: tuple[float, float] = (1, 0)) -> QuestionVectors:
    """Return vectors in which each word of the question is a direction of its own."""
    return QuestionVectors(
        np.array(vector, np.float32), np.eye(4, dtype=np.float32)[: len(words)], words
    )


def passage(*sentences: tuple[int, ...]) -> PassageVectors:
    """Return vectors of sentences whose words are the directions of these numbers."""
    tokens = [127 * np.eye(4)[word] for words in sentences for word in words]
    count = len(sentences)
    return PassageVectors(
        np.array([0.6, 0.8], np.float32),
        np.array([[1.0, 0.0]] * count, np.float16),
        np.array(tokens, np.int8).reshape(-1, 4),
        np.array([len(words) for words in sentences], np.int32),
    )


def features(
    asks: AnalysedQuestion, vectors: QuestionVectors, of: PassageVectors, *stems: frozenset[str]
) -> ParagraphFeatures:
    return FeatureMaker(asks, vectors).features(of, stems, lexical=2.5)


def test_similarities_are_cosines_and_bm25_is_handed_through() -> None:
    found = features(question(MUSK), asked("Musk"), passage((0,), (1,)), *[frozenset[str]()] * 2)
    assert found.similarity == pytest.approx(0.6)
    assert found.sentences.similarity.tolist() == [1.0, 1.0]
    assert found.lexical == 2.5
    assert found.sentences.vectors.shape == (2, 2)


def test_a_word_of_the_question_weighs_what_it_is_worth() -> None:
    # `spend` (3) is in the first sentence, `Musk` (1) in the second, `did` (0.3) in neither.
    vectors = asked("Musk", "spend", "did")
    found = features(question(MUSK, SPENT), vectors, passage((1, 3), (0,)), *[frozenset[str]()] * 2)
    assert found.sentences.interaction == pytest.approx([3 / 4.3, 1 / 4.3], abs=1e-6)
    assert found.interaction == pytest.approx(4 / 4.3, abs=1e-6)


def test_coverage_counts_other_spellings_and_is_weighed() -> None:
    stems = (frozenset({"spent"}), frozenset({"musk", "putin"}), frozenset[str]())
    found = features(question(MUSK, SPENT), asked(), passage((0,), (0,), (0,)), *stems)
    assert found.sentences.coverage == pytest.approx([0.75, 0.25, 0.0])
    assert found.coverage == pytest.approx(1.0)


def test_the_content_match_leaves_names_out() -> None:
    vectors = asked("Musk", "spend")
    found = features(question(MUSK, SPENT), vectors, passage((0,), (1,)), *[frozenset[str]()] * 2)
    assert found.sentences.content == pytest.approx([0.0, 1.0])


def test_the_pieces_of_a_word_count_as_one_word() -> None:
    fine = QuestionTerm("fine", "fine", 1.0, is_name=False, frequency=1)
    vectors = asked("spend", "spend", "fine")
    found = features(question(SPENT, fine), vectors, passage((0, 2)), frozenset())
    # Half of `spend`, all of `fine`.
    assert found.sentences.content == pytest.approx([0.75])


def test_a_question_of_names_alone_matches_any_content() -> None:
    found = features(question(MUSK), asked("Musk"), passage((1,)), frozenset())
    assert found.sentences.content.tolist() == [1.0]


@pytest.mark.parametrize("terms", [(), (MUSK, SPENT)])
def test_a_model_without_token_vectors_gives_no_interaction(
    terms: tuple[QuestionTerm, ...],
) -> None:
    blind = QuestionVectors(np.array([1, 0], np.float32), np.zeros((0, 4), np.float32), ())
    found = features(question(*terms), blind, passage((), ()), frozenset({"musk"}), frozenset())
    assert found.interaction == 0.0
    assert found.sentences.interaction.tolist() == [0.0, 0.0]
    assert found.coverage == (0.25 if terms else 0.0)


TERMS = st.lists(
    st.builds(
        QuestionTerm,
        st.sampled_from(["Musk", "spend", "Putin"]),
        st.sampled_from(["musk", "spend", "putin"]),
        st.floats(0.01, 9),
        is_name=st.booleans(),
        frequency=st.integers(0, 9),
        alternatives=st.lists(st.sampled_from(["spent", "zutin"]), max_size=2).map(tuple),
    ),
    max_size=4,
)


@given(TERMS, st.lists(st.tuples(st.lists(st.integers(0, 3)), STEMS), min_size=1, max_size=4))
def test_shares_are_shares_and_the_paragraph_has_all_that_its_sentences_have(
    terms: list[QuestionTerm], sentences: list[tuple[list[int], frozenset[str]]]
) -> None:
    of = passage(*(tuple(words) for words, _ in sentences))
    stems = [found for _, found in sentences]
    found = features(question(*terms), asked("Musk", "spend", "did"), of, *stems)
    for whole, parts in (
        (found.coverage, found.sentences.coverage),
        (found.interaction, found.sentences.interaction),
    ):
        assert all(-1e-6 <= part <= whole + 1e-6 for part in parts)
        assert whole <= 1 + 1e-6
    assert all(-1e-6 <= value <= 1 + 1e-6 for value in found.sentences.content)
    assert found.sentences.interaction.shape == found.sentences.coverage.shape == (len(stems),)


@given(st.lists(STEMS, min_size=1, max_size=4))
def test_the_order_of_the_sentences_does_not_matter_to_the_paragraph(
    stems: list[frozenset[str]],
) -> None:
    whole = question(MUSK, SPENT)
    of = passage(*((index % 4,) for index in range(len(stems))))
    turned = passage(*((index % 4,) for index in reversed(range(len(stems)))))
    there = features(whole, asked("Musk", "spend"), of, *stems)
    back = features(whole, asked("Musk", "spend"), turned, *reversed(stems))
    assert there.coverage == back.coverage
    assert there.interaction == pytest.approx(back.interaction)
    assert there.sentences.coverage.tolist() == back.sentences.coverage.tolist()[::-1]
