"""Candidates → hits: scored by all features, best first, a text that stands twice shown once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from rag.archive.catalogue import Candidate, StoredParagraph
from rag.models.embedder import Floats
from rag.retrieval.answer_kind import AnswerKind, holds, speaks
from rag.retrieval.features import CandidateFeatures, SentenceFeatures
from rag.retrieval.question import AnalysedQuestion
from rag.retrieval.ranking import HOLDS_KIND_WEIGHT, fused_scores, probability, sentence_scores
from rag.schema import Paragraph, ParagraphKind, ScoredParagraph
from rag.text.stems import SENTENCE_END, stems_of

SPARE = 4
"""Candidates looked at beyond those wanted: what they hold may lift them, a copy may drop out."""
_STEMS_CACHED = 20_000

Read = Callable[[Iterable[int]], Mapping[int, StoredParagraph]]
Order = NDArray[np.intp]


@dataclass(frozen=True)
class Hit:
    """A ranked paragraph, and how each of its sentences matches."""

    scored: ScoredParagraph
    match: Callable[[], SentenceFeatures]
    """These two are called only for the hits that an answer is taken from."""
    score: Callable[[SentenceFeatures], tuple[float, ...]]

    @cached_property
    def sentences(self) -> SentenceFeatures:
        """How each sentence matches, in order."""
        return self.match()

    @cached_property
    def sentence_scores(self) -> tuple[float, ...]:
        """How well each sentence answers, in order; comparable within one question."""
        return self.score(self.sentences)

    @property
    def place(self) -> tuple[str, str]:
        """Article and paragraph: what tells it from every other hit."""
        return self.scored.article.article_id, self.scored.paragraph.paragraph_id

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of the paragraph and its article's title."""
        title = sentence_stems(self.scored.article.title or "")
        return title.union(*map(sentence_stems, _sentences(self.scored.paragraph)))


@lru_cache(maxsize=_STEMS_CACHED)
def sentence_stems(sentence: str) -> frozenset[str]:
    """Return the stems of a sentence's words."""
    return frozenset(stems_of(sentence))


def reports_speaker(question: AnalysedQuestion, sentence: str) -> bool:
    """Tell whether a sentence reports words of the person whose words are asked for."""
    speaker = question.speaker
    return speaker is not None and speaks(speaker, sentence, sentence_stems(sentence))


class Reranker:
    """Orders the candidates of one question.

    Args:
        question: Its terms.
        candidates: What was looked at closely.
        features: How they match, in the same order.
        read: Returns paragraphs by key; only those that come first are read.
    """

    def __init__(
        self,
        question: AnalysedQuestion,
        candidates: Sequence[Candidate],
        features: CandidateFeatures,
        read: Read,
    ) -> None:
        self.question = question
        self.candidates = candidates
        self.features = features
        self.read = read
        headlines = [one.kind is ParagraphKind.HEADLINE for one in candidates]
        self._scores = fused_scores(features.paragraphs, headlines)

    def best(self, limit: int) -> tuple[Hit, ...]:
        """Return the best candidates, best first."""
        order = self._order(self._scores)
        hits = self._hits(order[: limit + SPARE], limit)
        if len(hits) < min(limit, len(order)):
            hits = self._hits(order, limit)
        return hits

    def further(self, shown: Sequence[Hit], count: int) -> tuple[Hit, ...]:
        """Return the next best candidates behind those that are shown."""
        places = {hit.place for hit in shown}
        return tuple(hit for hit in self.best(len(shown) + count) if hit.place not in places)

    def _order(self, scores: Floats) -> Order:
        keys = np.array([one.key for one in self.candidates])
        order: Order = np.lexsort((keys, -scores))
        return order

    def _hits(self, among: Order, limit: int) -> tuple[Hit, ...]:
        index_of = {self.candidates[index].key: index for index in among.tolist()}
        stored = {index_of[key]: one for key, one in self.read(index_of).items()}
        scores = self._scores.copy()
        for index, one in stored.items():
            scores[index] += HOLDS_KIND_WEIGHT * self.best_sentence_holds_kind(index, one)
        shares = probability(scores)
        ranked = (index for index in self._order(scores) if index in stored)
        distinct = self._distinct(ranked)
        return tuple(
            self._hit(index, stored[index], rank, float(scores[index]), float(shares[index]))
            for rank, index in zip(range(1, limit + 1), distinct, strict=False)
        )

    def _distinct(self, ranked: Iterator[int]) -> Iterator[int]:
        """Yield the first of each text: one wire paragraph in two papers is one source.

        Punctuation, case and white space don't make it another one: the words are compared.
        """
        texts: set[bytes] = set()
        for index in ranked:
            words = self.candidates[index].words
            text = words[words != SENTENCE_END].tobytes()
            if not text or text not in texts:
                texts.add(text)
                yield index

    def best_sentence_holds_kind(self, index: int, stored: StoredParagraph) -> bool:
        """Tell whether a candidate's best sentence holds the kind of thing that is asked for."""
        if self.question.kind is AnswerKind.OTHER:
            return False
        edges = self.features.edges[index : index + 2]
        best = int(np.argmax(self.features.sentences.interaction[slice(*edges)]))
        paragraph = stored.paragraph
        sentence = paragraph.sentences[best].of(paragraph.text)
        return holds(self.question.kind, sentence, self.question.text)

    def _hit(
        self, index: int, stored: StoredParagraph, rank: int, score: float, share: float
    ) -> Hit:
        similarity = float(self.features.paragraphs.similarity[index])
        return Hit(
            ScoredParagraph(stored.paragraph, stored.article, rank, share, similarity),
            partial(self.features.sentences_of, index),
            partial(_sentence_scores, self.question, stored.paragraph, score),
        )


def _sentence_scores(
    question: AnalysedQuestion, paragraph: Paragraph, score: float, features: SentenceFeatures
) -> tuple[float, ...]:
    sentences = _sentences(paragraph)
    held = [holds(question.kind, sentence, question.text) for sentence in sentences]
    spoken = [reports_speaker(question, sentence) for sentence in sentences]
    return tuple(sentence_scores(features, score, held, spoken).tolist())


def _sentences(paragraph: Paragraph) -> list[str]:
    return [span.of(paragraph.text) for span in paragraph.sentences]
