"""Figures that can't both be right."""

from collections.abc import Sequence

from rag.verification.conflicts.amounts import agree, comparable
from rag.verification.conflicts.matter import Clash, Matter, by_name, is_update, same_times
from rag.verification.conflicts.reading import Reading, is_name
from rag.verification.conflicts.remark import Remark
from rag.verification.conflicts.words import (
    CHANGES,
    DEFINITE,
    LEVELS,
    PEOPLE,
    VAGUE,
    akin,
    one_event,
)
from rag.verification.figures.quantity import Quantity
from rag.verification.rules.wording import opposite

_LEAST_COSINE, _LEAST_COSINE_SAME_WORDS = 0.75, 0.65
_LEAST_COVERAGE = 0.3
_LEAST_SHARED = 2
"""Words and names in common."""
_MOST_OF_IT = 0.5
"""Coverage from which a smaller cosine will do."""
_MOST_OF_BOTH = 0.6
"""Coverage of either from which two sentences need no name in common."""
_PRONOUNS = frozenset("it its he his she her they their this that these those".split())
"""Who is meant stands in another sentence."""
_REACH, _SUBJECT_REACH = 8, 12
"""How many words away may stand what a figure counts, and the subject of a verb before it."""
_NEAREST = 4
"""Content words beside a figure that say what it counts."""
_COMPARED = {"plain", "money", "percent", "times"}
_TOLL = "toll"
_JOINS = frozenset("-–/")
"""Between the figures of a score or a range."""
_ADDED = frozenset("more other others further additional".split())


def figures_clash(one: Remark, other: Remark, matter: Matter) -> Clash | None:
    """Return the figures that two sentences give differently for one thing."""
    if not _is_one_matter(one, other, matter):
        return None
    mine, theirs = one.reading, other.reading
    here, there = _figures(mine), _figures(theirs)
    for first in here:
        if any(agree(first, each) for each in there):
            continue
        for second in there:
            if not comparable(first, second) or any(agree(each, second) for each in here):
                continue
            topic = _counted_alike(mine, first, theirs, second)
            if topic:
                shown = first.shown.strip(), second.shown.strip()
                return Clash("figure", topic, *shown, matter.cosine)
    return None


def _is_one_matter(one: Remark, other: Remark, matter: Matter) -> bool:
    """Tell whether two sentences are close enough for their figures to be compared."""
    undecided = one.reading.is_undecided or other.reading.is_undecided
    if undecided or is_update(one, other) or not by_name(one, other):
        return False
    if not same_times(one, other) or not _on_one_day(one.reading, other.reading):
        return False
    least = _LEAST_COSINE_SAME_WORDS if matter.coverage >= _MOST_OF_IT else _LEAST_COSINE
    shared = len(matter.words) + len(matter.names)
    if matter.cosine < least or matter.coverage < _LEAST_COVERAGE or shared < _LEAST_SHARED:
        return False
    leans = any(side.reading.tokens[0].low in _PRONOUNS for side in (one, other))
    return bool(matter.names) or (matter.mutual >= _MOST_OF_BOTH and not leans)


def _on_one_day(one: Reading, other: Reading) -> bool:
    """Tell whether the weekdays fit; a toll is of the day on which it was counted."""
    if not one.weekdays or not other.weekdays or one.weekdays & other.weekdays:
        return True
    return any(token.base == _TOLL for side in (one, other) for token in side.tokens)


def _figures(reading: Reading) -> list[Quantity]:
    return [one for one in reading.quantities if one.kind in _COMPARED and _is_total(reading, one)]


def _is_total(reading: Reading, one: Quantity) -> bool:
    """Tell whether a figure states how much there is: no difference, score, age or share."""
    tokens = reading.tokens
    before = tokens[one.first - 1] if one.first else None
    behind = tokens[one.last + 1 : one.last + 3]
    if before is not None and (before.low in CHANGES | DEFINITE or before.text in _JOINS):
        return False
    if not behind:
        return True
    if len(behind) == 2 and behind[0].text in _JOINS and behind[0].glued:
        return behind[1].kind == "word" and behind[1].low != "year"
    if behind[0].low == "of":
        return one.kind in {"percent", "money"}
    return behind[0].low not in _ADDED


def _counted_alike(mine: Reading, first: Quantity, theirs: Reading, second: Quantity) -> str | None:
    """Return what both figures count; null where it isn't the same."""
    here, there = _beside(mine, first), _beside(theirs, second)
    words = [mine.tokens[i].base for i in here], [theirs.tokens[i].base for i in there]
    if any(opposite(a, b) and not one_event(a, b) for a in words[0] for b in words[1]):
        return None
    measured = first.kind in {"money", "percent"} or first.unit or second.unit
    if not measured and not _heads_agree((_head(mine, first), _head(theirs, second)), words):
        return None
    telling = tuple([base for base in each if base not in VAGUE][:_NEAREST] for each in words)
    if first.kind in {"money", "percent"} and not _measures_alike(*telling):
        return None
    shared = (index for index in here if mine.tokens[index].base in telling[0])
    for index in shared:
        if any(akin(mine.tokens[index].base, base) for base in telling[1]):
            return _topic(mine, first, index)
    return None


def _measures_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether the word nearest to one amount is near the other too.

    `Net profit of $3m` and `interest income of $5m` share a bank, and are synonyms besides.
    """
    pairs = ((one, other), (other, one))
    return any(near and any(one_event(near[0], base) for base in far) for near, far in pairs)


def _beside(reading: Reading, one: Quantity) -> list[int]:
    """Return the words beside a figure; of `the toll from the fire rose to 9`, the subject too."""
    near = reading.near(one.first, one.last, _REACH)
    if near and reading.tokens[near[0]].base in LEVELS:
        wide = reading.near(one.first, one.last, _SUBJECT_REACH)
        return sorted(
            (index for index in wide if reading.tokens[index].base not in LEVELS),
            key=lambda index: reading.tokens[index].base != _TOLL,
        )
    return near


def _heads_agree(
    heads: tuple[tuple[str, ...], tuple[str, ...]], words: tuple[list[str], list[str]]
) -> bool:
    """Tell whether both figures count the same: `12 people were killed`, `15 died`."""
    if not heads[0] or not heads[1]:
        known, behind = (heads[1], words[0]) if not heads[0] else (heads[0], words[1])
        return not known or known[-1] in PEOPLE or any(akin(known[0], base) for base in behind)
    one, other = heads[0][-1], heads[1][-1]
    if akin(one, other):
        # `12 gold medals` are some of `31 medals`.
        return all(
            any(akin(base, each) for each in words[1 - side])
            for side in (0, 1)
            for base in heads[side][:-1]
        )
    return (one in PEOPLE and any(akin(heads[1][0], base) for base in words[0])) or (
        other in PEOPLE and any(akin(heads[0][0], base) for base in words[1])
    )


def _head(reading: Reading, one: Quantity) -> tuple[str, ...]:
    """Return the bases of what a figure counts, the thing itself last: `12 deep coal mines`."""
    content, bases = set(reading.content), []
    for index in range(one.last + 1, min(one.last + 4, len(reading.tokens))):
        token = reading.tokens[index]
        if token.kind != "word" and token.text != "-":
            break
        if is_name(token):
            continue
        if index not in content:
            break
        bases.append(token.base)
        if token.base in PEOPLE:
            break
    return tuple(bases)


def _topic(reading: Reading, quantity: Quantity, shared: int) -> str:
    """Return the words from a figure to the word that both sides share, without the figure."""
    if reading.tokens[shared].base == _TOLL:
        return "death toll"
    content = set(reading.content)
    low, high = min(shared, quantity.first), max(shared, quantity.last)
    while high + 1 in content and high + 1 - shared < _NEAREST:
        high += 1
    return " ".join(
        reading.tokens[index].text
        for index in range(low, high + 1)
        if index in content and not quantity.first <= index <= quantity.last
    )
