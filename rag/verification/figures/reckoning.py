"""Figures that a claim reckons from its passage: sums, years between, the length of a list."""

from itertools import combinations, pairwise

from rag.verification.figures.agreement import is_close
from rag.verification.figures.quantity import Quantity
from rag.verification.names import name_groups
from rag.verification.rules.alignment import Alignment
from rag.verification.text import Token

_NEAR = 8
"""Words between two figures that are added up."""
_LONGEST_LIST = 12
_MARKS = frozenset({",", "and", "or", "the", "&"})
_SPANS = frozenset({"year", "decade"})
_DIFFER = frozenset("plain percent money".split())
_COMPARING = frozenset(
    "point points ahead behind difference gap lead leads led leading margin more fewer less clear "
    "rise rose risen increase increased fall fell fallen drop dropped cut narrowed widened "
    "yet remaining left outstanding missing".split()
)


def is_reckoned(one: Quantity, alignment: Alignment) -> bool:
    """Tell whether a figure that the passage lacks follows from it."""
    if _is_difference(one, alignment) or _is_share(one, alignment):
        return True
    if one.kind != "plain" or one.value != int(one.value):
        return False
    return _is_sum(one, alignment) or _is_span(one, alignment) or _is_count(one, alignment)


def _is_sum(one: Quantity, alignment: Alignment) -> bool:
    tokens = alignment.passage.tokens
    return any(
        first.kind == other.kind == "plain"
        and first.value + other.value == one.value
        and other.first - first.last <= _NEAR
        and any(token.low == "and" for token in tokens[first.last : other.first])
        and tokens[first.first].sentence in alignment.sentences
        for first, other in pairwise(alignment.passage.quantities)
    )


def _is_difference(one: Quantity, alignment: Alignment) -> bool:
    """Tell whether a claim that compares gives the difference of two figures of one sentence."""
    if one.kind not in _DIFFER or not any(token.low in _COMPARING for token in alignment.claim):
        return False
    tokens = alignment.passage.tokens
    figures = [
        each
        for each in alignment.passage.quantities
        if each.kind in _DIFFER and tokens[each.first].sentence in alignment.sentences
    ]
    return any(
        first.kind == other.kind
        and first.unit == other.unit
        and tokens[first.first].sentence == tokens[other.first].sentence
        and is_close(abs(first.value - other.value), one.value)
        for first, other in combinations(figures, 2)
    )


def _is_share(one: Quantity, alignment: Alignment) -> bool:
    """Tell whether `half` or `a third` is what two figures of one sentence make."""
    if one.unit != "half":
        return False
    tokens = alignment.passage.tokens
    return any(
        {first.kind, other.kind} <= {"plain"}
        and other.value > 0
        and first.value > 0
        and tokens[first.first].sentence == tokens[other.first].sentence
        and tokens[first.first].sentence in alignment.sentences
        and any(
            is_close(part / whole * 100, one.value)
            for part, whole in ((first.value, other.value), (other.value, first.value))
        )
        for first, other in combinations(alignment.passage.quantities, 2)
    )


def _is_span(one: Quantity, alignment: Alignment) -> bool:
    """Tell whether so many years lie between two years of the passage and the claim."""
    if one.unit not in _SPANS:
        return False
    years = {each.value for each in (*alignment.passage.quantities, *alignment.claimed)
             if each.kind == "year"}  # fmt: skip
    return any(abs(first - other) == one.value for first, other in combinations(years, 2))


def _is_count(one: Quantity, alignment: Alignment) -> bool:
    """Tell whether a sentence that the claim retells lists so many names."""
    if not 2 <= one.value <= _LONGEST_LIST:
        return False
    tokens = alignment.passage.tokens
    listed, last = 1, -1
    lengths = set()
    for group in name_groups(tokens):
        if tokens[group[0]].sentence not in alignment.sentences:
            continue
        between = tokens[last + 1 : group[0]] if last >= 0 else ()
        if not _is_listed(between):
            lengths.add(listed)
            listed = 0
        listed += 1
        # `And` comes before the last one.
        last = -1 if any(one.low in {"and", "or"} for one in between) else group[-1]
    return one.value in lengths | {listed}


def _is_listed(between: tuple[Token, ...]) -> bool:
    return bool(between) and all(one.low in _MARKS for one in between)
