"""One figure of a text: what bounds it, its unit, and whether it is part of a date."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.dates import MONTHS
from rag.verification.figures.units import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    CURRENCIES,
    DURATIONS,
    MAGNITUDES,
    UNITS,
    WEEKDAYS,
)
from rag.verification.text import Token

_REACH = 4
"""Words before a figure that can bound it."""
_SIGNS = frozenset({"-", "$", "£", "€", "¥"})
_BOUNDS = (("least", AT_LEAST), ("most", AT_MOST), ("about", ABOUT), ("between", ("between",)))
_LATER = {
    "least": ("or more", "or over", "or above", "or older"),
    "most": ("or less", "or fewer", "or under", "or below"),
    "about": ("or so",),
}
_REVERSED = {
    "least": (
        "no more than", "not more than", "hand over", "hands over", "handed over", "handing over",
        "take over", "takes over", "took over", "taken over", "taking over", "turn over",
        "turned over", "spread over", "pay over", "paid over",
    ),
    "most": ("no less than", "no fewer than", "not less than"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure, in words or digits, and the tokens that make it up."""

    value: float
    kind: str
    """`plain`, `money`, `percent`, `ordinal`, `multiple`, `vague`, `year`, `day`, `month`, `time`
    or `weekday`."""
    unit: str
    """The currency or unit; empty where none is said."""
    bounds: frozenset[str]
    """Of `least`, `most`, `about`, `between`."""
    first: int
    last: int
    shown: str


def make(
    text: str,
    tokens: Sequence[Token],
    span: tuple[int, int],
    value: float,
    kind: str,
    unit: str = "",
) -> Quantity:
    """Return the quantity that stands in a span of tokens, with its bounds."""
    first, last = span
    shown = text[tokens[first].start : tokens[last].end]
    return Quantity(value, kind, unit, _bounds(tokens, first, last), first, last, shown)


def _bounds(tokens: Sequence[Token], first: int, last: int) -> frozenset[str]:
    clause = [one.low for one in tokens[max(0, first - _REACH) : first] if one.low not in _SIGNS]
    before = " " + " ".join(clause)
    after = " ".join(one.low for one in tokens[last + 1 : last + 4])
    found = {
        name
        for name, phrases in _BOUNDS
        if any(before.endswith(" " + phrase) for phrase in phrases)
        and not before.endswith(_REVERSED.get(name, ("\0",)))
    }
    found |= {name for name, phrases in _LATER.items() if after.startswith(phrases)}
    if "between" in clause and clause[-1] == "and":
        found.add("between")
    return frozenset(found)


_PER = frozenset("a an per each every".split())
_RATE_REACH = 4
"""Words from a figure to the `a` of `a day`."""


def next_word(tokens: Sequence[Token], last: int) -> int:
    """Return the index of the next token, over a hyphen."""
    return last + 2 if word_at(tokens, last + 1) == "-" else last + 1


def word_at(tokens: Sequence[Token], index: int) -> str:
    """Return the word at an index; nothing beyond the end."""
    return tokens[index].low if index < len(tokens) else ""


def magnitude(tokens: Sequence[Token], last: int, value: float) -> tuple[int, float]:
    """Return a value with the magnitudes behind it (`118 million`), and where they end."""
    while True:
        ahead = next_word(tokens, last)
        word = word_at(tokens, ahead)
        if word not in MAGNITUDES:
            return last, value
        is_short = len(word) <= 3
        if is_short and not (tokens[ahead].glued or word in {"bn", "mn"}):
            return last, value
        if is_short and ahead > last + 1:
            return last, value
        last, value = ahead, value * MAGNITUDES[word]


def with_half(tokens: Sequence[Token], last: int, value: float) -> tuple[int, float]:
    """Return a value with the `and a half` behind it, and where that ends."""
    if [token.low for token in tokens[last + 1 : last + 4]] == ["and", "a", "half"]:
        return last + 3, value + 0.5
    return last, value


def rate_behind(tokens: Sequence[Token], last: int) -> str:
    """Return the unit of time that a figure is given for: of `$210 million a day`, `day`."""
    for at in range(last + 1, min(len(tokens) - 1, last + _RATE_REACH)):
        if tokens[at].kind == "punct":
            return ""
        if tokens[at].low in _PER:
            unit = UNITS.get(tokens[at + 1].low, "")
            return unit if unit in DURATIONS else ""
    return ""


def unit_behind(tokens: Sequence[Token], last: int) -> tuple[int, str]:
    """Return the unit behind a figure and where it ends."""
    at = next_word(tokens, last)
    word = word_at(tokens, at)
    if word == "%":
        return at, "percent"
    if word == "per" and word_at(tokens, at + 1) == "cent":
        return at + 1, "percent"
    if at < len(tokens) and (len(word) > 1 or tokens[at].glued) and tokens[at].kind == "word":
        unit = CURRENCIES.get(word) or UNITS.get(word)
        if unit:
            return at, unit
    return last, ""


def with_unit(
    text: str, tokens: Sequence[Token], span: tuple[int, int], value: float, currency: str
) -> Quantity:
    """Return the quantity in a span, with the unit or currency that belongs to it."""
    first, last = span
    ahead, unit = unit_behind(tokens, last)
    if currency:
        return make(text, tokens, span, value, "money", currency)
    if unit == "percent":
        return make(text, tokens, (first, ahead), value, "percent", "percent")
    if unit in CURRENCIES.values():
        return make(text, tokens, (first, ahead), value, "money", unit)
    # Any other unit stays a word of its own: the checks compare it like others.
    return make(text, tokens, span, value, "plain", unit)


_DATE_REACH = 4
_SHORT_DAYS = frozenset({"mon", "tue", "wed"})
"""Abbreviated weekdays that are no other word."""
_AMBIGUOUS = frozenset({"may", "march"})
_BEFORE_MONTH = frozenset(
    "for before after in last next since until by early late mid of this during from between and "
    "to on th st nd rd".split()
)
_BETWEEN = frozenset("of and or to - –".split())


def date_at(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return the weekday or month that a token names."""
    token = tokens[index]
    if token.kind != "word" or not token.text[0].isupper():
        return None
    if token.low in WEEKDAYS and (len(token.low) > 3 or token.low in _SHORT_DAYS):
        return make(text, tokens, (index, index), 0, "weekday", token.low[:3])
    if token.low in MONTHS and (token.low not in _AMBIGUOUS or _is_month(tokens, index)):
        return make(text, tokens, (index, index), MONTHS[token.low], "month")
    return None


def _is_month(tokens: Sequence[Token], index: int) -> bool:
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return (before is not None and (before.low in _BEFORE_MONTH or before.kind == "number")) or (
        after is not None and after.kind == "number"
    )


def is_day(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a figure stands by the name of a month."""
    for token in tokens[last + 1 : last + 1 + _DATE_REACH]:
        if token.low in MONTHS and token.text[0].isupper():
            return True
        if token.low not in _BETWEEN and token.kind != "number":
            break
    before = tokens[first - 1] if first else None
    return before is not None and before.low in MONTHS and before.text[0].isupper()
