"""Sentences → codes of their stems: what words are compared by at query time, without the text."""

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from rag.term_index import stems_of

Codes = NDArray[np.uint32]

SENTENCE_END = 0
"""Stands behind the codes of each sentence."""


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
