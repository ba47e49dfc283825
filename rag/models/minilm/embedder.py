"""MiniLM behind the embedding seam: paragraph, sentences and tokens from one forward pass."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Floats, PassageVectors, QuestionVectors
from rag.models.minilm.graph import Precision
from rag.models.minilm.model import MiniLM, TokenStates
from rag.models.minilm.tokens import Tokens
from rag.schema import Paragraph, Span
from rag.text.words import word_spans

_INT8_SCALE = 127.0
_LONGEST_QUESTION = 254
_QUESTIONS_CACHED = 16
"""A question is first looked at word by word, then embedded, mostly as it was."""


class MiniLMEmbedder:
    """The default embedder."""

    def __init__(self, model: MiniLM) -> None:
        self._model = model
        self._read = lru_cache(_QUESTIONS_CACHED)(self._read_anew)

    @property
    def name(self) -> str:
        """The model's name, and that of the token projection."""
        return f"{self._model.name}/tokens128"

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._model.dimension

    def passages(self, paragraphs: Sequence[Paragraph]) -> list[PassageVectors]:
        """Return the vectors of each paragraph, in order."""
        encoded = self._model.encode([paragraph.text for paragraph in paragraphs])
        return [
            _passage(paragraph, states)
            for paragraph, states in zip(paragraphs, encoded, strict=True)
        ]

    def question(self, text: str) -> QuestionVectors:
        """Return the vectors of a question."""
        tokens, words = self._read(text)
        (states,) = self._model.encode_tokens([tokens], Precision.BLOCKS)
        return QuestionVectors(states.vector, _unit(states.projected), words)

    def whole_words(self, text: str) -> frozenset[str]:
        """Return the words, lower case, that are one token each."""
        tokens, words = self._read(text)
        return frozenset(
            word.lower()
            for (start, end), word in zip(tokens.spans.tolist(), words, strict=True)
            if end - start == len(word)
        )

    def _read_anew(self, text: str) -> tuple[Tokens, tuple[str, ...]]:
        """Return the tokens of a question, and the word that each belongs to."""
        tokens = self._model.tokens(text, _LONGEST_QUESTION)
        return tokens, _words_of(text, tokens.spans)


def _passage(paragraph: Paragraph, states: TokenStates) -> PassageVectors:
    starts = [span.start for span in paragraph.sentences]
    edges = np.append(np.searchsorted(states.spans[:, 0], starts), len(states.spans))
    return PassageVectors(
        states.vector,
        _means(states.states, edges).astype(np.float16),
        _int8(_unit(states.projected)),
        np.diff(edges).astype(np.int32),
    )


def _int8(vectors: Floats) -> NDArray[np.int8]:
    rounded: NDArray[np.int8] = np.rint(vectors * _INT8_SCALE).astype(np.int8)
    return rounded


def _means(states: Floats, edges: NDArray[np.intp]) -> Floats:
    # A sentence's mean inside its paragraph is as good as embedding it alone, at no cost.
    means = np.zeros((len(edges) - 1, states.shape[1]), np.float32)
    for index, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            means[index] = states[start:end].mean(axis=0)
    return _unit(means)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return scaled


def _words_of(text: str, spans: NDArray[np.int32]) -> tuple[str, ...]:
    words = list(word_spans(text, ""))
    return tuple(
        next((word for word in words if word.start <= start < word.end), Span(start, end)).of(text)
        for start, end in spans.tolist()
    )
