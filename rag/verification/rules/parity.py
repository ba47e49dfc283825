"""A `not` more or less between words that a claim keeps of a sentence."""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.negatives import NOT_NEGATIVE, is_negative, keeps_from
from rag.verification.text import Token

_GAP = 3
"""Words between two kept ones among which a `not` was put in or taken out."""
_PLAIN_NOT = frozenset("not no never nobody none neither".split())


def parity_broken(alignment: Alignment, kept: Sequence[tuple[int, int]]) -> Finding | None:
    """Find a `not` put in, or taken out, between words that the claim keeps of a sentence."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for (index, other), (after, behind) in pairwise(kept):
        ours, theirs = claim[index + 1 : after], tokens[other + 1 : behind]
        if max(len(ours), len(theirs)) > _GAP or len(ours) + len(theirs) == 0:
            continue
        said = [one for one in ours if one.low in _PLAIN_NOT]
        says = [one for one in theirs if one.low in _PLAIN_NOT]
        is_only = tokens[behind].low in NOT_NEGATIVE or claim[after].low in NOT_NEGATIVE
        if len(said) + len(says) != 1 or is_only:
            continue
        main = [one for one in tokens if one.sentence == alignment.main]
        if _is_made_up(main, claim) if said else _is_made_up(claim, main):
            continue
        if says and _negatives_by(says[0], tokens, {one.low for one in claim}) > 1:
            continue
        if said:
            text = f"The paragraph does not say “{said[0].text} {claim[after].text}”."
        else:
            text = f"The paragraph says “{says[0].text} {tokens[behind].text}”."
        return Finding("negation", text, 1.0)
    return None


def _is_made_up(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    """Tell whether one side has a negative word of its own, which may stand for the `not`."""
    known = {one.low for one in others}
    return any(is_negative(one) and one.low not in known for one in tokens) or keeps_from(tokens)


def _negatives_by(token: Token, tokens: Sequence[Token], known: set[str]) -> int:
    """Count the negative words around one that the other side lacks."""
    whole = token.low in {"nobody", "none", "neither"}
    near = [one for one in tokens if one.sentence == token.sentence and one.low not in known]
    return sum(is_negative(one) for one in near if whole or one.clause == token.clause)
