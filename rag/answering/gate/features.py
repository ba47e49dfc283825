"""The best sentence of what was found → what speaks for and against it, each a plain feature."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.models.embedder import Floats
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.question import AnalysedQuestion, QuestionTerm
from rag.retrieval.rerank import Hit, sentence_stems
from rag.text.lexicon import STOPWORDS
from rag.text.stems import stems_of
from rag.text.words import words
from rag.verification.rules.wording import base_of, likeness, opposite

_LOOKED_AT = 5
"""Paragraphs whose sentences may carry the answer."""
_ALONE = 5.0
"""The lead of a sentence whose paragraph is the only one; about that of a sure answer."""


@dataclass(frozen=True, slots=True)
class BestSentence:
    """The sentence that would answer a question."""

    question: AnalysedQuestion
    hits: tuple[Hit, ...]
    """The paragraphs looked at."""
    hit: Hit
    """Its own."""
    index: int
    """Its place in there."""
    text: str
    runner_up: str
    """The second best sentence; empty where there is none."""
    lead: float
    """How far its score lies above that of the best sentence of another paragraph."""
    stems: frozenset[str]
    article_stems: frozenset[str]
    """Of its whole article and of its paragraph."""
    archive_size: int

    def feature(self, values: Floats) -> float:
        """Return its value among those of its paragraph's sentences."""
        return float(values[self.index]) if values.size else 0.0

    @property
    def around(self) -> list[str]:
        """The sentence with its neighbours."""
        paragraph = self.hit.scored.paragraph
        spans = paragraph.sentences[max(self.index - 1, 0) : self.index + 2]
        return [span.of(paragraph.text) for span in spans]

    @property
    def title_stems(self) -> frozenset[str]:
        """Of its article's title."""
        return frozenset(stems_of(self.hit.scored.article.title or ""))


def best_sentence(retrieval: Retrieval) -> BestSentence | None:
    """Return the best sentence of what was found; null when nothing was."""
    hits = retrieval.hits[:_LOOKED_AT]
    ranked = sorted(
        (
            (-score, place, index)
            for place, hit in enumerate(hits)
            for index, score in enumerate(hit.sentence_scores)
        ),
    )
    if not ranked:
        return None
    best, place, index = ranked[0]
    hit = hits[place]
    text = _text(hit, index)
    elsewhere = next((score - best for score, other, _ in ranked if other != place), _ALONE)
    return BestSentence(
        question=retrieval.question,
        hits=hits,
        hit=hit,
        index=index,
        text=text,
        runner_up=_text(hits[ranked[1][1]], ranked[1][2]) if len(ranked) > 1 else "",
        lead=elsewhere,
        stems=sentence_stems(text),
        article_stems=hit.stems | retrieval.article_stems(hit.scored.article.article_id),
        archive_size=retrieval.archive_size,
    )


def _text(hit: Hit, index: int) -> str:
    paragraph = hit.scored.paragraph
    return paragraph.sentences[index].of(paragraph.text)


_SMALLEST = 10
"""Paragraphs; the logarithm of fewer says nothing about chance."""
_MOST_ABSENT = 2
_LEANS = re.compile(r"\b(?:this|these|that|those|he|she|his|her|they|their|it)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GateFeatures:
    """What speaks for and against an answer.

    The first group tells whether the archive is about what is asked at all, the second whether
    the best sentence says the very thing.
    """

    closeness: float
    """Late interaction with the closest sentence found, all words alike."""
    similarity: float
    """Cosine with the most similar sentence found."""
    context: float
    """What late interaction gains at most when the sentence before is read along."""
    evidence: float
    """Weight of the words that the paragraph holds; in nats over those of the archive's size."""
    absent: float
    """How many of the words stand nowhere in the article; two at most count, for a question in
    other words than the article's has many."""
    names_absent: float
    """1 when a name doesn't stand in the paragraph."""
    words_absent: float
    """How many of the words that are no names don't stand in the paragraph."""
    lead: float
    """How far the best sentence lies above the best one of another paragraph."""
    leaning: float
    """1 when the question leans on something that it doesn't say, as in `this treaty`."""

    directness: float
    """Cosine with the best sentence."""
    negation: float
    """1 when the question denies something and the sentence nothing."""
    opposites: float
    """1 when the sentence holds the opposite of a word."""
    figures: float
    """How many figures stand neither in the sentence nor beside it."""
    names: float
    """How many names stand neither in the sentence nor in its article's title."""
    rarest: float
    """Weight of the rarest word that the sentence doesn't hold; unit as for `evidence`."""
    ordinals: float
    """How many ordinals and superlatives don't stand in the paragraph."""


def features_of(best: BestSentence) -> GateFeatures:
    """Return what speaks for and against the best sentence."""
    terms, text = best.question.terms, best.question.text
    chance = math.log(max(best.archive_size, _SMALLEST))
    held, missing = _split(terms, best.hit.stems)
    _, missing_here = _split(terms, best.stems)
    _, missing_around = _split(terms, frozenset().union(*map(sentence_stems, best.around)))
    return GateFeatures(
        closeness=_most(best.hits, "closeness"),
        similarity=_most(best.hits, "similarity"),
        context=_most(best.hits, "context"),
        evidence=sum(term.weight for term in held) / chance,
        absent=min(len(_split(terms, best.article_stems)[1]), _MOST_ABSENT),
        names_absent=float(any(term.is_name for term in missing)),
        words_absent=sum(not term.is_name for term in missing),
        lead=best.lead,
        leaning=float(bool(_LEANS.search(text))),
        directness=best.feature(best.hit.sentences.similarity),
        negation=float(negation_lost(text, best.text)),
        opposites=float(bool(opposites(text, best.text))),
        figures=sum(term.stem[0].isdigit() for term in missing_around),
        names=sum(t.is_name and not t.stems & best.title_stems for t in missing_here),
        rarest=max((term.weight for term in missing_here), default=0.0) / chance,
        ordinals=len(ordinals_missing(text, best.hit.stems)),
    )


def _most(hits: Sequence[Hit], name: str) -> float:
    return max((float(getattr(hit.sentences, name).max(initial=0.0)) for hit in hits), default=0.0)


def _split(
    terms: Sequence[QuestionTerm], stems: frozenset[str]
) -> tuple[list[QuestionTerm], list[QuestionTerm]]:
    """Return the terms that stand among the stems, and those that don't."""
    held = [term for term in terms if term.stems & stems]
    return held, [term for term in terms if not term.stems & stems]


_DENIES = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|unable|\w+n['’]t|non-?\w+)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|final|\w{3,}est|most|least|only|main|original\w*|"
    r"initial\w*)\b",
    re.IGNORECASE,
)
_NO_SUPERLATIVES = frozenset(
    "interest west east forest request protest contest quest guest arrest harvest test invest "
    "suggest manifest modest honest priest conquest northwest southwest northeast southeast "
    "midwest rest best digest".split()
)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})(?=s?\b)")
_MEANINGFUL = frozenset("more most before after up down over under without against".split())
"""Stop words that have an opposite."""
_CACHED = 20_000


def negation_lost(question: str, sentence: str) -> bool:
    """Tell whether the question denies something, and the sentence nothing."""
    return bool(_DENIES.search(question)) and not _DENIES.search(sentence)


def opposites(question: str, sentence: str) -> list[tuple[str, str]]:
    """Return the words of a question whose opposite stands in the sentence, with that opposite."""
    asked, said = _bases(question), _bases(sentence)
    new = {base: word for base, word in said.items() if base not in asked}
    return [
        (word, new[other])
        for base, word in asked.items()
        if base not in said and (other := _first_opposite(base, new))
    ]


def _first_opposite(base: str, others: Iterable[str]) -> str | None:
    return next((other for other in others if opposite(base, other)), None)


@lru_cache(maxsize=_CACHED)
def _bases(text: str) -> dict[str, str]:
    lowered = (word.lower() for word in words(text))
    return {base_of(word): word for word in lowered if word not in STOPWORDS - _MEANINGFUL}


def means_same(word: str, sentences: Iterable[str]) -> bool:
    """Tell whether a word of the same meaning stands in one of the sentences."""
    base = base_of(word)
    return any(likeness(base, other) for text in sentences for other in _bases(text))


def ordinals_missing(question: str, stems: frozenset[str]) -> list[str]:
    """Return the ordinals and superlatives of a question that don't stand in a paragraph.

    Args:
        question: The question.
        stems: The paragraph's.
    """
    asked = {match.group().lower() for match in _ORDINAL.finditer(question)} - _NO_SUPERLATIVES
    return sorted(word for word in asked if not stems & set(stems_of(word)))


def other_years(question: str, sentences: Iterable[str]) -> list[str]:
    """Return the years of a question, where the sentences hold other years and not these."""
    asked = set(_YEAR.findall(question))
    said = {year for sentence in sentences for year in _YEAR.findall(sentence)}
    return sorted(asked) if said and asked and not asked & said else []
