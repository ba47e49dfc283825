"""Letter by letter: what stands in quotation marks in the claim stands in the passage."""

import re
from collections.abc import Sequence

from rag.verification.finding import Finding

_QUOTED = re.compile(r"“([^”]{2,})”|\"([^\"]{2,})\"|«([^»]{2,})»|(?<!\w)‘([^‘]{2,}?)’(?!\w)")
_LETTER = re.compile(r"\[(\w)\]")
_LEFT_OUT = re.compile(r"\s*(?:\[[^\]]*\]|\(\.{3}\)|…|\.\s?\.\s?\.)\s*")
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"})
_EDGE = " .,;:!?-'\""
_LONGEST_SHOWN = 60


def check_quotations(claim: str, texts: Sequence[str]) -> list[Finding]:
    """Return a finding for each quotation of the claim that no text holds.

    Straight and curly marks, dashes, case and white space don't count; `…` and `[…]` stand for
    words left out or put in, what is between them has to follow in order.
    """
    return [
        Finding("quotation", f"Not in the paragraph as a quotation: {_shown(quotation)}.")
        for quotation in unfounded(claim, texts)
    ]


def unfounded(claim: str, texts: Sequence[str]) -> list[str]:
    """Return the quotations of the claim that no text holds."""
    quotations = quotations_of(claim)
    sources = [_folded(text) for text in texts] if quotations else []
    return [
        quotation
        for quotation in quotations
        if not any(_holds(source, quotation) for source in sources)
    ]


def quotations_of(text: str) -> list[str]:
    """Return what stands between quotation marks."""
    return [next(part for part in match.groups() if part) for match in _QUOTED.finditer(text)]


def _holds(source: str, quotation: str) -> bool:
    place = 0
    for part in _LEFT_OUT.split(_LETTER.sub(r"\1", quotation)):
        wanted = _folded(part).strip(_EDGE)
        if not wanted:
            continue
        found = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(source, place)
        if found is None:
            return False
        place = found.end()
    return True


def _folded(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split()).casefold()


def _shown(quotation: str) -> str:
    short = quotation.strip(_EDGE)
    if len(short) > _LONGEST_SHOWN:
        short = short[:_LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
    return f"“{short}”"
