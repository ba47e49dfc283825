"""Who did what to whom: actors of the claim on the same side of the verb as in the passage."""

from collections.abc import Sequence
from functools import cache

from rag.verification.alignment import Alignment
from rag.verification.finding import Finding
from rag.verification.reports import subject_of
from rag.verification.text import Token
from rag.verification.verbs import ARTICLES, is_finite, is_passive, is_verb
from rag.verification.wording import base_of, likeness

_REACH = 14
"""Words from a verb to what it is done to, at most."""
_OBJECT_REACH = 6
_SAME = 0.85
_CONVERSE = """
beat defeat overcome thrash : lose
buy acquire purchase : sell
lend : borrow
employ hire : work
lead : trail follow
replace succeed : precede
give send : receive get
teach : learn
win : lose
ahead lead : behind trail
precede : follow
"""
"""Verbs that tell the same with subject and object exchanged."""
_BREAKS = frozenset("who which while but after that".split())


@cache
def _converse() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _CONVERSE.strip().splitlines():
        left, _, right = line.partition(":")
        one, other = ({base_of(word) for word in side.split()} for side in (left, right))
        for word in one:
            found.setdefault(word, set()).update(other)
        for word in other:
            found.setdefault(word, set()).update(one)
    return {word: frozenset(words) for word, words in found.items()}


def check_roles(alignment: Alignment) -> list[Finding]:
    """Return a finding where two actors have changed sides."""
    for check in (_crossed, _voice, _converses, _turned):
        if (found := check(alignment)) is not None:
            return [found]
    return []


def _crossed(alignment: Alignment) -> Finding | None:
    """Find a verb whose subject and object have changed sides."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for index, match in sorted(alignment.matches.items()):
        if not match.in_focus or not (_says(claim, index) and _says(tokens, match.source)):
            continue
        ours, theirs = _sides(claim, index), _sides(tokens, match.source)
        if ours is None or theirs is None:
            continue
        left = _changed(ours[0], theirs[1], theirs[0], alignment)
        right = _changed(ours[1], theirs[0], theirs[1], alignment)
        if left and right and any(claim[at].is_name for at in (*left, *right)):
            return _reversed(claim[left[-1]], claim[right[-1]], tokens[match.source])
    return None


def _changed(
    side: Sequence[int], other: Sequence[int], same: Sequence[int], alignment: Alignment
) -> list[int]:
    """Return the words of one side that the passage has on the other side only."""
    return [at for at in side if _meets(at, other, alignment) and not _meets(at, same, alignment)]


def _meets(index: int, others: Sequence[int], alignment: Alignment) -> bool:
    """Tell whether a word of the claim has its like among some words of the passage."""
    token, tokens = alignment.claim[index], alignment.passage.tokens
    return any(likeness(token.base, tokens[at].base) >= _SAME for at in others)


def _reversed(one: Token, other: Token, verb: Token) -> Finding:
    text = (
        f"In the paragraph it is the other way about: “{one.text}”, “{other.text}” ({verb.text})."
    )
    return Finding("role", text, 1.0)


def _sides(tokens: Sequence[Token], verb: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return who does it and to whom, as indices; null where a passive hides who."""
    left, right = subject_of(tokens, verb), _behind(tokens, verb)
    if not is_passive(tokens, verb):
        at = left[0] - 1 if left else 0
        while at > 0 and not (tokens[at].is_content or tokens[at].low == "whom"):
            at -= 1
        return left, _before(tokens, at) if tokens[at].low == "whom" else right
    agent = _by(tokens, verb)
    return None if agent is None else (_behind(tokens, agent), left)


def _says(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb says what somebody does or, as in `is asking`, is doing."""
    near = tokens[max(0, index - 2) : index]
    return is_finite(tokens, index) or (
        tokens[index].low.endswith("ing")
        and is_verb(tokens, index)
        and any(one.base == "be" for one in near)
    )


def _before(tokens: Sequence[Token], start: int) -> tuple[int, ...]:
    """Return the telling words directly before one, up to a mark."""
    found = []
    for at in range(start - 1, max(-1, start - _OBJECT_REACH), -1):
        if tokens[at].kind == "punct":
            break
        if tokens[at].is_name or tokens[at].is_content:
            found.append(at)
    return tuple(reversed(found))


def _by(tokens: Sequence[Token], verb: int) -> int | None:
    return next(
        (
            at
            for at in range(verb + 1, min(len(tokens), verb + _REACH))
            if tokens[at].low == "by" and tokens[at].sentence == tokens[verb].sentence
        ),
        None,
    )


def _behind(tokens: Sequence[Token], start: int) -> tuple[int, ...]:
    found = []
    for at in range(start + 1, min(len(tokens), start + _REACH)):
        if tokens[at].sentence != tokens[start].sentence or tokens[at].text in {",", ";", ":"}:
            break
        if tokens[at].low in _BREAKS:
            break
        if tokens[at].is_name or tokens[at].is_content:
            found.append(at)
    return tuple(found)


def _voice(alignment: Alignment) -> Finding | None:
    """Find the agent of a passive (`shot by X`) told as the object (`shot X`), or the reverse."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    back = {match.source: index for index, match in alignment.matches.items()}
    for index, match in sorted(alignment.matches.items()):
        if not match.in_focus or not is_verb(claim, index):
            continue
        here, there = _agent(claim, index), _agent(tokens, match.source)
        told = back.get(there) if there is not None else None
        if told is not None and not is_passive(claim, index) and _is_object(told, index, claim):
            return _reversed(claim[told], claim[index], tokens[match.source])
        partner = alignment.matches.get(here) if here is not None else None
        if (
            partner is not None
            and here is not None
            and not is_passive(tokens, match.source)
            and _is_object(partner.source, match.source, tokens)
        ):
            return _reversed(claim[here], claim[index], tokens[match.source])
    return None


def _agent(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the last word of who did it, of a passive with `by` in the same clause."""
    by = _by(tokens, verb) if is_passive(tokens, verb) else None
    if by is None or tokens[by].clause != tokens[verb].clause:
        return None
    return _noun_end(tokens, by + 1)


def _noun_end(tokens: Sequence[Token], start: int) -> int | None:
    last = None
    for at in range(start, min(len(tokens), start + _OBJECT_REACH)):
        if tokens[at].is_name or tokens[at].is_content:
            last = at
        elif tokens[at].low not in ARTICLES:
            break
    return last


def _is_object(index: int, verb: int, tokens: Sequence[Token]) -> bool:
    """Tell whether a word ends the noun that directly follows a verb."""
    return verb < index <= verb + _OBJECT_REACH and _noun_end(tokens, verb + 1) == index


def _converses(alignment: Alignment) -> Finding | None:
    """Find a verb turned round (`beat` for `lost to`) while its object stayed."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for index, token in enumerate(claim):
        converse = _converse().get(token.base)
        if converse is None or not is_verb(claim, index) or is_passive(claim, index):
            continue
        for other, candidate in enumerate(tokens):
            if (
                candidate.base in converse
                and candidate.sentence in alignment.sentences
                and not is_passive(tokens, other)
                and _objects(claim, index) & _objects(tokens, other)
            ):
                text = f"The paragraph says “{candidate.text}”, the statement “{token.text}”."
                return Finding("role", text, 1.0)
    return None


def _objects(tokens: Sequence[Token], verb: int) -> frozenset[str]:
    near = tokens[verb + 1 : verb + 1 + _OBJECT_REACH]
    return frozenset(
        token.base for token in near if token.is_name and token.clause == tokens[verb].clause
    )


def _turned(alignment: Alignment) -> Finding | None:
    """Find a name or figure that moved from `from` to `to`, or the reverse."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    pairs = [
        (index, match.source)
        for index, match in alignment.matches.items()
        if claim[index].is_name and match.in_focus
    ]
    for said in alignment.claimed:
        same = [
            one.first
            for one in alignment.passage.quantities
            if one.value == said.value
            and one.kind == said.kind
            and tokens[one.first].sentence in alignment.sentences
        ]
        if len(same) == 1:
            pairs.append((said.first, same[0]))
    for index, other in pairs:
        here, there = _direction(claim, index), _direction(tokens, other)
        if (
            here != there
            and here
            and there
            and ("by" not in {here, there} or claim[index].kind != "word")
        ):
            text = f"The paragraph says “{there} {tokens[other].text}”, the statement “{here}”."
            return Finding("role", text, 1.0)
    return None


def _direction(tokens: Sequence[Token], index: int) -> str:
    """Return `from` or `to` where one governs a name or figure."""
    for at in range(index - 1, max(-1, index - 4), -1):
        token = tokens[at]
        if token.low in {"from", "to", "into", "towards", "by"}:
            return token.low if token.low in {"from", "by"} else "to"
        if not (token.is_name or token.low in {"the", "a"} or token.text in "$£€"):
            return ""
    return ""
