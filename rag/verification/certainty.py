"""How sure: doubts, plans and conditions of the passage that the claim leaves out."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from rag.verification.alignment import Alignment
from rag.verification.finding import Finding
from rag.verification.text import Token
from rag.verification.words.reporting import ALLEGATION, CERTAIN, PLANNED, POSSIBLE

_REACH = 6
"""Words from a doubt to what it governs."""
_SYNONYM = 0.8
_RULING = frozenset({"decided", "established"})
"""Sure words that may only say that somebody has settled something: `ruled`."""
_MODALS = frozenset({"may", "might", "could"})
_FUTURE = frozenset("will would shall 'll".split())
_WILL = frozenset("will 'll going shall due".split())
_NO_DOUBTS = frozenset(
    "plans plan proposal proposals offer offers bid bids claims claim report".split()
)
"""Nouns that don't make what the claim says any less sure."""
_NEVER_TOO_SURE = frozenset("will must cannot bound shall established".split())
_CONDITION_REACH = 8
"""Words to either side that an `if` speaks of: what stands farther off holds in any case."""
_CONDITIONS = frozenset(
    "if unless should provided would could may might depending once case event condition whether "
    "when subject asked asks question questioned long only".split()
)
_LEVELS: tuple[tuple[str, frozenset[str], frozenset[str], float, str], ...] = (
    (
        "possible",
        POSSIBLE,
        POSSIBLE
        | PLANNED
        | ALLEGATION
        | frozenset("unlikely fear fears feared can if yet undecided".split()),
        1.0,
        "says that it may be so",
    ),
    ("alleged", ALLEGATION, ALLEGATION | POSSIBLE, 1.0, "reports it as an allegation"),
    (
        "planned",
        PLANNED,
        PLANNED | POSSIBLE | frozenset({"would"}),
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
_MOST = 2
_NOUN_ENDS = ("er", "ers", "ion", "ions", "ment", "ments")


def check_certainty(alignment: Alignment) -> list[Finding]:
    """Return findings for doubts that are lost, and for certainty that is added."""
    found = [*_lost(alignment), _too_sure(alignment), _condition(alignment)]
    return [one for one in found if one is not None][:_MOST]


def _lost(alignment: Alignment) -> list[Finding]:
    lows = {token.low for token in alignment.claim} - _NO_DOUBTS
    to_come = "will" in lows or _is_to_come(alignment.claim)
    found = []
    for level, words, accepted, weight, said in _LEVELS:
        if lows & accepted or (to_come and level in {"planned", "future"}):
            continue
        doubt = _doubt(level, words, alignment)
        if doubt is not None:
            text = f"The paragraph {said} (“{doubt.text}”); the statement tells it as a fact."
            found.append(Finding("certainty", text, weight))
    return found


def _doubt(level: str, words: frozenset[str], alignment: Alignment) -> Token | None:
    """Return the word of the passage that makes uncertain what the claim has of it."""
    back = {match.source: index for index, match in alignment.matches.items()}
    tokens = alignment.passage.tokens
    for index, token in enumerate(tokens):
        if (
            token.low not in words
            or token.sentence not in alignment.sentences
            or index in back
            or not _governs(tokens, index, level)
        ):
            continue
        head = _head(tokens, index, back)
        if head is None:
            continue
        if level == "planned" and alignment.claim[head].low.endswith(_NOUN_ENDS):
            continue  # `the merger` is spoken of, not said to be over
        if level != "future" or alignment.claim[head].low.endswith("ed"):
            return token
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
    if low in _MODALS:
        is_aim = low == "could" and any(
            one.low == "so" for one in tokens[max(0, index - 3) : index]
        )
        return after != "not" and token.text != "May" and not is_aim
    if level == "planned":
        weighs = low.startswith(("consider", "mull", "weigh")) and after.endswith("ing")
        return low in {"should", "ought"} or after == "to" or weighs
    if low.startswith(("claim", "report", "accus")):
        return after == "to" or (index > 0 and tokens[index - 1].base == "be")
    return True


def _head(tokens: Sequence[Token], index: int, back: Mapping[int, int]) -> int | None:
    """Return the claim's word for what a doubt governs: the next telling word, or the one after."""
    passed = 0
    for other in range(index + 1, min(len(tokens), index + 1 + _REACH)):
        if tokens[other].sentence != tokens[index].sentence:
            return None
        if other in back:
            return back[other] if passed <= (tokens[index].low in _MODALS) else None
        passed += tokens[other].is_content
    return None


def _too_sure(alignment: Alignment) -> Finding | None:
    focus = [one for one in alignment.passage.tokens if one.sentence in alignment.sentences[:2]]
    bases, lows = {one.base for one in focus}, {one.low for one in focus}
    for at, token in enumerate(alignment.claim):
        sure = token.low in CERTAIN - _NEVER_TOO_SURE
        known = token.base in bases or _is_said_otherwise(at, alignment)
        if sure and not token.quoted and not known:
            text = f"The paragraph does not say it so surely: “{token.text}”."
            return Finding("certainty", text, 0.9)
    weak = [one.low for one in focus if one.low in _MODALS]
    ours = {one.low for one in alignment.claim if one.text != "May"}
    if weak and "will" in ours and not lows & _WILL and not ours & _MODALS:
        text = f"The paragraph says “{weak[0]}”, the statement “will”."
        return Finding("certainty", text, 0.9)
    return None


def _is_said_otherwise(index: int, alignment: Alignment) -> bool:
    """Tell whether a sure word has a synonym in the passage, or is in doubt: `could prove`."""
    match = alignment.matches.get(index)
    near = {one.low for one in alignment.claim[max(0, index - 2) : index]}
    same = match is not None and match.in_focus and match.likeness >= _SYNONYM
    return bool(near & _MODALS) or (same and alignment.claim[index].low in _RULING)


def _condition(alignment: Alignment) -> Finding | None:
    """Find an `if` that the claim leaves out."""
    lows = {token.low for token in alignment.claim}
    if lows & _CONDITIONS or (lows & {"who", "whoever", "anyone"} and "will" in lows):
        return None
    retold = {match.source for match in alignment.matches.values()}
    for index, token in enumerate(alignment.passage.tokens):
        is_condition = token.low in {"if", "unless"} and not token.quoted
        near = retold & set(range(index - _CONDITION_REACH, index + _CONDITION_REACH))
        if is_condition and near and token.sentence == alignment.main:
            return Finding("condition", f"The paragraph sets a condition (“{token.text} …”).", 1.0)
    return None
