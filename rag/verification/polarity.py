"""Negations and opposites: does the claim say of its predicate what the passage denies?"""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.alignment import Alignment
from rag.verification.finding import Finding
from rag.verification.negatives import (
    NOT_NEGATIVE,
    denies,
    is_negative,
    keeps_from,
    negators,
    scope,
)
from rag.verification.opposites import find_opposites
from rag.verification.text import Token
from rag.verification.wording import base_of

_LIGHT = frozenset(
    base_of(word) for word in "have get want need intend plan any longer able long".split()
)
_GAP = 3
"""Words between two kept ones among which a `not` was put in or taken out."""
_PLAIN_NOT = frozenset("not no never nobody none neither".split())
_MOST_TELLING = 3
"""Words behind a negation that may be what it denies."""


def check_polarity(alignment: Alignment) -> list[Finding]:
    """Return a finding for a predicate that one side negates, or turns round, and the other not."""
    return (find_opposites(alignment) or _direct(alignment) or _negations(alignment))[:1]


def _direct(alignment: Alignment) -> list[Finding]:
    """Find the very same verb with `not` on one side only."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for index, match in sorted(alignment.matches.items()):
        token, other = claim[index], tokens[match.source]
        if token.base != other.base or token.is_name or token.quoted or not match.in_focus:
            continue
        here, there = _negated_by(claim, index), _negated_by(tokens, match.source)
        if (here is None) == (there is None) or other.sentence != alignment.sentences[0]:
            continue
        rest, at = (claim, index) if here is None else (tokens, match.source)
        if any(
            is_negative(one)
            for one in rest
            if one.base != token.base and one.sentence == rest[at].sentence
        ):
            continue
        if there is not None and _since(tokens, match.source):
            continue
        if here is None:
            text = f"The paragraph says “not … {other.text}”; the statement does not."
        else:
            text = f"The paragraph does not say “not … {token.text}”."
        return [Finding("negation", text, 1.0)]
    return []


def _negated_by(tokens: Sequence[Token], index: int) -> int | None:
    """Return the index of the `not` that stands directly before a word."""
    for at in range(index - 1, max(-1, index - 4), -1):
        if tokens[at].clause != tokens[index].clause:
            return None
        if tokens[at].low == "yet" and tokens[at + 1].low == "to":
            return at
        if tokens[at].low in {"not", "never"}:
            after = tokens[at + 1].low
            return None if after in NOT_NEGATIVE else at
        if tokens[at].is_content and not tokens[at].low.endswith("ly"):
            return None
    return None


def _since(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether `not … since` says when it was so for the last time."""
    return any(
        token.low in {"since", "until", "before"} and token.sentence == tokens[index].sentence
        for token in tokens[index + 1 : index + 8]
    )


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


def _negations(alignment: Alignment) -> list[Finding]:
    """Find a negation on one side, where the other has nothing negative at all."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    back = {match.source: index for index, match in alignment.matches.items()}
    for negator in [] if denies(tokens, alignment.sentences) else negators(claim):
        head = _head(claim, negator, set(alignment.matches))
        if (
            head is not None
            and alignment.matches[head].in_focus
            and not claim[negator].quoted
            and not _is_first(claim, tokens)
        ):
            said = f"{claim[negator].text} … {claim[head].text}"
            return [Finding("negation", f"The paragraph does not say “{said}”.")]
    if any(is_negative(token) for token in claim) or keeps_from(claim):
        return []
    for negator in negators(tokens):
        if tokens[negator].sentence not in alignment.sentences[:2] or negator in back:
            continue
        head = _head(tokens, negator, set(back))
        if head is not None and not _since(tokens, head) and _is_odd(tokens, head):
            said = f"{tokens[negator].text} … {tokens[head].text}"
            return [Finding("negation", f"The paragraph says “{said}”; the statement does not.")]
    return []


def _is_odd(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an odd number of negations reaches a word: `didn't rule out` is none."""
    reach = [one for one in negators(tokens) if index in scope(tokens, one) or one == index]
    return len(reach) % 2 == 1


def _is_first(claim: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Tell whether `none before` stands for `the first`."""
    return any(one.low in {"before", "previously", "earlier"} for one in claim) and any(
        one.low in {"first", "maiden", "debut", "unprecedented"} for one in tokens
    )


def _head(tokens: Sequence[Token], negator: int, matched: set[int]) -> int | None:
    """Return what is negated, if it has a partner: the next telling word, or the two after it.

    Adverbs and verbs of no meaning of their own, as in `did not have to pay`, are passed over.
    """
    telling = [
        index
        for index in scope(tokens, negator)
        if tokens[index].is_content
        and not tokens[index].low.endswith("ly")
        and tokens[index].base not in _LIGHT
    ][:_MOST_TELLING]
    known = [index for index in telling if index in matched]
    least = 1 if known[:1] == telling[:1] and tokens[negator].low != "no" else _MOST_TELLING - 1
    if len(known) < min(least, len(telling)) or not known or _is_compared(tokens, known[0]):
        return None
    return known[0]


def _is_compared(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether `not grown as much as` only says that something else grew more."""
    behind = [one.low for one in tokens[index + 1 : index + 5]]
    return behind[:1] == ["as"] and behind.count("as") > 1
