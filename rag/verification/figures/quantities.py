"""Figures of a text with magnitude, unit and bound: `more than $118m`, `5 March`, `half`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from rag.verification.figures.quantity import (
    Quantity,
    date_at,
    is_day,
    magnitude,
    make,
    unit_behind,
    with_half,
    with_unit,
)
from rag.verification.figures.spelt_figures import spelt_figure
from rag.verification.figures.units import CURRENCIES
from rag.verification.text import Token, tokens_of

_MOST_DIGITS = 200
"""More of them, and a float is infinite."""
_CACHED = 400
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_WHOLE_PERCENT = 100
_RANGES = frozenset("to and or - –".split())
_DASHES = frozenset("- –".split())
_CENTURY = 100
_ORDINAL_ENDS = frozenset("st nd rd th".split())


@lru_cache(maxsize=_CACHED)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of a text, in order."""
    tokens = tokens_of(text)
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        quantity = date_at(text, tokens, index) or _figure(text, tokens, index)
        if quantity is not None:
            found.append(quantity)
        index = index + 1 if quantity is None else quantity.last + 1
    return tuple(_of_ranges(found, tokens))


def _of_ranges(found: Sequence[Quantity], tokens: Sequence[Token]) -> Iterator[Quantity]:
    """Give the first figure of `4 to 9 euros` the second one's unit, and `1038–40` its years."""
    befores = [None, *found][: len(found)]
    for before, one, other in zip_longest(befores, found, found[1:]):
        if before is not None and _ends_years(before, one, tokens):
            century = before.value - before.value % _CENTURY
            yield replace(one, kind="year", value=century + one.value)
            continue
        is_range = (
            other is not None
            and other.first == one.last + 2
            and tokens[one.last + 1].low in _RANGES
            and (one.kind, one.unit) == ("plain", "")
            and other.kind in {"money", "percent"}
            and other.unit != "half"
            and not (other.kind == "percent" and one.value > _WHOLE_PERCENT)
        )
        yield replace(one, kind=other.kind, unit=other.unit) if is_range else one


def _ends_years(one: Quantity, other: Quantity, tokens: Sequence[Token]) -> bool:
    between = tokens[one.last + 1 : other.first + 1]
    return (
        (one.kind, other.kind, other.unit) == ("year", "plain", "")
        and len(between) == 2
        and between[0].text in _DASHES
        and all(token.glued for token in between)
        and one.value % _CENTURY < other.value < _CENTURY
    )


def _figure(text: str, tokens: Sequence[Token], start: int) -> Quantity | None:
    sign = tokens[start].text if tokens[start].kind == "punct" else ""
    index = start + (sign in CURRENCIES)
    if index < len(tokens) and tokens[index].kind == "number":
        return _digits(text, tokens, start, index)
    if index > start or tokens[start].kind != "word":
        return None
    return spelt_figure(text, tokens, start)


def _digits(text: str, tokens: Sequence[Token], start: int, index: int) -> Quantity | None:
    token = tokens[index]
    value = float(token.low[:_MOST_DIGITS]) if token.low.replace(".", "", 1).isdigit() else None
    if value is None:
        return None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    end = after.low if after is not None and after.glued else ""
    if end == "s" and _is_year(token, value) and value % _CENTURY == 0:
        value, end = value / _CENTURY + 1, "th"  # the 1500s are the sixteenth century
    if end in _ORDINAL_ENDS:
        kind = "day" if is_day(tokens, start, index + 1) else "ordinal"
        return make(text, tokens, (start, index + 1), value, kind)
    if end in {"am", "pm"}:
        return make(text, tokens, (start, index + 1), value, "time", end)
    last, whole = magnitude(tokens, *with_half(tokens, index, value))
    if last == index == start:
        if value <= 31 and is_day(tokens, start, index):
            return make(text, tokens, (start, index), value, "day")
        if _is_year(token, value) and not unit_behind(tokens, index)[1]:
            return make(text, tokens, (start, index), value, "year")
    currency = CURRENCIES[tokens[start].text] if index > start else ""
    return with_unit(text, tokens, (start, last), whole, currency)


def _is_year(token: Token, value: float) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and _FIRST_YEAR <= value <= _LAST_YEAR
