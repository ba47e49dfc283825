"""What a figure is of: the noun behind it, in the claim and in the passage."""

from collections.abc import Sequence

from rag.verification.figures.agreement import agree
from rag.verification.figures.quantity import Quantity, word_at
from rag.verification.figures.units import UNITS
from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.coverage import is_general

_ANCHOR_REACH = 3
"""Words from a figure to its noun."""
_PART_REACH = 5
"""Words from a part to the whole that it is taken of: `nine of their 14`."""
_AFTER_BARE = frozenset("from to by last this".split())
_STANDING_FOR = frozenset("them these those which whom".split())


def check_noun(one: Quantity, same: Sequence[Quantity], alignment: Alignment) -> Finding | None:
    """Find a figure that the passage has, but for something else, or as the whole of a part.

    Args:
        one: A figure of the claim.
        same: Those of the passage that agree with it.
        alignment: The claim beside its passage.
    """
    return _whole(one, same, alignment) or _elsewhere(one, same, alignment)


def _elsewhere(one: Quantity, same: Sequence[Quantity], alignment: Alignment) -> Finding | None:
    tokens = alignment.passage.tokens
    anchor = _anchor(one, alignment)
    if anchor is None:
        return None
    place, gap = anchor
    rival = _governing(place, gap, one, alignment)
    if rival is None or agree(one, rival) or _is_near(rival, same, place):
        return None
    noun = tokens[place]
    if noun.low in UNITS or is_general(noun) or is_bare(same, alignment):
        return None
    nouns = {noun.base, _next(one, gap, alignment)}
    if _part_of(rival, same, alignment) or any(
        _governed(at, max(gap, 2), same) for at, token in enumerate(tokens) if token.base in nouns
    ):
        return None
    text = f"The paragraph says {rival.shown.strip()}, not {one.shown.strip()}, of “{noun.text}”."
    return Finding("number", text, 0.9)


def _is_near(rival: Quantity, same: Sequence[Quantity], place: int) -> bool:
    """Tell whether the figure itself stands as near to the noun as its rival."""
    return any(
        rival is other or abs(other.first - place) <= abs(rival.first - place) for other in same
    )


def _anchor(one: Quantity, alignment: Alignment) -> tuple[int, int] | None:
    """Return the partner of the next matched word behind a figure, and how far away it is."""
    for gap in range(1, _ANCHOR_REACH + 1):
        index = one.last + gap
        if index >= len(alignment.claim) or alignment.claim[index].text in ",;:":
            return None
        if any(index in range(each.first, each.last + 1) for each in alignment.claimed):
            return None
        match = alignment.matches.get(index)
        if match is not None and match.in_focus:
            return match.source, gap
    return None


def _next(one: Quantity, gap: int, alignment: Alignment) -> str:
    """Return the word behind a figure's noun: of `half of the TV audience`, the noun itself."""
    at = one.last + gap + 1
    match = alignment.matches.get(at)
    return alignment.passage.tokens[match.source].base if match is not None else ""


def is_bare(same: Sequence[Quantity], alignment: Alignment) -> bool:
    """Tell whether the figure stands without a noun somewhere: it may be of anything."""
    tokens = alignment.passage.tokens
    return any(
        one.last + 1 >= len(tokens)
        or tokens[one.last + 1].kind == "punct"
        or tokens[one.last + 1].low in _AFTER_BARE
        or (tokens[one.last + 1].low == "in" and word_at(tokens, one.last + 2).isdecimal())
        or (tokens[one.last + 1].low == "of" and word_at(tokens, one.last + 2) in _STANDING_FOR)
        for one in same
    )


def _whole(one: Quantity, same: Sequence[Quantity], alignment: Alignment) -> Finding | None:
    """Find `14 of the matches` told of `nine of the 14 matches`."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if not (one.last + 1 < len(claim) and claim[one.last + 1].low == "of"):
        return None
    for other in same:
        before = [token.low for token in tokens[max(0, other.first - 3) : other.first]]
        has_part = any(
            part.kind == other.kind and 0 < other.first - part.last <= _PART_REACH
            for part in alignment.passage.quantities
        )
        if (
            not has_part
            or "of" not in before
            or (other.last + 1 < len(tokens) and tokens[other.last + 1].low == "of")
        ):
            return None
    return Finding("number", f"{one.shown.strip()} is the whole there, not the part.", 0.9)


def _part_of(rival: Quantity, same: Sequence[Quantity], alignment: Alignment) -> bool:
    """Tell whether the rival is the whole that the figure is a part of: `340 of the 9,800`."""
    tokens = alignment.passage.tokens
    return any(
        one.last < rival.first <= one.last + 8
        and any(tokens[at].low == "of" for at in range(one.last + 1, rival.first))
        for one in same
    )


def _governed(place: int, reach: int, same: Sequence[Quantity]) -> bool:
    return any(0 < place - one.last <= reach + 1 for one in same)


def _governing(place: int, gap: int, one: Quantity, alignment: Alignment) -> Quantity | None:
    """Return the figure of the passage that stands directly before a noun."""
    tokens = alignment.passage.tokens
    near = [
        other
        for other in alignment.passage.quantities
        if other.kind == one.kind
        and tokens[other.first].sentence == tokens[place].sentence
        and 0 < place - other.last <= max(gap, 2)
    ]
    return min(near, key=lambda other: abs(other.first - place), default=None)
