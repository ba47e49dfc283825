"""What stands behind a figure: its magnitude (`118 million`) and its unit (`per cent`, `euros`)."""

from collections.abc import Sequence

from rag.verification.figures.quantity import Quantity, make
from rag.verification.figures.units import CURRENCIES, DURATIONS, MAGNITUDES, UNITS
from rag.verification.text import Token

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
