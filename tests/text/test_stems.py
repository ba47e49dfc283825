"""Codes of words: what stands for a text where only its words are compared."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import split_sentences
from rag.text.stems import SENTENCE_END, code_of, codes_of, stems_of

SENTENCES = st.lists(
    st.text(max_size=30) | st.sampled_from(["It rained.", "", "...", "Zürich’s cafés", "北京 x"])
)


def test_each_sentence_gives_its_words_in_order_and_an_end() -> None:
    rains, kyiv, snow = (code_of(stem) for stem in ("rain", "kyiv", "snow"))
    assert codes_of(["Rain, Kyiv.", "Snow; rain!"]).tolist() == [rains, kyiv, 0, snow, rains, 0]


def test_no_sentences_give_nothing_and_a_wordless_one_its_end_alone() -> None:
    assert codes_of([]).size == 0
    assert codes_of(["— …", ""]).tolist() == [SENTENCE_END, SENTENCE_END]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("met meetings", "MET Meeting"),
        ("The bridges", "the bridge"),
        ("Zürich café", "zurich CAFE"),
        ("spends spending", "spend Spend"),
        ("don't stop", "don’t stop!"),
    ],
)
def test_spellings_of_one_stem_have_one_code(one: str, other: str) -> None:
    assert codes_of([one]).tolist() == codes_of([other]).tolist()


def test_other_words_have_other_codes() -> None:
    stems = stems_of(" ".join(split.of(_STORY) for split in split_sentences(_STORY)))
    assert len({code_of(stem) for stem in stems}) == len(set(stems)) > 20


_STORY = (
    "The mayor opened the new bridge on Friday. Thousands came to see it, although it cost $40 "
    "million and rain fell. Nobody from the council said when the old one will be pulled down."
)


def test_they_are_stored_in_four_bytes_each() -> None:
    codes = codes_of([_STORY])
    assert codes.dtype == np.uint32
    assert np.frombuffer(codes.tobytes(), np.uint32).tolist() == codes.tolist()


@given(SENTENCES)
def test_as_many_end_marks_as_sentences_and_between_them_the_checksums_of_the_stems(
    sentences: list[str],
) -> None:
    codes = codes_of(sentences).tolist()
    assert codes.count(SENTENCE_END) == len(sentences)
    expected = []
    for sentence in sentences:
        expected += [crc32(stem.encode()) or 1 for stem in stems_of(sentence)]
        expected.append(SENTENCE_END)
    assert codes == expected


def test_no_word_is_taken_for_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.text.stems.crc32", lambda _: 0)
    assert code_of("any") != SENTENCE_END
