"""Which words say the same, and which the opposite: the lexicon, asked by base form."""

import re
from functools import cache, lru_cache

from rag.text.stems import stems_of
from rag.verification.figures.units import UNITS
from rag.verification.rules.words.antonyms import OPPOSITES
from rag.verification.rules.words.irregular import IRREGULAR
from rag.verification.rules.words.places import COUNTRIES, SPELLINGS
from rag.verification.rules.words.synonyms_others import OTHERS
from rag.verification.rules.words.synonyms_verbs import VERBS

_CACHED = 20_000
_SYNONYMS = (VERBS, OTHERS)
_NEGATIVE = re.compile(r"^(?:un|in|im|ir|il|dis|non|mis|de)-?(?=\w{3})")
_SAME, _SYNONYM, _DERIVED = 1.0, 0.85, 0.8
_LEAST_STEM = 5
"""Letters that two words must begin with alike to be of one family, as `regulate, regulator`."""


def groups_of(*texts: str) -> list[str]:
    """Return the groups of word lists: several stand on one line of the file, divided by `|`."""
    return [group for text in texts for group in " ".join(text.split()).split("|")]


@lru_cache(maxsize=_CACHED)
def base_of(word: str) -> str:
    """Return what all forms of a word share: its base form, else its stem."""
    lowered = word.lower()
    if lowered in _bases():
        return _bases()[lowered]
    stem = _stem(lowered)
    return _bases().get(stem, stem)


def bases_of(words: str) -> frozenset[str]:
    """Return the base forms of words that stand in one text."""
    return frozenset(base_of(word) for word in words.split())


@cache
def _bases() -> dict[str, str]:
    bases: dict[str, str] = {}
    stems: dict[str, str] = {}
    for line in groups_of(IRREGULAR):
        words = line.lower().split()
        base = next((bases[word] for word in words if word in bases), words[0])
        for word in words:
            bases.setdefault(word, base)
            stems.setdefault(_stem(word), base)
    return {**stems, **bases}


def _stem(word: str) -> str:
    return "".join(stems_of(word)) or word


def key_of(phrase: str) -> str:
    """Return the key of a word or of a phrase written with `_`."""
    return "_".join(base_of(part) for part in phrase.split("_"))


@cache
def groups() -> dict[str, frozenset[int]]:
    """Return the synonym lines by the words that stand in them."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(groups_of(*_SYNONYMS, COUNTRIES, SPELLINGS)):
        for word in line.split():
            found.setdefault(key_of(word), set()).add(number)
    for word, unit in UNITS.items():
        found.setdefault(key_of(word), set()).add(-1 - sorted(set(UNITS.values())).index(unit))
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of the lexicon by the base of their first word, the longest first.

    Of equally long ones the alphabet decides: the order of a set changes from run to run.
    """
    found: dict[str, set[tuple[str, ...]]] = {}
    for line in groups_of(*_SYNONYMS, OPPOSITES, COUNTRIES):
        for word in line.split():
            if "_" in word:
                parts = tuple(base_of(part) for part in word.split("_"))
                found.setdefault(parts[0], set()).add(parts)
    return {
        first: tuple(sorted(each, key=lambda parts: (-len(parts), parts)))
        for first, each in found.items()
    }


@cache
def facing(text: str) -> dict[str, frozenset[str]]:
    """Return, by key, what stands on the other side of the `:` in the lines of a word list."""
    found: dict[str, set[str]] = {}
    for line in groups_of(text):
        left, _, right = line.partition(":")
        one, other = ({key_of(word) for word in side.split()} for side in (left, right))
        for word in one:
            found.setdefault(word, set()).update(other - one)
        for word in other:
            found.setdefault(word, set()).update(one - other)
    return {word: frozenset(words) for word, words in found.items()}


def opposite(one: str, other: str) -> bool:
    """Tell whether two keys contradict each other."""
    return other in facing(OPPOSITES).get(one, ()) or _by_prefix(one, other)


def has_opposites(one: str) -> bool:
    """Tell whether the lexicon knows a word that contradicts this one."""
    return one in facing(OPPOSITES)


@lru_cache(maxsize=_CACHED)
def _by_prefix(one: str, other: str) -> bool:
    longer, shorter = sorted((one, other), key=len, reverse=True)
    bare = _NEGATIVE.sub("", longer)
    return bare != longer and len(bare) > 3 and (bare == shorter or base_of(bare) == shorter)


@lru_cache(maxsize=_CACHED)
def likeness(one: str, other: str) -> float:
    """Return how surely two keys say the same, from 0 to 1, by the lexicon and their letters."""
    if one == other:
        return _SAME
    if groups().get(one, frozenset()) & groups().get(other, frozenset()):
        return _SYNONYM
    if _by_prefix(one, other):
        return 0.0
    shared = common_start(one, other)
    if shared >= _LEAST_STEM and shared >= 0.66 * max(len(one), len(other)):
        return _DERIVED
    return 0.0


def common_start(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
