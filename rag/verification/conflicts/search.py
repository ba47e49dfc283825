"""What the answer says × what else was found → which sentences disagree."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.models.embedder import Floats
from rag.retrieval.answer_kind import AnswerKind, asked_kind
from rag.retrieval.rerank import Hit
from rag.verification.conflicts.dates import dates_clash
from rag.verification.conflicts.denials import denial_clash, negation_clash, outcome_clash
from rag.verification.conflicts.figures import figures_clash
from rag.verification.conflicts.firsts import first_clash
from rag.verification.conflicts.frequency import frequency_clash
from rag.verification.conflicts.matter import Clash, Matter, matter_of
from rag.verification.conflicts.remark import (
    ArticleStems,
    Cue,
    Remark,
    is_copy,
    may_clash,
    remarks_of,
)

_LEAST_COSINE = 0.5
"""Cosine below which two sentences are about different things, whatever words they share."""
_LEAST_SIMILARITY = 0.3
"""Cosine with the question below which a sentence has nothing to do with it."""
_MOST = 2
"""Sentences that are added to an answer because they contradict it."""
_ELSEWHERE = 0.25
"""How much a voice in another article counts before one in the same."""
_SAID, _KNOWN = 0.2, 0.1
"""The same where the answer says one side, or both, anyway."""
_ASKS_FOR_AGREEMENT = re.compile(
    r"\b(?:dis)?agree|\bconsensus\b|\bconsistent|\bcontradict|\bconflict(?:ing)?\b|\bdiffer\b|"
    r"\bdisput|\beveryone\b|\bboth sides\b|\breports differ\b",
    re.IGNORECASE,
)
_LOOKED_AT = 6
"""Paragraphs whose every sentence is compared where the question asks for agreement."""
_ASKING = {
    "figure": {AnswerKind.NUMBER, AnswerKind.MONEY, AnswerKind.AGE, AnswerKind.DURATION},
    "date": {AnswerKind.TIME, AnswerKind.YEAR},
    "first": {AnswerKind.PERSON},
}
"""The kinds of questions, beside open ones, that a kind of conflict answers to."""


@dataclass(frozen=True, slots=True)
class Opposition:
    """Two sentences that disagree: one that the answer rests on, and one that it should show."""

    clash: Clash
    one: Remark
    other: Remark

    @property
    def places(self) -> tuple["Place", "Place"]:
        """Hit and sentence of both."""
        return self.one.place, self.other.place


Place = tuple[int, int]
"""Index of the hit, index of the sentence."""


def opposed(
    hits: Sequence[Hit], said: Sequence[Place], question: str, stems: ArticleStems
) -> tuple[Opposition, ...]:
    """Return what was found against the sentences of an answer, the plainest first.

    Args:
        hits: What was retrieved.
        said: The sentences that the answer quotes or retells.
        question: The question, standing alone.
        stems: Returns the stems of an article.
    """
    remarks = list(remarks_of(hits))
    if not remarks:
        return ()
    vectors = np.array([one.vector for one in remarks])
    places = set(said)
    agreement = bool(_ASKS_FOR_AGREEMENT.search(question))
    mine = [
        index
        for index, one in enumerate(remarks)
        if one.place in places or (agreement and one.hit < _LOOKED_AT)
    ]
    found = _against(mine, remarks, vectors, question, stems)
    if found and not any(map(_crosses, found)):
        contrary = {each.other.place for each in found}
        others = [index for index, one in enumerate(remarks) if one.place in contrary]
        found += _against(others, remarks, vectors, question, stems)
    found.sort(key=lambda each: -_weight(each, places))
    return tuple(_distinct(found, places))


def _against(
    mine: Sequence[int],
    remarks: Sequence[Remark],
    vectors: Floats,
    question: str,
    stems: ArticleStems,
) -> list[Opposition]:
    """Return all oppositions of some sentences to any."""
    # For so few rows, waking the threads of a matrix product costs more than the product.
    cosines = np.einsum("ij,kj->ik", vectors[mine], vectors)
    return [
        Opposition(clash, remarks[one], remarks[other])
        for row, one in enumerate(mine)
        for other in np.flatnonzero(cosines[row] >= _LEAST_COSINE).tolist()
        if one != other
        and (clash := _clash(remarks[one], remarks[other], question, stems)) is not None
    ]


def _crosses(each: Opposition) -> bool:
    return each.one.article.article_id != each.other.article.article_id


def _clash(one: Remark, other: Remark, question: str, stems: ArticleStems) -> Clash | None:
    """Return how two sentences exclude one another; the cheap tests come first."""
    if min(one.similarity, other.similarity) < _LEAST_SIMILARITY:
        return None
    if not may_clash(one.cues, other.cues, one.cosine(other)):
        return None
    matter = matter_of(one, other, question, stems)
    if matter is None:
        return None
    clashes = filter(None, _checks(one, other, matter, question))
    return next((clash for clash in clashes if _is_asked(clash, question)), None)


def _is_asked(clash: Clash, question: str) -> bool:
    """Tell whether a kind of conflict can concern a kind of question."""
    kind = asked_kind(question)
    return kind is AnswerKind.OTHER or kind in _ASKING.get(clash.kind, {kind})


def _checks(one: Remark, other: Remark, matter: Matter, question: str) -> Iterator[Clash | None]:
    both, either = one.cues & other.cues, one.cues | other.cues
    if Cue.FIRST in both:
        yield first_clash(one, other, matter)
    if matter.apart:
        return
    if Cue.OFTEN in either and Cue.ONCE in either:
        yield frequency_clash(one, other, matter)
    if Cue.FIGURE in both:
        yield figures_clash(one, other, matter)
        yield dates_clash(one, other, matter)
    if Cue.DENIAL in either:
        yield denial_clash(one, other, matter, question)
        yield _turned(denial_clash(other, one, matter, question))
    if Cue.OUTCOME in both:
        yield outcome_clash(one, other, matter)
    if Cue.NOT in either:
        yield negation_clash(one, other, matter, question)
        yield _turned(negation_clash(other, one, matter, question))


def _turned(clash: Clash | None) -> Clash | None:
    return clash and replace(clash, one=clash.other, other=clash.one)


def _weight(each: Opposition, said: set[Place]) -> float:
    elsewhere = _crosses(each)
    known = (each.one.place in said) * _SAID + (each.other.place in said) * _KNOWN
    return each.clash.strength + _ELSEWHERE * elsewhere + known


def _distinct(found: Sequence[Opposition], said: set[Place]) -> Iterator[Opposition]:
    """Yield each pair once, and of copies one: a wire story in two papers is one voice."""
    pairs: set[frozenset[Place]] = set()
    added: list[Remark] = []
    for each in found:
        pair = frozenset(each.places)
        if pair in pairs:
            continue
        pairs.add(pair)
        new = [one for one in (each.one, each.other) if one.place not in said and one not in added]
        if len(added) + len(new) > _MOST or any(_is_heard(one, added) for one in new):
            continue
        added += new
        yield each


def _is_heard(one: Remark, added: Sequence[Remark]) -> bool:
    return any(is_copy(one.paragraph, each.paragraph) for each in added if each.hit != one.hit)
