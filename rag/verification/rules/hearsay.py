"""What the passage only reports, and the claim tells as a fact."""

from collections.abc import Sequence

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.reports import Report
from rag.verification.rules.speakers import closes, home, named_by, shown
from rag.verification.rules.speech import is_possessive
from rag.verification.rules.wording import bases_of
from rag.verification.rules.words.reporting import OPINION
from rag.verification.text import Token

_MOSTLY = 0.6
_HOME_SHARE = 0.3
"""Of the claim's words, how many a sentence must have for its speaker to be the claim's."""
_REPORTING = bases_of("say tell add report according explain note")
_HELD = frozenset(
    "sure certain confident convinced adamant view opinion eyes words account belief "
    "defence defense argument case position contention".split()
)
"""Words beside a name that make what is said the name's."""
_HOLDING = bases_of("regard see view consider hold")
_DENIAL = bases_of("deny dispute reject refute")


def told_as_fact(alignment: Alignment, theirs: Sequence[Report]) -> Finding | None:
    """Find what the passage only reports, and the claim tells as a fact."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    places = [match.source for match in alignment.matches.values() if match.in_focus]
    if not places or any(token.low in {"said", "says", "claims", "told"} for token in claim):
        return None
    main = home(places, alignment)
    inside = [place for place in places if tokens[place].sentence == main]
    asked = sum(one.is_content or one.is_name for one in claim)
    is_home = len(inside) >= _HOME_SHARE * asked
    retold = {tokens[place].base for place in places}
    for report in theirs:
        if (
            report.sentence == main
            and is_home
            and report.base in _REPORTING | OPINION
            and report.base not in retold
            and _is_about(report, inside, tokens)
            and not _is_owned(report, alignment)
        ):
            return _unattributed(report, alignment)
    quoted = [place for place in inside if tokens[place].quoted]
    if len(quoted) > max(2, _MOSTLY * len(inside)) and not any(one.quoted for one in claim):
        return Finding("unattributed", "The paragraph quotes it as somebody's words.", 0.3)
    return None


def _is_owned(report: Report, alignment: Alignment) -> bool:
    """Tell whether the claim names the speaker with what was said: `Lee's statement`."""
    speaker = named_by(report, alignment.passage.tokens)
    named = [one for one in alignment.claim if one.is_name and one.base in speaker]
    is_held = any(one.low in _HELD or one.base in _HOLDING for one in alignment.claim)
    return any(is_held or is_possessive(one) for one in named)


def _is_about(report: Report, places: Sequence[int], tokens: Sequence[Token]) -> bool:
    content = [one for one in places if one not in report.speaker and one != report.verb]
    behind = sum(place > report.verb for place in content)
    return (
        behind >= max(2, len(content) // 2) or report.base == "according" or closes(report, tokens)
    )


def _is_possibility(alignment: Alignment) -> bool:
    return any(token.low in {"possibility", "idea", "theory", "view"} for token in alignment.claim)


def _unattributed(report: Report, alignment: Alignment) -> Finding:
    tokens = alignment.passage.tokens
    who = shown(report, tokens)
    if report.base in OPINION and not _is_possibility(alignment):
        text = f"The paragraph has it as what {who} {tokens[report.verb].text}."
        return Finding("attribution", text, 1.0)
    text = f"The paragraph has it from {who}; the statement tells it as a fact."
    if any(one.base in _DENIAL and one.sentence in alignment.sentences for one in tokens):
        return Finding("attribution", text, 0.8)
    return Finding("unattributed", text, 0.3)
