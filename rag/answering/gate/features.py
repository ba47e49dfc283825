"""The best sentence → what speaks for and against it, each a plain feature with its own unit."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.gate.best_sentence import BestSentence
from rag.answering.gate.clashes import negation_lost, opposites, ordinals_missing
from rag.retrieval.question import QuestionTerm
from rag.retrieval.rerank import Hit, sentence_stems

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
