"""How sure: doubts, plans and conditions of the passage that the claim leaves out."""

from itertools import pairwise

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.doubts import MODALS, lost_doubts
from rag.verification.rules.edits import Edits
from rag.verification.rules.words.reporting import ALLEGATION, CERTAIN, PLANNED, POSSIBLE

_AS_UNSURE = frozenset(
    "fear fears feared worry unlikely likelier risk hope hopes hoped hoping impossible risks "
    "risked risking".split()
)
_SYNONYM = 0.8
_RULING = frozenset({"decided", "established"})
"""Sure words that may only say that somebody has settled something: `ruled`."""
_WILL = frozenset("will going shall due".split())
_NEVER_TOO_SURE = frozenset("will must cannot bound shall established".split())
_CONDITION_REACH = 8
"""Words to either side that an `if` speaks of: what stands farther off holds in any case."""
_CONDITIONS = frozenset(
    "if unless should provided would could may might depending once case event condition whether "
    "when subject asked asks question questioned long only".split()
)
_CUT = MODALS | frozenset(
    """perhaps possibly maybe probably likely reportedly allegedly alleged apparently supposedly
    suspected considering planning considers plans""".split()
)
"""Words that say nothing else than that it isn't sure."""
_GAP = 5
"""Words between two kept ones among which a doubt was cut out."""
_MOST = 2


def check_certainty(alignment: Alignment) -> list[Finding]:
    """Return findings for doubts that are lost, and for certainty that is added."""
    found = [*lost_doubts(alignment), _too_sure(alignment), _condition(alignment)]
    return [one for one in found if one is not None][:_MOST]


def cut_out(alignment: Alignment, edits: Edits) -> list[Finding]:
    """Find a doubt that was cut out from between words which the claim keeps of a sentence."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    kept = POSSIBLE | ALLEGATION | _AS_UNSURE
    if any(one.low in kept and one.text != "May" for one in claim):
        return []
    for (index, other), (after, behind) in pairwise(edits.kept):
        ours, theirs = claim[index + 1 : after], tokens[other + 1 : behind]
        if not 0 < len(theirs) <= _GAP or len(ours) > _GAP:
            continue
        doubt = next((one for one in theirs if one.low in _CUT and one.text != "May"), None)
        around = tokens[max(0, other - 2) : behind + 1]
        if doubt is None or any(one.low in {"not", "no", "so"} for one in around):
            continue
        if not any(one.low in PLANNED - {"due", "set"} | {"able", "can"} for one in ours):
            text = f"The paragraph says “{doubt.text}”; the statement is surer."
            return [Finding("certainty", text, 1.0)]
    return []


def _too_sure(alignment: Alignment) -> Finding | None:
    focus = [one for one in alignment.passage.tokens if one.sentence in alignment.sentences[:2]]
    bases, lows = {one.base for one in focus}, {one.low for one in focus}
    for at, token in enumerate(alignment.claim):
        after = alignment.claim[at + 1].low if at + 1 < len(alignment.claim) else ""
        sure = token.low in CERTAIN - _NEVER_TOO_SURE and after != "to"
        if token.low in {"certain", "established"} and after == "that":
            sure = True
        if token.low == "decided" and not lows & (POSSIBLE | PLANNED | {"would"}):
            sure = False
        known = token.base in bases or _is_said_otherwise(at, alignment)
        if sure and not token.quoted and not known:
            text = f"The paragraph does not say it so surely: “{token.text}”."
            return Finding("certainty", text, 0.9)
    weak = [one.low for one in focus if one.low in MODALS]
    ours = {one.low for one in alignment.claim if one.text != "May"}
    if weak and "will" in ours and not lows & _WILL and not ours & MODALS:
        text = f"The paragraph says “{weak[0]}”, the statement “will”."
        return Finding("certainty", text, 0.9)
    return None


def _is_said_otherwise(index: int, alignment: Alignment) -> bool:
    """Tell whether a sure word is in doubt (`could prove`), or `decided` is `ruled` there."""
    match = alignment.matches.get(index)
    near = {one.low for one in alignment.claim[max(0, index - 2) : index]}
    same = match is not None and match.in_focus and match.likeness >= _SYNONYM
    return bool(near & MODALS) or (same and alignment.claim[index].low in _RULING)


def _condition(alignment: Alignment) -> Finding | None:
    """Find an `if` that the claim leaves out."""
    lows = {token.low for token in alignment.claim}
    if lows & _CONDITIONS or (lows & {"who", "whoever", "anyone"} and "will" in lows):
        return None
    retold = {match.source for match in alignment.matches.values()}
    for index, token in enumerate(alignment.passage.tokens):
        if token.low not in {"if", "unless"} or token.quoted or token.sentence != alignment.main:
            continue
        if any(abs(index - place) <= _CONDITION_REACH for place in retold):
            return Finding("condition", f"The paragraph sets a condition (“{token.text} …”).", 1.0)
    return None
