"""How well a paragraph, and each of its sentences, matches a question: a few plain features."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.embedding import Floats, PassageVectors, QuestionVectors
from rag.question import AnalysedQuestion

_UNKNOWN_WORD_WEIGHT = 0.3
"""Weight of a question word that says nothing (stop words) in late interaction, in nats."""


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """One row a sentence."""

    similarity: Floats
    """Cosine with the question."""
    interaction: Floats
    """Late interaction: each word of the question with its best match in the sentence."""
    coverage: Floats
    """Share of the question's weight whose words stand in the sentence."""
    content: Floats
    """Late interaction of the question's telling words that are no names."""
    vectors: NDArray[np.float16]
    """(number of sentences, d), for comparing sentences with one another."""


@dataclass(frozen=True, slots=True)
class ParagraphFeatures:
    """What ranks one candidate."""

    similarity: float
    lexical: float
    """BM25."""
    interaction: float
    coverage: float
    sentences: SentenceFeatures


class FeatureMaker:
    """Computes the features of candidates for one question.

    Args:
        question: Its terms.
        vectors: Its vectors.
    """

    def __init__(self, question: AnalysedQuestion, vectors: QuestionVectors) -> None:
        self._vectors = vectors
        self._token_weights = _token_weights(question, vectors.token_texts)
        self._content = _content_rows(question, vectors.token_texts)
        self._terms = question.terms
        self._total = sum(term.weight for term in question.terms) or 1.0

    def features(
        self, passage: PassageVectors, sentence_stems: Sequence[frozenset[str]], lexical: float
    ) -> ParagraphFeatures:
        """Return the features of one paragraph.

        Args:
            passage: Its vectors.
            sentence_stems: The stems of each of its sentences.
            lexical: Its BM25 score.
        """
        # One product for all sentences; the maximum over a sentence's tokens, then over all.
        matches = self._vectors.tokens @ passage.tokens.T.astype(np.float32) / 127.0
        everything = frozenset().union(*sentence_stems)
        parts = _split(matches, passage.token_counts)
        return ParagraphFeatures(
            similarity=float(passage.paragraph @ self._vectors.question),
            lexical=lexical,
            interaction=self._interaction(matches),
            coverage=self._coverage(everything),
            sentences=SentenceFeatures(
                similarity=passage.sentences.astype(np.float32) @ self._vectors.question,
                interaction=np.array([self._interaction(part) for part in parts], np.float32),
                coverage=np.array(
                    [self._coverage(stems) for stems in sentence_stems], dtype=np.float32
                ),
                content=np.array([self._content_match(part) for part in parts], np.float32),
                vectors=passage.sentences,
            ),
        )

    def _interaction(self, matches: Floats) -> float:
        if not matches.size:
            return 0.0
        return float(matches.max(axis=1) @ self._token_weights)

    def _content_match(self, matches: Floats) -> float:
        if not self._content or not matches.size:
            return 1.0 if not self._content else 0.0
        best = matches.max(axis=1)
        return statistics.fmean(float(best[rows].mean()) for rows in self._content)

    def _coverage(self, stems: frozenset[str]) -> float:
        return sum(term.weight for term in self._terms if term.stems & stems) / self._total


def _split(matches: Floats, counts: NDArray[np.int32]) -> list[Floats]:
    edges = np.cumsum(counts)[:-1]
    return np.split(matches, edges, axis=1)


def _content_rows(question: AnalysedQuestion, words: Sequence[str]) -> list[list[int]]:
    content = {term.word.lower() for term in question.terms if not term.is_name}
    rows: dict[str, list[int]] = {}
    for row, word in enumerate(words):
        if word.lower() in content:
            rows.setdefault(word.lower(), []).append(row)
    return list(rows.values())


def _token_weights(question: AnalysedQuestion, words: Sequence[str]) -> Floats:
    known = {term.word.lower(): term.weight for term in question.terms}
    weights = np.array(
        [known.get(word.lower(), _UNKNOWN_WORD_WEIGHT) for word in words], dtype=np.float32
    )
    total = float(weights.sum())
    return weights / total if total else weights
