"""The features of paragraphs, on arrays small enough to check by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.models.embedder import PassageVectors, QuestionVectors
from rag.retrieval.features import CandidateFeatures, FeatureMaker, ParagraphFeatures
from rag.retrieval.question import AnalysedQuestion, QuestionTerm
from rag.retrieval.word_matches import match_words
from rag.text.stems import codes_of
from tests.support.features import PARAGRAPH_NAMES, SENTENCE_NAMES

MUSK = QuestionTerm("Musk", "musk", 1.0, is_name=True, frequency=3)
SPENT = QuestionTerm("spend", "spend", 3.0, is_name=False, frequency=1, alternatives=("spent",))
VOCABULARY = ("musk", "spent", "putin", "rain")
"""Each word has a direction of its own, which the word of the question in its place shares."""
SENTENCES = st.lists(st.sampled_from(VOCABULARY), max_size=4).map(" ".join)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4)


def question(*terms: QuestionTerm, text: str = "?") -> AnalysedQuestion:
    return AnalysedQuestion(text, text, terms)


def asked(*words: str) -> QuestionVectors:
    """Return vectors in which each word of the question is a direction of its own."""
    return QuestionVectors(
        np.array([1, 0], np.float32), np.eye(4, dtype=np.float32)[: len(words)], words
    )


def passage(sentences: Sequence[str], *, tokens: bool = True) -> PassageVectors:
    """Return vectors of a paragraph; only in its first sentence is the question's direction."""
    words = [sentence.split() if tokens else [] for sentence in sentences]
    rows = [127 * np.eye(4)[VOCABULARY.index(word)] for of_one in words for word in of_one]
    vectors = [[0.0, 1.0]] * len(sentences)
    vectors[0] = [1.0, 0.0]
    return PassageVectors(
        np.array([0.6, 0.8], np.float32),
        np.array(vectors, np.float16),
        np.array(rows, np.int8).reshape(-1, 4),
        np.array([len(of_one) for of_one in words], np.int32),
    )


def features(
    asks: AnalysedQuestion,
    vectors: QuestionVectors,
    *paragraphs: Sequence[str],
    tokens: bool = True,
) -> CandidateFeatures:
    """Return the features of paragraphs, each given by its sentences."""
    words = match_words(asks, [codes_of(one) for one in paragraphs])
    passages = [passage(one, tokens=tokens) for one in paragraphs]
    return FeatureMaker(asks, vectors).features(passages, words)


def test_similarities_are_cosines() -> None:
    found = features(question(MUSK), asked("Musk"), ["musk", "rain"], ["putin"])
    assert found.paragraphs.similarity == pytest.approx([0.6, 0.6])
    assert found.sentences.similarity.tolist() == [1.0, 0.0, 1.0]
    assert found.paragraphs.best_similarity.tolist() == [1.0, 1.0]
    assert found.sentences.vectors.shape == (3, 2)


def test_a_word_of_the_question_weighs_what_it_is_worth() -> None:
    # `spend` (3) is in the first sentence, `Musk` (1) in the second, `did` (0.3) in neither.
    vectors = asked("Musk", "spend", "did")
    found = features(question(MUSK, SPENT), vectors, ["spent rain", "musk"])
    assert found.sentences.interaction == pytest.approx([3 / 4.3, 1 / 4.3], abs=1e-6)
    assert found.paragraphs.interaction == pytest.approx([4 / 4.3], abs=1e-6)


def test_closeness_counts_all_words_alike() -> None:
    found = features(question(MUSK, SPENT), asked("Musk", "spend", "did"), ["spent rain", "musk"])
    assert found.sentences.closeness == pytest.approx([1 / 3, 1 / 3], abs=1e-6)
    assert found.paragraphs.best_closeness == pytest.approx([1 / 3], abs=1e-6)


def test_context_is_what_the_sentence_before_adds_within_its_paragraph() -> None:
    vectors = asked("Musk", "spend")
    found = features(question(MUSK, SPENT), vectors, ["rain", "musk", "spent", "rain"], ["rain"])
    assert found.sentences.context == pytest.approx([0, 0, 0.25, 0.75, 0], abs=1e-6)


def test_who_matches_better_than_the_others_stands_out() -> None:
    vectors = asked("Musk", "spend")
    found = features(question(MUSK, SPENT), vectors, ["musk spent"], ["musk"], ["rain"])
    first, second, third = found.paragraphs.contrast
    assert first > second > third
    assert found.paragraphs.contrast.sum() == pytest.approx(0, abs=1e-5)


def test_what_words_say_of_sentences_is_handed_through() -> None:
    asks = question(MUSK, SPENT, text="musk spent")
    found = features(asks, asked("Musk", "spend"), ["spent", "musk spent", "rain"])
    assert found.sentences.coverage == pytest.approx([0.75, 1.0, 0.0])
    assert found.sentences.names == pytest.approx([0.0, 0.25, 0.0])
    assert found.sentences.phrases == pytest.approx([0.0, 1.0, 0.0])
    assert found.paragraphs.phrases == pytest.approx([1.0])
    assert found.paragraphs.proximity == pytest.approx([1.0])


def test_the_content_match_leaves_names_out() -> None:
    found = features(question(MUSK, SPENT), asked("Musk", "spend"), ["musk", "spent"])
    assert found.sentences.content == pytest.approx([0.0, 1.0])


def test_the_pieces_of_a_word_count_as_one_word() -> None:
    fine = QuestionTerm("fine", "fine", 1.0, is_name=False, frequency=1)
    found = features(question(SPENT, fine), asked("spend", "spend", "fine"), ["musk putin"])
    # Half of `spend`, all of `fine`.
    assert found.sentences.content == pytest.approx([0.75])


def test_a_question_of_names_alone_matches_any_content() -> None:
    found = features(question(MUSK), asked("Musk"), ["spent"])
    assert found.sentences.content.tolist() == [1.0]


def test_a_longer_paragraph_is_longer() -> None:
    found = features(question(MUSK), asked("Musk"), ["rain", "rain rain"], [""])
    assert found.paragraphs.length == pytest.approx(np.log([4, 1]))


@pytest.mark.parametrize("blind", ["question", "passages"])
def test_without_token_vectors_words_that_stand_there_stand_in(blind: str) -> None:
    nothing = QuestionVectors(np.array([1, 0], np.float32), np.zeros((0, 4), np.float32), ())
    vectors = nothing if blind == "question" else asked("Musk", "spend")
    of = [["rain", "musk"], ["spent musk"]]
    found = features(question(MUSK, SPENT), vectors, *of, tokens=blind == "question")
    rain, musk, both = found.sentences.interaction
    assert 0 < rain < musk < both == pytest.approx(1.0)
    assert found.paragraphs.interaction == pytest.approx([musk, both])
    assert found.sentences.content.tolist() == [1.0, 1.0, 1.0]


def test_nothing_found_has_no_features() -> None:
    found = features(question(MUSK), asked("Musk"))
    assert [getattr(found.paragraphs, name).size for name in PARAGRAPH_NAMES] == [0] * 8
    assert found.sentences.vectors.shape == (0, 2)
    assert found.edges.tolist() == [0]


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


@given(TERMS, PARAGRAPHS)
def test_shares_are_shares_and_the_paragraph_has_all_that_its_sentences_have(
    terms: list[QuestionTerm], sentences: list[str]
) -> None:
    asks = question(*terms, text="musk spent putin")
    found = features(asks, asked("Musk", "spend", "did"), sentences)
    own, whole = found.sentences_of(0), found.paragraphs
    for part in (own.interaction, own.closeness, own.coverage, own.names, own.phrases, own.content):
        assert part.shape == (len(sentences),)
        assert (part >= -1e-6).all()
        assert (part <= 1 + 1e-6).all()
    assert (own.names <= own.coverage + 1e-6).all()
    assert (own.context >= -1e-6).all()
    assert whole.interaction[0] >= own.interaction.max() - 1e-6
    assert whole.phrases[0] >= own.phrases.max() - 1e-6
    assert whole.proximity[0] <= 1 + 1e-6
    assert whole.best_closeness[0] == own.closeness.max()
    assert whole.best_similarity[0] == own.similarity.max()


@given(PARAGRAPHS)
def test_the_order_of_the_sentences_does_not_matter_to_the_paragraph(sentences: list[str]) -> None:
    asks = question(MUSK, SPENT, text="musk spent")
    vectors = asked("Musk", "spend")
    there = features(asks, vectors, sentences)
    back = features(asks, vectors, sentences[::-1])
    for name in ("interaction", "best_closeness", "phrases", "length"):
        one, other = (getattr(found.paragraphs, name) for found in (there, back))
        assert one == pytest.approx(other), name
    assert there.sentences.coverage.tolist() == back.sentences.coverage.tolist()[::-1]


# Where no candidate has a token, it looks as if the model gave none.
@given(TERMS, st.lists(PARAGRAPHS.filter(any), min_size=1, max_size=4))
def test_but_for_the_contrast_no_candidate_changes_another(
    terms: list[QuestionTerm], paragraphs: list[list[str]]
) -> None:
    asks = question(*terms, text="musk spent putin")
    together = features(asks, asked("Musk", "spend", "did"), *paragraphs)
    for index, sentences in enumerate(paragraphs):
        alone = features(asks, asked("Musk", "spend", "did"), sentences)
        assert_same(together.paragraphs, index, alone.paragraphs)
        for name in SENTENCE_NAMES:
            own = getattr(together.sentences_of(index), name)
            assert own == pytest.approx(getattr(alone.sentences, name), abs=1e-5), name


def assert_same(features: ParagraphFeatures, index: int, alone: ParagraphFeatures) -> None:
    for name in PARAGRAPH_NAMES:
        if name != "contrast":
            own = getattr(features, name)[index]
            assert own == pytest.approx(getattr(alone, name)[0], abs=1e-5), name
