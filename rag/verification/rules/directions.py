"""Where to and where from: names and figures behind `from`, `to` and `by`."""

from collections.abc import Sequence

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.wording import has_opposites
from rag.verification.text import Token

_DIRECTIONS = frozenset("from to into towards by".split())
_DATES = frozenset("year day month weekday time".split())
_REACH = 3
"""Words between a direction and what it is of."""


def check_directions(alignment: Alignment) -> list[Finding]:
    """Return a finding for a name or figure that moved from `from` to `to`, or the reverse."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for index, other in (*_names(alignment), *_figures(alignment)):
        here, there = _direction(claim, index), _direction(tokens, other)
        is_by = "by" in {here, there} and claim[index].is_name
        if here and there and here != there and not is_by:
            text = f"The paragraph says “{there} {tokens[other].text}”, the statement “{here}”."
            return [Finding("role", text, 1.0)]
    return []


def _names(alignment: Alignment) -> list[tuple[int, int]]:
    return [
        (index, match.source)
        for index, match in alignment.matches.items()
        if alignment.claim[index].is_name and match.in_focus
    ]


def _figures(alignment: Alignment) -> list[tuple[int, int]]:
    """Return where claim and passage have figures that are in each once."""
    tokens = alignment.passage.tokens
    pairs = []
    for said in alignment.claimed:
        alike = [
            one for one in alignment.claimed if (one.value, one.kind) == (said.value, said.kind)
        ]
        if said.kind in _DATES or len(alike) > 1 or not _is_moved(alignment.claim, said.first):
            continue
        same = [
            one.first
            for one in alignment.passage.quantities
            if one.value == said.value
            and one.kind == said.kind
            and tokens[one.first].sentence in alignment.sentences
        ]
        if len(same) == 1:
            pairs.append((said.first, same[0]))
    return pairs


def _is_moved(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether what a figure's `to` or `by` follows says that something changes."""
    for at in range(index - 1, max(-1, index - _REACH - 1), -1):
        if tokens[at].low in _DIRECTIONS:
            before = tokens[at - 1] if at else None
            return before is not None and (
                before.kind == "number" or has_opposites(before.base) or before.low in {"%", "cent"}
            )
    return True


def _direction(tokens: Sequence[Token], index: int) -> str:
    """Return `from`, `to` or `by` where one governs a name or figure, but not `to a 3% decline`."""
    if any(has_opposites(one.base) for one in tokens[index + 1 : index + 3]):
        return ""
    for at in range(index - 1, max(-1, index - _REACH - 1), -1):
        token = tokens[at]
        if token.low in _DIRECTIONS:
            return token.low if token.low in {"from", "by"} else "to"
        if not (token.is_name or token.low in {"the", "a"} or token.text in "$£€"):
            return ""
    return ""
