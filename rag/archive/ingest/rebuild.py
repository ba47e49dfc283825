"""New vectors for every stored article, from the catalogue's own text: for another embedding."""

import time
from contextlib import closing
from functools import partial
from pathlib import Path

from rag.archive import Archive
from rag.archive.catalogue import CatalogueReader, CatalogueWriter
from rag.archive.catalogue.database import damaged
from rag.archive.ingest.sync import IngestReport, Progress
from rag.models.embedder import Embedder

_BATCH = 256
_ASIDE = "catalogue.rebuilding.sqlite3"


def rebuild(archive: Archive, embedder: Embedder, progress: Progress | None = None) -> IngestReport:
    """Embed every stored article anew; the caller holds the archive's writer lock.

    The work is done in a copy, which takes the place of the catalogue in one transaction at the
    end: killed midway, the archive is what it was. Articles and all ids stay as they are.

    Raises:
        ArchiveEmptyError: Nothing has been ingested yet.
        CatalogueError: The catalogue is damaged.
        StorageError: The disk is full or can't be written.
    """
    started = time.perf_counter()
    report = progress or (lambda stage, done, total: None)
    if fault := archive.catalogue.check():
        raise damaged(archive.catalogue_path, fault)
    aside = archive.home / _ASIDE
    _remove(aside)
    try:
        _copy(archive.catalogue_path, aside)
        embedded = _embed(aside, embedder, report)
        _copy(aside, archive.catalogue_path)
    finally:
        _remove(aside)
    archive.publish(partial(report, "index"))
    articles, paragraphs = archive.catalogue.counts()
    return IngestReport(
        updated=articles,
        embedded=embedded,
        articles=articles,
        paragraphs=paragraphs,
        seconds=time.perf_counter() - started,
    )


def _embed(aside: Path, embedder: Embedder, report: Progress) -> int:
    with closing(CatalogueReader(aside)) as reader, closing(CatalogueWriter(aside)) as writer:
        keys = reader.stamped_keys()[:, 0]
        writer.forget_vectors(embedder.name)
        for start in range(0, keys.size, _BATCH):
            stored = list(reader.paragraphs(keys[start : start + _BATCH]).values())
            passages = embedder.passages([place.paragraph for place in stored])
            writer.put_vectors(zip((place.key for place in stored), passages, strict=True))
            report("embed", min(start + _BATCH, keys.size), keys.size)
    return int(keys.size)


def _copy(source: Path, target: Path) -> None:
    with closing(CatalogueWriter(source)) as writer:
        writer.copy_to(target)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
