"""Statement × cited paragraphs → verdict: what can be checked letter by letter, without a model."""

import re
from collections.abc import Mapping, Sequence

from rag.answer_kind import new_names
from rag.citations import CitedStatement
from rag.markers import neutralise
from rag.schema import Citation, Statement, Verdict
from rag.sentences import split_sentences

_QUOTED = re.compile(r"“([^”]{2,})”|\"([^\"]{2,})\"|«([^»]{2,})»")
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


def verify(
    statements: Sequence[CitedStatement], citations: Sequence[Citation]
) -> tuple[Statement, ...]:
    """Return each statement with its verdict.

    A statement that stands in a cited paragraph word for word is supported. One whose quotation,
    number or name is in none of them is not. What lies between is left `unchecked`, and says so.
    """
    by_marker = {citation.marker: citation for citation in citations}
    return tuple(_verified(statement, by_marker) for statement in statements)


def _verified(statement: CitedStatement, citations: Mapping[int, Citation]) -> Statement:
    cited = [citations[marker] for marker in statement.markers if marker in citations]
    verdict, reason = _verdict(statement.text, cited)
    return Statement(statement.text, statement.markers, verdict, reason)


def _verdict(text: str, cited: Sequence[Citation]) -> tuple[Verdict, str]:
    if not cited:
        return Verdict.UNSUPPORTED, "It cites no paragraph."
    if any(_stands_whole_in(text, citation.text) for citation in cited):
        return Verdict.SUPPORTED, "It stands in the paragraph word for word."
    source = _folded(" ".join(neutralise(citation.text) for citation in cited))
    known = _folded(" ".join(citation.title or "" for citation in cited)) + " " + source
    numbers = set(_NUMBER.findall(source))
    for kind, missing in (
        ("quotation", [part for part in _quotations(text) if _folded(part) not in source]),
        ("number", [part for part in _NUMBER.findall(text) if part not in numbers]),
        ("name", [part for part in new_names(text, known) if _folded(part) not in known]),
    ):
        if missing:
            listed = ", ".join(repr(part) for part in missing)
            return Verdict.UNSUPPORTED, f"The cited text does not hold the {kind} {listed}."
    return (
        Verdict.UNCHECKED,
        "Its numbers, names and quotations are in the cited text; its meaning was not checked.",
    )


def _stands_whole_in(text: str, paragraph: str) -> bool:
    """Tell whether a text is one or more whole sentences of a paragraph.

    Half a sentence can say the opposite: what somebody denied stands word for word in the denial.
    """
    shown, spans = neutralise(paragraph), split_sentences(paragraph)
    ends = {span.end for span in spans}
    return any(
        shown.startswith(text, span.start) and span.start + len(text) in ends for span in spans
    )


def _quotations(text: str) -> list[str]:
    return [
        next(part for part in match.groups() if part).rstrip(".,;!?")
        for match in _QUOTED.finditer(text)
    ]


def _folded(text: str) -> str:
    return " ".join(text.translate(_ALIKE).split()).casefold()
