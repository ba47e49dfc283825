"""What is measured for one question: pure functions from passages and gold to numbers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from rag.evaluation.dataset import Gold

RECALL_DEPTHS = (1, 3, 5, 10)
MRR_DEPTH = 10

_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved or cited paragraph, as far as its judgement needs it."""

    paragraph_id: str
    text: str
    file: str
    url: str | None = None
    record: str | None = None
    rank: int = 1
    """1-based; of a cited paragraph it means nothing."""


def is_right(passage: Passage, gold: Gold) -> bool:
    """Whether the passage is from where the gold says, and holds its words."""
    return _same_source(passage, gold) and squeeze(gold.quote) in squeeze(passage.text)


def is_gold(passage: Passage, gold: Iterable[Gold]) -> bool:
    """Whether the passage is right for any of the gold items."""
    return any(is_right(passage, item) for item in gold)


def first_gold_rank(retrieved: Iterable[Passage], gold: Sequence[Gold]) -> int | None:
    """Return the rank of the first right passage."""
    return min((passage.rank for passage in retrieved if is_gold(passage, gold)), default=None)


def recall_at(depth: int, first_rank: int | None) -> float:
    """Return 1 when at least one right paragraph is among the first `depth`, else 0."""
    return float(first_rank is not None and first_rank <= depth)


def reciprocal_rank(first_rank: int | None, depth: int = MRR_DEPTH) -> float:
    """Return 1 / rank of the first right paragraph, or 0 where it is beyond `depth`."""
    return 1 / first_rank if first_rank is not None and first_rank <= depth else 0.0


def contains_answer(text: str, answers: Iterable[str]) -> float:
    """Return 1 when the text holds one of the answers, whatever their case, else 0."""
    # Without its markers: else the answer "2" would be found in every "[2]".
    plain = squeeze(_MARKER.sub("", text)).casefold()
    return float(any(squeeze(answer).casefold() in plain for answer in answers))


def citation_hit(cited: Iterable[Passage], gold: Sequence[Gold]) -> float:
    """Return 1 when at least one right paragraph is cited, else 0."""
    return float(any(is_gold(passage, gold) for passage in cited))


def citation_recall(cited: Sequence[Passage], gold: Sequence[Gold]) -> float | None:
    """Return the share of the gold items that a cited paragraph satisfies."""
    return mean(float(any(is_right(passage, item) for passage in cited)) for item in gold)


def citation_precision(cited: Sequence[Passage], gold: Sequence[Gold]) -> float | None:
    """Return the share of the cited paragraphs that are right; None where none is cited."""
    return mean(float(is_gold(passage, gold)) for passage in cited)


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of what was measured; None where nothing was."""
    measured = [value for value in values if value is not None]
    return sum(measured) / len(measured) if measured else None


def percentile(values: Iterable[float | None], share: float) -> float | None:
    """Return the value below which `share` of the measured values lie, interpolated linearly."""
    ordered = sorted(value for value in values if value is not None)
    if not ordered:
        return None
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def squeeze(text: str) -> str:
    """Return the text with each run of white space, of any Unicode kind, as one blank."""
    return " ".join(text.split())


def _same_source(passage: Passage, gold: Gold) -> bool:
    if gold.file is not None and _same_file(passage.file, gold.file):
        return True
    if gold.url is not None and passage.url == gold.url:
        return True
    return gold.record is not None and passage.record == gold.record


def _same_file(ours: str, theirs: str) -> bool:
    # Questions are written beside the articles, and either may have been ingested from above.
    return ours == theirs or PurePosixPath(ours).name == PurePosixPath(theirs).name
