"""Doubts, allegations and plans of the passage that the claim tells as facts."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.verbs import is_finite, is_verb
from rag.verification.rules.wording import bases_of
from rag.verification.rules.words.reporting import ALLEGATION, PLANNED, POSSIBLE
from rag.verification.text import Token

_REACH = 6
"""Words from a doubt to what it governs."""
_HELD = bases_of("think believe poll survey study")
_DECIDING = 5
"""Words from `decide` to its `whether`."""
_FINDING = ("suggest", "indicat")
"""Beginnings of verbs that say no more than `find` or `say`, of a poll or of some people."""
_FAR = 16
"""Words from a `suggests that` to the verb of what it suggests."""
_LIGHT = frozenset("become take get make go come also well still yet even".split())
MODALS = frozenset({"may", "might", "could"})
_FUTURE = frozenset("will shall".split())
_NO_DOUBTS = frozenset(
    "plans plan proposal proposals offer offers bid bids claims claim report".split()
)
"""Nouns that don't make what the claim says any less sure."""
_DENIED = frozenset("deny denied denies denying dismissed rejected refuted talk".split())
_LEVELS: tuple[tuple[str, frozenset[str], frozenset[str], float, str], ...] = (
    (
        "possible",
        POSSIBLE,
        POSSIBLE
        | PLANNED
        | ALLEGATION
        | frozenset(
            "unlikely likelier risk risks risked risking forecast fear fears feared can able if "
            "mind yet undecided".split()
        ),
        1.0,
        "says that it may be so",
    ),
    ("alleged", ALLEGATION, ALLEGATION | POSSIBLE | _DENIED, 1.0, "reports it as an allegation"),
    (
        "planned",
        PLANNED,
        PLANNED | POSSIBLE | frozenset("would fear fears feared".split()),
        0.8,
        "says that it is planned, expected or asked for",
    ),
    (
        "future",
        _FUTURE,
        PLANNED | POSSIBLE | _FUTURE | frozenset("going next".split()),
        0.6,
        "says that it is still to come",
    ),
)
"""Name, words of the passage, words by which the claim keeps it, weight, what is said of it."""
_NOUN_ENDS = ("er", "ers", "ion", "ions", "ment", "ments")


def lost_doubts(alignment: Alignment) -> list[Finding]:
    """Return findings for what the claim tells more surely than the passage."""
    lows = {token.low for token in alignment.claim}
    is_told = any(one.base in _HELD for one in alignment.claim)
    to_come = "will" in lows or _is_to_come(alignment.claim)
    found = []
    for level, words, accepted, weight, said in _LEVELS:
        if to_come and level in {"planned", "future"}:
            continue
        at = _doubt(level, words, alignment)
        if at is None or _is_kept(at, accepted, alignment):
            continue
        doubt = alignment.passage.tokens[at]
        if not (is_told and doubt.low.startswith(_FINDING)):
            text = f"The paragraph {said} (“{doubt.text}”); the statement tells it as a fact."
            found.append(Finding("certainty", text, weight))
    return found


def _is_kept(doubt: int, accepted: frozenset[str], alignment: Alignment) -> bool:
    """Tell whether the claim has a doubt of its own: not what the passage puts in doubt.

    The `ask` of `will decide whether to ask` is no doubt of `will ask`, but the `decide` is.
    """
    if alignment.passage.tokens[doubt].low == "whether" and any(
        doubt - _DECIDING <= match.source < doubt and is_verb(alignment.claim, index)
        for index, match in alignment.matches.items()
    ):
        return True
    return any(
        token.low in accepted - _NO_DOUBTS and not _is_in_doubt(index, doubt, alignment)
        for index, token in enumerate(alignment.claim)
    )


def _is_in_doubt(index: int, doubt: int, alignment: Alignment) -> bool:
    match = alignment.matches.get(index)
    if match is None or match.source <= doubt:
        return False
    return alignment.passage.tokens[match.source].low not in POSSIBLE | ALLEGATION


def _doubt(level: str, words: frozenset[str], alignment: Alignment) -> int | None:
    """Return the word of the passage that makes uncertain what the claim has of it."""
    back = {match.source: index for index, match in alignment.matches.items()}
    tokens = alignment.passage.tokens
    for index, token in enumerate(tokens):
        if (
            token.low not in words
            or token.sentence not in alignment.sentences[: 1 if level == "alleged" else 2]
            or index in back
            or not _governs(tokens, index, level)
        ):
            continue
        head = _head(tokens, index, back)
        head = _said_to_be(tokens, index, back) if head is None else head
        if head is None:
            continue
        if level == "planned" and alignment.claim[head].low.endswith(_NOUN_ENDS):
            continue  # `the merger` is spoken of, not said to be over
        if level != "future" or alignment.claim[head].low.endswith("ed"):
            return index
    return None


def _is_to_come(tokens: Sequence[Token]) -> bool:
    """Tell whether something `is to` happen, or has `yet` to."""
    return any(
        one.base == "be" and other.low in {"to", "going", "due", "set"}
        for one, other in pairwise(tokens)
    ) or any(one.low == "yet" for one in tokens)


def _governs(tokens: Sequence[Token], index: int, level: str) -> bool:
    """Tell whether a word speaks of what is to come or may be, and not of something else.

    `So they could earn fees` says what for.
    """
    token = tokens[index]
    low = token.low
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if level == "future":
        return low in {"will", "shall"} and after != "not"
    if low in {"interested", "suspicion"}:
        return after in {"in", "of"}
    if low in MODALS:
        is_aim = low == "could" and any(
            one.low == "so" for one in tokens[max(0, index - 3) : index]
        )
        is_denied = any(one.low in {"no", "nobody"} for one in tokens[max(0, index - 3) : index])
        return after != "not" and token.text != "May" and not is_aim and not is_denied
    if level == "planned":
        weighs = low.startswith(("consider", "mull", "weigh")) and after.endswith("ing")
        return low in {"should", "ought"} or after == "to" or weighs
    if low.startswith(("claim", "report", "accus")):
        return after in {"to", "that"} or (index > 0 and tokens[index - 1].base == "be")
    return True


def _head(tokens: Sequence[Token], index: int, back: Mapping[int, int]) -> int | None:
    """Return the claim's word for what a doubt governs: the next telling word, or the one after."""
    passed = 0
    for other in range(index + 1, min(len(tokens), index + 1 + _REACH)):
        if tokens[other].sentence != tokens[index].sentence:
            return None
        if other in back:
            return None if passed > (tokens[index].low in {"may", "might"}) else back[other]
        passed += tokens[other].is_content and tokens[other].base not in _LIGHT
    return None


def _said_to_be(tokens: Sequence[Token], index: int, back: Mapping[int, int]) -> int | None:
    """Return the claim's verb for what follows `suggests that` or the like."""
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if after != "that":
        return None
    for at in range(index + 2, min(len(tokens), index + _FAR)):
        if tokens[at].sentence != tokens[index].sentence:
            break
        if at in back and is_finite(tokens, at):
            return back[at]
    return None
