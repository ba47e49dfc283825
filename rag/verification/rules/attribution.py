"""Who said it: the speaker of the claim's words against the speaker in the passage."""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.finding import Finding
from rag.verification.name_forms import by_initials
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.coverage import is_general
from rag.verification.rules.hearsay import told_as_fact
from rag.verification.rules.reports import Report, reports_of
from rag.verification.rules.speakers import (
    governing,
    has_pronoun,
    home,
    is_description,
    meets,
    named_by,
    nearest,
    shown,
    spoken,
)
from rag.verification.rules.wording import base_of, bases_of, likeness
from rag.verification.rules.words.reporting import ALLEGATION, OPINION
from rag.verification.text import Token

_SAME_KIND = 0.8
_SHARE = 0.34
"""Of the words said, how many a further sentence must have for its speaker to count."""
_APPOSED = 5
"""Words before a speaker’s name that tell who that is."""
_PLURALS = ("s", "men", "women", "people", "children")


_NO_SPEECH = bases_of(
    "expect hope believe think feel find show indicate reject doubt fear hear read agree estimate "
    "predict forecast consider add reveal disclose quote cite"
)
"""Verbs of thought and finding: the claim need not have their subject from a report."""
_THOUGHT = bases_of("expect hope fear add find show feel hear read")
_REQUEST_REACH = 7
_SAYING = bases_of("say tell add according")
_ANY_SPEAKER = bases_of(
    "spokesman spokeswoman spokesperson official source minister report study survey analyst "
    "expert statement article newspaper paper researcher scientist police author leader boss "
    "regulator agency company firm group party club organisation bank watchdog army body authority "
    "team chief executive director chairman critic person man woman familiar insider"
)
"""What a speaker may be called whom the passage calls otherwise."""


def check_attribution(alignment: Alignment) -> list[Finding]:
    """Return a finding for words put in another's mouth, or an opinion told as a fact."""
    claim = alignment.claim
    theirs = reports_of(alignment.passage.tokens)
    told = reports_of(claim)
    ours = [one for one in told if one.base not in _NO_SPEECH]
    for report in ours:
        if report is not ours[0] and not any(claim[at].is_name for at in report.speaker):
            continue  # `Lee said that investors were asking …`
        said = _said_by(report, told, len(claim))
        if (wrong := _wrong_speaker(report, alignment, theirs, said)) is not None:
            return [wrong]
    if any(one.base not in _THOUGHT for one in told) or any(
        token.low in ALLEGATION or token.base in OPINION for token in claim
    ):
        return []
    dropped = told_as_fact(alignment, theirs)
    return [dropped] if dropped is not None else []


def _said_by(report: Report, reports: Sequence[Report], length: int) -> range:
    """Return which words of the claim a report can be about: not those of another one."""
    named = [one for one in reports if one.verb != report.verb]
    before = [max((*one.speaker, one.verb)) for one in named if one.verb < report.verb]
    after = [min((*one.speaker, one.verb)) for one in named if one.verb > report.verb]
    start = min(max(before, default=-1) + 1, *report.speaker)
    return range(start, min(after, default=length))


def _wrong_speaker(
    report: Report, alignment: Alignment, theirs: Sequence[Report], said_at: range
) -> Finding | None:
    claim, tokens = alignment.claim, alignment.passage.tokens
    names = [index for index in report.speaker if _is_sure_name(index, report, alignment)]
    places = spoken(alignment, report, said_at)
    if not places or _is_request(report, claim):
        return None
    main = home(places, alignment)
    own = governing(theirs, main, places, tokens)
    if not names:
        return _wrong_noun(report, [one for one in own if one.base not in _NO_SPEECH], alignment)
    said = _said(names, alignment)
    near = own or nearest(theirs, main, tokens)
    named = range(min(report.speaker) - _APPOSED, max(report.speaker) + 1)
    told = [
        tokens[match.source].sentence
        for index, match in alignment.matches.items()
        if index in said_at and index not in named and match.in_focus
    ]
    least = max(1.0, _SHARE * len(told)) if own else 1.0
    near = [
        *near,
        *(one for one in theirs if one.sentence != main and told.count(one.sentence) >= least),
    ]
    if (
        any(meets(said, named_by(one, tokens)) for one in near)
        or any(by_initials(claim[index], alignment) for index in names)
        or any(_is_its_own(said, one, tokens) for one in near)
    ):
        return None
    here = [one for one in tokens if one.base in said and one.sentence == main]
    says_so = bool(own) and all(one.base in _SAYING for one in own)
    if here and not any(one.quoted for one in here) and not says_so:
        return None
    nouns = {claim[index].base for index in report.speaker if index > names[0]} - said
    is_other = any(_other_body(nouns, one, tokens) for one in near) or (own and here)
    maybe = not is_other and any(is_description(one, tokens) for one in near)
    maybe = maybe or (bool(near) and all(has_pronoun(one, tokens) for one in near))
    return _mismatch(claim[names[-1]].text, near, tokens, maybe=maybe)


def _is_request(report: Report, tokens: Sequence[Token]) -> bool:
    """Tell whether somebody is asked to do something: that isn't said, it is done."""
    behind = [one.low for one in tokens[report.verb + 1 : report.verb + _REQUEST_REACH]]
    return report.base == base_of("ask") and "to" in behind and not {"if", "whether"} & set(behind)


def _is_its_own(said: frozenset[str], report: Report, tokens: Sequence[Token]) -> bool:
    """Tell whether `its director, Ann Lee,` speaks for whom the paragraph began with."""
    start = max(0, min(report.speaker) - _APPOSED)
    is_its = any(
        one.low in {"its", "their"} for one in tokens[start : max(*report.speaker, report.verb)]
    )
    opening = [one for one in tokens if one.sentence < report.sentence]
    return is_its and any(
        one.base in said and one.is_name and (at == 0 or opening[at - 1].sentence != one.sentence)
        for at, one in enumerate(opening)
    )


def _mismatch(
    name: str, near: Sequence[Report], tokens: Sequence[Token], *, maybe: bool
) -> Finding:
    if maybe:
        text = f"The paragraph does not name {name} as the speaker."
        return Finding("described", text, 0.1)
    if not near and any(one.quoted for one in tokens):
        return Finding("described", "The paragraph does not name a speaker.", 0.1)
    if not near:
        text = f"The paragraph does not give it as said by {name}."
        return Finding("attribution", text, 0.6)
    return Finding("attribution", f"It is {shown(near[0], tokens)} who says so, not {name}.", 0.9)


def _is_sure_name(index: int, report: Report, alignment: Alignment) -> bool:
    """Tell a name from a noun that only has its capital from opening the sentence."""
    claim = alignment.claim
    # A noun without an article opens a sentence only in the plural.
    if index or not claim[index].is_name or not claim[index].low.endswith(_PLURALS):
        return claim[index].is_name
    if (len(claim) > 1 and claim[1].is_name) or claim[report.verb].low.endswith("s"):
        return True
    return any(
        one.is_name and one.low == claim[index].low and before.sentence == one.sentence
        for before, one in pairwise((*alignment.passage.tokens, *alignment.passage.context))
    )


def _said(names: Sequence[int], alignment: Alignment) -> frozenset[str]:
    partners = [alignment.matches[index] for index in names if index in alignment.matches]
    return frozenset(alignment.claim[index].base for index in names) | {
        alignment.passage.tokens[one.source].base for one in partners
    }


def _other_body(nouns: set[str], report: Report, tokens: Sequence[Token]) -> bool:
    """Tell whether `Mali's ministry` speaks where the claim has `Ghana's regulator`."""
    last = tokens[report.speaker[-1]]
    return (
        bool(nouns)
        and not last.is_name
        and any(tokens[at].is_name for at in report.speaker)
        and not any(likeness(last.base, noun) >= _SAME_KIND for noun in nouns)
    )


def _wrong_noun(report: Report, own: Sequence[Report], alignment: Alignment) -> Finding | None:
    """Find words put in the mouth of somebody who is only called by a noun: `the union`."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    telling = [
        claim[index]
        for index in report.speaker
        if claim[index].is_content
        and index not in alignment.numeric
        and not claim[index].low.endswith("ed")
        and not is_general(claim[index])
        and claim[index].base not in _ANY_SPEAKER
    ]
    said = frozenset(claim[index].base for index in report.speaker if claim[index].is_content)
    if not telling or not own or any(has_pronoun(one, tokens) for one in own):
        return None
    if any(meets(said, named_by(one, tokens)) for one in own):
        return None
    is_named = any(tokens[at].is_name for one in own for at in one.speaker)
    if is_named and telling[-1].base not in {token.base for token in tokens}:
        return None  # a name may be anybody's, unless the paragraph tells of the other apart
    text = f"It is {shown(own[0], tokens)} who says so, not the {telling[-1].text}."
    return Finding("described", text, 1.0)
