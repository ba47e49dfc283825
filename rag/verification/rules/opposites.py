"""A word of the claim whose place in the passage is taken by its opposite."""

from collections.abc import Sequence

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.negatives import denies, is_negative, is_turned
from rag.verification.rules.verbs import is_passive
from rag.verification.rules.wording import opposite
from rag.verification.rules.words.reporting import NEGATORS
from rag.verification.text import Token

_BESIDE = 3
"""Telling words to either side of which one must be a partner."""
_IN_TIME = frozenset("before after following earlier later".split())
_SIDE = 6
"""Words behind `before` or `after` that tell what they come before or after."""
_OWNERS = frozenset("his her its their our my the a".split())
_SLOT = 4
"""How far from the neighbours' partners an opposite may stand."""


def find_opposites(alignment: Alignment) -> list[Finding]:
    """Find words of the claim whose place in the passage is taken by an opposite."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    partners = {match.source for match in alignment.matches.values() if match.likeness >= 0.8}
    partners |= _counted(alignment)
    said = alignment.numeric
    for index, token in enumerate(claim):
        if token.kind != "word" or token.is_name or token.quoted or index in said:
            continue
        match = alignment.matches.get(index)
        if match is not None and match.likeness >= 0.8 and match.in_focus:
            continue
        for other, candidate in enumerate(tokens):
            if (
                candidate.sentence in alignment.sentences
                and candidate.is_content == token.is_content
                and other not in partners
                and (
                    opposite(token.base, candidate.base) or opposite(token.phrase, candidate.phrase)
                )
                and in_place(index, other, alignment)
                and is_turned(claim, index) == is_turned(tokens, other)
                and is_passive(claim, index) == is_passive(tokens, other)
                and not is_balanced(index, other, alignment)
                and _keeps_sides(index, other, alignment)
                and _is_owned(claim, index) == _is_owned(tokens, other)
                and _is_degree(token.low) == _is_degree(candidate.low)
            ):
                text = f"The paragraph says “{candidate.text}”, the statement “{token.text}”."
                return [Finding("negation", text, _weight(index, other, alignment))]
    return []


def _keeps_sides(index: int, other: int, alignment: Alignment) -> bool:
    """Tell whether what follows a word still follows its opposite: `X before Y` is `Y after X`."""
    claim = alignment.claim
    if claim[index].low not in _IN_TIME:
        return True
    behind = [
        match.source > other
        for place, match in alignment.matches.items()
        if index < place <= index + _SIDE
    ]
    return not behind or sum(behind) * 2 > len(behind)


def _is_owned(tokens: Sequence[Token], index: int) -> bool:
    """Tell `cost them their lives` from `lives`."""
    return index > 0 and tokens[index - 1].low in _OWNERS


def is_balanced(index: int, other: int, alignment: Alignment) -> bool:
    """Tell whether one side's `no` is the other side's negative verb: `neither … play`, `miss`."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if claim[index].low in NEGATORS:
        return denies(tokens, (tokens[other].sentence,))
    return tokens[other].low in NEGATORS and any(is_negative(one) for one in claim)


def _is_degree(low: str) -> int:
    """Return 2 for a superlative, 0 for `much` and `many`, else 1: no two of them are opposites."""
    if low in {"much", "many"}:
        return 0
    return 2 if low.endswith("est") or low in {"most", "least"} else 1


def _weight(index: int, other: int, alignment: Alignment) -> float:
    is_home = alignment.passage.tokens[other].sentence == alignment.main
    return 1.0 if is_home and _beside(index, other, alignment) else 0.4


def _beside(index: int, other: int, alignment: Alignment) -> bool:
    """Tell whether two words have partners for neighbours on the same side."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    reach = (
        _BESIDE if claim[index].is_content else 1 + 2 * (claim[index].low in {"with", "without"})
    )
    for step in (1, -1):
        ours = _neighbours(claim, index, step, reach)
        theirs = set(_neighbours(tokens, other, step, reach + 1))
        if any(one in alignment.matches and alignment.matches[one].source in theirs
               for one in ours):  # fmt: skip
            return True
    return False


def _neighbours(tokens: Sequence[Token], index: int, step: int, reach: int) -> list[int]:
    """Return the next telling words to one side, in the same sentence."""
    found: list[int] = []
    at = index + step
    while (
        0 <= at < len(tokens)
        and len(found) < reach
        and tokens[at].sentence == tokens[index].sentence
    ):
        if tokens[at].is_content or tokens[at].is_name:
            found.append(at)
        at += step
    return found


def _counted(alignment: Alignment) -> set[int]:
    return {
        index
        for one in alignment.passage.quantities
        if any(one.value == said.value for said in alignment.claimed)
        for index in range(one.first, one.last + 1)
    }


def in_place(index: int, other: int, alignment: Alignment) -> bool:
    """Tell whether a word of the passage stands where the claim's word stands: by neighbours."""
    near = [
        match.source
        for place, match in alignment.matches.items()
        if place != index and abs(place - index) <= _SLOT
    ]
    near += [
        one.first
        for one in alignment.passage.quantities
        for said in alignment.claimed
        if abs(said.first - index) <= _SLOT and one.value == said.value
    ]
    return any(abs(place - other) <= _SLOT for place in near)
