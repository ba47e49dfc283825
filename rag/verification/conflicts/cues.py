"""Which kinds of clash a sentence can take part in, told by its letters before it is read."""

import re
from enum import Flag, auto
from functools import lru_cache

_CACHED = 2_000


class Cue(Flag):
    """What a sentence holds."""

    NONE = 0
    FIGURE = auto()
    OFTEN = auto()
    ONCE = auto()
    DENIAL = auto()
    NOT = auto()
    FIRST = auto()
    OUTCOME = auto()


_PATTERNS = {
    Cue.FIGURE: r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|"
    r"half|[a-z]+teen|[a-z]+ty(?:-[a-z]+)?|hundred|thousand|million|billion|once|twice)\b",
    Cue.OFTEN: r"\b(?:regular|repeated|frequent|constant)(?:ly)?\b|\b(?:often|routinely|times|"
    r"occasions|daily|weekly|monthly|numerous|multiple|countless)\b",
    Cue.ONCE: r"\b(?:once|only (?:one|a|1)|just (?:one|a|1)|sole|(?:a|one) single)\b",
    Cue.DENIAL: r"\b(?:den(?:y|ies|ied|ying)|refut\w+|rebut\w*|disprov\w+|reject\w*|dismiss\w*|"
    r"disput\w+|contradict\w*|debunk\w*|contest\w*)\b",
    Cue.NOT: r"\b(?:no|not|never|none|neither|nor|without)\b|n['’]t\b",
    Cue.FIRST: r"\bfirst\b",
    Cue.OUTCOME: r"\b(?:guilt|convict|acquit|innocen|clear|approv|accept|reject|thr[eo]w|uph[eo]l|"
    r"overturn|ratif|veto|agree|refus|die|dead|surviv|alive|arrest|jail|imprison|releas|free|w[io]n|"
    r"los[et]|pass|fail|succe|legal|illegal|unlawful|lawful|ban|permit|allow|clos|open|shut|str[iu]ck|"
    r"reinstat|sack|resign|appoint|recover|cancel|postpon|proceed|rise|rose|f[ae]ll|increas|decreas)",
}
_COMPILED = {cue: re.compile(pattern, re.IGNORECASE) for cue, pattern in _PATTERNS.items()}


@lru_cache(maxsize=_CACHED)
def cues_of(text: str) -> Cue:
    """Return the cues in a sentence."""
    found = Cue.NONE
    for cue, pattern in _COMPILED.items():
        if pattern.search(text):
            found |= cue
    return found


_NEARLY_THE_SAME = 0.65
"""Cosine from which two figures, or two words for how it ended, can be about one thing."""
_IN_BOTH = (Cue.FIGURE, Cue.FIRST, Cue.OUTCOME)


def may_clash(one: Cue, other: Cue, cosine: float) -> bool:
    """Tell whether reading two sentences can be worth while.

    The cosines are the least that the single checks ask for.
    """
    if cosine >= _NEARLY_THE_SAME and any(cue in one & other for cue in _IN_BOTH):
        return True
    either = one | other
    if cosine >= 0.5 and (_across(one, other) or (Cue.NOT in either and cosine >= 0.55)):
        return True
    return Cue.DENIAL in either


def _across(one: Cue, other: Cue) -> bool:
    return (Cue.OFTEN in one and Cue.ONCE in other) or (Cue.ONCE in one and Cue.OFTEN in other)
