"""Two actors of a sentence that have changed places, in a claim that keeps most of it."""

from collections.abc import Sequence
from itertools import combinations

from rag.verification.alignment import Alignment
from rag.verification.edits import Edits
from rag.verification.finding import Finding
from rag.verification.verbs import is_verb

_LEAST_KEPT = 0.6
_SAME = 0.85
_BESIDE = 3
"""Words from a thing to what is said of it."""


def check_swapped(alignment: Alignment, edits: Edits) -> Finding | None:
    """Find two things in each other's place: what stands beside one stood beside the other."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if edits.share < _LEAST_KEPT or any(one.low == "by" for one in claim):
        return None
    pairs = [
        (index, match.source)
        for index, match in sorted(alignment.matches.items())
        if match.likeness >= _SAME and tokens[match.source].sentence == alignment.main
    ]
    for (one, first), (other, second) in combinations(pairs, 2):
        if (
            first > second + 1
            and other > one + 1
            and claim[one].is_name
            and claim[other].is_name
            and any(token.is_content and not token.is_name for token in claim[one:other])
            and not (is_verb(claim, one) or is_verb(claim, other))
            and _stands_by(one, second, {first, second}, pairs)
            and _stands_by(other, first, {first, second}, pairs)
        ):
            text = f"“{claim[one].text}” and “{claim[other].text}” have changed places."
            return Finding("role", text, 0.9)
    return None


def _stands_by(index: int, place: int, swapped: set[int], pairs: Sequence[tuple[int, int]]) -> bool:
    """Tell whether the words next to one in the claim stand next to another in the passage."""
    near = [
        source - place
        for other, source in pairs
        if source not in swapped
        and 0 < abs(other - index) <= _BESIDE
        and abs(source - place) <= _BESIDE
        and (other > index) == (source > place)
    ]
    return bool(near)
