"""Claim × passage → which word of the claim is covered by which word of which sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.verification.figures.quantities import quantities_of
from rag.verification.figures.quantity import Quantity
from rag.verification.rules.focus import Alike, focus
from rag.verification.rules.wording import likeness
from rag.verification.source import Passage, keys_of
from rag.verification.text import Token, tokens_of

COVERED = 0.6
"""A word at least this much alike stands for another."""
_NEAR = 4
"""Words to either side whose partners should be neighbours too."""
_REACH = 2 * _NEAR
_NEIGHBOUR_BONUS = 0.06
_MOST_PARTNERS = 60
"""Places of a passage that are looked at for a word."""
_FOCUS_BONUS = 0.5
_MAIN_BONUS = 0.1


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the claim and the word of the passage that stands for it."""

    source: int
    likeness: float
    in_focus: bool
    """It stands in one of the sentences that the claim is aligned to."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim laid beside a passage."""

    claim: tuple[Token, ...]
    passage: Passage
    claimed: tuple[Quantity, ...]
    matches: dict[int, Match]
    """By index of the claim's token."""
    sentences: tuple[int, ...]
    """Of the passage, best first."""
    in_context: frozenset[int]
    """Indices of claim tokens that only a title or publisher holds."""

    @property
    def main(self) -> int:
        """The sentence that fits best; -1 in an empty passage."""
        return self.sentences[0] if self.sentences else -1

    @property
    def numeric(self) -> frozenset[int]:
        """Indices of the claim's tokens that are part of a figure."""
        return frozenset(index for one in self.claimed for index in range(one.first, one.last + 1))


def align(text: str, passage: Passage) -> Alignment:
    """Lay a claim beside a passage."""
    claim, claimed = tokens_of(text), quantities_of(text)
    numeric = {index for one in claimed for index in range(one.first, one.last + 1)}
    asked = [
        index
        for index, token in enumerate(claim)
        if token.kind == "word" and (token.is_content or token.is_name) and index not in numeric
    ]
    alike = {index: _alike(claim[index], passage) for index in asked}
    sentences = focus(claim, claimed, alike, passage)
    matches = _matched(alike, passage, sentences)
    known = frozenset(
        index
        for index in asked
        if index not in matches
        and any(_degree(claim[index], token) >= COVERED for token in passage.context)
    )
    return Alignment(claim, passage, claimed, matches, sentences, known)


def _alike(token: Token, passage: Passage) -> list[tuple[int, float]]:
    """Return the words of the passage that can stand for a word, and how well they do."""
    near = {at for key in keys_of(token) for at in passage.index.get(key, ())}
    degrees = ((at, _degree(token, passage.tokens[at])) for at in sorted(near)[:_MOST_PARTNERS])
    return [(at, degree) for at, degree in degrees if degree > 0]


def _degree(one: Token, other: Token) -> float:
    best = likeness(one.base, other.base)
    if best < 1 and (one.phrase != one.base or other.phrase != other.base):
        best = max(
            best,
            likeness(one.phrase, other.phrase),
            likeness(one.base, other.phrase),
            likeness(one.phrase, other.base),
        )
    if one.is_name and other.is_name and best < 0.85:
        return 0.9 if _same_name(one.low, other.low) else 0.0
    return best


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names differ by a letter or an ending, as transliterations do."""
    if min(len(one), len(other)) < 5 or one[0] != other[0]:
        return one == other
    if one.startswith(other) or other.startswith(one):
        return abs(len(one) - len(other)) <= 3
    return (
        len(one) == len(other)
        and sum(a != b for a, b in zip(one, other, strict=True)) == 1
        and len(one) >= 7
    )


def _matched(alike: Alike, passage: Passage, focus: Sequence[int]) -> dict[int, Match]:
    """Choose among several partners the one whose neighbours are partners of neighbours."""
    asked = list(alike)
    strong = [[other for other, degree in alike[index] if degree >= COVERED] for index in asked]
    bonus = dict.fromkeys(focus, _FOCUS_BONUS)
    if focus:
        bonus[focus[0]] += _MAIN_BONUS
    matches: dict[int, Match] = {}
    for place, index in enumerate(asked):
        around = strong[max(0, place - _NEAR) : place] + strong[place + 1 : place + 1 + _NEAR]
        best, chosen = 0.0, None
        for other, degree in alike[index]:
            sentence = passage.tokens[other].sentence
            near = sum(any(abs(one - other) <= _REACH for one in each) for each in around)
            score = degree + _NEIGHBOUR_BONUS * near + bonus.get(sentence, 0.0)
            if degree >= COVERED and score > best:
                best, chosen = score, Match(other, degree, sentence in bonus)
        if chosen is not None:
            matches[index] = chosen
    return matches
