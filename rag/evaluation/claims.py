"""Claims whose verdict is known, and the verifier that each is put to with its paragraph."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import BylineError
from rag.evaluation.lines import DatasetError, Row, rows_of
from rag.reading import ParsedArticle, Skipped, find_files, read_articles
from rag.schema import ArticleHeader, Paragraph, ParagraphKind, Verdict
from rag.verification import Source, check

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


_CitableParagraph = tuple[ArticleHeader, Paragraph]


class ClaimError(BylineError):
    """A claim names no paragraph, or more than one."""


class ClaimChecker:
    """Checks claims against the paragraphs of some articles; nothing is indexed.

    Args:
        paragraphs: The citable paragraphs, by the name of their file.
    """

    def __init__(self, paragraphs: Mapping[str, Sequence[_CitableParagraph]]) -> None:
        self._paragraphs = paragraphs

    @classmethod
    def over(cls, paths: Sequence[Path], max_bytes: int) -> "ClaimChecker":
        """Read the articles of some files and folders.

        Raises:
            ArticleError: A path doesn't exist.
        """
        paragraphs: dict[str, list[_CitableParagraph]] = defaultdict(list)
        for source in find_files(paths):
            if not isinstance(source, Skipped):
                for item in read_articles(source, max_bytes=max_bytes):
                    if isinstance(item, ParsedArticle):
                        paragraphs[source.name] += _citable(item)
        return cls(paragraphs)

    def __call__(self, claim: Claim) -> tuple[Verdict, str]:
        """Return verdict and reason.

        Raises:
            ClaimError: Its quotation is in none or in several of the file's paragraphs.
        """
        checked = check(claim.claim, [self.source(claim)])
        return checked.verdict, checked.reason

    def source(self, claim: Claim) -> Source:
        """Return the paragraph that a claim names.

        Raises:
            ClaimError: Its quotation is in none or in several of the file's paragraphs.
        """
        header, paragraph = self._named(claim)
        return Source(paragraph.text, header.title, header.outlet, header.published_at)

    def _named(self, claim: Claim) -> _CitableParagraph:
        if claim.file not in self._paragraphs:
            raise ClaimError(
                f"No article is named {claim.file!r}.", "Name its folder with --articles."
            )
        wanted = _normalised(claim.quote)
        found = [one for one in self._paragraphs[claim.file] if wanted in _normalised(one[1].text)]
        if len(found) != 1:
            raise ClaimError(
                f"{len(found)} paragraphs of {claim.file} hold {claim.quote!r}.",
                "Quote words that stand in one paragraph.",
            )
        return found[0]


def _citable(item: ParsedArticle) -> list[_CitableParagraph]:
    header = item.article.header
    return [
        (header, block) for block in item.paragraphs if block.kind is not ParagraphKind.FURNITURE
    ]


def _normalised(text: str) -> str:
    return " ".join(text.split())
