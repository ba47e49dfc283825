"""An archive without forward passes: for measuring the query path at sizes that take days to embed.

Each sentence of a synthetic corpus stands in a real article, whose paragraphs are embedded once.
Its sentence and token vectors are reused; a paragraph's vector is the direction of the mean of its
sentences', moved at random: real clusters, real lengths, real layout. Questions get real vectors.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bench.articles import read_sources
from bench.faults import say
from bench.growth_corpus import as_news, first_paragraphs
from rag.factory import Byline
from rag.models.embedder import Embedder, Floats, PassageVectors, QuestionVectors
from rag.reading.paragraphs import paragraph_id
from rag.schema import Paragraph
from rag.text.sentences import split_sentences

if TYPE_CHECKING:
    from bench.worker import Job

_MOVED = 0.3
"""Length of the random part; that of the real one is 1."""
_BATCH = 256
_Known = tuple[NDArray[np.float16], NDArray[np.int8]]


def synthetic_byline(job: "Job", byline: Byline) -> Byline:
    """Return the archive with an embedder that recombines the vectors of the job's pool."""
    articles = first_paragraphs(
        [as_news(one) for one in read_sources(Path(job.pool))], job.pool_size
    )
    texts = [text for article in articles for text in article.texts]
    say(f"    embedding {len(texts):,} real paragraphs, whose vectors are recombined")
    embedder = RecombiningEmbedder(byline.embedder, texts, job.tokens)
    return Byline(byline.settings, shared_embedder=embedder)


class RecombiningEmbedder:
    """Vectors of paragraphs whose sentences are known, without a forward pass.

    Args:
        real: Embeds the known texts, and questions.
        texts: Where all sentences are from.
        tokens: Most token rows a sentence; 0: all.
    """

    def __init__(self, real: Embedder, texts: Sequence[str], tokens: int) -> None:
        self._real = real
        self._known: dict[str, _Known] = {}
        self._random = np.random.default_rng(1)
        for start in range(0, len(texts), _BATCH):
            paragraphs = [_as_paragraph(text) for text in texts[start : start + _BATCH]]
            for one, passage in zip(paragraphs, real.passages(paragraphs), strict=True):
                self._learn(one, passage, tokens)
                self._pattern = passage
        self._names = list(self._known)

    @property
    def name(self) -> str:
        """The real one's, so that its questions fit."""
        return self._real.name

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return self._real.dimension

    def question(self, text: str) -> QuestionVectors:
        """Return the real vectors of a question."""
        return self._real.question(text)

    def whole_words(self, text: str) -> frozenset[str]:
        """Return the real model's whole words."""
        return self._real.whole_words(text)

    def passages(self, paragraphs: Sequence[Paragraph]) -> list[PassageVectors]:
        """Return vectors of each paragraph, in order."""
        return [self._passage(paragraph) for paragraph in paragraphs]

    def _learn(self, paragraph: Paragraph, passage: PassageVectors, tokens: int) -> None:
        ends = np.cumsum(passage.token_counts)
        for index, span in enumerate(paragraph.sentences):
            first = ends[index] - passage.token_counts[index]
            last = min(ends[index], first + tokens) if tokens else ends[index]
            rows = passage.tokens[first:last].copy()
            self._known[span.of(paragraph.text)] = passage.sentences[index], rows

    def _passage(self, paragraph: Paragraph) -> PassageVectors:
        found = [self._sentence(span.of(paragraph.text)) for span in paragraph.sentences]
        # A paragraph without a sentence still needs a vector.
        sentences = np.array([one for one, _ in found], np.float16).reshape(-1, self.dimension)
        return replace(
            self._pattern,
            paragraph=self._moved(sentences),
            sentences=sentences,
            tokens=np.concatenate([rows for _, rows in found] or [self._pattern.tokens[:0]]),
            token_counts=np.array([len(rows) for _, rows in found], np.int32),
        )

    def _sentence(self, text: str) -> _Known:
        known = self._known.get(text)
        if known is None:
            # Joined sentences may be split elsewhere than they were: any known one will do.
            known = self._known[self._names[crc32(text.encode()) % len(self._names)]]
        return known

    def _moved(self, sentences: NDArray[np.float16]) -> Floats:
        drawn = self._random.standard_normal(self.dimension, dtype=np.float32)
        vector = drawn * (_MOVED / np.linalg.norm(drawn))
        if len(sentences):
            mean = sentences.astype(np.float32).mean(axis=0)
            vector += mean / np.linalg.norm(mean)
        unit: Floats = vector / np.linalg.norm(vector)
        return unit


def _as_paragraph(text: str) -> Paragraph:
    return Paragraph(paragraph_id(text), 1, 0, len(text), text, sentences=split_sentences(text))
