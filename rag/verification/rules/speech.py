"""Which words report what somebody says, and which only look like it, as in `the claims`."""

from collections.abc import Sequence

from rag.verification.rules.verbs import GAINING, is_bare
from rag.verification.rules.wording import base_of
from rag.verification.text import Token

PRONOUNS = frozenset("he she they it i we who".split())
_BEFORE_NOUN = frozenset(
    "the a an his her their its this that of to these those any some no by with from".split()
)
"""Words that make a noun of what follows: `the claims`."""
_ALSO_NOUNS = frozenset(
    "call calls report reports claim claims post posts demand demands comment comments appeal "
    "appeals promise promises forecast forecasts answer answers".split()
)
_BEHIND_NOUN = frozenset(
    "about from of in and by have has had were are was is or at on to for over with after since "
    "during".split()
)
_NOUN_ENDS = tuple("ings ment ments ion ions plaint plaints ism isms speech er ers".split())
_HEARSAY = frozenset("reported said believed thought".split())
_SPEAK = base_of("speak")
_SPOKEN_OF = frozenset("of about out".split())
"""Behind `speak`, what makes a report of it: who speaks to whom is an event like others."""
QUOTE_ENDS = frozenset('”"»')


def says(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word of speech is a verb of which somebody is the subject."""
    return not (_is_noun(tokens, index) or _names_nobody(tokens, index))


def _is_noun(tokens: Sequence[Token], index: int) -> bool:
    """Tell `the claims`, `her lawyer’s claim`, `sales calls`, `won praise` from `he claims`."""
    low = tokens[index].low
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    has_subject = before is not None and (before.is_name or before.low in PRONOUNS)
    if before is not None and (
        before.low in _BEFORE_NOUN
        or before.kind == "number"
        or is_possessive(before)
        or (before.base in GAINING and is_bare(tokens[index]))
    ):
        return True
    if low in _ALSO_NOUNS and (after is None or after.low in _BEHIND_NOUN or after.kind != "word"):
        return before is not None and not has_subject
    return low.endswith(_NOUN_ENDS) or (low == "call" and not has_subject)


def _names_nobody(tokens: Sequence[Token], index: int) -> bool:
    """Tell `widely predicted for May`, `reported to have cost` and `accused of fraud`."""
    low = tokens[index].low
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    foreseen = low.endswith("ed") and before is not None and before.low.endswith("ly")
    if tokens[index].base == _SPEAK and after not in _SPOKEN_OF:
        return before is None or before.text not in QUOTE_ENDS
    return (
        (foreseen and after == "for")
        or (low in _HEARSAY and after == "to")
        or (low == "accused" and after == "of")
        or after.endswith(("self", "selves"))
    )


def is_possessive(token: Token) -> bool:
    """Tell whether a `’s` was cut from a word."""
    return token.kind == "word" and token.end - token.start > len(token.text)
