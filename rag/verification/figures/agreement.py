"""When two figures say the same: units converted, rounding only where the claim says so."""

from rag.verification.figures.quantity import Quantity
from rag.verification.figures.units import CONVERSIONS, DURATIONS

_ROUND = 0.1
"""How far `about 600` may be from the figure."""
_BEYOND = 1.35
"""How far above `more than 100` the figure may be, as a multiple."""
_FRACTION_ROUND = 2.0
"""Points that `two thirds` may be from a percentage."""
_TOLERANCE = 1e-6
_EXACT = frozenset("year day month ordinal multiple".split())
_LOOSE = frozenset("plain ordinal day year".split())
"""Kinds that wording alone tells apart."""
_TWICE = 2
_FIRST_FEW = 4
"""`Three` is not `third`; but `number 158` is `158th`."""


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether a figure of the claim is a faithful account of one of the passage."""
    if {one.kind, other.kind} == {"percent", "multiple"}:
        return is_close(*(each.value * (100 if each.kind == "multiple" else 1)
                          for each in (one, other)))  # fmt: skip
    if {one.kind, other.kind} in ({"plain", "multiple"}, {"ordinal", "multiple"}):
        return is_close(one.value, other.value) and one.value >= _TWICE
    if "weekday" in {one.kind, other.kind}:
        return one.kind == other.kind and one.unit == other.unit
    units = {one.unit, other.unit}
    is_bare = "" in units and bool(units & DURATIONS)
    if len(units) > 1 and units & CONVERSIONS.keys() and not is_bare:
        (first, unit), (second, same) = _converted(one), _converted(other)
        return unit == same and is_close(first, second)
    return _kinds_agree(one, other) and (
        is_close(one.value, other.value) or _is_rounded(one, other)
    )


def is_close(one: float, other: float) -> bool:
    """Tell whether two numbers are equal but for the last bits."""
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1.0)


def _is_rounded(one: Quantity, other: Quantity) -> bool:
    """Tell whether a claim's figure is a rounder one, said to be about or more or less."""
    if one.kind in _EXACT:
        return False
    if one.unit == "half":
        if abs(one.value - other.value) < _FRACTION_ROUND:
            return True
    elif _digits(one.value) >= _digits(other.value):
        return False
    if "about" in one.bounds and abs(one.value - other.value) <= _ROUND * abs(other.value):
        return not ("most" in one.bounds and other.value > one.value)
    if "least" in one.bounds and one.value < other.value <= one.value * _BEYOND:
        return True
    return "most" in one.bounds and one.value / _BEYOND <= other.value < one.value


def _digits(value: float) -> int:
    """Return how many figures a number shows before its trailing zeros: a rounder one has fewer."""
    return len(f"{value:.10g}".replace(".", "").strip("0"))


def _converted(one: Quantity) -> tuple[float, str]:
    factor, unit = CONVERSIONS.get(one.unit, (1.0, one.unit))
    return one.value * factor, unit


def _kinds_agree(one: Quantity, other: Quantity) -> bool:
    if one.kind == other.kind:
        both = one.unit != other.unit and one.unit and other.unit
        if one.kind == "money":
            return one.unit == other.unit
        return not (both and one.kind == "plain" and {one.unit, other.unit} <= DURATIONS)
    kinds = {one.kind, other.kind}
    if one.kind == "plain" and other.kind == "money":
        # `It fell to 16.60`: so exact a figure needs no unit to be known again.
        return not one.unit and one.value != int(one.value)
    return kinds <= _LOOSE and not (kinds == {"plain", "ordinal"} and one.value < _FIRST_FEW)
