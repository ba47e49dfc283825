"""How well each candidate, and each of its sentences, matches a question: a few plain features.

Late interaction: each word of the question meets its best match among the words of the text, by
the cosine of their vectors in context (ColBERT's MaxSim, arXiv:2004.12832).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Floats, PassageVectors, QuestionVectors
from rag.retrieval.question import AnalysedQuestion
from rag.retrieval.word_matches import WordMatches

_PLAIN_WORD_WEIGHT = 0.3
"""Weight of a question word that says nothing (stop words) in late interaction, in nats."""
_LEAST_SPREAD = 0.05
"""Below this spread of cosines over the candidates, a word tells none from another."""
_NO_MATCH = 0.4
"""Cosine of two unrelated words, about: stands in where the model gives no token vectors."""
_SMALL_PRODUCT = 250_000
"""Multiplications of a block; above 262,144 OpenBLAS takes threads (its interface/gemm.c)."""
_INT8_SCALE = np.float32(1 / 127)


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """One row a sentence."""

    similarity: Floats
    """Cosine with the question."""
    interaction: Floats
    """Late interaction, each word by what it tells (inverse document frequency)."""
    closeness: Floats
    """Late interaction, all words alike, cosines squared: near matches count for less."""
    context: Floats
    """What interaction gains when the sentence before is read along."""
    coverage: Floats
    """Share of the question's weight whose words stand in the sentence."""
    names: Floats
    """The part of `coverage` that is names."""
    phrases: Floats
    """Share of the question's pairs of neighbouring words that stand side by side."""
    content: Floats
    """Late interaction of the question's telling words that are no names."""
    vectors: NDArray[np.float16]
    """(number of sentences, d), for comparing sentences with one another."""

    def part(self, start: int, end: int) -> "SentenceFeatures":
        """Return some of the rows."""
        return SentenceFeatures(*(getattr(self, name)[start:end] for name in _SENTENCE_FIELDS))


_SENTENCE_FIELDS = [one.name for one in fields(SentenceFeatures)]


@dataclass(frozen=True, slots=True)
class ParagraphFeatures:
    """What ranks the candidates: one value a candidate each."""

    similarity: Floats
    """Cosine with the question."""
    interaction: Floats
    """Late interaction, each word by what it tells."""
    contrast: Floats
    """How far each word's best match lies above that of the other candidates, on average."""
    best_closeness: Floats
    """Of the best sentence, as are the next."""
    best_similarity: Floats
    phrases: Floats
    """Share of the question's pairs of neighbouring words that stand side by side."""
    proximity: Floats
    """Share of the question's weight that stands within a few words of one another."""
    length: Floats
    """Logarithm of the number of tokens: a long paragraph matches more by chance."""


@dataclass(frozen=True, slots=True)
class CandidateFeatures:
    """The features of all candidates of one question."""

    paragraphs: ParagraphFeatures
    sentences: SentenceFeatures
    """Of all candidates, in order."""
    edges: NDArray[np.intp]
    """(n + 1,) where the sentences of each candidate start, and where the last one's end."""

    def sentences_of(self, index: int) -> SentenceFeatures:
        """Return the features of one candidate's sentences."""
        return self.sentences.part(int(self.edges[index]), int(self.edges[index + 1]))


class FeatureMaker:
    """Computes the features of candidates for one question.

    Args:
        question: Its terms.
        vectors: Its vectors.
    """

    def __init__(self, question: AnalysedQuestion, vectors: QuestionVectors) -> None:
        self._vectors = vectors
        self._asked = vectors.tokens * _INT8_SCALE
        self._weights = _token_weights(question, vectors.token_texts)
        self._content = _content_weights(question, vectors.token_texts)

    def features(self, passages: Sequence[PassageVectors], words: WordMatches) -> CandidateFeatures:
        """Return the features of some candidates, in order.

        Args:
            passages: Their vectors; each has at least one sentence.
            words: Which words of the question stand in them.
        """
        if not passages:
            return _nothing(self._vectors.question.size)
        counts = [len(one.token_counts) for one in passages]
        edges = np.concatenate(([0], np.cumsum(counts)))
        best = self._best_matches(passages, words)
        sentences = self._sentences(passages, words, best, edges)
        whole = _greatest(best, edges)
        tokens = np.array([len(one.tokens) for one in passages], np.float32)
        paragraphs = ParagraphFeatures(
            similarity=np.stack([one.paragraph for one in passages]) @ self._vectors.question,
            interaction=self._weighted(whole),
            contrast=_contrast(whole),
            best_closeness=_greatest(sentences.closeness, edges),
            best_similarity=_greatest(sentences.similarity, edges),
            phrases=words.phrases,
            proximity=words.proximity,
            length=np.log1p(tokens),
        )
        return CandidateFeatures(paragraphs, sentences, edges)

    def _sentences(
        self,
        passages: Sequence[PassageVectors],
        words: WordMatches,
        best: Floats,
        edges: NDArray[np.intp],
    ) -> SentenceFeatures:
        interaction = self._weighted(best)
        vectors = np.concatenate([one.sentences for one in passages])
        return SentenceFeatures(
            similarity=vectors.astype(np.float32) @ self._vectors.question,
            interaction=interaction,
            closeness=np.square(best.clip(0)).mean(axis=0),
            context=self._weighted(_with_sentence_before(best, edges)) - interaction,
            coverage=words.sentence_coverage,
            names=words.sentence_names,
            phrases=words.sentence_phrases,
            content=self._content_match(best),
            vectors=vectors,
        )

    def _best_matches(self, passages: Sequence[PassageVectors], words: WordMatches) -> Floats:
        """Return (question tokens, sentences): the cosine of each token's best match."""
        if not self._asked.size or not any(one.tokens.size for one in passages):
            # The model gives no token vectors: words that stand there match, others hardly do.
            return _NO_MATCH + (1 - _NO_MATCH) * words.sentence_coverage[None, :]
        tokens = np.concatenate([one.tokens for one in passages]).astype(np.float32)
        counts = np.concatenate([one.token_counts for one in passages])
        starts, held = np.cumsum(counts) - counts, counts > 0
        cosines = _small_products(tokens, np.ascontiguousarray(self._asked.T))
        best = np.zeros((counts.size, len(self._asked)), np.float32)
        best[held] = np.maximum.reduceat(cosines, starts[held], axis=0)
        transposed: Floats = best.T
        return transposed

    def _weighted(self, best: Floats) -> Floats:
        if len(best) != len(self._weights):  # the model gives no token vectors
            same: Floats = best[0]
            return same
        weighted: Floats = self._weights @ best
        return weighted

    def _content_match(self, best: Floats) -> Floats:
        if len(best) != len(self._content) or not self._content.any():
            return np.ones(best.shape[1], np.float32)
        matched: Floats = self._content @ best
        return matched


def _small_products(rows: Floats, columns: Floats) -> Floats:
    """Return the matrix product, computed in blocks.

    For a large one the linear algebra library starts threads, which costs more than the product,
    and 7 ms when another process has the core.
    """
    product = np.empty((len(rows), columns.shape[1]), np.float32)
    block = max(_SMALL_PRODUCT // columns.size, 1)
    for start in range(0, len(rows), block):
        np.matmul(rows[start : start + block], columns, out=product[start : start + block])
    return product


def _nothing(dimension: int) -> CandidateFeatures:
    none = np.zeros(0, np.float32)
    vectors = np.zeros((0, dimension), np.float16)
    sentences = SentenceFeatures(none, none, none, none, none, none, none, none, vectors)
    paragraphs = ParagraphFeatures(none, none, none, none, none, none, none, none)
    return CandidateFeatures(paragraphs, sentences, np.zeros(1, np.intp))


def _greatest(values: Floats, edges: NDArray[np.intp]) -> Floats:
    """Return the greatest value of each candidate's sentences, along the last axis."""
    greatest: Floats = np.maximum.reduceat(values, edges[:-1], axis=-1)
    return greatest


def _contrast(best: Floats) -> Floats:
    spread = best.std(axis=1, keepdims=True) + _LEAST_SPREAD
    contrast: Floats = ((best - best.mean(axis=1, keepdims=True)) / spread).mean(axis=0)
    return contrast


def _with_sentence_before(best: Floats, edges: NDArray[np.intp]) -> Floats:
    both = best.copy()
    np.maximum(both[:, 1:], best[:, :-1], out=both[:, 1:])
    first = edges[:-1]
    both[:, first] = best[:, first]
    return both


def _content_weights(question: AnalysedQuestion, words: Sequence[str]) -> Floats:
    """Return weights under which each telling word that is no name counts alike."""
    content = {term.word.lower() for term in question.terms if not term.is_name}
    lowered = [word.lower() for word in words]
    pieces = Counter(word for word in lowered if word in content)
    weights = [1 / pieces[word] / len(pieces) if word in pieces else 0.0 for word in lowered]
    return np.array(weights, dtype=np.float32)


def _token_weights(question: AnalysedQuestion, words: Sequence[str]) -> Floats:
    known = {term.word.lower(): term.weight for term in question.terms}
    weights = np.array(
        [known.get(word.lower(), _PLAIN_WORD_WEIGHT) for word in words], dtype=np.float32
    )
    total = float(weights.sum())
    return weights / total if total else weights
