"""Who stands where around a verb: its subject, its object, the `by` of a passive."""

from collections.abc import Sequence

from rag.verification.rules.reports import reports_of, subject_of
from rag.verification.rules.speech import is_possessive
from rag.verification.rules.verbs import is_passive
from rag.verification.text import Token

_BETWEEN = frozenset(
    "has had have will would can could may might must shall should also then later already not "
    "been is was were are be being never just since still once again always often twice "
    "first".split()
)
"""Words between a name and its verb."""
_JOINING = frozenset({"and", "or", ",", "&", "-", "of", "the", "de", "van", "von", "al", "bin"})
_IN_NOUN = frozenset(
    "the a an its his her their my our your this that these those another other - s & ’ ' mr mrs "
    "ms dr sir".split()
)
_PREPOSITIONS = frozenset("of about for in on at to from with by against over".split())
_NEAR = frozenset("neighbouring neighboring former rival nearby".split())
_BEFORE_OBJECT = frozenset("the a mr mrs ms dr sir".split())
_OBJECTS = frozenset("him her them it us me you".split())
_PERSONS = frozenset({"he", "she", "it"})
_AGENT_REACH, _OBJECT_REACH = 14, 10


def auxiliary(token: Token) -> bool:
    """Tell whether a word can stand between a subject and its verb."""
    return token.low in _BETWEEN


def actors(tokens: Sequence[Token], verb: int) -> tuple[int, ...]:
    """Return the names that do it: directly before the verb, behind the `by` of a passive.

    The `he` of `Ann Lee said that he …` counts as the name of who says so.
    """
    if is_passive(tokens, verb):
        by = _by(tokens, verb)
        return () if by is None else object_names(tokens, by)
    at = _before(tokens, verb)
    if at >= 0 and tokens[at].text == ",":  # `The minister, Ann Lee, left`
        return tuple(one for one in subject_of(tokens, verb) if tokens[one].is_name)
    if at >= 0 and tokens[at].low in _PERSONS:
        return _speaker_before(tokens, at)
    if at < 0 or not tokens[at].is_name or is_possessive(tokens[at]):
        return ()
    found = []
    while at >= 0 and tokens[at].sentence == tokens[verb].sentence:
        if tokens[at].is_name:
            found.append(at)
        elif tokens[at].low not in _JOINING:
            break
        at -= 1
    return tuple(reversed(found))


def _speaker_before(tokens: Sequence[Token], pronoun: int) -> tuple[int, ...]:
    own = [
        one
        for one in reports_of(tokens)
        if one.sentence == tokens[pronoun].sentence and one.verb < pronoun
    ]
    if not own or any(one.is_name for one in tokens[own[-1].verb + 1 : pronoun]):
        return ()  # somebody else may be meant
    return tuple(at for at in own[-1].speaker if tokens[at].is_name)


def object_names(tokens: Sequence[Token], verb: int) -> tuple[int, ...]:
    """Return the name that directly follows a verb or preposition."""
    at = verb + 1
    while at < len(tokens) and tokens[at].low in _BEFORE_OBJECT:
        at += 1
    if at < len(tokens) and tokens[at].low in _NEAR:
        at += 1
    found = []
    while at < len(tokens) and tokens[at].is_name and tokens[at].clause == tokens[verb].clause:
        found.append(at)
        at += 1
    return () if found and is_possessive(tokens[found[-1]]) else tuple(found)


def names_behind(tokens: Sequence[Token], verb: int, word: str, reach: int) -> tuple[int, ...]:
    """Return the name behind a preposition that follows a verb in its clause."""
    for at in range(verb + 1, min(len(tokens), verb + reach)):
        if tokens[at].clause != tokens[verb].clause:
            break
        if tokens[at].low == word:
            return object_names(tokens, at)
    return ()


def subject_head(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the word that ends a verb's subject, where that is plain."""
    at = _before(tokens, verb)
    if at < 0 or not (tokens[at].is_name or tokens[at].is_content) or is_possessive(tokens[at]):
        return None
    first = at
    while (
        first > 0
        and tokens[first - 1].sentence == tokens[verb].sentence
        and _is_noun_part(tokens[first - 1])
    ):
        first -= 1
    # `Opinions about women`: who is meant stands farther ahead.
    return None if first > 0 and tokens[first - 1].low in _PREPOSITIONS else at


def agent(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the last word of who does it."""
    if not is_passive(tokens, verb):
        return subject_head(tokens, verb)
    by = _by(tokens, verb)
    return None if by is None else _noun_end(tokens, by + 1)


def patient(tokens: Sequence[Token], verb: int) -> int | None:
    """Return the last word of what it is directly done to."""
    if is_passive(tokens, verb):
        return subject_head(tokens, verb)
    return _noun_end(tokens, verb + 1)


def undergoing(tokens: Sequence[Token], verb: int) -> tuple[int, ...]:
    """Return whom a verb is done to or with: its object, and what its `to` or `with` has."""
    is_done = is_passive(tokens, verb)
    if is_done:
        head = subject_head(tokens, verb)
        found = [] if head is None else [head]
    else:
        found = _noun(tokens, verb + 1)
    for at in range(verb + 1, min(len(tokens), verb + _OBJECT_REACH)):
        if tokens[at].clause != tokens[verb].clause:
            break
        if tokens[at].low in {"to", "with"} or (tokens[at].low == "by" and not is_done):
            found += _noun(tokens, at + 1)
    return tuple(found)


def has_object(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a noun or pronoun directly follows a verb."""
    after = tokens[verb + 1].low if verb + 1 < len(tokens) else ""
    return after in _OBJECTS or bool(_noun(tokens, verb + 1))


def _by(tokens: Sequence[Token], verb: int) -> int | None:
    for at in range(verb + 1, min(len(tokens), verb + _AGENT_REACH)):
        if tokens[at].low == "by" and tokens[at].clause == tokens[verb].clause:
            return at
    return None


def _noun_end(tokens: Sequence[Token], start: int) -> int | None:
    noun = _noun(tokens, start)
    return noun[-1] if noun else None


def _noun(tokens: Sequence[Token], start: int) -> list[int]:
    """Return the telling words of the noun that begins at a place, its owner's included."""
    found = []
    for at in range(start, min(len(tokens), start + _OBJECT_REACH)):
        if tokens[at].sentence != tokens[start].sentence:
            break
        if tokens[at].is_name or tokens[at].is_content:
            found.append(at)
        elif not _is_noun_part(tokens[at]):
            break
    return found


def _is_noun_part(token: Token) -> bool:
    return token.is_content or token.is_name or token.low in _IN_NOUN or token.kind == "number"


def _before(tokens: Sequence[Token], verb: int) -> int:
    at = verb - 1
    sentence = tokens[verb].sentence
    while (
        at >= 0
        and tokens[at].sentence == sentence
        and (auxiliary(tokens[at]) or tokens[at].low.endswith("ly"))
    ):
        at -= 1
    return at if at >= 0 and tokens[at].sentence == sentence else -1
