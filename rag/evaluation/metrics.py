"""What is measured for one question: pure functions from passages and gold to numbers."""

import math
import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from rag.citations.markers import without_markers
from rag.evaluation.dataset import Gold

RECALL_DEPTHS = (1, 3, 5, 10)
MRR_DEPTH = NDCG_DEPTH = 10

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation + "“”‘’–—…")
_CACHED = 32
"""Texts: those of one question, which many metrics look at."""
_COVERED = 0.5
"""The share of the gold words that a right quotation holds: a sentence may be cut differently."""


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
    quote: str = ""
    """The words in it that were quoted; empty for a retrieved one."""
    ordinal: int = 0


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


def gold_recall(retrieved: Iterable[Passage], gold: Sequence[Gold], depth: int) -> float | None:
    """Return the share of the gold items that the first `depth` passages satisfy."""
    looked_at = [passage for passage in retrieved if passage.rank <= depth]
    return citation_recall(looked_at, gold)


def ndcg(retrieved: Iterable[Passage], gold: Sequence[Gold], depth: int = NDCG_DEPTH) -> float:
    """Return the normalised discounted cumulative gain of a ranking.

    A gold item counts where it is met first. Items of one paragraph count as one: else no ranking
    could reach 1.
    """
    left, gains, ideal = list(gold), {}, []
    for passage in sorted(retrieved, key=lambda one: one.rank):
        met = [item for item in left if is_right(passage, item)]
        if met:
            left = [item for item in left if item not in met]
            gains[passage.rank] = max(item.grade for item in met)
            ideal.append(gains[passage.rank])
    ideal = sorted([*ideal, *(item.grade for item in left)], reverse=True)[:depth]
    best = discounted(dict(enumerate(ideal, start=1)))
    return discounted({k: gain for k, gain in gains.items() if k <= depth}) / best if best else 0.0


def discounted(gains: Mapping[int, float]) -> float:
    """Return the discounted cumulative gain of gains by rank (Järvelin and Kekäläinen, 2002).

    Linear gains, as trec_eval and BEIR have it; `ranx` would bring numba for this line.
    """
    return sum(gain / math.log2(rank + 1) for rank, gain in gains.items())


def contains_answer(text: str, answers: Iterable[str]) -> float:
    """Return 1 when the text holds one of the answers, whatever their case, else 0."""
    # Without its markers: else the answer "2" would be found in every "[2]".
    plain = squeeze(without_markers(text)).casefold()
    return float(any(squeeze(answer).casefold() in plain for answer in answers))


def token_f1(text: str, answers: Iterable[str]) -> float:
    """Return the best harmonic mean of precision and recall of words, as SQuAD defines it."""
    said = _words(without_markers(text))
    return max((_f1(said, _words(answer)) for answer in answers), default=0.0)


def _f1(said: list[str], wanted: list[str]) -> float:
    common = sum((Counter(said) & Counter(wanted)).values())
    if not common:
        return 0.0
    precision, recall = common / len(said), common / len(wanted)
    return 2 * precision * recall / (precision + recall)


def _words(text: str) -> list[str]:
    """Return lower-case words without articles and punctuation."""
    return _ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split()


def citation_hit(cited: Iterable[Passage], gold: Sequence[Gold]) -> float:
    """Return 1 when at least one right paragraph is cited, else 0."""
    return float(any(is_gold(passage, gold) for passage in cited))


def citation_recall(cited: Sequence[Passage], gold: Sequence[Gold]) -> float | None:
    """Return the share of the gold items that a cited paragraph satisfies."""
    return mean(float(any(is_right(passage, item) for passage in cited)) for item in gold)


def citation_precision(cited: Sequence[Passage], gold: Sequence[Gold]) -> float | None:
    """Return the share of the cited paragraphs that are right; None where none is cited."""
    return mean(float(is_gold(passage, gold)) for passage in cited)


def quotes_right(citation: Passage, item: Gold) -> bool:
    """Whether a citation quotes the gold words of its paragraph: half of them, or part of them."""
    if not item.quote or not is_right(citation, item):
        return False
    text, quote, gold = (squeeze(one) for one in (citation.text, citation.quote, item.quote))
    start, first = text.find(quote), text.find(gold)
    if not quote or min(start, first) < 0:
        return False
    shared = min(start + len(quote), first + len(gold)) - max(start, first)
    return shared >= _COVERED * len(gold) or shared == len(quote)


def quote_precision(citations: Sequence[Passage], gold: Sequence[Gold]) -> float | None:
    """Return the share of the quotations that hold gold words; None where there is none."""
    if not any(item.quote for item in gold):
        return None
    return mean(float(any(quotes_right(one, item) for item in gold)) for one in citations)


def quote_recall(citations: Sequence[Passage], gold: Sequence[Gold]) -> float | None:
    """Return the share of the gold quotations that are quoted."""
    quoted = [item for item in gold if item.quote]
    return mean(float(any(quotes_right(one, item) for one in citations)) for item in quoted)


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


@lru_cache(maxsize=_CACHED)
def squeeze(text: str) -> str:
    """Return the text with each run of white space, of any Unicode kind, as one blank."""
    return " ".join(text.split())


def _same_source(passage: Passage, gold: Gold) -> bool:
    # Questions are written beside the articles, and either may have been ingested from above.
    if gold.file and PurePosixPath(passage.file).name == PurePosixPath(gold.file).name:
        return True
    if gold.url is not None and passage.url == gold.url:
        return True
    return gold.record is not None and passage.record == gold.record
