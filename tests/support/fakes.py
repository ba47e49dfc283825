"""Stand-ins for the slow and the unpredictable."""

import re
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Floats, PassageVectors, QuestionVectors
from rag.schema import Paragraph

_WORD = re.compile(r"\w+")
_TOKEN_DIMENSION = 128


class FakeEmbedder:
    """Vectors from hashes: a text's own always, nobody else's; texts with shared words are near.

    Args:
        name: Identity of the model that it plays.
        dimension: Length of its vectors.
    """

    def __init__(self, name: str = "fake", dimension: int = 384) -> None:
        self._name = name
        self._dimension = dimension
        self._known: dict[tuple[str, int], Floats] = {}
        self.embedded: list[str] = []
        """Every text of which passage vectors were made, in order."""

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def passages(self, paragraphs: Sequence[Paragraph]) -> list[PassageVectors]:
        self.embedded += [paragraph.text for paragraph in paragraphs]
        return [self._passage(paragraph) for paragraph in paragraphs]

    def question(self, text: str) -> QuestionVectors:
        words = _WORD.findall(text)
        tokens = np.array([self._seeded(word, _TOKEN_DIMENSION) for word in words], np.float32)
        return QuestionVectors(
            self.vector(text), tokens.reshape(-1, _TOKEN_DIMENSION), tuple(words)
        )

    def whole_words(self, text: str) -> frozenset[str]:
        return frozenset()

    def vector(self, text: str) -> Floats:
        words = _WORD.findall(text.lower()) or [text]
        total = sum(self._seeded(word, self._dimension) for word in words)
        return _unit(total / len(words) + 0.5 * self._seeded(text, self._dimension))

    def _passage(self, paragraph: Paragraph) -> PassageVectors:
        sentences = [span.of(paragraph.text) for span in paragraph.sentences]
        words = [_WORD.findall(sentence) for sentence in sentences]
        tokens = [self._seeded(word, _TOKEN_DIMENSION) for of_one in words for word in of_one]
        return PassageVectors(
            self.vector(paragraph.text),
            np.array([self.vector(one) for one in sentences], np.float16).reshape(
                -1, self._dimension
            ),
            np.rint(np.array(tokens, np.float32) * 127)
            .astype(np.int8)
            .reshape(-1, _TOKEN_DIMENSION),
            np.array([len(of_one) for of_one in words], np.int32),
        )

    def _seeded(self, text: str, dimension: int) -> NDArray[np.float32]:
        known = self._known.get((text, dimension))
        if known is None:
            seed = blake2b(f"{self._name}\0{text}".encode(), digest_size=8).digest()
            random = np.random.default_rng(int.from_bytes(seed, "big"))
            known = _unit(random.standard_normal(dimension, dtype=np.float32))
            self._known[text, dimension] = known
        return known


def _unit(vector: NDArray[np.float32]) -> Floats:
    scaled: Floats = (vector / np.linalg.norm(vector)).astype(np.float32)
    return scaled
