"""Which report of the passage the claim's words belong to, and who speaks there."""

from collections.abc import Sequence

from rag.verification.rules.alignment import Alignment
from rag.verification.rules.reports import Report
from rag.verification.rules.speech import PRONOUNS
from rag.verification.rules.wording import likeness
from rag.verification.text import Token

_SAME = 0.85
_BEYOND = 2
"""Sentences from a quotation to the one that names its speaker."""
_NAMES_BEFORE = 6
"""Words of names that a pronoun may stand for, counted back from it."""
_FEW = 4
"""Words that may follow `…, he said` in its sentence."""


def spoken(alignment: Alignment, report: Report, said_at: range) -> list[int]:
    """Return where the words stand that a report of the claim is about.

    Args:
        alignment: The claim beside its passage.
        report: Of the claim.
        said_at: Which of the claim's words can be meant.
    """
    return [
        match.source
        for index, match in alignment.matches.items()
        if index in said_at
        and index not in report.speaker
        and index != report.verb
        and match.in_focus
    ]


def home(places: Sequence[int], alignment: Alignment) -> int:
    """Return the sentence that most of these words stand in; the best one at a tie."""
    sentences = [alignment.passage.tokens[place].sentence for place in places]
    return max(alignment.sentences, key=sentences.count)


def governing(
    theirs: Sequence[Report], sentence: int, places: Sequence[int], tokens: Sequence[Token]
) -> list[Report]:
    """Return the reports of a sentence that what is claimed can belong to.

    Those before it, and one that closes the sentence; not one of other words that follow.
    """
    reports = [one for one in theirs if one.sentence == sentence]
    inside = sorted(place for place in places if tokens[place].sentence == sentence)
    if len(reports) < 2 or not inside:
        return reports
    middle = inside[len(inside) // 2]
    return [one for one in reports if one.verb < middle or closes(one, tokens)] or reports


def nearest(theirs: Sequence[Report], sentence: int, tokens: Sequence[Token]) -> list[Report]:
    """Return the reports of the nearest sentence that has any.

    What somebody says in a quotation of its own goes on from the speaker before it; an open
    quotation has its speaker behind it.
    """
    own = [token for token in tokens if token.sentence == sentence]
    is_open = any(token.quoted for token in own) and own[-1].text not in '”»"'
    for away in range(1, _BEYOND + 1):
        for other in (away, -away) if is_open else (-away, away):
            if found := [one for one in theirs if one.sentence == sentence + other]:
                return found
    return []


def closes(report: Report, tokens: Sequence[Token]) -> bool:
    """Tell whether a report, as `…, he said`, ends its sentence."""
    last = max((*report.speaker, report.verb))
    rest = [one for one in tokens[last + 1 :] if one.sentence == report.sentence]
    return sum(one.kind == "word" for one in rest) <= _FEW


def named_by(report: Report, tokens: Sequence[Token]) -> frozenset[str]:
    """Return the bases that name a speaker; a pronoun's are those of the names before it."""
    words = frozenset(
        tokens[at].base for at in report.speaker if tokens[at].is_content or tokens[at].is_name
    )
    if not has_pronoun(report, tokens):
        return words
    before = [
        token.base
        for token in tokens[: report.verb]
        if token.is_name and not token.quoted and report.sentence - token.sentence <= _BEYOND + 1
    ]
    return words | frozenset(before[-_NAMES_BEFORE:])


def has_pronoun(report: Report, tokens: Sequence[Token]) -> bool:
    """Tell whether the speaker is only `he`, `she` or the like."""
    return any(tokens[at].low in PRONOUNS for at in report.speaker)


def is_description(report: Report, tokens: Sequence[Token]) -> bool:
    """Tell whether the speaker is only described, as in `the Wasps wing`: it may be anybody."""
    return not has_pronoun(report, tokens) and not tokens[report.speaker[-1]].is_name


def meets(said: frozenset[str], speaker: frozenset[str]) -> bool:
    """Tell whether two speakers share a word."""
    return any(likeness(one, other) >= _SAME for one in said for other in speaker)


def shown(report: Report, tokens: Sequence[Token]) -> str:
    """Return how a speaker is named to the reader."""
    words = [tokens[at] for at in report.speaker]
    named = [one.text for one in words if one.is_name] or [one.text for one in words]
    return " ".join(dict.fromkeys(named))
