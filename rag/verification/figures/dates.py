"""Weekdays, months and days of the month: `Friday`, `5 March`, `March 5th`."""

from collections.abc import Sequence

from rag.verification.figures.quantity import Quantity, make
from rag.verification.figures.units import MONTHS, WEEKDAYS
from rag.verification.text import Token

_REACH = 4
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
    for token in tokens[last + 1 : last + 1 + _REACH]:
        if token.low in MONTHS and token.text[0].isupper():
            return True
        if token.low not in _BETWEEN and token.kind != "number":
            break
    before = tokens[first - 1] if first else None
    return before is not None and before.low in MONTHS and before.text[0].isupper()
