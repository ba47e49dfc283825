"""Rules that decline by themselves, whatever else speaks for an answer; each says why.

Each was measured on its own (`bench/fit_gate.py`): it stays where it declines several times more
questions without an answer than with one.
"""

from collections.abc import Callable, Sequence

from rag.answering.gate.best_sentence import BestSentence
from rag.answering.gate.clashes import means_same, negation_lost, other_years
from rag.retrieval.answer_kind import AnswerKind, focus, holds, telling
from rag.retrieval.rerank import reports_speaker
from rag.text.stems import stems_of

_SYNONYM = {
    AnswerKind.YEAR: 0.65,
    AnswerKind.DURATION: 0.65,
    AnswerKind.NUMBER: 0.65,
    AnswerKind.AGE: 0.65,
    AnswerKind.MONEY: 0.65,
    AnswerKind.PERSON: 0.45,
    AnswerKind.PLACE: 0.45,
}
"""The late interaction from which the telling words are met by others of the same meaning. An
amount stands beside what is measured; a person or place may be told of in other words."""
_KIND_NAMES = {
    AnswerKind.PERSON: "A person",
    AnswerKind.TIME: "A time",
    AnswerKind.YEAR: "A year",
    AnswerKind.DURATION: "A duration",
    AnswerKind.NUMBER: "A number",
    AnswerKind.AGE: "An age",
    AnswerKind.MONEY: "An amount of money",
    AnswerKind.PLACE: "A place",
    AnswerKind.REASON: "A reason",
}


def kind_missing(best: BestSentence) -> str | None:
    """Decline when neither of the two best sentences holds the kind of thing asked for."""
    kind, text = best.question.kind, best.question.text
    if any(holds(kind, sentence, text) for sentence in (best.text, best.runner_up)):
        return None
    return f"{_KIND_NAMES[kind]} is asked for; none is given by what was found."


def focus_missing(best: BestSentence) -> str | None:
    """Decline when the thing that is counted or asked for stands nowhere in the paragraph."""
    noun = focus(best.question.text)
    if noun is None:
        return None
    meant = {stem for t in best.question.terms if t.word.lower() == noun for stem in t.stems}
    if best.hit.stems & (meant or set(stems_of(noun))) or means_same(noun, best.around):
        return None
    return f"The nearest paragraph says nothing about “{noun}”."


def content_missing(best: BestSentence) -> str | None:
    """Decline when a plain kind is asked for and no telling word is met in the sentence."""
    words = [t for t in best.question.terms if not t.is_name and telling(t.word)]
    if not words or any(t.stems & best.stems for t in words):
        return None
    if best.feature(best.hit.sentences.content) >= _SYNONYM.get(best.question.kind, 0.0):
        return None
    if any(means_same(t.word, [best.text]) for t in words):
        return None
    return f"The nearest sentence says nothing about “{words[0].word}”."


def speaker_missing(best: BestSentence) -> str | None:
    """Decline when somebody's words are asked for and no paragraph found reports any."""
    if best.question.speaker is None or any(
        reports_speaker(best.question, span.of(hit.scored.paragraph.text))
        for hit in best.hits
        for span in hit.scored.paragraph.sentences
    ):
        return None
    return "No paragraph found reports words of the person asked about."


def other_year(best: BestSentence) -> str | None:
    """Decline when the sentence and its neighbours give other years than the question."""
    years = other_years(best.question.text, best.around)
    return f"What was found is not about {years[0]}." if years else None


def denied(best: BestSentence) -> str | None:
    """Decline when the question denies something, and nothing near the sentence does."""
    if best.question.kind is AnswerKind.REASON:  # a reason for not doing is given without `not`
        return None
    if not negation_lost(best.question.text, " ".join(best.around)):
        return None
    return "The question denies something that the nearest sentences don't deny."


VETOES: Sequence[Callable[[BestSentence], str | None]] = (
    speaker_missing,
    kind_missing,
    focus_missing,
    other_year,
    content_missing,
    denied,
)


def veto(best: BestSentence) -> str | None:
    """Return why the best sentence can't answer; null when no rule declines."""
    return next((reason for rule in VETOES if (reason := rule(best))), None)
