"""Are two sentences about one matter, told by two voices, at one time?"""

from dataclasses import dataclass
from functools import lru_cache

from rag.text.dates import day_of
from rag.verification.conflicts.reading import Reading
from rag.verification.conflicts.remark import ArticleStems, Remark, is_copy, names_asked
from rag.verification.conflicts.words import akin

_SAME_BEGINNING = 5
"""Letters by which a name is found among an article's stems."""
_CACHED = 100
_LONG_AFTER = 120
"""Days between two reports from which `profits rose` no longer means the same ones."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What two sentences share."""

    cosine: float
    names: frozenset[str]
    words: tuple[tuple[str, str], ...]
    """Pairs of content bases that can mean the same."""
    coverage: float
    """Share of the content words of the shorter sentence that the other one has too."""
    mutual: float
    """The same share of the sentence of which less is shared."""
    asked: frozenset[str]
    """Names of the question that both know."""
    apart: bool
    """Each speaks of somebody whom the other one's article doesn't know."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two wordings that exclude one another."""

    kind: str
    """`figure`, `date`, `denial`, `frequency`, `outcome` or `first`."""
    topic: str
    """What it is about, in words of the text."""
    one: str
    other: str
    strength: float


def matter_of(one: Remark, other: Remark, question: str, stems: ArticleStems) -> Matter | None:
    """Return what two sentences share; null where they can't be two voices on one matter."""
    if not _two_voices(one, other):
        return None
    asked = names_asked(question, one, other)
    if not all(_knows(side, asked, stems) for side in (one, other)):
        return None
    apart = bool(
        _unknown(one.reading.told, other, stems) and _unknown(other.reading.told, one, stems)
    )
    words, shares = _shared_words(one.reading, other.reading)
    names = one.reading.names & other.reading.names
    if one.hit == other.hit:
        # In one paragraph, what is named once is meant in the next sentence too.
        names |= one.reading.told | other.reading.told
    return Matter(one.cosine(other), names, words, max(shares), min(shares), asked, apart)


def _two_voices(one: Remark, other: Remark) -> bool:
    if one.article.article_id != other.article.article_id:
        return not is_copy(one.paragraph, other.paragraph)
    mine, theirs = one.reading.speakers, other.reading.speakers
    return bool(mine or theirs) and not mine & theirs and one.text != other.text


def _knows(side: Remark, asked: frozenset[str], stems: ArticleStems) -> bool:
    """Tell whether a sentence can be about all of some names.

    They stand in its paragraph; or some in what it reports and the rest elsewhere in its article.
    """
    if asked <= side.reading.names | side.around:
        return True
    return bool(asked & side.reading.told) and not _unknown(asked, side, stems)


def _unknown(names: frozenset[str], side: Remark, stems: ArticleStems) -> frozenset[str]:
    """Return those names that stand nowhere in the article of a sentence."""
    unknown = names - side.reading.names - side.around
    if not unknown:
        return unknown
    known = _beginnings(stems(side.article.article_id))
    return frozenset(name for name in unknown if name[:_SAME_BEGINNING] not in known)


@lru_cache(maxsize=_CACHED)
def _beginnings(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem[:_SAME_BEGINNING] for stem in stems)


def _shared_words(
    one: Reading, other: Reading
) -> tuple[tuple[tuple[str, str], ...], tuple[float, float]]:
    mine = dict.fromkeys(one.tokens[index].base for index in one.content)
    theirs = dict.fromkeys(other.tokens[index].base for index in other.content)
    if not mine or not theirs:
        return (), (0.0, 0.0)
    pairs = tuple((a, b) for a in mine for b in theirs if akin(a, b))
    here, there = len({a for a, _ in pairs}), len({b for _, b in pairs})
    return pairs, (here / len(mine), there / len(theirs))


def same_times(one: Remark, other: Remark) -> bool:
    """Tell whether nothing says that the two sentences speak of different times."""
    first, second = one.reading, other.reading
    for mine, theirs in (
        (first.years, second.years),
        (first.months, second.months),
        (first.periods, second.periods),
    ):
        if mine and theirs and not mine & theirs:
            return False
    if bool(first.periods) != bool(second.periods):
        return False
    if not _year_fits(first, other) or not _year_fits(second, one):
        return False
    days = days_apart(one, other)
    return days is None or days <= _LONG_AFTER or bool(first.years & second.years)


def _year_fits(dated: Reading, undated: Remark) -> bool:
    """Tell whether a year that only one side names can be meant by the other one."""
    published = day_of(undated.article.published_at)
    if not dated.years or undated.reading.years or published is None:
        return True
    return published.year in dated.years


def days_apart(one: Remark, other: Remark) -> int | None:
    """Return how many days lie between two publications; null where one isn't dated."""
    first, second = day_of(one.article.published_at), day_of(other.article.published_at)
    return None if first is None or second is None else abs((first - second).days)


def by_name(one: Remark, other: Remark) -> bool:
    """Tell whether two sentences of one article are both somebody's words."""
    if one.article.article_id != other.article.article_id:
        return True
    return bool(one.reading.speakers and other.reading.speakers)


def is_update(one: Remark, other: Remark) -> bool:
    """Tell whether one outlet corrects or continues its own report: the later one holds."""
    outlet = (one.article.outlet or "").casefold()
    if not outlet or outlet != (other.article.outlet or "").casefold():
        return False
    return one.article.article_id != other.article.article_id and days_apart(one, other) != 0
