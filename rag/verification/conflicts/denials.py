"""One reports it, the other denies it; or both report another end of the same story."""

from collections.abc import Sequence
from functools import lru_cache

from rag.verification.conflicts.frequency import rates_of
from rag.verification.conflicts.matter import Clash, Matter, by_name, is_update, same_times
from rag.verification.conflicts.reading import Reading, is_name, name_key
from rag.verification.conflicts.remark import Remark, asks_for
from rag.verification.conflicts.words import (
    DENIES,
    MUTE,
    NEVER,
    NOT_FACTS,
    OUTCOMES,
    REPORTED,
    SAYS_NOTHING,
    SPEECH,
    UNTRUE,
    VAGUE,
    WAVES_AWAY,
    akin,
)
from rag.verification.rules.negatives import negators, scope
from rag.verification.rules.wording import opposite
from rag.verification.text import Token

_LEAST_COSINE = 0.5
_COMPANY, _SHARED_COMPANY = 6, 2
"""Words around two opposites, and how many of them must be shared."""
_NEGATED_COSINE, _NEGATED_COVERAGE = 0.55, 0.5
_OUTCOME_COSINE, _OUTCOME_COVERAGE = 0.65, 0.5
_CACHED = 500
_REACH = 12
"""Words behind `denied` that say what is denied."""
_NO_NEGATION = frozenset(
    "only just one longer less more fewer later doubt all every everyone always necessarily".split()
)
"""Behind `not` or `no` they make another word of it."""
_HEADS = 3
"""Of them, those that name the event."""


def denial_clash(one: Remark, other: Remark, matter: Matter, question: str) -> Clash | None:
    """Return what one sentence reports and the other denies; the denial is the second wording."""
    if matter.cosine < _LEAST_COSINE or not _all_asked(one, other, matter):
        return None
    denied = denied_words(other.reading)
    if denied is None or denied_words(one.reading) is not None or not _affirms(one.reading):
        return None
    verb, words = denied
    heads = [word for word in words if word not in REPORTED | UNTRUE][:_HEADS]
    shared = [a for a in _affirmed(one.reading) for b in heads if akin(a, b) and b not in VAGUE]
    if not shared or not asks_for(question, shared):
        return None
    return Clash("denial", _shown(one.reading, shared[0]), "", verb, matter.cosine)


def negation_clash(one: Remark, other: Remark, matter: Matter, question: str) -> Clash | None:
    """Return what one sentence says of somebody and the other says isn't so."""
    if matter.cosine < _NEGATED_COSINE or matter.coverage < _NEGATED_COVERAGE:
        return None
    if not matter.names or not by_name(one, other) or not same_times(one, other):
        return None
    if not _affirms(one.reading) or other.reading.is_undecided:
        return None
    if rates_of(one.reading) and not any(rate.is_often for rate in rates_of(one.reading)):
        # `Only one call` and `none after that` agree.
        return None
    affirmed = [index for index in one.reading.content if index not in _negated(one.reading)]
    for negator, head in _negations(other.reading):
        base = other.reading.tokens[head].base
        for index in affirmed:
            token = one.reading.tokens[index]
            if akin(token.base, base) and asks_for(question, [base]):
                shown = _between(other.reading, negator, head)
                return Clash("denial", _shown(one.reading, token.base), "", shown, matter.cosine)
    return None


def outcome_clash(one: Remark, other: Remark, matter: Matter) -> Clash | None:
    """Return two words for how the same thing ended that exclude one another."""
    if matter.cosine < _OUTCOME_COSINE or matter.coverage < _OUTCOME_COVERAGE or not matter.names:
        return None
    if one.reading.is_undecided or other.reading.is_undecided or not same_times(one, other):
        return None
    days = one.reading.weekdays, other.reading.weekdays
    if is_update(one, other) or (all(days) and not days[0] & days[1]):
        return None
    first, second = one.reading, other.reading
    not_here, not_there = _negated(first), _negated(second)
    bases_here = {first.tokens[i].base for i in first.content}
    bases_there = {second.tokens[i].base for i in second.content}
    for index in first.content:
        mine = first.tokens[index]
        if mine.base not in OUTCOMES or mine.base in bases_there or index in not_here:
            continue
        for place in second.content:
            theirs = second.tokens[place]
            if theirs.base not in OUTCOMES or theirs.base in bases_here or place in not_there:
                continue
            if opposite(mine.base, theirs.base) and _same_story(first, index, second, place):
                return Clash("outcome", "", mine.text, theirs.text, matter.cosine)
    return None


def _all_asked(one: Remark, other: Remark, matter: Matter) -> bool:
    """Tell whether there are people or places that both sides speak of."""
    if matter.names:
        return True
    known = (one.reading.names | one.around) & (other.reading.names | other.around)
    return bool(matter.asked) and matter.asked <= known


@lru_cache(maxsize=_CACHED)
def denied_words(reading: Reading) -> tuple[str, list[str]] | None:
    """Return the word that denies, and the bases of what is denied; null where nothing is."""
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        if token.kind != "word":
            continue
        behind = _content_from(reading, index + 1)
        if token.base in DENIES and _is_said_of_a_fact(tokens, index, behind):
            return token.text, behind
        reports = set(behind[:4]) & REPORTED or set(behind) & UNTRUE
        infinitive = index > 0 and tokens[index - 1].low == "to"
        if token.base in WAVES_AWAY and reports and not infinitive:
            return token.text, behind
    return None


def _is_said_of_a_fact(tokens: Sequence[Token], verb: int, behind: Sequence[str]) -> bool:
    """Tell `denied that …` from `was denied a visa` and from `a denial`."""
    before = tokens[verb - 1] if verb else None
    after = tokens[verb + 1] if verb + 1 < len(tokens) else None
    passive = before is not None and (before.base == "be" or before.low in NEVER)
    noun = not tokens[verb].low.startswith(("den", "refut", "rebut", "disprov")) or tokens[
        verb
    ].low in {"denial", "denials"}
    given = after is not None and after.low in {"a", "an", "him", "her", "them", "us", "me"}
    return not (passive or noun or given or set(behind[:2]) & NOT_FACTS)


def _content_from(reading: Reading, start: int) -> list[str]:
    tokens = reading.tokens
    return [
        token.base
        for token in tokens[start : start + _REACH]
        if token.is_content and not is_name(token)
    ]


@lru_cache(maxsize=_CACHED)
def _affirms(reading: Reading) -> bool:
    """Tell whether a sentence says that something is so, rather than asks, plans or keeps mum."""
    if reading.is_undecided or reading.tokens[0].low == "asked" or "yet to" in reading.text:
        return False
    return not any(
        token.low in NEVER
        and any(reading.tokens[i].base in MUTE for i in scope(reading.tokens, index))
        for index, token in enumerate(reading.tokens)
    )


@lru_cache(maxsize=_CACHED)
def _affirmed(reading: Reading) -> list[str]:
    negated = _negated(reading)
    return [reading.tokens[index].base for index in reading.content if index not in negated]


@lru_cache(maxsize=_CACHED)
def _negations(reading: Reading) -> list[tuple[int, int]]:
    """Return each `not` or `no` with the first telling word that it reaches."""
    found, content = [], set(reading.content)
    for index, token in enumerate(reading.tokens):
        if token.low not in NEVER or _means_else(reading, index):
            continue
        head = next((one for one in scope(reading.tokens, index) if one in content), None)
        if head is not None and reading.tokens[head].base not in SAYS_NOTHING | SPEECH:
            found.append((index, head))
    return found


def _means_else(reading: Reading, index: int) -> bool:
    after = reading.tokens[index + 1].low if index + 1 < len(reading.tokens) else ""
    return after in _NO_NEGATION


@lru_cache(maxsize=_CACHED)
def _negated(reading: Reading) -> frozenset[int]:
    tokens = reading.tokens
    return frozenset(reached for one in negators(tokens) for reached in scope(tokens, one))


def _same_story(one: Reading, index: int, other: Reading, place: int) -> bool:
    """Tell whether two words stand among the same names and things."""
    first, second = _company(one, index), _company(other, place)
    return sum(1 for a in first if any(akin(a, b) for b in second)) >= _SHARED_COMPANY


def _company(reading: Reading, index: int) -> set[str]:
    """Return the names and the bases of telling words around a word."""
    content = set(reading.content) - {index}
    near = range(max(0, index - _COMPANY), min(len(reading.tokens), index + _COMPANY + 1))
    names = {name_key(reading.tokens[i].low) for i in near if is_name(reading.tokens[i])}
    return names | {reading.tokens[i].base for i in near if i in content}


def _shown(reading: Reading, base: str) -> str:
    """Return the word of a base with the telling words that stand beside it."""
    content = set(reading.content)
    first = last = next(i for i in reading.content if reading.tokens[i].base == base)
    while first - 1 in content and last - first < _HEADS - 1:
        first -= 1
    while last + 1 in content and last - first < _HEADS - 1:
        last += 1
    return _between(reading, first, last)


def _between(reading: Reading, first: int, last: int) -> str:
    return reading.text[reading.tokens[first].start : reading.tokens[last].end]
