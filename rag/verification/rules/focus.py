"""Which sentences of a passage a claim retells: of long paragraphs, one or two."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rag.verification.figures.quantity import Quantity
from rag.verification.rules.reports import reports_of
from rag.verification.source import Passage
from rag.verification.text import Token

_NAME_WEIGHT = 1.5
_SPEAKER_WEIGHT = 0.4
"""A speaker is named in many sentences: what he said tells which one is meant."""
_PAIR_WEIGHT = 0.35
"""Of two neighbouring words in common: the sentence's own turns of phrase."""
_MOST_SENTENCES = 3
_WORTH_A_SENTENCE = 0.9
"""What a further sentence has to add: nearly a whole word."""
_ADJACENT_BONUS = 0.3

Alike = Mapping[int, Sequence[tuple[int, float]]]
"""By word of the claim: words of the passage that can stand for it, and how well they do."""


def focus(
    claim: Sequence[Token], claimed: Sequence[Quantity], alike: Alike, passage: Passage
) -> tuple[int, ...]:
    """Return the sentences that the claim is aligned to, best first."""
    count = passage.sentences
    if not count:
        return ()
    rows = [*_words(claim, alike, passage), *_figures(claimed, passage)]
    if not rows:
        return (0,)
    chosen: list[int] = []
    covered = [0.0] * len(rows)
    pairs = _pairs(claim, passage)
    while len(chosen) < _MOST_SENTENCES:
        gains = [
            sum(max(row[at] - had, 0.0) for row, had in zip(rows, covered, strict=True))
            # A further sentence is needed for its words, not for its turns of phrase.
            + (_ADJACENT_BONUS * _is_beside(at, chosen) if chosen else pairs[at])
            for at in range(count)
        ]
        best = max(range(count), key=gains.__getitem__)
        if chosen and (best in chosen or gains[best] < _WORTH_A_SENTENCE):
            break
        chosen.append(best)
        covered = [max(row[best], had) for row, had in zip(rows, covered, strict=True)]
    return tuple(chosen)


def _is_beside(sentence: int, chosen: Sequence[int]) -> bool:
    return any(abs(sentence - one) == 1 for one in chosen)


def _words(claim: Sequence[Token], alike: Alike, passage: Passage) -> list[list[float]]:
    """Return, a row for each word of the claim, how well each sentence covers it."""
    speakers = {index for one in reports_of(claim) for index in (*one.speaker, one.verb)}
    rows = []
    for index, found in alike.items():
        weight = _NAME_WEIGHT if claim[index].is_name else 1.0
        weight *= _SPEAKER_WEIGHT if index in speakers else 1.0
        row = [0.0] * passage.sentences
        for other, degree in found:
            sentence = passage.tokens[other].sentence
            row[sentence] = max(row[sentence], degree * weight)
        rows.append(row)
    return rows


def _figures(claimed: Sequence[Quantity], passage: Passage) -> list[list[float]]:
    rows = []
    for one in claimed:
        row = [0.0] * passage.sentences
        for other in passage.quantities:
            if other.value == one.value and other.kind == one.kind:
                row[passage.tokens[other.first].sentence] = _NAME_WEIGHT
        rows.append(row)
    return rows


def _pairs(claim: Sequence[Token], passage: Passage) -> list[float]:
    """Return what the pairs of neighbouring words are worth that sentences share with the claim."""
    ours = set(pairwise(token.low for token in claim if token.kind != "punct"))
    row = [0.0] * passage.sentences
    for one, other in pairwise(token for token in passage.tokens if token.kind != "punct"):
        if one.sentence == other.sentence and (one.low, other.low) in ours:
            row[one.sentence] += _PAIR_WEIGHT
    return row
