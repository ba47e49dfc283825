"""One figure of a text, and the words before and behind it that bound it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.verification.figures.units import ABOUT, AT_LEAST, AT_MOST
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
        "no more than",
        "not more than",
        "hand over",
        "hands over",
        "handed over",
        "handing over",
        "take over",
        "takes over",
        "took over",
        "taken over",
        "taking over",
        "turn over",
        "turned over",
        "spread over",
        "pay over",
        "paid over",
    ),
    "most": ("no less than", "no fewer than", "not less than"),
}


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
