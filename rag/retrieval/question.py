"""A question → its terms: what each is worth, and what the archive spells differently."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.retrieval.answer_kind import AnswerKind, asked_kind, speaker
from rag.schema import Span
from rag.text.lexicon import SENTENCE_STARTERS, SPELLINGS, STOPWORDS, WORD_FORMS
from rag.text.words import word_spans, words

_WITHIN_TERMS = "."
_SHORTEST_CORRECTED = 4
_SHORTEST_VARIED = 6
_TWO_SLIPS = 7
"""From this length on a misspelt word may differ in two letters."""
_SAME_BEGINNING = 4
"""Letters that other spellings of a name share with it."""
_VARIANT_WEIGHT = 0.6
_MOST_ALTERNATIVES = 4
_CARRIED = re.compile(r"\s\([^()]*\)$")
"""Where `followup.standalone` puts what it carries over from the last turn."""
_CARRIED_SHARE = 0.4
"""Weight of such a word: it helps to find the topic, the new words say what is asked."""
_SOUND_ALIKE = {
    "c": "ks",
    "k": "cq",
    "s": "czx",
    "z": "sx",
    "j": "yg",
    "y": "ji",
    "i": "ye",
    "v": "w",
    "w": "v",
    "f": "p",
    "p": "f",
    "g": "j",
    "q": "k",
    "e": "i",
    "x": "zs",
}
"""Initials that are mistaken for one another when a name is written by ear."""


class Terms(Protocol):
    """What the analysis asks of the term index."""

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        ...

    def terms(self, text: str) -> list[str]:
        """Return the stemmed terms of a text, in order."""
        ...

    def frequency(self, term: str) -> int:
        """Return in how many paragraphs a stemmed term stands."""
        ...

    def words_beginning(self, prefix: str) -> list[str]:
        """Return the archive's unstemmed words that begin so."""
        ...


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """One word of the question that says what it is about."""

    word: str
    """As written."""
    stem: str
    """As the index knows it."""
    weight: float
    """Inverse document frequency, in nats."""
    is_name: bool
    """Written with a capital letter where no sentence begins."""
    frequency: int
    """In how many paragraphs it stands as written."""
    alternatives: tuple[str, ...] = ()
    """Stems that the archive has in its place: corrections, or other spellings of a name."""
    correction: str | None = None
    """The archive's word for one that it doesn't know."""

    @property
    def stems(self) -> frozenset[str]:
        """All stems that count as this word."""
        return frozenset((self.stem, *self.alternatives))


@dataclass(frozen=True)
class AnalysedQuestion:
    """A question as retrieval sees it."""

    text: str
    corrected: str
    """With unknown words replaced by the archive's nearest ones: what is embedded."""
    terms: tuple[QuestionTerm, ...]

    @cached_property
    def kind(self) -> AnswerKind:
        """What is asked for."""
        return asked_kind(self.text)

    @cached_property
    def speaker(self) -> frozenset[str] | None:
        """The stems of the name of whose words are asked for; null in other questions."""
        name = speaker(self.text)
        if name is None:
            return None
        spoken = set(words(name, _WITHIN_TERMS))
        return frozenset(stem for term in self.terms if term.word in spoken for stem in term.stems)

    @property
    def figures(self) -> list[frozenset[str]]:
        """The stems of each figure in it."""
        return [term.stems for term in self.terms if term.stem[0].isdigit()]

    def weighted_stems(self) -> list[tuple[str, float]]:
        """Return the stems to search for, each with its factor."""
        weights = {term.stem: 1.0 for term in self.terms}
        for term in self.terms:
            factor = _VARIANT_WEIGHT if term.frequency else 1.0
            for other in term.alternatives:
                weights.setdefault(other, factor)
        return list(weights.items())


def analyse(text: str, index: Terms, whole_words: frozenset[str] = frozenset()) -> AnalysedQuestion:
    """Return the terms of a question, each once, in order.

    Args:
        text: The question.
        index: What the archive's terms are.
        whole_words: Lower-case words that are known to be spelt right.
    """
    terms: dict[str, QuestionTerm] = {}
    replacements: list[tuple[Span, str]] = []
    carried = _CARRIED.search(text)
    for span in word_spans(text, _WITHIN_TERMS):
        word, before = span.of(text), text[: span.start].rstrip()
        if word.lower() in STOPWORDS:
            continue
        starts = not before or before[-1] in ".?!"
        for stem in index.terms(word):
            if stem in terms or (len(stem) == 1 and not stem.isdigit() and stem.isascii()):
                continue
            term = _term(word, stem, index, starts=starts, certain=word.lower() in whole_words)
            if carried and span.start >= carried.start():
                term = replace(term, weight=term.weight * _CARRIED_SHARE)
            terms[stem] = term
            if term.correction and "." not in word:
                replacements.append((span, term.correction))
    return AnalysedQuestion(text, _replaced(text, replacements), tuple(terms.values()))


def inverse_frequency(frequency: int, total: int) -> float:
    """Return BM25's inverse document frequency (Robertson and Zaragoza 2009, eq. 3.15 + 1)."""
    return math.log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def _term(word: str, stem: str, index: Terms, *, starts: bool, certain: bool) -> QuestionTerm:
    frequency = index.frequency(stem)
    is_name = (
        word[0].isalpha()
        and not word.islower()
        and not (starts and word.lower() in SENTENCE_STARTERS)
    )
    near: tuple[str, ...] = ()
    if not frequency and not certain and len(word) >= _SHORTEST_CORRECTED:
        initials = word[0].lower() + _SOUND_ALIKE.get(word[0].lower(), "")
        near = _near(word.lower(), index, initials, slips=2 if len(word) >= _TWO_SLIPS else 1)
    elif frequency and is_name and len(word) >= _SHORTEST_VARIED and not starts:
        near = _near(word.lower(), index, [word[:_SAME_BEGINNING].lower()], slips=2)
    stems = (other for name in (*near, *_spelt(word)) for other in index.terms(name))
    alternatives = tuple(
        dict.fromkeys(other for other in stems if other != stem and index.frequency(other))
    )
    known = [frequency, *(index.frequency(other) for other in alternatives)]
    weight = inverse_frequency(max(known), len(index))
    correction = near[0] if near and not frequency else None
    return QuestionTerm(word, stem, weight, is_name, frequency, alternatives, correction)


def _spelt(word: str) -> tuple[str, ...]:
    spelt = next((names for names in SPELLINGS if word.lower() in names), frozenset[str]())
    group = spelt | WORD_FORMS.get(word.lower(), frozenset())
    return tuple(sorted(group - {word.lower()}))


def _near(word: str, index: Terms, beginnings: Iterable[str], *, slips: int) -> tuple[str, ...]:
    if not word.isalpha():
        return ()
    words = [
        other
        for beginning in beginnings
        for other in index.words_beginning(beginning)
        if other != word and abs(len(other) - len(word)) <= slips and other.isalpha()
    ]
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
    closest = min((distance for _, distance, _ in near), default=0)
    # An unknown word is most likely the nearest known one; farther ones would only add noise.
    best = sorted(other for other, distance, _ in near if distance == closest)
    return tuple(best[:_MOST_ALTERNATIVES])


def _replaced(text: str, replacements: list[tuple[Span, str]]) -> str:
    for span, word in reversed(replacements):
        text = text[: span.start] + word + text[span.end :]
    return text
