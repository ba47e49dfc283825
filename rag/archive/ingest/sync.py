"""Files → catalogue → indexes: one run, which costs nothing where nothing has changed."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rag.archive import Archive, chroma
from rag.archive.catalogue import ArticleWrite, CatalogueReader, CatalogueWriter, StoredArticle
from rag.archive.ingest.plan import SeenArticle, SyncPlan, plan_sync
from rag.archive.ingest.scan import Scan, canonical, citable, is_gone, scanned, where
from rag.models.embedder import Embedder, PassageVectors, mismatch
from rag.reading import Skipped, read_articles

_BATCH = 256
"""Paragraphs embedded and committed together: some seconds of work, 5 MB of rows."""
Progress = Callable[[str, int, int], None]
"""Told the stage (`read`, `embed`, `index`), how many are done, and of how many (0: unknown)."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, and what it left alone and why."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    renamed: int = 0
    removed: int = 0
    missing: tuple[str, ...] = ()
    """Articles whose file is gone; they stay unless pruned."""
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()
    """Articles that were taken under an assumption, such as their encoding."""
    embedded: int = 0
    """Paragraphs that needed a forward pass."""
    articles: int = 0
    """In the archive now."""
    paragraphs: int = 0
    """In the archive now, furniture not counted."""
    seconds: float = 0.0


class _Embedded(NamedTuple):
    batch: Sequence[ArticleWrite]
    vectors: Mapping[str, PassageVectors]
    fresh: int


class Ingestion:
    """One run of the write path; the caller holds the archive's writer lock.

    Files of more than `max_bytes` are skipped.
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
        """Bring the archive into agreement with files and folders.

        With `prune`, articles whose file is gone are removed.

        Raises:
            ArticleError: A path doesn't exist.
            CatalogueError: The catalogue is damaged.
            IndexMismatchError: The archive was made with another embedding.
            StorageError: The disk is full or can't be written.
        """
        started = time.perf_counter()
        places = [canonical(path) for path in paths]
        scan = scanned(places, self._max_bytes, lambda seen: self._progress("read", seen, 0))
        with closing(self._archive.writer()) as writer:
            catalogue = self._archive.catalogue
            self._check_fingerprint(catalogue, writer)
            plan = _plan(places, scan, catalogue)
            stored, embedded = self._apply(plan, catalogue, writer, scan)
            gone = [*plan.superseded, *(plan.missing if prune else ())]
            if gone:
                writer.remove([old.article_key for old in gone])
        self._archive.publish(partial(self._progress, "index"))
        articles, paragraphs = self._archive.catalogue.counts()
        return IngestReport(
            added=len(stored & plan.add.keys()),
            updated=len(stored & plan.replace.keys()),
            unchanged=plan.unchanged,
            renamed=len(plan.relabel),
            removed=len(gone),
            missing=() if prune else tuple(where(old.header) for old in plan.missing),
            skipped=(*scan.skipped, *_not_stored(plan, stored)),
            notes=tuple(scan.notes),
            embedded=embedded,
            articles=articles,
            paragraphs=paragraphs,
            seconds=time.perf_counter() - started,
        )

    def _check_fingerprint(self, catalogue: CatalogueReader, writer: CatalogueWriter) -> None:
        made_with = catalogue.fingerprint
        if made_with is None:
            writer.set_fingerprint(self._embedder.name)
        elif made_with != self._embedder.name:
            raise mismatch(self._archive.home, made_with, self._embedder.name)

    def _apply(
        self, plan: SyncPlan, catalogue: CatalogueReader, writer: CatalogueWriter, scan: Scan
    ) -> tuple[set[str], int]:
        """Return the ids of the articles stored, and how many paragraphs were embedded."""
        if plan.relabel:
            writer.relabel((key, seen.source, seen.header) for seen, key in plan.relabel)
        total = sum(scan.paragraphs[identity] for identity in (*plan.add, *plan.replace))
        stored = set[str]()
        embedded = indexed = 0
        for batch, vectors, fresh in self._embedded(_batched(self._changed(plan, scan)), catalogue):
            writer.store(batch, vectors)
            stored.update(write.parsed.article.header.article_id for write in batch)
            embedded += fresh
            indexed += sum(len(citable(write.parsed)) for write in batch)
            self._progress("embed", indexed, total)
        return stored, embedded

    def _embedded(
        self, batches: Iterable[list[ArticleWrite]], catalogue: CatalogueReader
    ) -> Iterator[_Embedded]:
        """Yield batches with their vectors; the next is read and embedded while one is stored."""
        worker = ThreadPoolExecutor(1, "embedding")
        try:
            current: Future[_Embedded] | None = None
            for batch in batches:
                coming = worker.submit(self._vectors, batch, catalogue)
                if current:
                    yield current.result()
                else:
                    chroma.load()  # while there is nothing else to do
                current = coming
            if current:
                yield current.result()
        finally:
            worker.shutdown(cancel_futures=True)

    def _changed(self, plan: SyncPlan, scan: Scan) -> Iterator[ArticleWrite]:
        wanted: dict[str, tuple[SeenArticle, int | None]] = {
            identity: (article, None) for identity, article in plan.add.items()
        }
        wanted.update(plan.replace)
        sources = {article.source.path: article.source for article, _ in wanted.values()}
        for source in sources.values():
            kept = scan.kept.pop(source.path, None)
            for item in kept or read_articles(source, max_bytes=self._max_bytes):
                if isinstance(item, Skipped):
                    continue
                header = item.article.header
                article, key = wanted.get(header.article_id, (None, None))
                # The same text may stand in another file, and twice in this one.
                if article and article.place == (str(source.path), header.record):
                    del wanted[header.article_id]
                    yield ArticleWrite(item, source, replaces=key)

    def _vectors(self, batch: Sequence[ArticleWrite], catalogue: CatalogueReader) -> _Embedded:
        paragraphs = {
            paragraph.paragraph_id: paragraph
            for write in batch
            for paragraph in citable(write.parsed)
        }
        vectors = catalogue.known_passages(paragraphs)
        # An earlier version may have cut the same text into other sentences.
        fresh = [
            paragraph
            for name, paragraph in paragraphs.items()
            if name not in vectors or len(vectors[name].sentences) != len(paragraph.sentences)
        ]
        for paragraph, passage in zip(fresh, self._embedder.passages(fresh), strict=True):
            vectors[paragraph.paragraph_id] = passage
        return _Embedded(batch, vectors, len(fresh))


def _plan(paths: Sequence[Path], scan: Scan, catalogue: CatalogueReader) -> SyncPlan:
    roots = [path for path in paths if path.is_dir()]
    files = {str(path) for path in paths}

    def in_scope(old: StoredArticle) -> bool:
        path = Path(old.path)
        given = old.path in files or any(path.is_relative_to(root) for root in roots)
        return given and (old.path in scan.read or is_gone(path))

    return plan_sync(
        scan.seen,
        catalogue.articles(),
        in_scope=in_scope,
        read=frozenset(scan.read),
        unreadable=frozenset(scan.unreadable),
        exists=lambda path: not is_gone(Path(path)),
        recut={
            identity
            for identity, count in catalogue.block_counts().items()
            if scan.blocks.get(identity, count) != count
        },
    )


def _not_stored(plan: SyncPlan, stored: set[str]) -> Iterator[Skipped]:
    for article, other in plan.duplicates:
        yield Skipped(where(article.header), f"it has the same text as {other}")
    for article in (*plan.add.values(), *(article for article, _ in plan.replace.values())):
        if article.header.article_id not in stored:
            yield Skipped(where(article.header), "it changed while it was read; ingest it again")


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
