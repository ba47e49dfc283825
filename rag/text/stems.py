"""Words → stems, and the 32-bit codes of stems that are compared at query time."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_LONGEST_WORD = 60
Codes = NDArray[np.uint32]

SENTENCE_END = 0
"""Stands behind the codes of each sentence."""


def stems_of(text: str) -> list[str]:
    """Return the stemmed terms of a text, in order, as every index makes them."""
    return [term for term in stem_analyzer().analyze(text) if term]


@cache
def stem_analyzer() -> Any:
    """Return tantivy's analyzer of the stemmed fields."""
    from tantivy import Filter

    return _folding().filter(Filter.stemmer("English")).build()


@cache
def word_analyzer() -> Any:
    """Return tantivy's analyzer of the field that keeps words as they are spelt."""
    return _folding().build()


def _folding() -> Any:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )


def code_of(stem: str) -> int:
    """Return the code of a stem: two stems of one paragraph share theirs once in 10⁵ archives."""
    return crc32(stem.encode()) or 1


def codes_of(sentences: Iterable[str]) -> Codes:
    """Return the codes of the words of some sentences, in order, an end mark behind each."""
    codes: list[int] = []
    for sentence in sentences:
        codes += map(code_of, stems_of(sentence))
        codes.append(SENTENCE_END)
    return np.array(codes, dtype=np.uint32)
