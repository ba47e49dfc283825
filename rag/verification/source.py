"""What a statement is checked against: paragraphs, and what is known of their articles."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.verification.figures.quantities import quantities_of
from rag.verification.figures.quantity import Quantity
from rag.verification.rules.wording import groups
from rag.verification.text import Token, tokens_of

MOST_TOKENS = 2_000
"""Of all paragraphs together that a statement is compared with, and of their titles; the longest
paragraph has some 800."""
_MOST_CHARACTERS = 16_000
"""Of a paragraph, and of all titles: 2,000 words have fewer, a paragraph of an archive 4,000."""
_MOST_FIGURES = 100
"""Of all paragraphs together: every figure of a statement is compared with each of them."""
_CACHED = 200
_BEGINNING = 4
"""Letters by which words of one family are found."""


@dataclass(frozen=True, slots=True)
class Source:
    """A cited paragraph."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    """ISO 8601."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sources read as one text."""

    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]
    context: tuple[Token, ...]
    """Words of titles and publishers: known, though not in the text."""
    index: Mapping[Hashable, Sequence[int]]
    """Where the telling words stand, by each of their `keys_of`."""

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return self.tokens[-1].sentence + 1 if self.tokens else 0


@lru_cache(maxsize=_CACHED)
def passage_of(sources: tuple[Source, ...]) -> Passage:
    """Return the sources as one passage."""
    tokens: list[Token] = []
    quantities: list[Quantity] = []
    for source in sources:
        start = len(tokens)
        sentence = tokens[-1].sentence + 1 if tokens else 0
        clause = tokens[-1].clause + 1 if tokens else 0
        text = source.text[:_MOST_CHARACTERS]
        own = tokens_of(text)[: MOST_TOKENS - start]
        # The tokens of a lone paragraph, by far the most frequent case, need no copies.
        tokens += (
            own
            if not start
            else [
                replace(one, sentence=one.sentence + sentence, clause=one.clause + clause)
                for one in own
            ]
        )
        quantities += [
            replace(one, first=one.first + start, last=one.last + start)
            for one in quantities_of(text)
            if one.last < len(own)
        ]
    told = " . ".join(
        part for source in sources for part in (source.title, source.publisher) if part
    )
    context = tokens_of(told[:_MOST_CHARACTERS])[:MOST_TOKENS]
    return Passage(tuple(tokens), tuple(quantities[:_MOST_FIGURES]), context, _index(tokens))


def _index(tokens: Sequence[Token]) -> dict[Hashable, list[int]]:
    index: dict[Hashable, list[int]] = {}
    for at, token in enumerate(tokens):
        if token.kind == "word" and (token.is_content or token.is_name):
            for key in keys_of(token):
                index.setdefault(key, []).append(at)
    return index


def keys_of(token: Token) -> set[Hashable]:
    """Return what two words have in common, at least one thing, if they can be alike at all."""
    known = groups()
    keys: set[Hashable] = {token.base, token.phrase, ("begins", token.base[:_BEGINNING])}
    keys |= known.get(token.base, frozenset()) | known.get(token.phrase, frozenset())
    if token.is_name:
        keys.add(("name", token.low[0]))
    return keys
