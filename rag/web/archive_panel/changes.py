"""Adding dropped files to the archive, and removing an article from it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from rag.archive.catalogue import StoredArticle
from rag.archive.ingest import IngestReport, Progress
from rag.errors import ArticleError, StorageError
from rag.factory import Byline
from rag.reading.finding import TAKEN_SUFFIXES

MOST_FILES = 20
"""At once; a folder of thousands is for `rag ingest`."""
_LONGEST_STEM = 40


@dataclass(frozen=True, slots=True)
class Added:
    """What became of dropped files."""

    report: IngestReport | None
    refused: tuple[tuple[str, str], ...]
    """File name and reason, of those that were not even tried."""
    names: dict[str, str]
    """Our copies' names → the names that the user knows."""

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield each file that was not taken, or taken with a doubt, by the user's name: why."""
        yield from self.refused
        if self.report:
            for skipped in (*self.report.skipped, *self.report.notes):
                name, _, record = skipped.where.partition(", ")
                known = self.names.get(Path(name).name, name)
                yield (f"{known}, {record}" if record else known), skipped.reason


def add(byline: Byline, files: Sequence[Path], progress: Progress) -> Added:
    """Copy files into the archive's own folder and ingest them; the rest of the archive stays."""
    refused, names = list[tuple[str, str]](), dict[str, str]()
    for path in files:
        if reason := _refusal(path, len(names), byline.settings.max_upload_mb):
            refused.append((path.name, reason))
        else:
            names[_copy(path, byline.added)] = path.name
    copies = [byline.added / name for name in names]
    report = byline.ingest(copies, progress=progress) if copies else None
    return Added(report, tuple(refused), names)


def remove(byline: Byline, article_id: str) -> StoredArticle:
    """Remove an article from the archive, and our copy of its file when nothing else is in it.

    Raises:
        ArticleError: It isn't there.
    """
    article = byline.archive.catalogue.stored_article(article_id)
    if article is None:
        raise ArticleError("This article is no longer in the archive.", "Nothing was removed.")
    byline.remove([article])
    return article


def _refusal(path: Path, taken: int, most_mb: float) -> str | None:
    if taken == MOST_FILES:
        return f"only {MOST_FILES} files are taken at once; for folders there is `rag ingest`"
    if path.suffix.lower() not in TAKEN_SUFFIXES:
        return f"its type is not among {', '.join(sorted(TAKEN_SUFFIXES))}"
    if path.stat().st_size > most_mb * 1_000_000:
        return f"it is larger than {most_mb:g} MB (RAG_MAX_UPLOAD_MB)"
    return None


def _copy(path: Path, folder: Path) -> str:
    """Copy a file under a name of our own: the harmless part of its name, and its hash."""
    try:
        content = path.read_bytes()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest = blake2b(content, digest_size=5).hexdigest()
        name = f"{_slug(path.stem)}-{digest}{path.suffix.lower()}"
        copy = folder / name
        if not copy.exists():
            partial = folder / f".{name}.part"
            partial.write_bytes(content)
            partial.chmod(0o600)
            partial.replace(copy)
    except OSError as error:
        raise StorageError(
            f"{path.name} could not be copied: {error.strerror}.",
            "Make room or mend the permissions of RAG_HOME.",
        ) from error
    return name


def _slug(stem: str) -> str:
    bare = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", bare)[:_LONGEST_STEM].strip("-") or "article"
