"""Numbers, dates and amounts of the claim against those of the passage."""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.figures.agreement import agree, is_close
from rag.verification.figures.figure_nouns import check_noun
from rag.verification.figures.quantity import Quantity, rate_behind
from rag.verification.figures.reckoning import is_reckoned
from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.text import Token

_ANCHOR_REACH = 3
_COUNTING = frozenset("the a his her its their our my your".split())
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
            _rate(one, same, alignment) or check_noun(one, same, alignment) or _bound(one, other)
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
    if first and (before == "at" or _said_otherwise(alignment)):
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


def _said_otherwise(alignment: Alignment) -> bool:
    bases = {token.base for token in alignment.passage.tokens}
    return bool(bases & {"initial", "debut", "maiden", "open", "inaugur", "origin"})


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
