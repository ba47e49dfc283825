"""Numbers, dates and amounts of the claim against those of the passage."""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.agreement import agree, is_close
from rag.verification.alignment import Alignment
from rag.verification.coverage import is_general
from rag.verification.figure_units import rate_behind, word_at
from rag.verification.finding import Finding
from rag.verification.quantity import Quantity
from rag.verification.reckoning import is_reckoned
from rag.verification.text import Token
from rag.verification.words.units import UNITS

_ANCHOR_REACH = 3
_PART_REACH = 5
"""Words from a part to the whole that it is taken of: `nine of their 14`."""
_COUNTING = frozenset("the a his her its their our my your".split())
_AFTER_BARE = frozenset("from to by last this".split())
_STANDING_FOR = frozenset("them these those which whom".split())
_VALUED = {"plain", "money", "percent", "ordinal", "year", "day", "month", "vague"}


def check_figures(alignment: Alignment) -> list[Finding]:
    """Return findings for figures that the passage lacks, bounds otherwise or has of another."""
    found: list[Finding] = []
    for one in alignment.claimed:
        same = [other for other in alignment.passage.quantities if agree(one, other)]
        if not same:
            if (missing := _missing(one, alignment)) is not None:
                found.append(missing)
            continue
        other = min(same, key=lambda each: _distance(each, one, alignment))
        problem = (
            _rate(one, same, alignment)
            or _bound(one, other)
            or _whole(one, same, alignment)
            or _elsewhere(one, same, alignment)
        )
        if problem is not None:
            found.append(problem)
    return found


def _distance(other: Quantity, one: Quantity, alignment: Alignment) -> tuple[bool, int]:
    token = alignment.passage.tokens[other.first]
    places = [
        match.source
        for index, match in alignment.matches.items()
        if abs(index - one.first) <= 2 * _ANCHOR_REACH
    ]
    away = min((abs(place - other.first) for place in places), default=10**6)
    return token.sentence not in alignment.sentences, away


def _missing(one: Quantity, alignment: Alignment) -> Finding | None:
    shown = one.shown.strip()
    if one.kind == "plain" and one.value == 1 and shown.isalpha():
        return None
    before = alignment.claim[one.first - 1].low if one.first else ""
    first = one.kind == "ordinal" and one.value == 1
    if first and (before == "at" or _said_otherwise(alignment, "initial")):
        return None
    if is_reckoned(one, alignment):
        return Finding("number", f"The paragraph does not say {shown}; it can be counted.", 0.3)
    if _is_part_of_name(one, alignment):
        # `Borealis-2` may be no more than `Borealis` there, and in full in the title.
        in_title = any(token.low == shown for token in alignment.passage.context)
        weight = 0.0 if in_title else 0.4
        return Finding("number", f"Not found in the paragraph: {shown}.", weight)
    if one.kind == "vague" or (one.kind == "percent" and one.unit == "half"):
        weight = 1.0
    elif one.kind == "plain" and one.value == 2 and shown.isalpha():
        weight = 0.25
    elif first and not _counts(alignment.claim, one.first):
        weight = 0.3
    else:
        weight = 1.2
    rival = _rival(one, alignment)
    if rival is not None:
        return Finding("number", f"The paragraph says {rival.shown}, not {shown}.", weight)
    return Finding("number", f"Not found in the paragraph: {shown}.", weight)


def _counts(claim: Sequence[Token], at: int) -> bool:
    """Tell `the first` and `his first` from the adverb: `who first saw it`."""
    before = claim[at - 1] if at else None
    return before is not None and (before.low in _COUNTING or before.low == "s")


def _is_part_of_name(one: Quantity, alignment: Alignment) -> bool:
    """Tell whether a figure only names something, as in `Channel 4`, that has no other there."""
    at = one.first - 1
    at -= at > 0 and alignment.claim[at].text == "-" and alignment.claim[at].glued
    name = alignment.claim[at] if at >= 0 else None
    if name is None or not name.is_name or one.kind != "plain" or one.shown.isalpha():
        return False
    return not any(
        first.base == name.base and second.kind == "number"
        for first, second in pairwise(alignment.passage.tokens)
    )


def _said_otherwise(alignment: Alignment, base: str) -> bool:
    bases = {token.base for token in alignment.passage.tokens}
    return bool(bases & {base, "debut", "maiden", "open", "inaugur", "origin"})


def _rival(one: Quantity, alignment: Alignment) -> Quantity | None:
    """Return the figure of the passage that stands where the claim has its own."""
    rivals = [
        other
        for other in alignment.passage.quantities
        if other.kind == one.kind
        and (not one.unit or not other.unit or one.unit == other.unit or one.kind == "weekday")
        and alignment.passage.tokens[other.first].sentence in alignment.sentences[:2]
    ]
    return min(rivals, key=lambda other: _distance(other, one, alignment), default=None)


def _rate(one: Quantity, same: Sequence[Quantity], alignment: Alignment) -> Finding | None:
    """Find `$210 million a week` told of `$210 million a day`."""
    said = rate_behind(alignment.claim, one.last)
    says = {rate_behind(alignment.passage.tokens, other.last) for other in same}
    if not said or "" in says or said in says:
        return None
    text = f"The paragraph has {one.shown.strip()} a {min(says)}, not a {said}."
    return Finding("number", text, 1.0)


def _bound(one: Quantity, other: Quantity) -> Finding | None:
    if one.kind not in _VALUED or other.kind not in _VALUED or not is_close(one.value, other.value):
        return None
    said, says = one.bounds - {"about"}, other.bounds - {"about"}
    if "between" in said | says:
        if "between" in said or not said:
            return None
        return Finding(
            "bound", f"The paragraph gives a range, from or to {other.shown.strip()}.", 1.0
        )
    if said == says:
        return None
    text = f"The paragraph gives the figure {other.shown.strip()} with another bound."
    if said and says:
        return Finding("number", text, 1.0)
    return Finding("bound", text, 0.6 if said else 0.5)


def _elsewhere(one: Quantity, same: list[Quantity], alignment: Alignment) -> Finding | None:
    """Find a figure that the passage has, but for something else."""
    for step in (1,):
        anchor = _anchor(one, alignment, step)
        if anchor is None:
            continue
        place, gap = anchor
        rival = _governing(place, gap, alignment, one, step)
        if rival is None or any(rival is other for other in same) or agree(one, rival):
            continue
        if any(abs(other.first - place) <= abs(rival.first - place) for other in same):
            continue
        base = alignment.passage.tokens[place].base
        if alignment.passage.tokens[place].low in UNITS or is_bare(same, alignment):
            continue
        if is_general(alignment.passage.tokens[place]) or _part_of(rival, same, alignment):
            continue
        nouns = {base, _next(one, gap, alignment)}
        if any(
            _governed(at, step, max(gap, 2), same)
            for at, token in enumerate(alignment.passage.tokens)
            if token.base in nouns
        ):
            continue
        noun = alignment.passage.tokens[place].text
        text = f"The paragraph says {rival.shown.strip()}, not {one.shown.strip()}, of “{noun}”."
        return Finding("number", text, 0.9 if step == 1 else 0.5)
    return None


def _anchor(one: Quantity, alignment: Alignment, step: int) -> tuple[int, int] | None:
    """Return the partner of the next matched word beside a figure, and how far away it is."""
    start = one.last if step == 1 else one.first
    for gap in range(1, _ANCHOR_REACH + 1):
        index = start + step * gap
        if not 0 <= index < len(alignment.claim) or alignment.claim[index].text in ",;:":
            return None
        if any(index in range(q.first, q.last + 1) for q in alignment.claimed):
            return None
        match = alignment.matches.get(index)
        if match is not None and match.in_focus:
            return match.source, gap
    return None


def _next(one: Quantity, gap: int, alignment: Alignment) -> str:
    """Return the word behind a figure's noun: of `half of the TV audience`, the noun itself."""
    at = one.last + gap + 1
    match = alignment.matches.get(at)
    return alignment.passage.tokens[match.source].base if match is not None else ""


def is_bare(same: list[Quantity], alignment: Alignment) -> bool:
    """Tell whether the figure stands without a noun somewhere: it may be of anything."""
    tokens = alignment.passage.tokens
    return any(
        one.last + 1 >= len(tokens)
        or tokens[one.last + 1].kind == "punct"
        or tokens[one.last + 1].low in _AFTER_BARE
        or (tokens[one.last + 1].low == "in" and word_at(tokens, one.last + 2).isdigit())
        or (tokens[one.last + 1].low == "of" and word_at(tokens, one.last + 2) in _STANDING_FOR)
        for one in same
    )


def _whole(one: Quantity, same: list[Quantity], alignment: Alignment) -> Finding | None:
    """Find `14 of the matches` told of `nine of the 14 matches`."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if not (one.last + 1 < len(claim) and claim[one.last + 1].low == "of"):
        return None
    for other in same:
        before = [token.low for token in tokens[max(0, other.first - 3) : other.first]]
        has_part = any(
            part.kind == other.kind and 0 < other.first - part.last <= _PART_REACH
            for part in alignment.passage.quantities
        )
        if (
            not has_part
            or "of" not in before
            or (other.last + 1 < len(tokens) and tokens[other.last + 1].low == "of")
        ):
            return None
    return Finding("number", f"{one.shown.strip()} is the whole there, not the part.", 0.9)


def _part_of(rival: Quantity, same: list[Quantity], alignment: Alignment) -> bool:
    """Tell whether the rival is the whole that the figure is a part of: `340 of the 9,800`."""
    tokens = alignment.passage.tokens
    return any(
        one.last < rival.first <= one.last + 8
        and any(tokens[at].low == "of" for at in range(one.last + 1, rival.first))
        for one in same
    )


def _governed(place: int, step: int, reach: int, same: list[Quantity]) -> bool:
    return any(
        0 < (place - one.last if step == 1 else one.first - place) <= reach + 1 for one in same
    )


def _governing(
    place: int, gap: int, alignment: Alignment, one: Quantity, step: int
) -> Quantity | None:
    near = [
        other
        for other in alignment.passage.quantities
        if other.kind == one.kind
        and alignment.passage.tokens[other.first].sentence
        == alignment.passage.tokens[place].sentence
        and 0 < (place - other.last if step == 1 else other.first - place) <= max(gap, 2)
    ]
    return min(near, key=lambda other: abs(other.first - place), default=None)
