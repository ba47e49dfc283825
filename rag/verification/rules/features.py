"""A claim beside its passage in a few explainable numbers, which the learned verdict weighs."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.coverage import Coverage
from rag.verification.rules.edits import Edits

_NEARLY_ALL, _MOST_LOST = 0.75, 3


@dataclass(frozen=True, slots=True)
class Features:
    """One claim. Up to `certainty`: the heaviest finding of each kind; words are telling ones."""

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
    tail: float
    """Words missing in a row at the end: an added detail."""
    clause: float
    """Words of a clause of which nearly all are missing: an added detail."""
    edited: float
    """Share of the sentence's own words in order, where anything else is there: an edit of it."""
    edited_missing: float
    """The same where a word is missing."""


FEATURES = tuple(one.name for one in fields(Features))
CHECKS = FEATURES[: FEATURES.index("tail")]
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
    return Features(
        **weights,
        tail=coverage.tail if coverage.tail > 1 else 0,
        clause=_lost_clause(alignment, coverage),
        edited=share,
        edited_missing=share if coverage.missing else 0.0,
    )


def _lost_clause(alignment: Alignment, coverage: Coverage) -> int:
    words: dict[int, list[int]] = {}
    for index in coverage.telling:
        words.setdefault(alignment.claim[index].clause, []).append(index)
    lost = [
        sum(index in coverage.missing for index in each)
        for each in words.values()
        if sum(index in coverage.missing for index in each) >= _NEARLY_ALL * len(each)
    ]
    return max(min(max(lost, default=0), _MOST_LOST) - 1, 0)


def _is_edited(alignment: Alignment, edits: Edits) -> bool:
    return any(
        token.is_content or token.is_name or token.kind == "number"
        for segment in edits.segments
        for token in (alignment.claim[index] for index in segment.claim)
    )
