"""Two spellings of one name: acronym and words, plural, and what a people or creed is called."""

from collections.abc import Sequence
from functools import cache

from rag.verification.rules.alignment import Alignment
from rag.verification.rules.wording import base_of, common_start
from rag.verification.rules.words.places import ACRONYMS
from rag.verification.text import Token

_STEM = 5
_FORMS = frozenset(
    ["", *"s ism isms ist ists a an ans ian ians n ns ic ics ish ese i is ine ines um al".split()]
)
"""Endings by which a name becomes that of its people, language or creed."""
_SMALL = frozenset("of the and for de la le von van der den bin al & in on".split())


def is_derived(one: Token, other: Token) -> bool:
    """Tell whether two names are forms of one: `PCs` and `PC`, `Byzantium` and `Byzantine`."""
    if one.low[0] != other.low[0] or not other.text[0].isupper():
        return False
    stem = common_start(one.low, other.low)
    ends = {one.low[stem:], other.low[stem:]}
    if one.text[:-1].isupper() or other.text[:-1].isupper():
        return stem > 1 and ends <= {"", "s"}
    return stem >= _STEM and ends <= _FORMS


def by_initials(token: Token, alignment: Alignment) -> bool:
    """Tell whether an acronym of the claim is spelt out in the passage, or the reverse."""
    return name_by_initials(token, (alignment.claim.index(token),), alignment)


def name_by_initials(token: Token, group: tuple[int, ...], alignment: Alignment) -> bool:
    """Tell whether an acronym stands for words of the passage, or the words for an acronym."""
    words = [
        one for one in (*alignment.passage.tokens, *alignment.passage.context) if one.kind == "word"
    ]
    lows = [one.low for one in words]
    if token.text.isupper() and 2 <= len(token.low) <= 6:
        capitals = "".join(one.low[0] if one.text[0].isupper() else " " for one in words
                           if one.low not in _SMALL)  # fmt: skip
        if token.low in capitals:
            return True
        spelt = _acronyms().get(token.low)
        return spelt is not None and _stands(spelt, [base_of(low) for low in lows])
    first, last = group[0], group[-1]
    initials = "".join(
        one.low[0] for one in alignment.claim[first : last + 1] if one.low not in _SMALL
    )
    if len(initials) >= 2 and initials in {one.low for one in words if one.text.isupper()}:
        return True
    return any(acronym in lows and token.base in spelt for acronym, spelt in _acronyms().items())


def _stands(phrase: tuple[str, ...], bases: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(bases[at : at + size]) == phrase for at in range(len(bases) - size + 1))


@cache
def _acronyms() -> dict[str, tuple[str, ...]]:
    return {
        short: tuple(base_of(part) for part in spelt.split("_"))
        for short, spelt in (line.split() for line in " ".join(ACRONYMS.split()).split("|"))
    }
