"""What the files hold: read once, and kept as far as the memory for it goes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.archive.ingest.plan import SeenArticle
from rag.reading import ParsedArticle, Skipped, SourceFile, find_files, read_articles
from rag.schema import ArticleHeader, Paragraph

_KEPT_CHARACTERS = 8_000_000
"""Of articles that need not be read again when they are stored: about 40 MB with their blocks."""


@dataclass(slots=True)
class Scan:
    """What the files hold."""

    seen: list[SeenArticle] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    """Paths of all files that were opened."""
    unreadable: set[str] = field(default_factory=set)
    """Paths of files that could not be read, or not wholly: nothing of theirs is removed."""
    paragraphs: dict[str, int] = field(default_factory=dict)
    """How many are citable, by article id."""
    blocks: dict[str, int] = field(default_factory=dict)
    """How many there are with the furniture, by article id."""
    kept: dict[Path, list[ParsedArticle]] = field(default_factory=dict)
    """The articles of those files that need not be read again."""
    room: int = field(default_factory=lambda: _KEPT_CHARACTERS)
    """How many characters may still be kept."""

    def take(self, source: SourceFile, items: Iterable[ParsedArticle | Skipped]) -> None:
        """Take down all that a file holds, and keep it if there is room for all of it."""
        kept, room = list[ParsedArticle](), self.room
        for item in items:
            self.note(source, item)
            if isinstance(item, ParsedArticle) and room >= 0:
                kept.append(item)
                room -= len(item.article.text)
        if room >= 0:
            self.kept[source.path], self.room = kept, room

    def note(self, source: SourceFile, item: ParsedArticle | Skipped) -> None:
        """Take down one thing that a file holds."""
        if isinstance(item, Skipped):
            self.skipped.append(item)
            if not _is_empty(source.path):
                self.unreadable.add(str(source.path))
            return
        header = item.article.header
        self.seen.append(SeenArticle(source, header))
        self.paragraphs[header.article_id] = len(citable(item))
        self.blocks[header.article_id] = len(item.paragraphs)
        self.notes.extend(Skipped(where(header), note) for note in item.notes)


def scanned(paths: Sequence[Path], max_bytes: int, progress: Callable[[int], None]) -> Scan:
    """Read every file of some canonical paths, each once; `progress` hears the articles seen.

    Raises:
        ArticleError: A path doesn't exist.
    """
    scan = Scan()
    for found in find_files(paths):
        if isinstance(found, Skipped):
            scan.skipped.append(found)
        elif str(found.path) not in scan.read:
            scan.read.add(str(found.path))
            scan.take(found, read_articles(found, max_bytes=max_bytes))
            progress(len(scan.seen))
    return scan


def is_gone(path: Path) -> bool:
    """Tell whether a file is certainly not there; in a folder that can't be read, nobody knows."""
    try:
        path.lstat()
    except OSError as error:
        return isinstance(error, FileNotFoundError | NotADirectoryError)
    return False


def _is_empty(path: Path) -> bool:
    # Nothing was kept from us there: whatever it held is gone.
    try:
        return path.stat().st_size == 0
    except OSError:
        return False


def canonical(path: Path) -> Path:
    """Return a path under the one name by which its articles are known."""
    # Links that are given are followed to the folder, never to the file: it may lead anywhere.
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def citable(parsed: ParsedArticle) -> list[Paragraph]:
    """Return the paragraphs that are indexed."""
    return [block for block in parsed.paragraphs if block.is_citable]


def where(header: ArticleHeader) -> str:
    """Return where an article stands, for a reader of the report."""
    return header.file if header.record is None else f"{header.file}, {header.record}"
