"""A claim beside its passage in a few explainable numbers, which the learned verdict weighs."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from rag.verification.alignment import Alignment
from rag.verification.coverage import Coverage, Level
from rag.verification.edits import Edits, Segment
from rag.verification.finding import Finding
from rag.verification.names import name_groups
from rag.verification.reports import reports_of

_SHORT = 4
"""Words of a stretch that still counts as one thing exchanged for another."""
_PRONOUNS = frozenset("he she it they we his her their its who him them this these those".split())


@dataclass(frozen=True, slots=True)
class Features:
    """One claim. Up to `bound`: the heaviest finding of each kind; words are telling ones."""

    name: float
    number: float
    quotation: float
    negation: float
    role: float
    attribution: float
    described: float
    unattributed: float
    condition: float
    certainty: float
    bound: float
    missing_here: float
    """Words that only other sentences have than those that the claim is aligned to."""
    tail: float
    """Words missing in a row at the end: an added detail."""
    exchanged: float
    """Short stretches in place of something unlike, where the claim keeps most of the sentence."""
    edited: float
    """Share of the sentence's own words in order, where anything else is there: an edit of it."""
    edited_missing: float
    """The same where a word is missing."""
    moved: float
    """Names that only other sentences have, speakers left out."""
    moved_freely: float
    """The same where the best sentence has no pronoun that they could stand for."""


FEATURES = tuple(one.name for one in fields(Features))
CHECKS = FEATURES[: FEATURES.index("missing_here")]
"""The kinds of findings that weigh."""


def features_of(
    alignment: Alignment, edits: Edits, coverage: Coverage, findings: Sequence[Finding]
) -> Features:
    """Measure a claim."""
    weights = dict.fromkeys(CHECKS, 0.0)
    for one in findings:
        if one.kind in weights:
            weights[one.kind] = max(weights[one.kind], one.weight)
    share = edits.share if _is_edited(alignment, edits) else 0.0
    moved = _moved(alignment)
    return Features(
        **weights,
        missing_here=coverage.count(Level.ELSEWHERE),
        tail=coverage.tail if coverage.tail > 1 else 0,
        exchanged=_exchanged(alignment, edits, coverage) * edits.share**2,
        edited=share,
        edited_missing=share if coverage.missing else 0.0,
        moved=moved,
        moved_freely=0.0 if _has_pronoun(alignment) else moved,
    )


def _is_edited(alignment: Alignment, edits: Edits) -> bool:
    return any(
        token.is_content or token.is_name or token.kind == "number"
        for segment in edits.segments
        for token in (alignment.claim[index] for index in segment.claim)
    )


def _exchanged(alignment: Alignment, edits: Edits, coverage: Coverage) -> int:
    tokens = alignment.passage.tokens
    return sum(
        1
        for segment in edits.segments
        if len(segment.claim) <= _SHORT
        and any(tokens[index].is_content for index in segment.source)
        and not _is_alike(segment, alignment)
        and any(
            index in coverage.telling and coverage.levels[index] > Level.MAIN
            for index in segment.claim
        )
    )


def _is_alike(segment: Segment, alignment: Alignment) -> bool:
    """Tell whether a word of a stretch has its partner in the stretch that it replaces."""
    return any(
        alignment.matches[index].source in segment.source
        for index in segment.claim
        if index in alignment.matches
    )


def _moved(alignment: Alignment) -> int:
    claim, tokens = alignment.claim, alignment.passage.tokens
    here = {token.base for token in tokens if token.sentence == alignment.main and token.is_name}
    speakers = {at for one in reports_of(claim) for at in one.speaker}
    return sum(
        1
        for group in name_groups(claim, alignment.numeric)
        if not speakers & set(group)
        and not any(claim[index].base in here for index in group)
        and all(_is_elsewhere(index, alignment) for index in group)
    )


def _is_elsewhere(index: int, alignment: Alignment) -> bool:
    match = alignment.matches.get(index)
    return match is not None and alignment.passage.tokens[match.source].sentence != alignment.main


def _has_pronoun(alignment: Alignment) -> bool:
    return any(
        token.low in _PRONOUNS and token.sentence == alignment.main
        for token in alignment.passage.tokens
    )
