"""The write path: bring the archive into agreement with files, incrementally and crash-safe.

Every step leaves a whole archive behind: articles are committed to the catalogue in transactions,
and the derived indexes are published as a new generation only when they are complete.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.archive import Archive
from rag.articles import ParsedArticle, Skipped, SourceFile, find_files, read_articles
from rag.catalogue import CatalogueReader, CatalogueWriter, StoredArticle
from rag.catalogue.writing import ArticleWrite
from rag.embedding import Embedder, PassageVectors
from rag.errors import IndexMismatchError
from rag.schema import Paragraph, ParagraphKind
from rag.sync_plan import SeenArticle, SyncPlan, plan_sync

_BATCH = 256
"""Paragraphs embedded and committed together: some seconds of work, 5 MB of rows."""

Progress = Callable[[str, int, int], None]
"""Told the stage (`read`, `embed`, `index`), how many are done, and of how many (0: unknown)."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, and what it left alone and why."""

    added: int
    updated: int
    unchanged: int
    renamed: int
    removed: int
    missing: tuple[str, ...]
    """Articles whose file is gone; they stay unless pruned."""
    skipped: tuple[Skipped, ...]
    notes: tuple[Skipped, ...]
    """Articles that were taken under an assumption, such as their encoding."""
    embedded: int
    """Paragraphs that needed a forward pass."""
    articles: int
    """In the archive now."""
    paragraphs: int
    """In the archive now, furniture not counted."""
    seconds: float


@dataclass(slots=True)
class _Scan:
    seen: list[SeenArticle]
    skipped: list[Skipped]
    notes: list[Skipped]
    unreadable: set[str]
    paragraphs: dict[str, int]


class Ingestion:
    """One run of the write path; the caller holds the archive's writer lock.

    Args:
        archive: The archive to write to.
        embedder: Makes the vectors.
        max_bytes: Larger files are skipped.
        progress: Told how far it is.
    """

    def __init__(
        self,
        archive: Archive,
        embedder: Embedder,
        *,
        max_bytes: int,
        progress: Progress | None = None,
    ) -> None:
        self._archive = archive
        self._embedder = embedder
        self._max_bytes = max_bytes
        self._progress = progress or (lambda stage, done, total: None)

    def run(self, paths: Sequence[Path], *, prune: bool = False) -> IngestReport:
        """Bring the archive into agreement with the paths.

        Args:
            paths: Files and folders.
            prune: Remove articles whose file is gone.

        Raises:
            ArticleError: A path doesn't exist.
            IndexMismatchError: The archive was made with another embedding.
            StorageError: The disk is full or can't be written.
        """
        started = time.perf_counter()
        scan = self._scan(paths)
        writer = CatalogueWriter(self._archive.catalogue_path)
        try:
            catalogue = CatalogueReader(self._archive.catalogue_path)
            self._check_fingerprint(catalogue, writer)
            plan = _plan(paths, scan, catalogue)
            embedded = self._apply(plan, scan, catalogue, writer, prune=prune)
            catalogue.close()
        finally:
            writer.close()
        self._archive.publish(lambda done, total: self._progress("index", done, total))
        return self._report(plan, scan, embedded, prune=prune, started=started)

    def _scan(self, paths: Sequence[Path]) -> _Scan:
        scan = _Scan([], [], [], set(), {})
        for found in find_files(paths):
            if isinstance(found, Skipped):
                scan.skipped.append(found)
                continue
            for item in read_articles(found, max_bytes=self._max_bytes):
                _note(scan, found, item)
                self._progress("read", len(scan.seen), 0)
        return scan

    def _check_fingerprint(self, catalogue: CatalogueReader, writer: CatalogueWriter) -> None:
        made_with = catalogue.fingerprint
        if made_with is None:
            writer.set_fingerprint(self._embedder.name)
        elif made_with != self._embedder.name:
            raise mismatch(self._archive.home, made_with, self._embedder.name)

    def _apply(
        self,
        plan: SyncPlan,
        scan: _Scan,
        catalogue: CatalogueReader,
        writer: CatalogueWriter,
        *,
        prune: bool,
    ) -> int:
        gone = [old.article_key for old in plan.superseded]
        if prune:
            gone += [old.article_key for old in plan.missing]
        if gone:
            writer.remove(gone)
        for article, key in plan.relabel:
            writer.relabel(key, article.source, article.header)
        total = sum(scan.paragraphs[identity] for identity in (*plan.add, *plan.replace))
        done = embedded = 0
        for batch in _batched(self._changed(plan)):
            vectors, fresh = self._vectors(batch, catalogue)
            writer.store(batch, vectors)
            embedded += fresh
            done += sum(len(_citable(write.parsed)) for write in batch)
            self._progress("embed", done, total)
        return embedded

    def _changed(self, plan: SyncPlan) -> Iterator[ArticleWrite]:
        wanted = {
            identity: (article, key)
            for identity, (article, key) in (
                *((identity, (article, None)) for identity, article in plan.add.items()),
                *plan.replace.items(),
            )
        }
        sources = {article.source.path: article.source for article, _ in wanted.values()}
        for source in sources.values():
            for item in read_articles(source, max_bytes=self._max_bytes):
                if isinstance(item, ParsedArticle):
                    article, key = wanted.get(item.article.header.article_id, (None, None))
                    if article and article.header.record == item.article.header.record:
                        yield ArticleWrite(item, source, replaces=key)

    def _vectors(
        self, batch: Sequence[ArticleWrite], catalogue: CatalogueReader
    ) -> tuple[Mapping[str, PassageVectors], int]:
        citable = {
            paragraph.paragraph_id: paragraph
            for write in batch
            for paragraph in _citable(write.parsed)
        }
        vectors = catalogue.known_passages(citable)
        fresh = [paragraph for name, paragraph in citable.items() if name not in vectors]
        for paragraph, passage in zip(fresh, self._embedder.passages(fresh), strict=True):
            vectors[paragraph.paragraph_id] = passage
        return vectors, len(fresh)

    def _report(
        self, plan: SyncPlan, scan: _Scan, embedded: int, *, prune: bool, started: float
    ) -> IngestReport:
        duplicates = [
            Skipped(_where(article), f"it has the same text as {other}")
            for article, other in plan.duplicates
        ]
        articles, paragraphs = self._archive.catalogue.counts()
        missing = [] if prune else [_stored_where(old) for old in plan.missing]
        return IngestReport(
            added=len(plan.add),
            updated=len(plan.replace),
            unchanged=plan.unchanged,
            renamed=len(plan.relabel),
            removed=len(plan.superseded) + (len(plan.missing) if prune else 0),
            missing=tuple(missing),
            skipped=(*scan.skipped, *duplicates),
            notes=tuple(scan.notes),
            embedded=embedded,
            articles=articles,
            paragraphs=paragraphs,
            seconds=time.perf_counter() - started,
        )


def mismatch(home: Path, made_with: str, now: str) -> IndexMismatchError:
    """Return the error for an archive whose vectors are another model's."""
    return IndexMismatchError(
        f"The archive {home} was made with the embedding {made_with}; the settings now say {now}.",
        "Set RAG_EMBEDDINGS back, choose another RAG_HOME, or run `rag ingest --rebuild PATH`.",
    )


def _plan(paths: Sequence[Path], scan: _Scan, catalogue: CatalogueReader) -> SyncPlan:
    roots = {str(path.absolute()) for path in paths if path.is_dir()}
    files = {str(path.absolute()) for path in paths}

    def in_scope(old: StoredArticle) -> bool:
        inside = any(Path(old.path).is_relative_to(root) for root in roots)
        return inside or old.path in files

    return plan_sync(
        scan.seen,
        catalogue.articles(),
        in_scope=in_scope,
        unreadable=frozenset(scan.unreadable),
        exists=lambda path: Path(path).exists(),
    )


def _note(scan: _Scan, source: SourceFile, item: ParsedArticle | Skipped) -> None:
    if isinstance(item, Skipped):
        scan.skipped.append(item)
        if item.where == source.name:
            scan.unreadable.add(str(source.path))
        return
    article = SeenArticle(source, item.article.header)
    scan.seen.append(article)
    scan.paragraphs[item.article.header.article_id] = len(_citable(item))
    scan.notes.extend(Skipped(_where(article), note) for note in item.notes)


def _citable(parsed: ParsedArticle) -> list[Paragraph]:
    return [block for block in parsed.paragraphs if block.kind is not ParagraphKind.FURNITURE]


def _batched(writes: Iterable[ArticleWrite]) -> Iterator[list[ArticleWrite]]:
    batch: list[ArticleWrite] = []
    paragraphs = 0
    for write in writes:
        batch.append(write)
        paragraphs += len(write.parsed.paragraphs)
        if paragraphs >= _BATCH:
            yield batch
            batch, paragraphs = [], 0
    if batch:
        yield batch


def _where(article: SeenArticle) -> str:
    record = article.header.record
    return article.header.file if record is None else f"{article.header.file}, {record}"


def _stored_where(old: StoredArticle) -> str:
    record = old.header.record
    return old.header.file if record is None else f"{old.header.file}, {record}"
