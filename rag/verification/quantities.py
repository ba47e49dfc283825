"""Figures of a text with magnitude, unit and bound: `more than $118m`, `5 March`, `half`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from rag.verification.dates import date_at, is_day
from rag.verification.quantity import Quantity, make
from rag.verification.text import Token, tokens_of
from rag.verification.words.units import (
    CURRENCIES,
    DURATIONS,
    FRACTIONS,
    MAGNITUDES,
    MULTIPLES,
    NUMBER_WORDS,
    ORDINAL_WORDS,
    TIMES,
    UNITS,
    VAGUE_MAGNITUDES,
)

_CACHED = 400
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_WHOLE_PERCENT = 100
_LONGEST_SHARE = 9
"""`Nine in ten` is a share; `12 in 2022` are two figures."""
_NOT_ONE = frozenset("no any every some this that another each which the".split())
_AFTER_ONE = frozenset("of another day more time who such".split())
_WHOLES = {"hundred": 100, "thousand": 1000}
_LARGEST_WHOLE = 1000
_BEFORE_SHARE = frozenset(
    "by almost nearly about around over under than least roughly some up down fell rose".split()
)
_BEHIND_SHARE = frozenset(
    "by to in on from since over above below more less higher lower for and after before".split()
)
_RANGES = frozenset("to and or - –".split())
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
    """Give the first figure of `4 to 9 euros` the second one's unit."""
    for one, other in zip_longest(found, found[1:]):
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


def _figure(text: str, tokens: Sequence[Token], start: int) -> Quantity | None:
    sign = tokens[start].text if tokens[start].kind == "punct" else ""
    index = start + (sign in CURRENCIES)
    if index < len(tokens) and tokens[index].kind == "number":
        return _digits(text, tokens, start, index)
    if index > start or tokens[start].kind != "word":
        return None
    return (
        _and_a_half(text, tokens, start)
        or _article(text, tokens, start)
        or _single_word(text, tokens, start)
        or _number_words(text, tokens, start)
    )


def _digits(text: str, tokens: Sequence[Token], start: int, index: int) -> Quantity | None:
    token = tokens[index]
    value = float(token.low) if token.low.replace(".", "", 1).isdigit() else None
    if value is None:
        return None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    end = after.low if after is not None and after.glued else ""
    if end in _ORDINAL_ENDS:
        kind = "day" if is_day(tokens, start, index + 1) else "ordinal"
        return make(text, tokens, (start, index + 1), value, kind)
    if end in {"am", "pm"}:
        return make(text, tokens, (start, index + 1), value, "time", end)
    last, whole = _magnitude(tokens, index, value)
    if last == index == start:
        if value <= 31 and is_day(tokens, start, index):
            return make(text, tokens, (start, index), value, "day")
        if _is_year(token, value) and not _unit_behind(tokens, index)[1]:
            return make(text, tokens, (start, index), value, "year")
    currency = CURRENCIES[tokens[start].text] if index > start else ""
    return _with_unit(text, tokens, (start, last), whole, currency)


def _is_year(token: Token, value: float) -> bool:
    return len(token.text) == 4 and token.text.isdigit() and _FIRST_YEAR <= value <= _LAST_YEAR


def _and_a_half(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return `a year and a half`."""
    unit = UNITS.get(tokens[index].low, "")
    behind = [token.low for token in tokens[index + 1 : index + 4]]
    if unit not in DURATIONS or behind != ["and", "a", "half"]:
        return None
    return make(text, tokens, (index, index + 3), 1.5, "plain", unit)


def _article(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return `a million`, `a dozen`, `a half`, `a third of`."""
    if tokens[index].low not in {"a", "an"} or index + 1 == len(tokens):
        return None
    word = tokens[index + 1].low
    if word in MAGNITUDES and len(word) > 3:
        return _with_unit(text, tokens, (index, index + 1), MAGNITUDES[word], "")
    if word in {"dozen", "half"}:
        return _single_word(text, tokens, index + 1) or _number_words(text, tokens, index + 1)
    of = tokens[index + 2].low if index + 2 < len(tokens) else ""
    behind = index + 2 == len(tokens) or of in _BEHIND_SHARE or tokens[index + 2].kind == "punct"
    if word in FRACTIONS and (of == "of" or (behind and _is_share(tokens, index))):
        share = FRACTIONS[word] * 100
        return make(text, tokens, (index, index + 1), share, "percent", "half")
    return None


def _single_word(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    low, span = tokens[index].low, (index, index)
    if low in VAGUE_MAGNITUDES:
        return make(text, tokens, span, VAGUE_MAGNITUDES[low], "vague")
    if low in TIMES or low in MULTIPLES:
        value = TIMES.get(low) or MULTIPLES[low]
        return make(text, tokens, span, value, "multiple")
    if low == "fortnight":
        return make(text, tokens, span, 1.0, "plain", "fortnight")
    if low in ORDINAL_WORDS and not (low == "second" and index and tokens[index - 1].text == "-"):
        return make(text, tokens, span, ORDINAL_WORDS[low], "ordinal")
    if low == "half":
        return make(text, tokens, span, 50.0, "percent", "half")
    return None


def _number_words(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    low = tokens[index].low
    if low not in NUMBER_WORDS or (low == "one" and not _is_one(tokens, index)):
        return None
    value, last = float(NUMBER_WORDS[low]), index
    ahead = _next_word(tokens, last)
    if value >= 20 and value % 10 == 0 and 0 < NUMBER_WORDS.get(_low(tokens, ahead), 0) < 10:
        value, last = value + NUMBER_WORDS[tokens[ahead].low], ahead
    if of := _one_in(tokens, last, value):
        return make(text, tokens, (index, of[0]), of[1], "percent", "half")
    ahead = _next_word(tokens, last)
    fraction = _low(tokens, ahead)
    if fraction in FRACTIONS and fraction != "half":
        share = value * FRACTIONS[fraction] * 100
        return make(text, tokens, (index, ahead), share, "percent", "half")
    last, value = _magnitude(tokens, last, value)
    return _with_unit(text, tokens, (index, last), value, "")


def _next_word(tokens: Sequence[Token], last: int) -> int:
    """Return the index of the next token, over a hyphen."""
    return last + 2 if _low(tokens, last + 1) == "-" else last + 1


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if index < len(tokens) else ""


def _one_in(tokens: Sequence[Token], index: int, value: float) -> tuple[int, float] | None:
    """Return where `one in five` or `one person in a hundred` ends, and its percentage."""
    at = index + 1 if _low(tokens, index + 1) == "in" else index + 2
    if _low(tokens, at) != "in" or value > _LONGEST_SHARE:
        return None
    at += 1 + (_low(tokens, at + 1) in {"a", "every"})
    whole = _low(tokens, at)
    of = float(whole) if whole.isdigit() else NUMBER_WORDS.get(whole, 0) or _WHOLES.get(whole, 0)
    return (at, 100 * value / of) if value < of <= _LARGEST_WHOLE else None


def _is_share(tokens: Sequence[Token], index: int) -> bool:
    """Tell `by a third` and `almost a quarter` from `came a third`."""
    return index > 0 and tokens[index - 1].low in _BEFORE_SHARE


def _is_one(tokens: Sequence[Token], index: int) -> bool:
    """Tell the figure `one` from the pronoun."""
    if _low(tokens, index + 1) == "in":
        return True
    before = tokens[index - 1].low if index else ""
    after = _low(tokens, index + 1)
    return before not in _NOT_ONE and after not in _AFTER_ONE and after.isalpha()


def _magnitude(tokens: Sequence[Token], last: int, value: float) -> tuple[int, float]:
    while True:
        ahead = _next_word(tokens, last)
        word = _low(tokens, ahead)
        if word not in MAGNITUDES:
            return last, value
        is_short = len(word) <= 3
        if is_short and not (tokens[ahead].glued or word in {"bn", "mn"}):
            return last, value
        if is_short and ahead > last + 1:
            return last, value
        last, value = ahead, value * MAGNITUDES[word]


def _unit_behind(tokens: Sequence[Token], last: int) -> tuple[int, str]:
    """Return the unit behind a figure and where it ends."""
    at = _next_word(tokens, last)
    word = _low(tokens, at)
    if word == "%":
        return at, "percent"
    if word == "per" and _low(tokens, at + 1) == "cent":
        return at + 1, "percent"
    if at < len(tokens) and (len(word) > 1 or tokens[at].glued) and tokens[at].kind == "word":
        unit = CURRENCIES.get(word) or UNITS.get(word)
        if unit:
            return at, unit
    return last, ""


def _with_unit(
    text: str, tokens: Sequence[Token], span: tuple[int, int], value: float, currency: str
) -> Quantity:
    first, last = span
    ahead, unit = _unit_behind(tokens, last)
    if currency:
        return make(text, tokens, span, value, "money", currency)
    if unit == "percent":
        return make(text, tokens, (first, ahead), value, "percent", "percent")
    if unit in CURRENCIES.values():
        return make(text, tokens, (first, ahead), value, "money", unit)
    # Any other unit stays a word of its own: the checks compare it like others.
    return make(text, tokens, span, value, "plain", unit)
