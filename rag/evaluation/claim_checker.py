"""The verifier as the evaluation sees it: a claim is checked against the paragraph it names."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.errors import BylineError
from rag.evaluation import Claim
from rag.reading import ParsedArticle, Skipped, find_files, read_articles
from rag.schema import ArticleHeader, Paragraph, ParagraphKind, Verdict
from rag.verification import Source, check

_Found = tuple[ArticleHeader, Paragraph]


class ClaimError(BylineError):
    """A claim names no paragraph, or more than one."""


class ClaimChecker:
    """Checks claims against the paragraphs of some articles; nothing is indexed.

    Args:
        paragraphs: The citable paragraphs, by the name of their file.
    """

    def __init__(self, paragraphs: Mapping[str, Sequence[_Found]]) -> None:
        self._paragraphs = paragraphs

    @classmethod
    def over(cls, paths: Sequence[Path], max_bytes: int) -> "ClaimChecker":
        """Read the articles of some files and folders.

        Raises:
            ArticleError: A path doesn't exist.
        """
        paragraphs: dict[str, list[_Found]] = defaultdict(list)
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

    def _named(self, claim: Claim) -> _Found:
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


def _citable(item: ParsedArticle) -> list[_Found]:
    header = item.article.header
    return [
        (header, block) for block in item.paragraphs if block.kind is not ParagraphKind.FURNITURE
    ]


def _normalised(text: str) -> str:
    return " ".join(text.split())
