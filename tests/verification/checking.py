"""One claim against one paragraph, for the tests of the checks."""

from collections.abc import Callable, Sequence

from rag.verification import Source
from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment, align
from rag.verification.source import passage_of
from rag.verification.verdict import examine


def aligned(claim: str, paragraph: str, title: str | None = None) -> Alignment:
    """Lay a claim beside a paragraph."""
    return align(claim, passage_of((Source(paragraph, title),)))


def reasons(
    check: Callable[[Alignment], Sequence[Finding]], claim: str, paragraph: str
) -> list[str]:
    """Return why one check objects to a claim."""
    return [one.reason for one in check(aligned(claim, paragraph))]


def kinds(claim: str, paragraph: str, title: str | None = None) -> set[str]:
    """Return the kinds of all findings that weigh."""
    found = examine(claim, [Source(paragraph, title)]).findings
    return {one.kind for one in found if one.weight >= 0.5}
