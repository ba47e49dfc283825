"""What a retrieved sentence says, with its place, its article and its neighbours."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from rag.models.embedder import Floats
from rag.retrieval.rerank import Hit
from rag.schema import ArticleHeader, ParagraphKind, Span
from rag.verification.conflicts.cues import Cue, cues_of
from rag.verification.conflicts.reading import Reading, is_name, name_key, reading_of
from rag.verification.conflicts.words import akin
from rag.verification.text import tokens_of

_SHINGLE = 5
"""Words in a row; with three, two short reports of one event look like copies."""
_COPIED = 0.6
"""Share of common shingles from which one text is a copy of the other."""
_LONG, _COPIED_IF_SHORT = 25, 0.9
_CACHED = 500
_CAPITAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]+")

ArticleStems = Callable[[str], frozenset[str]]
"""Returns the stems of a whole article, by its id."""


@dataclass(frozen=True, eq=False)
class Remark:
    """One sentence of one hit."""

    hit: int
    """Index into the hits."""
    sentence: int
    """Index into the paragraph's sentences."""
    span: Span
    """Relative to the paragraph."""
    article: ArticleHeader
    paragraph: str
    previous: str
    """The paragraph before, where that was found too."""
    vector: Floats
    similarity: float
    """Cosine with the question."""

    @property
    def place(self) -> tuple[int, int]:
        """Hit and sentence."""
        return self.hit, self.sentence

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.paragraph)

    @cached_property
    def cues(self) -> Cue:
        """What kinds of words in it another sentence can clash with."""
        return cues_of(self.text)

    @cached_property
    def reading(self) -> Reading:
        """The sentence as read; made only for those that are compared."""
        return reading_of(self.text)

    @cached_property
    def around(self) -> frozenset[str]:
        """The keys of the names in its paragraph and title; of the paragraph before, if need be."""
        near = _names_of(self.paragraph) | _names_of(self.article.title or "")
        if near - self.reading.speakers:
            return near
        return near | _names_of(self.previous)

    def cosine(self, other: "Remark") -> float:
        """Return how near the two are in meaning."""
        return float(self.vector @ other.vector)


def remarks_of(hits: Sequence[Hit]) -> Iterator[Remark]:
    """Yield every sentence of the hits; headlines say too little of what they mean."""
    texts = {_place(hit): hit.scored.paragraph.text for hit in hits}
    for number, hit in enumerate(hits):
        paragraph, article = hit.scored.paragraph, hit.scored.article
        if paragraph.kind is not ParagraphKind.BODY:
            continue
        previous = texts.get((article.article_id, paragraph.ordinal - 1), "")
        vectors = hit.sentences.vectors.astype(np.float32)
        for index, span in enumerate(paragraph.sentences):
            yield Remark(
                hit=number,
                sentence=index,
                span=span,
                article=article,
                paragraph=paragraph.text,
                previous=previous,
                vector=vectors[index],
                similarity=float(hit.sentences.similarity[index]),
            )


def _place(hit: Hit) -> tuple[str, int]:
    return hit.scored.article.article_id, hit.scored.paragraph.ordinal


def is_copy(one: str, other: str) -> bool:
    """Tell whether a text was taken over from the other, whole or shortened.

    Two short sentences on one event share most of their words anyway: these must be all but
    equal.
    """
    first, second = _shingles(one), _shingles(other)
    fewer = min(len(first), len(second))
    share = _COPIED if fewer >= _LONG else _COPIED_IF_SHORT
    return bool(fewer) and len(first & second) >= share * fewer


@lru_cache(maxsize=_CACHED)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.strip(".,;:!?\"'“”‘’()").casefold() for word in text.split()]
    return frozenset(
        tuple(words[start : start + _SHINGLE]) for start in range(len(words) - _SHINGLE + 1)
    )


@lru_cache(maxsize=_CACHED)
def _names_of(text: str) -> frozenset[str]:
    """Return the keys of all words with a capital letter: quickly, and rather too many."""
    return frozenset(name_key(word.lower()) for word in _CAPITAL.findall(text))


@lru_cache(maxsize=_CACHED)
def _asked(question: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of what may be names in a question, and the bases of its words."""
    tokens = [token for token in tokens_of(question) if token.is_content]
    written = [token for token in tokens if is_name(token)]
    names = frozenset(name_key(token.low) for token in written or tokens)
    return names, frozenset(token.base for token in tokens)


def names_asked(question: str, *remarks: Remark) -> frozenset[str]:
    """Return the names of the question, in whatever case, that one of the sentences knows."""
    known = frozenset[str]().union(*(one.reading.names for one in remarks))
    return _asked(question)[0] & known


def asks_for(question: str, words: Sequence[str]) -> bool:
    """Tell whether the question holds one of some bases, or a word akin to it."""
    return any(akin(one, word) for one in _asked(question)[1] for word in words)
