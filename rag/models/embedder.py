"""The embedding seam: what an index needs to know of a paragraph, and search of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import IndexMismatchError
from rag.schema import Paragraph

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """All vectors of one paragraph, from one forward pass where the model allows it."""

    paragraph: Floats
    """(d,), length 1."""
    sentences: NDArray[np.float16]
    """(number of sentences, d), each of length 1."""
    tokens: NDArray[np.int8]
    """(number of tokens, r), length about 127; no rows where the model gives no tokens."""
    token_counts: NDArray[np.int32]
    """(number of sentences,) how many of the tokens, in order, belong to each sentence."""


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """The vectors of one question, from one forward pass."""

    question: Floats
    """(d,), length 1."""
    tokens: Floats
    """(number of tokens, r), each of length 1; no rows where the model gives no tokens."""
    token_texts: tuple[str, ...]
    """The word (not word piece) that each token vector belongs to."""


class Embedder(Protocol):
    """Turns text into vectors; each implementation passes `tests/contracts/embedder.py`."""

    @property
    def name(self) -> str:
        """Identity of model and precision: two names never share an index."""
        ...

    @property
    def dimension(self) -> int:
        """Length d of the vectors."""
        ...

    def passages(self, paragraphs: Sequence[Paragraph]) -> list[PassageVectors]:
        """Return the vectors of each paragraph, in order."""
        ...

    def question(self, text: str) -> QuestionVectors:
        """Return the vectors of a question."""
        ...

    def whole_words(self, text: str) -> frozenset[str]:
        """Return the words, lower case, that the model's vocabulary has whole.

        They are hardly misspelt. None where the vocabulary isn't known. Quick: no vectors are made.
        """
        ...


def mismatch(home: Path, made_with: str, now: str) -> IndexMismatchError:
    """Return the error for an archive whose vectors are another model's."""
    return IndexMismatchError(
        f"The archive {home} was made with the embedding {made_with}; the settings now say {now}.",
        "Set RAG_EMBEDDINGS back, choose another RAG_HOME, or run `rag ingest --rebuild`.",
    )
