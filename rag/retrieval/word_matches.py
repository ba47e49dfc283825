"""Which words of the question stand in which candidates: covered, side by side, close together.

All candidates are compared at once, by the codes of their words (`rag.text.stems`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import Floats
from rag.retrieval.question import AnalysedQuestion
from rag.text.stems import SENTENCE_END, Codes, code_of, stems_of

Positions = NDArray[np.intp]

_CLOSE = 15
"""Words within which terms count as standing together: about one clause."""
_PLAIN_WORD = 0.1
"""Weight of a word that says nothing (stop words) in a phrase, in nats."""


@dataclass(frozen=True, slots=True)
class WordMatches:
    """Shares, 0 to 1, of the question's weight; a row a paragraph or a sentence."""

    proximity: Floats
    """(paragraphs,) of the words that stand closest together in it."""
    phrases: Floats
    """(paragraphs,) of the pairs of neighbouring words that stand side by side in it."""
    sentence_coverage: Floats
    """(sentences,)"""
    sentence_names: Floats
    """(sentences,) of the names alone, by the weight of all words."""
    sentence_phrases: Floats
    """(sentences,)"""
    paragraph_of: Positions
    """(sentences,) where each stands."""

    def part(self, kept: Positions) -> "WordMatches":
        """Return what concerns some paragraphs, in the order in which they are named."""
        starts = np.searchsorted(self.paragraph_of, kept)
        counts = np.searchsorted(self.paragraph_of, kept, side="right") - starts
        before = np.cumsum(counts) - counts
        rows = np.arange(int(counts.sum())) + np.repeat(starts - before, counts)
        return WordMatches(
            self.proximity[kept],
            self.phrases[kept],
            self.sentence_coverage[rows],
            self.sentence_names[rows],
            self.sentence_phrases[rows],
            np.repeat(np.arange(len(kept)), counts),
        )


def match_words(question: AnalysedQuestion, paragraphs: Sequence[Codes]) -> WordMatches:
    """Compare a question with the words of some paragraphs.

    Args:
        question: Its terms.
        paragraphs: The codes of each one's words.
    """
    return _Comparison(paragraphs).matches(question)


class _Comparison:
    """The words of all candidates, end to end."""

    def __init__(self, paragraphs: Sequence[Codes]) -> None:
        empty = np.zeros(0, np.uint32)
        self._codes: Codes = np.concatenate(paragraphs) if paragraphs else empty
        lengths = [len(codes) for codes in paragraphs]
        self._paragraph = np.repeat(np.arange(len(paragraphs)), lengths)
        ends = self._codes == SENTENCE_END
        self._sentence = np.cumsum(ends) - ends
        self._paragraph_of = self._paragraph[ends]
        self._paragraphs, self._sentences = len(paragraphs), int(ends.sum())

    def matches(self, question: AnalysedQuestion) -> WordMatches:
        places = [self._places(term.stems) for term in question.terms]
        weights = [term.weight for term in question.terms]
        total = sum(weights) or 1.0
        names = [
            weight if term.is_name else 0.0
            for weight, term in zip(weights, question.terms, strict=True)
        ]
        phrases, sentence_phrases = self._phrases(question)
        return WordMatches(
            self._close(places, weights) / total,
            phrases,
            self._held(places, weights, self._sentence, self._sentences) / total,
            self._held(places, names, self._sentence, self._sentences) / total,
            sentence_phrases,
            self._paragraph_of,
        )

    def _places(self, stems: frozenset[str]) -> Positions:
        found = np.zeros(len(self._codes), np.bool_)
        for stem in stems:
            found |= self._codes == code_of(stem)
        return np.flatnonzero(found)

    @staticmethod
    def _held(
        places: Sequence[Positions], weights: Sequence[float], unit: Positions, count: int
    ) -> Floats:
        """Return the weight of the terms that each unit holds."""
        held = np.zeros(count, np.float32)
        for where, weight in zip(places, weights, strict=True):
            present = np.zeros(count, np.float32)
            present[unit[where]] = weight
            held += present
        return held

    def _close(self, places: Sequence[Positions], weights: Sequence[float]) -> Floats:
        """Return the greatest weight of different terms within a few words of each paragraph."""
        closest = np.zeros(self._paragraphs, np.float32)
        starts = np.concatenate(places) if places else np.zeros(0, np.intp)
        if not starts.size:
            return closest
        near = np.zeros(starts.size, np.float32)
        for where, weight in zip(places, weights, strict=True):
            if where.size:
                following = where[np.minimum(np.searchsorted(where, starts), where.size - 1)]
                gap = following - starts
                same = self._paragraph[following] == self._paragraph[starts]
                near += np.float32(weight) * ((gap >= 0) & (gap <= _CLOSE) & same)
        np.maximum.at(closest, self._paragraph[starts], near)
        return closest

    def _phrases(self, question: AnalysedQuestion) -> tuple[Floats, Floats]:
        """Return the shares of neighbouring words, of paragraphs and of sentences."""
        known = {term.stem: term.weight for term in question.terms}
        stems = stems_of(question.corrected)
        masks = {stem: self._codes == code_of(stem) for stem in set(stems)}
        pairs = dict.fromkeys(pairwise(stems))
        places = [np.flatnonzero(masks[a][:-1] & masks[b][1:]) for a, b in pairs]
        weights = [known.get(a, _PLAIN_WORD) + known.get(b, _PLAIN_WORD) for a, b in pairs]
        total = sum(weights) or 1.0
        return (
            self._held(places, weights, self._paragraph, self._paragraphs) / total,
            self._held(places, weights, self._sentence, self._sentences) / total,
        )
