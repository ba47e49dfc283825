"""Who does what to whom: subject and object of each verb of the claim against the passage's."""

from collections.abc import Callable, Sequence

from rag.verification.finding import Finding
from rag.verification.name_forms import by_initials, is_derived
from rag.verification.names import one_person
from rag.verification.rules.actors import (
    actors,
    agent,
    auxiliary,
    has_object,
    names_behind,
    object_names,
    patient,
    subject_head,
    undergoing,
)
from rag.verification.rules.alignment import Alignment, Match
from rag.verification.rules.converses import converses
from rag.verification.rules.reports import subject_of
from rag.verification.rules.verbs import is_bare, is_bare_past, is_finite, is_passive, is_verb
from rag.verification.rules.wording import bases_of, likeness
from rag.verification.rules.words.reporting import PLAIN_SPEECH
from rag.verification.text import Token

_SAME = 0.8
_LIGHT = frozenset("make give get take have bring earn win cost".split())
"""Verbs with two objects, or whose object says what is done."""
_MOST_PLACES = 8
_AIMING = ("to", "from", "against")
_AIM_REACH = 5
_SAYING = bases_of("say add tell reply note write state")
"""Verbs whose subject may follow them: `said Lee`."""
_FELT = bases_of(
    "include contain worry concern fear please surprise interest delight disappoint alarm call"
)
"""Verbs that are told of whoever feels it, and of what makes them; or of a name, as `call`."""
_SPEECH = PLAIN_SPEECH - bases_of("call read hear find show feel")
"""Verbs whose subjects are the matter of another check."""

_Compare = Callable[[int, int, Alignment], Finding | None]


def check_subjects(alignment: Alignment) -> list[Finding]:
    """Return a finding for a verb that the claim gives another subject, or turns on its subject."""
    for index, match in sorted(alignment.matches.items()):
        token = alignment.claim[index]
        if not match.in_focus or token.is_name or not _tells(alignment.claim, index):
            continue
        if (found := _everywhere(index, match, alignment)) is not None:
            return [found]
    return []


def _everywhere(index: int, match: Match, alignment: Alignment) -> Finding | None:
    """Find what is wrong with a verb wherever the passage may tell of it."""
    first = None
    for at in _counterparts(index, match, alignment)[:_MOST_PLACES]:
        found = _finding(index, at, alignment)
        if found is None:
            return None
        first = first or found
    return first


def _counterparts(index: int, match: Match, alignment: Alignment) -> list[int]:
    """Return where the passage can tell what a verb of the claim tells."""
    tokens, base = alignment.passage.tokens, alignment.claim[index].base
    return [
        at
        for at, token in enumerate(tokens)
        if (at == match.source or token.base == base)
        and token.sentence in alignment.sentences
        and _tells(tokens, at)
    ]


def _finding(index: int, at: int, alignment: Alignment) -> Finding | None:
    claim, tokens = alignment.claim, alignment.passage.tokens
    checks: tuple[_Compare, ...] = ()
    if not {claim[index].base, tokens[at].base} & _SPEECH:
        checks += (_other, _traded, _aimed)
    if claim[index].base not in _LIGHT:
        checks += (_flipped,)
    if not {claim[index].base, tokens[at].base} & (_SAYING | _FELT) and not _is_converse(
        claim[index], tokens[at]
    ):
        checks += (_inverted,)
    for check in checks:
        if (found := check(index, at, alignment)) is not None:
            return found
    return None


def _is_converse(one: Token, other: Token) -> bool:
    """Tell whether one verb may be the other turned round: `earn` beside `make`."""
    return one.base != other.base and (one.base in _LIGHT or other.base in converses(one.base))


def _tells(tokens: Sequence[Token], index: int) -> bool:
    is_helped = index > 0 and auxiliary(tokens[index - 1])
    is_inflected = not is_bare(tokens[index]) or is_bare_past(tokens[index])
    return (is_finite(tokens, index) and is_inflected) or (is_verb(tokens, index) and is_helped)


def _other(index: int, at: int, alignment: Alignment) -> Finding | None:
    """Find a name that does what the passage has another one do."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    ours, theirs = actors(claim, index), actors(tokens, at)
    if not ours or not theirs or not any(one in alignment.matches for one in ours):
        return None
    if _meet(ours, (*theirs, *subject_of(tokens, at)), alignment):
        return None
    return _named(tokens[theirs[-1]], tokens[at], claim[ours[-1]], 1.0)


def _named(actor: Token, verb: Token, said: Token, weight: float) -> Finding:
    text = f"In the paragraph it is “{actor.text}” ({verb.text}), not “{said.text}”."
    return Finding("role", text, weight)


def _flipped(index: int, at: int, alignment: Alignment) -> Finding | None:
    """Find a name that does what is done to it in the passage, or the reverse."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if is_passive(claim, index) or is_passive(tokens, at):
        return None
    if {claim[index].base, tokens[at].base} & _SAYING:
        return None
    for doing, done in (
        (actors(claim, index), object_names(tokens, at)),
        (object_names(claim, index), actors(tokens, at)),
    ):
        if _meet(doing, done, alignment):
            return _other_way(tokens[at])
    return None


def _inverted(index: int, at: int, alignment: Alignment) -> Finding | None:
    """Find whoever does what is done to them in the passage, named or not, or the reverse."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    doer, done = agent(claim, index), patient(claim, index)
    does, undergoes = agent(tokens, at), undergoing(tokens, at)
    subject = () if is_passive(tokens, at) else subject_of(tokens, at)
    is_done = has_object(claim, index) or is_passive(claim, index)
    doing = subject if does is None else (*subject, does)
    is_turned = doer is not None and is_done and _is_only(doer, undergoes, doing, alignment)
    # `Two people died`, `it killed two people`: a verb without an object may be either.
    is_told = has_object(tokens, at) or is_passive(tokens, at)
    has_turned = (
        done is not None
        and does is not None
        and is_told
        and _is_only(done, (does,), undergoes, alignment)
    )
    return _other_way(tokens[at]) if is_turned or has_turned else None


def _is_only(index: int, there: Sequence[int], here: Sequence[int], alignment: Alignment) -> bool:
    """Tell whether a word of the claim stands on one side in the passage, and not on the other."""
    return _meet((index,), there, alignment) and not _meet((index,), here, alignment)


def _other_way(verb: Token) -> Finding:
    return Finding("role", f"In the paragraph it is the other way about ({verb.text}).", 1.0)


def _traded(index: int, at: int, alignment: Alignment) -> Finding | None:
    """Find two things, of which the claim has the one do what the other does in the passage."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    if is_passive(claim, index) or is_passive(tokens, at):
        return None
    one, other = subject_head(claim, index), subject_head(tokens, at)
    match = alignment.matches.get(one) if one is not None else None
    if match is None or one is None or other is None or match.source == other:
        return None
    back = {each.source for key, each in alignment.matches.items() if key != one}
    if (
        (other not in back and (claim[one].is_name or tokens[other].is_name))
        or (other in back and tokens[match.source].sentence != tokens[other].sentence)
        or claim[index].base != tokens[at].base
        or _meet((one,), (other, *subject_of(tokens, at)), alignment)
        or _meet(subject_of(claim, index), (other,), alignment)
    ):
        return None
    return _named(tokens[other], tokens[at], claim[one], 0.9)


def _aimed(index: int, at: int, alignment: Alignment) -> Finding | None:
    """Find a name behind the `to` or `from` of a verb where the passage has another one."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    doers = names_behind(tokens, at, "by", _AIM_REACH) if is_passive(tokens, at) else ()
    if _meet(names_behind(claim, index, "to", _AIM_REACH), doers, alignment):
        return _other_way(tokens[at])
    for word in _AIMING:
        ours = names_behind(claim, index, word, _AIM_REACH)
        theirs = names_behind(tokens, at, word, _AIM_REACH)
        known = any(one in alignment.matches for one in ours)
        if known and theirs and not _meet(ours, theirs, alignment):
            text = f"The paragraph says “{word} {tokens[theirs[-1]].text}”."
            return Finding("role", text, 0.9)
    return None


def _meet(ours: Sequence[int], theirs: Sequence[int], alignment: Alignment) -> bool:
    claim, tokens = alignment.claim, alignment.passage.tokens
    return any(_is_same(claim[one], tokens[other], alignment) for one in ours for other in theirs)


def _is_same(one: Token, other: Token, alignment: Alignment) -> bool:
    return (
        likeness(one.base, other.base) >= _SAME
        or is_derived(one, other)
        or (one.is_name and other.is_name and one_person(one, other, alignment))
        or (other.is_name and other.low[0] in one.low and by_initials(one, alignment))
    )
