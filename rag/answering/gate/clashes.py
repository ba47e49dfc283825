"""What a question and a sentence say against each other: a denial, an opposite, an ordinal."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rag.text.lexicon import STOPWORDS
from rag.text.stems import stems_of
from rag.verification.rules.wording import base_of, likeness, opposite

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_DENIES = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|unable|\w+n['’]t|non-?\w+)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|final|\w{3,}est|most|least|only|main|original\w*|"
    r"initial\w*)\b",
    re.IGNORECASE,
)
_NO_SUPERLATIVES = frozenset(
    "interest west east forest request protest contest quest guest arrest harvest test invest "
    "suggest manifest modest honest priest conquest northwest southwest northeast southeast "
    "midwest rest best digest".split()
)
_YEAR = re.compile(r"\b(?:1\d{3}|20\d{2})(?=s?\b)")
_MEANINGFUL = frozenset("more most before after up down over under without against".split())
"""Stop words that have an opposite."""
_CACHED = 20_000


def negation_lost(question: str, sentence: str) -> bool:
    """Tell whether the question denies something, and the sentence nothing."""
    return bool(_DENIES.search(question)) and not _DENIES.search(sentence)


def opposites(question: str, sentence: str) -> list[tuple[str, str]]:
    """Return the words of a question whose opposite stands in the sentence, with that opposite."""
    asked, said = _bases(question), _bases(sentence)
    new = {base: word for base, word in said.items() if base not in asked}
    return [
        (word, new[other])
        for base, word in asked.items()
        if base not in said and (other := _first_opposite(base, new))
    ]


def _first_opposite(base: str, others: Iterable[str]) -> str | None:
    return next((other for other in others if opposite(base, other)), None)


@lru_cache(maxsize=_CACHED)
def _bases(text: str) -> dict[str, str]:
    words = (match.group().lower() for match in _WORD.finditer(text))
    return {base_of(word): word for word in words if word not in STOPWORDS - _MEANINGFUL}


def means_same(word: str, sentences: Iterable[str]) -> bool:
    """Tell whether a word of the same meaning stands in one of the sentences."""
    base = base_of(word)
    return any(likeness(base, other) for text in sentences for other in _bases(text))


def ordinals_missing(question: str, stems: frozenset[str]) -> list[str]:
    """Return the ordinals and superlatives of a question that don't stand in a paragraph.

    Args:
        question: The question.
        stems: The paragraph's.
    """
    asked = {match.group().lower() for match in _ORDINAL.finditer(question)} - _NO_SUPERLATIVES
    return sorted(word for word in asked if not stems & set(stems_of(word)))


def other_years(question: str, sentences: Iterable[str]) -> list[str]:
    """Return the years of a question, where the sentences hold other years and not these."""
    asked = set(_YEAR.findall(question))
    said = {year for sentence in sentences for year in _YEAR.findall(sentence)}
    return sorted(asked) if said and asked and not asked & said else []
