"""Can two figures both be right? Bounds, rounding and other units are no contradiction."""

from rag.verification.figures.quantity import Quantity

_FARTHEST = 30
"""Factor beyond which two figures are hardly about one thing."""
_ABOUT = 0.1
"""How far from the figure `about` may be."""
_CONVERTED = 0.051
"""How far apart one length may be in miles and in kilometres, both rounded."""
_METRES = {"kilometre": 1000, "mile": 1609.344, "metre": 1, "foot": 0.3048, "yard": 0.9144,
           "inch": 0.0254, "centimetre": 0.01, "millimetre": 0.001}  # fmt: skip
_GRAMS = {"tonne": 1e6, "kilogram": 1e3, "gram": 1, "stone": 6350}
_SQUARE_METRES = {"hectare": 10_000, "acre": 4046.86}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800,
            "fortnight": 1_209_600, "month": 2_629_800, "year": 31_557_600,
            "decade": 315_576_000, "century": 3.15576e9}  # fmt: skip
_LITRES = {"litre": 1, "gallon": 4.0, "barrel": 158.987}
_SCALES = (_METRES, _GRAMS, _SQUARE_METRES, _SECONDS, _LITRES)


def same_dimension(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures measure the same kind of thing."""
    if one.kind != other.kind:
        return {one.kind, other.kind} == {"plain", "times"}
    if one.kind == "money":
        return one.unit == other.unit
    if one.unit == other.unit:
        return True
    return _scale(one, other) is not None


def comparable(one: Quantity, other: Quantity) -> bool:
    """Tell whether two figures can be rivals: one dimension, and not worlds apart."""
    low, high = sorted((one.value, other.value))
    return same_dimension(one, other) and low > 0 and high <= _FARTHEST * low


def _scale(one: Quantity, other: Quantity) -> tuple[float, float] | None:
    for scale in _SCALES:
        if one.unit in scale and other.unit in scale:
            return scale[one.unit], scale[other.unit]
    return None


def agree(one: Quantity, other: Quantity) -> bool:
    """Tell whether both figures can be right: equal, rounded, converted, or within a bound."""
    if not same_dimension(one, other):
        return False
    first, second = one.value, other.value
    factors = _scale(one, other)
    if factors is not None and one.unit != other.unit:
        first, second = first * factors[0], second * factors[1]
        if abs(first - second) <= _CONVERTED * max(first, second):
            return True
    if _rounds_to(first, second) or _rounds_to(second, first):
        return True
    loose = one.bounds | other.bounds
    if "about" in loose and abs(first - second) <= _ABOUT * max(first, second):
        return True
    return _bounded(one.bounds, first, second) or _bounded(other.bounds, second, first)


def _bounded(bounds: frozenset[str], bound: float, value: float) -> bool:
    return ("least" in bounds and value >= bound) or ("most" in bounds and value <= bound)


def _rounds_to(exact: float, shown: float) -> bool:
    """Tell whether a figure is another one with fewer digits: 1.13bn, 1.1bn."""
    if exact == shown:
        return True
    digits = f"{shown:.12g}".replace(".", "").strip("0") if "e" not in f"{shown:.12g}" else ""
    kept = max(len(digits), 1)
    return kept >= 2 and float(f"{exact:.{kept}g}") == shown
