"""How much of it: all told for some, the only one for one of them, the largest for the second."""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.figures.quantity import Quantity
from rag.verification.figures.units import DURATIONS, MAGNITUDES, NUMBER_WORDS
from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.words.reporting import NEGATORS, PARTIAL_AMOUNT, TOTAL
from rag.verification.text import Token

_NEAR = 3
"""Words from a share to the `all` that it is taken of."""
_WEAK_TOTALS = frozenset("any anyone each".split())
_KEEPS_LIMIT = PARTIAL_AMOUNT | frozenset(
    "number handful few about around member members one among minorities hardly scarcely barely "
    "little rarely seldom lot lots much numerous there".split()
)
_BEFORE_ALL = frozenset("after above first not at".split())
_EQUAL = (
    frozenset("all every everyone everybody everything each any whole entire total full".split()),
    frozenset("only sole solely exclusively just but lone single alone unless".split()),
    frozenset("never not no none nobody nothing n't neither nor without".split()),
    frozenset("completely totally fully entirely absolutely wholly complete full total".split()),
    frozenset("always every forever permanently invariably permanent".split()),
    frozenset("all rest remaining remainder lifetime lifelong lasting".split()),
    frozenset("every each weekly daily monthly yearly annually annual hourly nightly".split()),
    frozenset("everywhere all whole across throughout every".split()),
    frozenset("unanimous unanimously all every".split()),
)
"""Totals that say the same."""


def check_amounts(alignment: Alignment) -> list[Finding]:
    """Return a finding for a limit that is lost, or a total that is added."""
    found = (_total(alignment), _limit(alignment), _rank(alignment))
    return [one for one in found if one is not None][:1]


def _total(alignment: Alignment) -> Finding | None:
    focus = [one for one in alignment.passage.tokens if one.sentence in alignment.sentences]
    bases, lows = {one.base for one in focus}, {one.low for one in focus}
    for at, token in enumerate(alignment.claim):
        low = token.low
        if low not in TOTAL - _WEAK_TOTALS or token.quoted or _is_time(at, alignment.claim):
            continue
        if (
            low == "nothing"
            and alignment.claim[at + 1 : at + 2]
            and (alignment.claim[at + 1].low == "but")
        ):
            low = "only"
        if low in {"only", "sole"} and _is_one_of(alignment):
            return Finding("certainty", "The paragraph says “one of”, not “the only”.", 0.9)
        if low in lows or token.base in bases or _has_equal(low, lows):
            if low == "all" and _is_share_of_all(alignment):
                return Finding("certainty", "The paragraph speaks of a part, not of all.", 0.9)
        elif low != "all" or not _follows_figure(at, alignment.claimed):
            # `Only` often does no more than stress what is there.
            weight = 0.05 if low == "only" or low in NEGATORS - {"never"} else 0.8
            return Finding("certainty", f"The paragraph does not say “{token.text}”.", weight)
    return None


def _has_equal(low: str, lows: set[str]) -> bool:
    return any(low in group and group & lows for group in _EQUAL)


def _is_time(at: int, tokens: Sequence[Token]) -> bool:
    """Tell whether `a million every week` only says how often, or `after all` nothing."""
    low, after = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    before = tokens[at - 1].low if at else ""
    is_counted = after in NUMBER_WORDS or after.isdigit()
    if low == "all" and (after == "that" or is_counted or before in _BEFORE_ALL):
        return True
    figures = any(
        one.kind == "number" or one.low in MAGNITUDES for one in tokens[max(0, at - 4) : at]
    )
    return low == "every" and after in DURATIONS and figures


def _is_one_of(alignment: Alignment) -> bool:
    main = [one for one in alignment.passage.tokens if one.sentence == alignment.main]
    return _says_one_of(main) and not _says_one_of(alignment.claim)


def _says_one_of(tokens: Sequence[Token]) -> bool:
    return any(one.low == "one" and other.low == "of" for one, other in pairwise(tokens))


def _follows_figure(at: int, figures: Sequence[Quantity]) -> bool:
    return any(one.last in range(at - _NEAR, at) for one in figures)


def _is_share_of_all(alignment: Alignment) -> bool:
    """Tell whether the passage has a share of all, where the claim has no figure."""
    return not alignment.claimed and any(
        token.low == "all"
        and token.sentence == alignment.main
        and _follows_figure(at, alignment.passage.quantities)
        for at, token in enumerate(alignment.passage.tokens)
    )


def _limit(alignment: Alignment) -> Finding | None:
    """Find `some officials` told as `officials`."""
    if any(token.low in _KEEPS_LIMIT for token in alignment.claim):
        return None
    back = {match.source for match in alignment.matches.values()}
    tokens = alignment.passage.tokens
    for at, (token, after) in enumerate(pairwise(tokens)):
        if token.low not in PARTIAL_AMOUNT or token.sentence != alignment.main:
            continue
        before = tokens[at - 1] if at else None
        if token.low == "part" and before is not None and before.base == "take":
            continue
        limits = at + 1 in back or (after.low == "of" and at + 3 in back)
        is_plural = after.low.endswith("s") or token.low not in {"most", "few", "certain"}
        if limits and is_plural and after.kind == "word":
            text = f"The paragraph limits it (“{token.text}”); the statement does not."
            weight = 0.3 if token.low in {"some", "many"} else 0.6
            return Finding("certainty", text, weight)
    return None


def _rank(alignment: Alignment) -> Finding | None:
    """Find `the second largest` told as `the largest`."""
    tokens = alignment.passage.tokens
    said = {one.value for one in alignment.claimed if one.kind == "ordinal"}
    words = {token.low for token in alignment.claim}
    for one in alignment.passage.quantities:
        if one.kind != "ordinal" or one.value == 1 or one.value in said:
            continue
        after = tokens[one.last + 1] if one.last + 1 < len(tokens) else None
        if (
            after is not None
            and after.low in words
            and after.low.endswith("st")
            and after.sentence == alignment.main
        ):
            return Finding("certainty", f"The paragraph says “{one.shown} {after.text}”.", 0.9)
    return None
