"""Claims whose verdict is known, and the verifier that each is put to with its paragraph."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import BylineError
from rag.evaluation.lines import DatasetError, Row, all_of, parsed_once
from rag.evaluation.metrics import squeeze
from rag.reading import ParsedArticle, Skipped, find_files, read_articles
from rag.schema import Verdict
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
    claims = all_of(parsed_once(path, _HINT, _claim))
    if not claims:
        raise DatasetError(f"{path}: holds no claims.", _HINT)
    return claims


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


class ClaimError(BylineError):
    """A claim names no paragraph, or more than one."""


class ClaimChecker:
    """Checks claims against the paragraphs of some articles; nothing is indexed.

    Args:
        paths: The files and folders of the articles.
        max_bytes: Larger files are passed over.

    Raises:
        ArticleError: A path doesn't exist.
    """

    def __init__(self, paths: Sequence[Path], max_bytes: int) -> None:
        self._sources: defaultdict[str, list[Source]] = defaultdict(list)
        for file in find_files(paths):
            if not isinstance(file, Skipped):
                for item in read_articles(file, max_bytes=max_bytes):
                    if isinstance(item, ParsedArticle):
                        self._sources[file.name] += _citable(item)

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
        if claim.file not in self._sources:
            raise ClaimError(
                f"No article is named {claim.file!r}.", "Name its folder with --articles."
            )
        wanted = squeeze(claim.quote)
        found = [source for source in self._sources[claim.file] if wanted in squeeze(source.text)]
        if len(found) != 1:
            raise ClaimError(
                f"{len(found)} paragraphs of {claim.file} hold {claim.quote!r}.",
                "Quote words that stand in one paragraph.",
            )
        return found[0]


def _citable(item: ParsedArticle) -> list[Source]:
    header = item.article.header
    return [
        Source(block.text, header.title, header.outlet, header.published_at)
        for block in item.paragraphs
        if block.is_citable
    ]
