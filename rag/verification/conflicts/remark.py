"""What a retrieved sentence says, with its place, its article and its neighbours."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Flag, auto
from functools import cached_property, lru_cache

import numpy as np

from rag.models.embedder import Floats
from rag.retrieval.rerank import Hit
from rag.schema import ArticleHeader, ParagraphKind, Span
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
_CUES_CACHED = 2_000


class Cue(Flag):
    """What a sentence holds."""

    NONE = 0
    FIGURE = auto()
    OFTEN = auto()
    ONCE = auto()
    DENIAL = auto()
    NOT = auto()
    FIRST = auto()
    OUTCOME = auto()


_PATTERNS = {
    Cue.FIGURE: r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|"
    r"half|[a-z]+teen|[a-z]+ty(?:-[a-z]+)?|hundred|thousand|million|billion|once|twice)\b",
    Cue.OFTEN: r"\b(?:regular|repeated|frequent|constant)(?:ly)?\b|\b(?:often|routinely|times|"
    r"occasions|daily|weekly|monthly|numerous|multiple|countless)\b",
    Cue.ONCE: r"\b(?:once|only (?:one|a|1)|just (?:one|a|1)|sole|(?:a|one) single)\b",
    Cue.DENIAL: r"\b(?:den(?:y|ies|ied|ying)|refut\w+|rebut\w*|disprov\w+|reject\w*|dismiss\w*|"
    r"disput\w+|contradict\w*|debunk\w*|contest\w*)\b",
    Cue.NOT: r"\b(?:no|not|never|none|neither|nor|without)\b|n['’]t\b",
    Cue.FIRST: r"\bfirst\b",
    Cue.OUTCOME: r"\b(?:guilt|convict|acquit|innocen|clear|approv|accept|reject|thr[eo]w|uph[eo]l|"
    r"overturn|ratif|veto|agree|refus|die|dead|surviv|alive|arrest|jail|imprison|releas|free|w[io]n|"
    r"los[et]|pass|fail|succe|legal|illegal|unlawful|lawful|ban|permit|allow|clos|open|shut|str[iu]ck|"
    r"reinstat|sack|resign|appoint|recover|cancel|postpon|proceed|rise|rose|f[ae]ll|increas|decreas)",
}
_COMPILED = {cue: re.compile(pattern, re.IGNORECASE) for cue, pattern in _PATTERNS.items()}


@lru_cache(maxsize=_CUES_CACHED)
def cues_of(text: str) -> Cue:
    """Return the cues in a sentence."""
    found = Cue.NONE
    for cue, pattern in _COMPILED.items():
        if pattern.search(text):
            found |= cue
    return found


_NEARLY_THE_SAME = 0.65
"""Cosine from which two figures, or two words for how it ended, can be about one thing."""
_IN_BOTH = (Cue.FIGURE, Cue.FIRST, Cue.OUTCOME)


def may_clash(one: Cue, other: Cue, cosine: float) -> bool:
    """Tell whether reading two sentences can be worth while.

    The cosines are the least that the single checks ask for.
    """
    if cosine >= _NEARLY_THE_SAME and any(cue in one & other for cue in _IN_BOTH):
        return True
    either = one | other
    if cosine >= 0.5 and (_across(one, other) or (Cue.NOT in either and cosine >= 0.55)):
        return True
    return Cue.DENIAL in either


def _across(one: Cue, other: Cue) -> bool:
    return (Cue.OFTEN in one and Cue.ONCE in other) or (Cue.ONCE in one and Cue.OFTEN in other)


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

    def moved(self, new_place: Mapping[int, int]) -> "Remark":
        """Return the same sentence where its hit has another index."""
        return replace(self, hit=new_place[self.hit])

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
