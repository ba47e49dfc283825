"""Names in another order than in the sentence that the claim otherwise keeps."""

from collections.abc import Sequence
from itertools import combinations

from rag.verification.alignment import Alignment
from rag.verification.edits import Edits
from rag.verification.finding import Finding
from rag.verification.names import name_groups
from rag.verification.reports import reports_of
from rag.verification.text import Token

_LEAST_KEPT = 0.5
_PLACING = frozenset(
    "in at on near outside inside of for from during under within since after before about "
    "over".split()
)
"""Words before a name that may stand anywhere in the sentence, and so its name."""
_BETWEEN = frozenset("the a mr mrs ms dr sir".split())


def check_order(alignment: Alignment, edits: Edits) -> list[Finding]:
    """Return a doubt where two actors stand the other way about, and no passive explains it."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    main = [token for token in tokens if token.sentence == alignment.main]
    if edits.share < _LEAST_KEPT or _has_by(claim) != _has_by(main):
        return []
    for (one, first), (other, second) in combinations(_actors(alignment, main), 2):
        if first > second:
            text = f"The paragraph names {claim[other].text} first and then {claim[one].text}."
            return [Finding("role", text, 0.6)]
    return []


def _has_by(tokens: Sequence[Token]) -> bool:
    return any(token.low == "by" for token in tokens)


def _actors(alignment: Alignment, main: Sequence[Token]) -> list[tuple[int, int]]:
    """Return claim's and passage's index of each name that is once in the main sentence."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    speakers = {at for one in reports_of(claim) for at in one.speaker}
    found = []
    for group in name_groups(claim, alignment.numeric):
        match = alignment.matches.get(group[-1])
        if match is None or speakers & set(group) or _stands_apart(claim, group):
            continue
        partner = tokens[match.source]
        if (
            partner.sentence == alignment.main
            and sum(one.base == partner.base for one in main) == 1
        ):
            found.append((group[-1], match.source))
    return found


def _stands_apart(tokens: Sequence[Token], group: Sequence[int]) -> bool:
    """Tell whether a name may stand anywhere: `in Arden`, or between commas."""
    marks = [tokens[at].text for at in (group[0] - 1, group[-1] + 1) if 0 <= at < len(tokens)]
    return _is_placed(tokens, group[0]) or marks == [",", ","]


def _is_placed(tokens: Sequence[Token], index: int) -> bool:
    if tokens[0].low in _PLACING and tokens[index].clause == tokens[0].clause:
        return True  # `Before joining Arden, …`: a clause moved to the front
    at = index - 1
    while at >= 0 and tokens[at].low in _BETWEEN:
        at -= 1
    return at >= 0 and tokens[at].low in _PLACING
