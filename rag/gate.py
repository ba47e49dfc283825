"""Is the question answerable from what was found? Decided before anything is written."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer_kind import STRICT, focus, holds, telling
from rag.embedding import Floats
from rag.question import AnalysedQuestion, QuestionTerm
from rag.reranking import Hit, reports_speaker, sentence_stems
from rag.retrieval import Retrieval
from rag.term_index import stems_of

_LOOKED_AT = 5
"""Paragraphs whose sentences may carry the answer."""
_KIND_SOUGHT_IN = 2
"""Best sentences that may hold the kind of thing asked for."""


@dataclass(frozen=True, slots=True)
class GateFeatures:
    """What speaks for and against an answer; of the best sentence and its paragraph."""

    similarity: float
    """Cosine of the question and the best sentence."""
    interaction: float
    """Late interaction of the question and the best sentence, 0 to 1."""
    coverage: float
    """Share of the question's weight that the best sentence covers."""
    names_missing: float
    """Share of the question's names that the archive knows and the paragraph's article doesn't."""
    names_unknown: float
    """Share of the question's names that the archive doesn't know."""
    figures_missing: float
    """1 when the question holds a figure that the paragraph's article doesn't."""
    kind_missing: float
    """1 when none of the best sentences holds the kind of thing asked for."""
    focus_missing: float
    """1 when the thing that is counted or asked for stands nowhere in the paragraph."""
    content_missing: float
    """1 when a plain kind is asked for and none of the other telling words is in the sentence."""
    speaker_missing: float
    """1 when somebody's words are asked for and no paragraph found reports any."""
    content: float
    """Late interaction of the telling words that are no names with the best sentence."""


@dataclass(frozen=True, slots=True)
class GateDecision:
    """Whether to answer, and how sure that is."""

    answerable: bool
    confidence: float
    """How likely the archive holds an answer, 0 to 1; from `FLOOR` on it is answered."""


FLOOR = 0.5

_LEARNED = {
    "similarity": 4.25,
    "interaction": 7.41,
    "coverage": 1.54,
    "names_missing": -0.89,
}
_BIAS = -8.78
"""Logistic regression on SQuAD: questions with their paragraph in the archive against the same
questions without their paragraph, and without their article."""
_UNKNOWN_NAME = -3.8
"""A name that the archive has never seen; set by hand, as no benchmark asks for strangers."""
_MISMATCH = -6.0
"""The sentence is plainly about something else than what is asked for; at most two count."""
_MOST_MISMATCHES = 2
_SOFT_MATCH = 0.65
"""Above this late interaction a telling word has a synonym in the sentence."""
_SMALL, _LARGE = 60, 320
_FLOOR_SMALL, _FLOOR_LARGE = -4.4, -2.5
"""The more paragraphs, the better the best chance resemblance: the floor rises with their
logarithm between a handful of articles and SQuAD's three hundred paragraphs."""


def decide(retrieval: Retrieval) -> GateDecision:
    """Return whether to answer from what was retrieved: all of the question, or a part of it."""
    if retrieval.parts:
        return max(map(decide, retrieval.parts), key=lambda one: one.confidence)
    features = gate_features(retrieval)
    if features is None:
        return GateDecision(answerable=False, confidence=0.0)
    above = _logit(features) - _floor(retrieval.archive_size)
    confidence = 1 / (1 + math.exp(-above))
    return GateDecision(confidence >= FLOOR, confidence)


def _logit(features: GateFeatures) -> float:
    learned: float = sum(weight * getattr(features, name) for name, weight in _LEARNED.items())
    no_synonym = features.content < _SOFT_MATCH
    mismatches = (
        features.kind_missing
        + features.figures_missing
        + features.focus_missing
        + features.speaker_missing
        + features.content_missing * no_synonym
    )
    by_hand = _UNKNOWN_NAME * features.names_unknown + _MISMATCH * min(mismatches, _MOST_MISMATCHES)
    return _BIAS + learned + by_hand


def _floor(paragraphs: int) -> float:
    position = math.log(max(paragraphs, 1) / _SMALL) / math.log(_LARGE / _SMALL)
    return _FLOOR_SMALL + min(max(position, 0.0), 1.0) * (_FLOOR_LARGE - _FLOOR_SMALL)


def gate_features(retrieval: Retrieval) -> GateFeatures | None:
    """Return what speaks for and against an answer; null when nothing was found."""
    candidates = sorted(
        (
            _Sentence(score, hit, index)
            for hit in retrieval.hits[:_LOOKED_AT]
            for index, score in enumerate(hit.sentence_scores)
        ),
        key=lambda one: -one.score,
    )
    if not candidates:
        return None
    best = candidates[0]
    question, stems = retrieval.question, best.hit.stems
    names = [term for term in question.terms if term.is_name]
    article = stems | retrieval.article_stems(best.hit.scored.article.article_id)
    return GateFeatures(
        similarity=best.of(best.hit.sentences.similarity),
        interaction=best.of(best.hit.sentences.interaction),
        coverage=best.of(best.hit.sentences.coverage),
        names_missing=_share(names, lambda t: _is_known(t) and not t.stems & article),
        names_unknown=_share(names, lambda t: not _is_known(t)),
        figures_missing=float(any(not figure & article for figure in question.figures)),
        kind_missing=float(not _holds_kind(question, candidates[:_KIND_SOUGHT_IN])),
        focus_missing=float(_focus_missing(question, stems)),
        content_missing=float(_content_missing(question, sentence_stems(best.text))),
        speaker_missing=float(_speaker_missing(question, retrieval.hits)),
        content=best.of(best.hit.sentences.content),
    )


@dataclass(frozen=True, slots=True)
class _Sentence:
    score: float
    hit: Hit
    index: int

    def of(self, values: Floats) -> float:
        return float(values[self.index]) if values.size else 0.0

    @property
    def text(self) -> str:
        paragraph = self.hit.scored.paragraph
        return paragraph.sentences[self.index].of(paragraph.text)


def _is_known(term: QuestionTerm) -> bool:
    return bool(term.frequency or term.alternatives)


def _share(terms: Sequence[QuestionTerm], counts: Callable[[QuestionTerm], bool]) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if counts(term)) / total if total else 0.0


def _holds_kind(question: AnalysedQuestion, sentences: Sequence[_Sentence]) -> bool:
    return any(holds(question.kind, sentence.text, question.text) for sentence in sentences)


def _focus_missing(question: AnalysedQuestion, stems: frozenset[str]) -> bool:
    noun = focus(question.text)
    if noun is None:
        return False
    meant = {stem for t in question.terms if t.word.lower() == noun for stem in t.stems}
    return not stems & (meant or set(stems_of(noun)))


def _content_missing(question: AnalysedQuestion, stems: frozenset[str]) -> bool:
    telling_terms = [t for t in question.terms if not t.is_name and telling(t.word)]
    strict = question.kind in STRICT
    return strict and bool(telling_terms) and not any(t.stems & stems for t in telling_terms)


def _speaker_missing(question: AnalysedQuestion, hits: Sequence[Hit]) -> bool:
    return question.speaker is not None and not any(
        reports_speaker(question, span.of(hit.scored.paragraph.text))
        for hit in hits
        for span in hit.scored.paragraph.sentences
    )
