"""Who was the first: two names for one feat."""

from functools import lru_cache

from rag.verification.conflicts.matter import Clash, Matter
from rag.verification.conflicts.reading import Reading, is_name, name_key
from rag.verification.conflicts.remark import Remark
from rag.verification.conflicts.words import akin
from rag.verification.rules.wording import opposite

_CACHED = 500
_LEAST_COSINE, _LEAST_COVERAGE = 0.65, 0.6
_REACH = 8
"""Words behind `the first` that say at what."""


def first_clash(one: Remark, other: Remark, matter: Matter) -> Clash | None:
    """Return the two who are said to have been the first, or the only one, at the same thing."""
    if matter.cosine < _LEAST_COSINE or matter.coverage < _LEAST_COVERAGE:
        return None
    if one.article.article_id == other.article.article_id:
        return None
    here, there = _first(one.reading), _first(other.reading)
    if here is None or there is None or here[0] & there[0]:
        return None
    mine, theirs = here[2], there[2]
    if not mine or not theirs or any(opposite(a, b) for a in mine for b in theirs):
        return None
    alike = sum(1 for a in mine if any(akin(a, b) for b in theirs))
    if alike < max(2, _LEAST_COVERAGE * min(len(mine), len(theirs))):
        return None
    return Clash("first", " ".join(_shown_first(one.reading)), here[1], there[1], matter.cosine)


@lru_cache(maxsize=_CACHED)
def _first(reading: Reading) -> tuple[frozenset[str], str, tuple[str, ...]] | None:
    """Return who is said to be first, by keys and as written, and at what."""
    at = next((i for i, token in enumerate(reading.tokens) if token.low == "first"), None)
    if at is None or (at and reading.tokens[at - 1].low not in {"the", "became", "was"}):
        return None
    names = [i for i, token in enumerate(reading.tokens[:at]) if is_name(token)]
    names = [i for i in names if i not in set(reading.spoken)]
    if not names:
        return None
    last = names[-1]
    start = last
    while start - 1 in names:
        start -= 1
    keys = frozenset(name_key(reading.tokens[i].low) for i in names)
    shown = reading.text[reading.tokens[start].start : reading.tokens[last].end]
    at_what = [i for i in reading.content if at < i <= at + _REACH]
    return keys, shown, tuple(reading.tokens[i].base for i in at_what)


def _shown_first(reading: Reading) -> list[str]:
    at = next(i for i, token in enumerate(reading.tokens) if token.low == "first")
    return [
        token.text
        for token in reading.tokens[at : at + _REACH]
        if token.kind == "word" and token.sentence == reading.tokens[at].sentence
    ]
