"""The articles of a benchmark as every system gets them: read once, by Byline's own readers."""

from dataclasses import dataclass
from pathlib import Path

from bench.faults import BenchError
from rag.reading import Skipped, find_files, read_articles
from rag.schema import ArticleHeader, Paragraph, ParagraphKind

_MAX_BYTES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """One article: its whole text for splitters, its paragraphs for those who take them."""

    header: ArticleHeader
    text: str
    paragraphs: tuple[Paragraph, ...]
    """What Byline indexes: all but furniture."""

    @property
    def body(self) -> tuple[Paragraph, ...]:
        """The paragraphs that carry the text, for systems that don't know a headline by itself.

        As paragraphs of their own, headlines would come first for every question about their
        article: that costs vectors of paragraphs 7 points of recall@1 on squad-a.
        """
        return tuple(one for one in self.paragraphs if one.kind is ParagraphKind.BODY)


def read_sources(path: Path) -> list[Source]:
    """Read a file or folder of articles.

    Raises:
        BenchError: There is no article in it.
    """
    sources = [
        Source(
            parsed.article.header,
            parsed.article.text,
            tuple(one for one in parsed.paragraphs if one.kind is not ParagraphKind.FURNITURE),
        )
        for file in find_files([path])
        if not isinstance(file, Skipped)
        for parsed in read_articles(file, max_bytes=_MAX_BYTES)
        if not isinstance(parsed, Skipped)
    ]
    if not sources:
        raise BenchError(f"There are no articles in {path}.", "Name a folder with ARTICLES=folder.")
    return sources


def distinct_texts(sources: list[Source]) -> list[str]:
    """Return each paragraph's text once, as an ingestion embeds them."""
    return list(dict.fromkeys(one.text for source in sources for one in source.paragraphs))
