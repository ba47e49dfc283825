"""A sentence as a comparison sees it: names, who says it, words with their places, times."""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rag.text.dates import MONTHS
from rag.verification.conflicts.words import REPORTED, SPEECH, TITLES, UNDECIDED, UNTRUE, WAVES_AWAY
from rag.verification.figures.quantities import quantities_of
from rag.verification.figures.quantity import Quantity
from rag.verification.figures.units import NUMBER_WORDS, ORDINAL_WORDS, WEEKDAYS
from rag.verification.rules.wording import groups_of
from rag.verification.rules.words.places import COUNTRIES, SPELLINGS
from rag.verification.text import Token, tokens_of

_CACHED = 2_000
_SAME_BEGINNING = 7
"""Letters by which two spellings of a name are told to be one: `Zelensky, Zelenskiy`."""
_SPEAKER_REACH = 9
_SHORT = 4
_REPORT_REACH = 8
_NOUN_ENDINGS = ("ment", "ments", "tion", "tions")
"""`Announcement` and `allegation` are nobody's words yet."""
_NO_NAMES = TITLES | WEEKDAYS | MONTHS.keys() | NUMBER_WORDS.keys() | ORDINAL_WORDS.keys()
_PERIOD = re.compile(
    r"\b(first|second|third|fourth|1st|2nd|3rd|4th|last|final|previous|opening)[\s-]+"
    r"(quarter|half|period|round|leg|day|week|month|year|season|test|match|set)\b",
    re.IGNORECASE,
)
_CALENDAR = frozenset("year day month weekday".split())


@cache
def _canonical() -> dict[str, str]:
    known: dict[str, str] = {}
    for group in groups_of(COUNTRIES, SPELLINGS):
        words = group.split()
        for word in words:
            known.setdefault(word, known.get(words[0], words[0]))
    return known


def name_key(low: str) -> str:
    """Return what the spellings of a name share: a country, its people and its capital are one."""
    return _canonical().get(low, low[:_SAME_BEGINNING])


@dataclass(frozen=True, eq=False)
class Reading:
    """One sentence; compared by identity, so that what is made of it can be kept."""

    text: str
    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of all names in it."""
        return frozenset(name_key(token.low) for token in self.tokens if is_name(token))

    @cached_property
    def spoken(self) -> tuple[int, ...]:
        """The indices of the words that say who reports: subjects of verbs of speech."""
        found: dict[int, None] = {}
        for index, token in enumerate(self.tokens):
            if token.low.endswith(_NOUN_ENDINGS):
                continue
            if token.base in SPEECH or (token.base in WAVES_AWAY and self._is_of_report(index)):
                found |= dict.fromkeys(_subject(self.tokens, index))
        return tuple(found)

    def _is_of_report(self, verb: int) -> bool:
        behind = self.tokens[verb + 1 : verb + _REPORT_REACH]
        return any(token.base in REPORTED | UNTRUE for token in behind)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Who reports it, by name or by a noun."""
        return frozenset(
            name_key(token.low) if is_name(token) else token.base
            for token in (self.tokens[index] for index in self.spoken)
            if (is_name(token) or token.is_content) and token.base not in SPEECH
        )

    @cached_property
    def told(self) -> frozenset[str]:
        """The names in what is reported, without those who report it."""
        outside = set(self.spoken)
        return frozenset(
            name_key(token.low)
            for index, token in enumerate(self.tokens)
            if is_name(token) and index not in outside
        )

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The indices of words that say something: no names, figures, speech or speakers."""
        figures = {i for one in self.quantities for i in range(one.first, one.last + 1)}
        outside = figures.union(self.spoken)
        return tuple(
            index
            for index, token in enumerate(self.tokens)
            if token.is_content
            and not is_name(token)
            and index not in outside
            and token.base not in SPEECH
            and token.low not in TITLES
        )

    @cached_property
    def years(self) -> frozenset[int]:
        """The years it names."""
        return frozenset(int(one.value) for one in self.quantities if one.kind == "year")

    @cached_property
    def months(self) -> frozenset[int]:
        """The months it names."""
        return frozenset(int(one.value) for one in self.quantities if one.kind == "month")

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """The weekdays on which something happened, not those on which somebody said so."""
        return frozenset(
            one.unit
            for one in self.quantities
            if one.kind == "weekday"
            and not any(
                token.base in SPEECH for token in self.tokens[max(0, one.first - 3) : one.first]
            )
        )

    @cached_property
    def periods(self) -> frozenset[str]:
        """Quarters, halves and the like."""
        return frozenset(" ".join(found).lower() for found in _PERIOD.findall(self.text))

    @cached_property
    def is_undecided(self) -> bool:
        """Whether it speaks of what may or will be, or asks."""
        return self.text.rstrip('”"’ ').endswith("?") or bool(UNDECIDED.search(self.text))

    def near(self, first: int, last: int, reach: int = 6) -> list[int]:
        """Return the indices of content words around a place, nearest first, in its clause.

        Figures stop the search: what is behind them belongs to them.
        """
        content = set(self.content)
        stops = {
            index
            for one in self.quantities
            if one.kind not in _CALENDAR and not first <= one.first <= last
            for index in range(one.first, one.last + 1)
        }
        found: list[tuple[int, int]] = []
        for start, step in ((first, -1), (last, 1)):
            for distance in range(1, reach + 1):
                index = start + step * distance
                if not 0 <= index < len(self.tokens) or index in stops:
                    break
                if self.tokens[index].clause != self.tokens[start].clause:
                    break
                if index in content:
                    found.append((distance, index))
        return [index for _, index in sorted(found)]


@lru_cache(maxsize=_CACHED)
def reading_of(text: str) -> Reading:
    """Return a sentence as read."""
    return Reading(text, tokens_of(text), quantities_of(text))


def is_name(token: Token) -> bool:
    """Tell whether a token is a name or part of one; a country's people count."""
    if token.kind != "word" or token.low in _NO_NAMES:
        return False
    return token.is_name or (token.text[0].isupper() and token.low in _canonical())


def _subject(tokens: tuple[Token, ...], verb: int) -> list[int]:
    """Return the indices of the words that speak: before the verb, or behind it."""
    behind = _run(tokens, range(verb + 1, min(len(tokens), verb + _SPEAKER_REACH)))
    if tokens[verb].base == "accord":
        return behind
    start = verb - 1
    if verb > 1 and tokens[start].text == ",":
        # `Twelve died, said Smith`; but `Orbex, the retailer, said twelve had died`.
        if behind and (is_name(tokens[behind[0]]) or len(behind) <= _SHORT):
            return behind
        start -= 1
    before = _run(tokens, range(start, max(-1, verb - _SPEAKER_REACH), -1))
    if any(is_name(tokens[index]) or tokens[index].is_content for index in before):
        return before
    return behind if verb and tokens[verb - 1].kind == "punct" else []


def _run(tokens: tuple[Token, ...], places: range) -> list[int]:
    found = []
    for index in places:
        token = tokens[index]
        if token.kind == "punct" and token.text not in "-'’.":
            break
        if token.low in {"that", "which", "when", "while", "but"}:
            break
        found.append(index)
    return found
