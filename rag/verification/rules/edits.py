"""Claim and main sentence laid side by side in order: what was kept, put in, and replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.verification.rules.alignment import Alignment
from rag.verification.rules.wording import likeness
from rag.verification.text import Token

_SKIPPED = frozenset("a an the , . “ ” \" ' ‘ ’ ; : ( ) - – —".split())
_ALIKE = 0.8
_LONGEST = 70
"""Words of a sentence that are compared: what lies behind is hardly retold."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the claim that is not in the sentence, and what the sentence has there."""

    claim: tuple[int, ...]
    source: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """The claim as an edit of a sentence."""

    kept: tuple[tuple[int, int], ...]
    """Pairs of indices: of the claim, of the passage."""
    segments: tuple[Segment, ...]
    share: float
    """Of the claim's words, how many were kept in order."""


def edits_of(alignment: Alignment) -> Edits:
    """Return the claim as an edit of the sentence that fits it best."""
    ours = [index for index, token in enumerate(alignment.claim) if token.text not in _SKIPPED]
    theirs = [
        index
        for index, token in enumerate(alignment.passage.tokens)
        if token.sentence == alignment.main and token.text not in _SKIPPED
    ][:_LONGEST]
    kept = _kept(alignment.claim, ours, alignment.passage.tokens, theirs)
    share = len(kept) / max(len(ours), 1)
    return Edits(tuple(kept), tuple(_segments(ours, theirs, kept)), share)


def _worth(one: Token, other: Token) -> float:
    if one.low == other.low:
        return 2.0 if one.is_content or one.is_name or one.kind == "number" else 0.6
    if one.kind != "word" or other.kind != "word":
        return 0.0
    if not (one.is_content and other.is_content):
        return 0.5 if one.base == other.base else 0.0
    return 1.6 if likeness(one.base, other.base) >= _ALIKE else 0.0


def _kept(
    claim: Sequence[Token], ours: Sequence[int], tokens: Sequence[Token], theirs: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the heaviest common subsequence."""
    rows, columns = len(ours), len(theirs)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    worth = [[_worth(claim[one], tokens[other]) for other in theirs] for one in ours]
    for row in range(rows - 1, -1, -1):
        line, below = best[row], best[row + 1]
        for column in range(columns - 1, -1, -1):
            gain = worth[row][column]
            skip = max(below[column], line[column + 1])
            line[column] = max(skip, gain + below[column + 1]) if gain else skip
    kept, row, column = [], 0, 0
    while row < rows and column < columns:
        gain = worth[row][column]
        if gain and best[row][column] == gain + best[row + 1][column + 1]:
            kept.append((ours[row], theirs[column]))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return kept


def _segments(
    ours: Sequence[int], theirs: Sequence[int], kept: Sequence[tuple[int, int]]
) -> list[Segment]:
    edges = [(-1, -1), *kept, (10**9, 10**9)]
    found = []
    for number in range(len(edges) - 1):
        (first, left), (last, right) = edges[number], edges[number + 1]
        claim = tuple(index for index in ours if first < index < last)
        if claim:
            source = tuple(index for index in theirs if left < index < right)
            found.append(Segment(claim, source))
    return found
