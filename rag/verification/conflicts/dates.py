"""Dates of one event that can't both be right."""

from dataclasses import dataclass, replace
from datetime import date

from rag.text.dates import day_of
from rag.verification.conflicts.matter import Clash, Matter, is_update
from rag.verification.conflicts.reading import Reading
from rag.verification.conflicts.remark import Remark
from rag.verification.conflicts.words import SPEECH, VAGUE, akin
from rag.verification.figures.quantity import Quantity
from rag.verification.rules.wording import opposite

_LEAST_COSINE, _LEAST_COVERAGE = 0.65, 0.5
_FRESH = 7
"""Days within which news is news."""
_ANY_YEAR = 2000
"""Where a date names none; a leap year."""
_TOGETHER = 3
"""Words within which day, month and year make one date."""
_NEAREST = 3
"""Content words beside a date that say what happened."""


@dataclass(frozen=True, slots=True)
class _Day:
    day: int | None
    month: int | None
    year: int | None
    first: int
    last: int
    shown: str


def dates_clash(one: Remark, other: Remark, matter: Matter) -> Clash | None:
    """Return the dates that two sentences give differently for one event."""
    if matter.cosine < _LEAST_COSINE or matter.coverage < _LEAST_COVERAGE or not matter.names:
        return None
    if is_update(one, other) or one.reading.is_undecided or other.reading.is_undecided:
        return None
    mine, theirs = one.reading, other.reading
    here, there = _days(mine), _days(theirs)
    if any(not _differ(a, b) for a in here for b in there):
        return None
    for first in here:
        for second in there:
            if _each_its_news(first, one, second, other):
                continue
            topic = _same_event(mine, first, theirs, second)
            if topic:
                return Clash("date", topic, first.shown, second.shown, matter.cosine)
    return None


def _differ(one: _Day, other: _Day) -> bool:
    """Tell whether two dates exclude one another as far as both are given."""
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    given = [(a, b) for a, b in pairs if a is not None and b is not None]
    return any(a != b for a, b in given) or not given


def _each_its_news(first: _Day, one: Remark, second: _Day, other: Remark) -> bool:
    """Tell whether both dates are as far apart as the reports: two events, each fresh."""
    reports = day_of(one.article.published_at), day_of(other.article.published_at)
    events = _as_day(first), _as_day(second)
    if reports[0] is None or reports[1] is None or events[0] is None or events[1] is None:
        return False
    between = (reports[0] - reports[1]).days
    return abs(between) >= _FRESH and abs((events[0] - events[1]).days - between) <= _FRESH


def _as_day(one: _Day) -> date | None:
    if one.month is None or one.day is None:
        return None
    try:
        return date(one.year or _ANY_YEAR, one.month, one.day)
    except ValueError:
        return None


def _days(reading: Reading) -> list[_Day]:
    """Return the dates of a sentence: day, month and year where they stand together."""
    found: list[_Day] = []
    for one in reading.quantities:
        if one.kind not in {"day", "month", "year"}:
            continue
        last = found[-1] if found else None
        if last and one.first - last.last <= _TOGETHER and getattr(last, one.kind) is None:
            shown = reading.text[reading.tokens[last.first].start : reading.tokens[one.last].end]
            longer = replace(last, last=one.last, shown=shown)
            found[-1] = _with_part(longer, one)
        else:
            found.append(_with_part(_Day(None, None, None, one.first, one.last, one.shown), one))
    return found


def _with_part(day: _Day, one: Quantity) -> _Day:
    value = int(one.value)
    if one.kind == "day":
        return replace(day, day=value)
    return replace(day, month=value) if one.kind == "month" else replace(day, year=value)


def _same_event(mine: Reading, first: _Day, theirs: Reading, second: _Day) -> str | None:
    """Return what both dates say the time of; null where it isn't the same."""
    full = None not in {first.day, first.month, second.day, second.month}
    years = first.year is not None and second.year is not None and first.month == second.month
    if not (full or years) or not _differ(first, second):
        return None
    here, there = _beside(mine, first), _beside(theirs, second)
    if not here or not there or any(opposite(a, b) for a in here for b in there):
        return None
    # What stands nearest is what happened; it has to be near the other date too.
    if any(akin(here[0], b) for b in there) and any(akin(there[0], a) for a in here):
        return next(token.text for token in mine.tokens if token.base == here[0])
    return None


def _beside(reading: Reading, day: _Day) -> list[str]:
    """Return what happened on a day: the words before it, or, where there are none, behind."""
    near = [
        index
        for index in reading.near(day.first, day.last)
        if reading.tokens[index].base not in VAGUE | SPEECH
    ]
    before = [index for index in near if index < day.first]
    return [reading.tokens[index].base for index in (before or near)[:_NEAREST]]
