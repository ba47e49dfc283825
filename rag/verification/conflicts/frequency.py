"""How often: `regular contact`, `repeatedly` against `only one call`, `once`."""

from dataclasses import dataclass
from functools import lru_cache

from rag.verification.conflicts.matter import Clash, Matter, is_update, same_times
from rag.verification.conflicts.reading import Reading
from rag.verification.conflicts.remark import Remark
from rag.verification.conflicts.words import MANY_BEFORE_TIMES, NOT_ONCE, OFTEN, ONLY, VAGUE, akin

_LEAST_COSINE = 0.5
_CACHED = 500
_REACH = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """How often, in words, and what."""

    is_often: bool
    shown: str
    events: tuple[str, ...]
    """The bases of what happens so often, nearest first."""


def frequency_clash(one: Remark, other: Remark, matter: Matter) -> Clash | None:
    """Return the wordings by which one sentence says `often` and the other `once`."""
    if matter.cosine < _LEAST_COSINE or not (matter.names or matter.asked):
        return None
    if is_update(one, other) or not _times_fit(one, other):
        return None
    for first in rates_of(one.reading):
        for second in rates_of(other.reading):
            if first.is_often == second.is_often:
                continue
            shared = [a for a in first.events for b in second.events if akin(a, b)]
            if shared and shared[0] not in VAGUE:
                return Clash("frequency", shared[0], first.shown, second.shown, matter.cosine)
    return None


def _times_fit(one: Remark, other: Remark) -> bool:
    """Years of two accounts of a habit may differ; other periods may not."""
    mine, theirs = one.reading.periods, other.reading.periods
    return bool(mine & theirs) or not (mine or theirs) or same_times(one, other)


@lru_cache(maxsize=_CACHED)
def rates_of(reading: Reading) -> list[Rate]:
    """Return the wordings of a sentence that say how often something happens."""
    found: list[Rate] = []
    for index, token in enumerate(reading.tokens):
        low = token.low
        after = reading.tokens[index + 1].low if index + 1 < len(reading.tokens) else ""
        before = reading.tokens[index - 1].low if index else ""
        if token.is_name:
            continue
        if low in OFTEN or (low in MANY_BEFORE_TIMES and after in {"times", "occasions"}):
            found.append(_rate(reading, index, index, is_often=True))
        elif low == "once" and (before in ONLY or not {after, before} & NOT_ONCE):
            found.append(_rate(reading, index, index, is_often=False))
        elif low in ONLY and after in {"one", "a", "1"}:
            found.append(_rate(reading, index, index + 1, is_often=False))
        elif low == "single" and before in {"a", "one"}:
            found.append(_rate(reading, index - 1, index, is_often=False))
    return [rate for rate in found if rate.events]


def _rate(reading: Reading, first: int, last: int, *, is_often: bool) -> Rate:
    near = [
        index
        for index in reading.near(first, last, _REACH)
        if reading.tokens[index].low not in OFTEN | ONLY | {"once"}
    ]
    behind = [index for index in near if index > last]
    low = reading.tokens[first].low
    adverb = low.endswith("ly") and low not in {"only", "daily", "weekly", "monthly"}
    events = near if adverb or low in {"once", "often"} | MANY_BEFORE_TIMES else behind
    end = max([last, *behind[:2]] if behind and not adverb else [last])
    start = first
    if adverb and near:
        start, end = min(first, near[0]), max(last, near[0])
    shown = reading.text[reading.tokens[start].start : reading.tokens[end].end]
    bases = tuple(reading.tokens[index].base for index in events[:3])
    return Rate(is_often, shown.strip('“”" '), bases)
