"""How well a paragraph, and each of its sentences, matches a question: a few plain features."""

from collections import Counter
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
        self._weights = np.stack(
            [
                _token_weights(question, vectors.token_texts),
                _content_weights(question, vectors.token_texts),
            ]
        )
        self._terms = [(term.stems, term.weight) for term in question.terms]
        self._total = sum(term.weight for term in question.terms) or 1.0

    def features(
        self, passage: PassageVectors, sentence_stems: Sequence[frozenset[str]], lexical: float
    ) -> ParagraphFeatures:
        """Return the features of one paragraph; see `all_features`."""
        return self.all_features([passage], [sentence_stems], [lexical])[0]

    def all_features(
        self,
        passages: Sequence[PassageVectors],
        sentence_stems: Sequence[Sequence[frozenset[str]]],
        lexical: Sequence[float],
    ) -> list[ParagraphFeatures]:
        """Return the features of many paragraphs, in order.

        Args:
            passages: Their vectors.
            sentence_stems: The stems of each of their sentences.
            lexical: Their BM25 scores.
        """
        return [
            self._features(passage, stems, score, matches)
            for passage, stems, score, matches in zip(
                passages, sentence_stems, lexical, self._matches(passages), strict=True
            )
        ]

    def _matches(self, passages: Sequence[PassageVectors]) -> list[Floats]:
        """Return, for each paragraph, the cosine of each question token with each of its tokens."""
        if not passages:
            return []
        # One product for all: many small ones cost more in starting threads than in arithmetic.
        tokens = np.concatenate([passage.tokens for passage in passages])
        matches = self._vectors.tokens @ tokens.T.astype(np.float32) / 127.0
        return np.split(matches, np.cumsum([len(one.tokens) for one in passages])[:-1], axis=1)

    def _features(
        self,
        passage: PassageVectors,
        sentence_stems: Sequence[frozenset[str]],
        lexical: float,
        matches: Floats,
    ) -> ParagraphFeatures:
        whole, interaction, content = self._interactions(matches, passage.token_counts)
        coverage = [self._coverage(stems) for stems in sentence_stems]
        return ParagraphFeatures(
            similarity=float(passage.paragraph @ self._vectors.question),
            lexical=lexical,
            interaction=whole,
            coverage=self._coverage(frozenset().union(*sentence_stems)),
            sentences=SentenceFeatures(
                similarity=passage.sentences.astype(np.float32) @ self._vectors.question,
                interaction=interaction,
                coverage=np.array(coverage, dtype=np.float32),
                content=content,
                vectors=passage.sentences,
            ),
        )

    def _interactions(
        self, matches: Floats, counts: NDArray[np.int32]
    ) -> tuple[float, Floats, Floats]:
        """Return late interaction with the paragraph, with each sentence, and of the content."""
        both = np.zeros((2, len(counts)), np.float32)
        has_content = bool(self._weights[1].any())
        if not has_content:
            both[1] = 1.0
        if not matches.size:
            return 0.0, both[0], both[1]
        held = counts > 0
        starts = (np.cumsum(counts) - counts)[held]
        best = np.maximum.reduceat(matches, starts, axis=1)
        scores = self._weights @ best
        both[0, held] = scores[0]
        if has_content:
            both[1, held] = scores[1]
        return float(best.max(axis=1) @ self._weights[0]), both[0], both[1]

    def _coverage(self, stems: frozenset[str]) -> float:
        return sum(weight for meant, weight in self._terms if meant & stems) / self._total


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
        [known.get(word.lower(), _UNKNOWN_WORD_WEIGHT) for word in words], dtype=np.float32
    )
    total = float(weights.sum())
    return weights / total if total else weights
