"""Words that say that something isn’t so, and what they reach."""

from collections.abc import Sequence
from functools import cache

from rag.verification.rules.wording import base_of, has_opposites, key_of
from rag.verification.rules.words.reporting import NEGATIVE_VERBS, NEGATIVE_WORDS, NEGATORS
from rag.verification.text import Token

NOT_NEGATIVE = frozenset("only just merely least fewer less more longer later doubt".split())
_CLAIMS = frozenset(
    "claim claims allegation allegations suggestion suggestions report reports accusation "
    "accusations rumour rumours charge complaint complaints".split()
)
_UNABLE = frozenset("unable unlikely unwilling impossible refused failed declined".split())
_NOUN_REACH, _CLAIM_REACH = 4, 14
_DISMISS = base_of("dismiss")
_SCOPE = 7
"""How many words a negation reaches, within its clause."""


@cache
def negative_keys() -> frozenset[str]:
    """Return the keys of verbs that are followed by what isn't so."""
    return frozenset(key_of(word) for word in NEGATIVE_VERBS)


def negators(tokens: Sequence[Token]) -> list[int]:
    """Return the indices of the words that negate what follows them."""
    found = []
    for index, token in enumerate(tokens):
        after = tokens[index + 1].low if index + 1 < len(tokens) else ""
        before = tokens[index - 1].low if index else ""
        if token.base == _DISMISS and any(
            one.low == "as" for one in tokens[index : index + _SCOPE]
        ):
            continue  # `dismissed it as nonsense` calls it that
        if token.low == "missing":
            continue
        plain = (
            token.low in NEGATORS
            and not (token.low in {"not", "no"} and after in NOT_NEGATIVE)
            and before != "need"
        ) or (token.base == "fail" and after == "to")
        if plain or (token.kind == "word" and (
            token.base in negative_keys() or token.phrase in negative_keys()
        )):  # fmt: skip
            found.append(index)
    return found


def is_negative(token: Token) -> bool:
    """Tell whether a word says that something isn't so, in whatever way."""
    return (
        token.low in NEGATORS
        or token.low in NEGATIVE_WORDS
        or token.base in negative_keys()
        or token.phrase in negative_keys()
        or token.base == "fail"
        or _has_negative_affix(token.low)
    )


def is_denying(token: Token) -> bool:
    """Tell whether a word can do nothing else than deny what it stands by."""
    return token.low in NEGATORS or token.base in negative_keys() or token.low in _UNABLE


def _has_negative_affix(low: str) -> bool:
    if low.endswith("less") and len(low) > 6:
        return True
    bare = low.removeprefix("un")
    return bare != low and len(bare) > 4 and (has_opposites(base_of(bare)) or bare.endswith("ed"))


def scope(tokens: Sequence[Token], negator: int) -> range:
    """Return the indices of the words that a negation reaches.

    What is denied by `denied a claim by Lee that …` is what follows the `that`.
    """
    said = _said_by(tokens, negator)
    start = negator if said is None else said
    end = start + 1
    inner = tokens[end].clause if end < len(tokens) and tokens[end].low == "that" else -1
    while (
        end < len(tokens)
        and end <= start + _SCOPE
        and tokens[end].sentence == tokens[negator].sentence
        and tokens[end].clause in {tokens[start].clause, inner}
    ):
        end += 1
    return range(start + 1, end)


def _said_by(tokens: Sequence[Token], negator: int) -> int | None:
    """Return where the `that` of a claim stands which a verb denies."""
    near = tokens[negator + 1 : negator + _CLAIM_REACH]
    if tokens[negator].base not in negative_keys():
        return None
    noun = next((at for at, one in enumerate(near[:_NOUN_REACH]) if one.low in _CLAIMS), None)
    if noun is None:
        return None
    ends = (at for at, one in enumerate(near) if at > noun and one.low == "that")
    return next((negator + 1 + at for at in ends), None)


def is_turned(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a negation stands by a word, in its clause."""
    return any(
        tokens[at].low in NEGATORS or tokens[at].base in negative_keys()
        for at in range(max(0, index - 4), min(len(tokens), index + 3))
        if tokens[at].clause == tokens[index].clause and at != index
    )


def denies(tokens: Sequence[Token], sentences: Sequence[int]) -> bool:
    """Tell whether some sentences have anything negative at all."""
    told = [token for token in tokens if token.sentence in sentences]
    return any(is_negative(token) for token in told) or keeps_from(told)


def keeps_from(tokens: Sequence[Token]) -> bool:
    """Tell whether something is `kept from` somebody or somebody `from` doing it."""
    return any(
        token.base == "keep" and any(one.low == "from" for one in tokens[at + 1 : at + _SCOPE])
        for at, token in enumerate(tokens)
    )
