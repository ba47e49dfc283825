"""Claims about single paragraphs whose verdict is known, read from a JSON-lines file."""

from dataclasses import dataclass
from pathlib import Path

from rag.evaluation.lines import DatasetError, Row, rows_of

SUPPORTED, UNSUPPORTED = "supported", "unsupported"
_HINT = (
    'A line is {"id": "1", "file": "a.txt", "quote": "words of its paragraph", '
    '"claim": "…", "label": "supported", "how": "paraphrase"}.'
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, the paragraph that it is checked against, and the right verdict."""

    id: str
    file: str
    quote: str
    """Words that only that paragraph of the file holds."""
    claim: str
    label: str
    """`supported` or `unsupported`."""
    how: str
    """How it was made from the paragraph: `paraphrase`, `number`, `negation`, …"""


def load_claims(path: Path) -> tuple[Claim, ...]:
    """Read a file of claims.

    Raises:
        DatasetError: It is missing, empty or malformed; the message names file and line.
    """
    claims: dict[str, Claim] = {}
    for row in rows_of(path, _HINT):
        claim = _claim(row)
        if claim.id in claims:
            raise row.fault(f"the id {claim.id!r} was used before.", "Give each its own id.")
        claims[claim.id] = claim
    if not claims:
        raise DatasetError(f"{path}: holds no claims.", _HINT)
    return tuple(claims.values())


def _claim(row: Row) -> Claim:
    label = row.text("label")
    if label not in {SUPPORTED, UNSUPPORTED}:
        raise row.fault(f"`label` is {label!r}, neither {SUPPORTED!r} nor {UNSUPPORTED!r}.")
    return Claim(
        id=row.identifier("id"),
        file=row.text("file"),
        quote=row.text("quote"),
        claim=row.text("claim"),
        label=label,
        how=row.text_or_none("how") or label,
    )
