"""Negations and opposites: does the claim say of its predicate what the passage denies?"""

from collections.abc import Iterable, Sequence

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.negatives import (
    NOT_NEGATIVE,
    denies,
    is_denying,
    is_negative,
    keeps_from,
    negators,
    scope,
)
from rag.verification.rules.opposites import find_opposites
from rag.verification.rules.reports import reports_of
from rag.verification.rules.verbs import is_finite, is_verb
from rag.verification.rules.wording import bases_of, opposite
from rag.verification.rules.words.reporting import NEGATORS
from rag.verification.text import Token

_LIGHT = bases_of("have get want need intend plan any longer able long think believe feel")
_FAR = 12
_SO_FAR = frozenset("before previously earlier until since".split())
_LIMITS = frozenset("since until before without unless".split())
"""Behind a `not`, words that say when or how it was so after all."""
_SHOWING = frozenset("evidence proof sign signs indication plan plans doubt".split())
_NEAR = 6
"""Words behind a verb of which one must be told too."""
_MAKING = frozenset("make give have take reach".split())
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
        if token.is_name or token.quoted or not match.in_focus:
            continue
        here, there = _negated_by(claim, index), _negated_by(tokens, match.source)
        if here is not None and there is None and _is_denied(index, match.source, alignment):
            return [Finding("negation", f"The paragraph does not say “not … {token.text}”.", 1.0)]
        if there is not None and here is None and _is_asserted(index, match.source, alignment):
            text = f"The paragraph says “not … {other.text}”; the statement does not."
            return [Finding("negation", text, 1.0)]
    return []


def _is_denied(index: int, at: int, alignment: Alignment) -> bool:
    """Tell whether the claim denies what the passage says without any reservation."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    verb = tokens[at]
    is_event = is_finite(tokens, at) or (
        at > 0 and verb.low.endswith("ing") and tokens[at - 1].base == "be"
    )
    if verb.base != claim[index].base or not (is_event or verb.sentence == alignment.main):
        return False
    # `Did not welcome` is answered beside `welcomed`, not in a later clause.
    own = [
        one
        for one in tokens
        if one.base not in {verb.base, claim[index].base}
        and one.sentence == verb.sentence
        and (not is_event or one.clause == verb.clause)
    ]
    is_still = any(one.low == "still" and one.sentence == verb.sentence for one in tokens)
    is_answered = (
        any(is_denying(one) for one in own) if is_event else _is_negative_apart(own, claim)
    )
    return not (is_still or is_answered or _is_superlative(claim, index))


def _is_asserted(index: int, at: int, alignment: Alignment) -> bool:
    """Tell whether the claim says without any reservation what the passage denies."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if tokens[at].base != claim[index].base:
        return False
    near = range(at + 1, at + _NEAR)
    is_retold = any(match.source in near for match in alignment.matches.values())
    if tokens[at].sentence != alignment.main and not (is_retold and is_verb(tokens, at)):
        return False
    own = [
        one
        for one in claim
        if one.base != claim[index].base and one.sentence == claim[index].sentence
    ]
    told = (one for one in tokens if one.sentence == tokens[at].sentence)
    return not (_is_negative_apart(own, told) or _since(tokens, at))


def _is_negative_apart(tokens: Sequence[Token], others: Iterable[Token]) -> bool:
    """Tell whether a text has a negative word of its own: not the other's `free` told again."""
    told = {one.base for one in others}
    return any(
        is_negative(one) and (one.low in NEGATORS | {"yet"} or one.base not in told)
        for one in tokens
    )


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
    """Tell whether `not … since` says when it was so for the last time, and not for what reason."""
    return any(
        token.low in _LIMITS
        and token.sentence == tokens[index].sentence
        and not (token.low == "since" and tokens[at - 1].text == ",")
        for at, token in enumerate(tokens[index + 1 : index + 8], index + 1)
    )


def _negations(alignment: Alignment) -> list[Finding]:
    """Find a negation on one side, where the other has nothing negative at all."""
    found = _put_in(alignment) or _left_out(alignment)
    return [] if found is None else [Finding("negation", found)]


def _put_in(alignment: Alignment) -> str | None:
    claim, tokens = alignment.claim, alignment.passage.tokens
    for negator in [] if denies(tokens, alignment.sentences) else negators(claim):
        if negator in alignment.matches:
            continue
        head = _head(claim, negator, set(alignment.matches))
        if (
            head is not None
            and alignment.matches[head].in_focus
            and not claim[negator].quoted
            and not _is_first(claim, tokens)
            and not _has_opposite(
                [claim[at] for at in scope(claim, negator)],
                [one for one in tokens if one.sentence == alignment.main],
            )
        ):
            return f"The paragraph does not say “{claim[negator].text} … {claim[head].text}”."
    return None


def _left_out(alignment: Alignment) -> str | None:
    claim, tokens = alignment.claim, alignment.passage.tokens
    back = {match.source: index for index, match in alignment.matches.items()}
    if keeps_from(claim):
        return None
    for negator in negators(tokens):
        head = _head(tokens, negator, set(back))
        if (
            head is None
            or negator in back
            or tokens[negator].sentence not in alignment.sentences[:2]
            or _is_answered(negator, head, back[head], alignment)
            or _since(tokens, head)
            or not _is_odd(tokens, head)
        ):
            continue
        said = f"{tokens[negator].text} … {tokens[head].text}"
        return f"The paragraph says “{said}”; the statement does not."
    return None


def _is_answered(negator: int, head: int, said: int, alignment: Alignment) -> bool:
    """Tell whether the claim has what a negation of the passage says, in some way of its own.

    Args:
        negator: In the passage.
        head: What it denies there.
        said: The claim's word for that.
        alignment: The claim beside its passage.
    """
    claim, tokens = alignment.claim, alignment.passage.tokens
    reports = reports_of(claim)
    speakers = {claim[at].base for one in reports for at in one.speaker}
    if said in {one.verb for one in reports} or speakers & {
        one.base for one in tokens[negator + 1 : head] if one.is_name
    }:
        return True  # `denied a claim by X that`: X claims it
    if _has_opposite(claim, [tokens[at] for at in scope(tokens, negator)]):
        return True
    # `No message`: only what stands beside the claim's `message` can deny it too.
    is_next = tokens[negator].low == "no" and head == negator + 1
    near = [one for one in claim if not is_next or one.clause == claim[said].clause]
    told = [one for one in tokens if one.sentence == tokens[negator].sentence]
    return _is_negative_apart(near, told)


def _has_opposite(claim: Sequence[Token], told: Sequence[Token]) -> bool:
    """Tell whether the claim has the opposite of what is negated: `bad` for `not good`."""
    return any(opposite(one.base, other.base) for one in claim for other in told)


def _is_odd(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an odd number of negations reaches a word: `didn't rule out` is none."""
    reach = [one for one in negators(tokens) if index in scope(tokens, one) or one == index]
    return len(reach) % 2 == 1


def _is_superlative(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a negation stands before a comparison: `no show is more popular than`."""
    near = [one for one in tokens[max(0, index - 2) : index + _FAR]
            if one.sentence == tokens[index].sentence]  # fmt: skip
    lows = [one.low for one in near]
    return not {"no", "never", "nothing", "nobody"}.isdisjoint(lows[:4]) and (
        "than" in lows and any(low.endswith("er") for low in lows)
    )


def _is_first(claim: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Tell whether `none before` stands for `the first`."""
    return any(one.low in _SO_FAR for one in claim) and any(
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
    is_next = known[:1] == telling[:1] and (
        tokens[negator].low != "no"
        or (known[:1] == [negator + 1] and (len(known) > 1 or _is_made(tokens, negator)))
    )
    least = 1 if is_next else _MOST_TELLING - 1
    if len(known) < min(least, len(telling)) or not known or _is_superlative(tokens, known[0]):
        return None
    return known[0]


def _is_made(tokens: Sequence[Token], negator: int) -> bool:
    """Tell whether `no` denies that a thing is there or made: `no evidence`, `makes no finding`."""
    before = tokens[negator - 1].base if negator else ""
    return tokens[negator + 1].low in _SHOWING or before in _MAKING
