"""What reading has for its results."""

from dataclasses import dataclass
from pathlib import Path

from rag.schema import Article, Paragraph


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, and the name under which its articles are known."""

    path: Path
    root: str
    """The folder that was given (or the file's own folder), absolute."""
    name: str
    """The file's path below the root, with `/`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with its blocks, ready for the catalogue."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    """What the reader had to assume, such as an encoding."""
