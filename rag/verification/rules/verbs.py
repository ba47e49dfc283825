"""Verbs without a parser: told by the lexicon, their form and the words beside them."""

from collections.abc import Sequence
from functools import cache

from rag.verification.rules.wording import base_of
from rag.verification.rules.words.synonyms_verbs import VERBS
from rag.verification.text import Token

ARTICLES = frozenset(
    "the a an its his their her our my this that these those no any some former new first last "
    "second".split()
)
_BEFORE_NOUN = ARTICLES | frozenset("in on at for with of".split())
_NOMINAL = (
    "er", "ers", "or", "ors", "ure", "ures", "ion", "ions", "ment", "ments", "ly", "al", "ance",
    "ism", "isms", "ity", "ities", "ness", "ship",
)  # fmt: skip
"""Endings of words that are no verbs, though made from one."""
_BEFORE_VERB = frozenset(
    "will would can could may might must shall should to not do does did has have had he she they "
    "it we i you who which and".split()
)
GAINING = frozenset("win earn draw attract face provoke spark prompt".split())
"""Verbs before what is a noun: `won praise from`."""
_SAME_PAST = frozenset("beat cut hit put set shut let cost hurt quit".split())
_OFFICES = frozenset("coach head chief boss captain guard host judge partner".split())
"""Verbs that before a name are more likely a title: `coach Rob Andrew`."""


@cache
def _verbs() -> frozenset[str]:
    return frozenset(base_of(word.split("_")[0]) for word in VERBS.replace("|", " ").split()) - {
        "be", "have", "do",
    }  # fmt: skip


def is_verb(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word can be a verb where it stands."""
    token = tokens[index]
    if token.is_name or (token.base not in _verbs() and not token.low.endswith("ed")):
        return False
    if index and tokens[index - 1].low in _BEFORE_NOUN:
        return False
    if index and is_bare(token) and tokens[index - 1].base in GAINING:
        return False
    return not token.low.endswith(_NOMINAL)


def is_bare(token: Token) -> bool:
    """Tell whether a word has no ending and no past form: `praise`, not `praised` or `sent`."""
    return token.low in {token.base, f"{token.base}e", f"{token.base}y"}


def is_bare_past(token: Token) -> bool:
    """Tell whether a verb's past is the verb itself: `beat`, `cut`."""
    return token.low in _SAME_PAST


def is_finite(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb says what somebody does, rather than being a noun or part of one."""
    token = tokens[index]
    if not is_verb(tokens, index) or token.low.endswith("ing"):
        return False
    ends_in_s = token.low.endswith("s")
    if token.low.endswith("ed") or (token.low != token.base and not ends_in_s):
        return True
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if ends_in_s and after is not None and (after.is_name or after.low in ARTICLES):
        return True
    before = tokens[index - 1] if index else None
    is_title = not ends_in_s and token.base in _OFFICES and after is not None and after.is_name
    return before is not None and (
        before.low in _BEFORE_VERB or (before.is_name and after is not None and not is_title)
    )


def is_passive(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb has a form of `be` before it or `by` behind it."""
    token = tokens[index]
    if token.low.endswith("ing") or not token.is_content:
        return False
    for at in range(index - 1, max(-1, index - 4), -1):
        if tokens[at].base == "be":
            return True
        if not tokens[at].low.endswith("ly") and tokens[at].low not in {"not", "also", "been"}:
            break
    by = index + 1 < len(tokens) and tokens[index + 1].low == "by"
    # `Led by 3 points` says how far.
    return by and not (index + 2 < len(tokens) and tokens[index + 2].kind == "number")
