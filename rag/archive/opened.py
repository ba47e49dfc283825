"""The archive in one folder, repaired on opening.

What a killed ingestion left unpublished is published, what is damaged is rebuilt, and where
neither is possible (a full or read-only disk) search falls back to the catalogue alone.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rag.archive.building import Progress
from rag.archive.catalogue import (
    EVERY_ARTICLE,
    ArticleFilter,
    CatalogueReader,
    CatalogueWriter,
    Keys,
)
from rag.archive.catalogue.database import empty
from rag.archive.generations import newest_number, unchanged
from rag.archive.lock import WriterLock
from rag.archive.private import INDEX, make_private
from rag.archive.recovery import IndexRecovery
from rag.archive.views import View
from rag.errors import IndexDamagedError
from rag.models.after_fork import renew_in_child
from rag.models.embedder import Floats

_GRACE_SECONDS = 60.0
"""How long a replaced view stays open for the questions that still use it."""


class Archive:
    """The archive in one folder; safe to use from many threads.

    Args:
        home: The folder, `RAG_HOME`.
        chroma_url: A Chroma server that holds the vectors instead of the folder.
        notify: Told in one line what was rebuilt, or what could not be.
    """

    def __init__(
        self,
        home: Path,
        *,
        chroma_url: str | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self.home = home
        self.catalogue_path = home / "catalogue.sqlite3"
        self.lock_path = home / "writer.lock"
        self.index_folder = home / INDEX
        """Where the generations lie."""
        self._chroma_url = chroma_url
        self._notify = notify or (lambda message: None)
        self.begin()
        renew_in_child(self)

    def begin(self) -> None:
        """Open everything anew when it is next asked for; see `rag.models.after_fork`."""
        self._mutex = threading.RLock()
        self._view: View | None = None
        self._retired: list[tuple[float, View]] = []
        self._reader: CatalogueReader | None = None
        self._recovery = IndexRecovery(
            self.index_folder, self.lock_path, self._chroma_url, self._notify
        )

    @property
    def catalogue(self) -> CatalogueReader:
        """The catalogue, for reading.

        Raises:
            ArchiveEmptyError: Nothing has been ingested yet.
        """
        with self._mutex:
            if self._reader is None:
                self._reader = CatalogueReader(self.catalogue_path)
            return self._reader

    def writer(self) -> CatalogueWriter:
        """Open the catalogue for writing; the caller holds the lock.

        Raises:
            CatalogueError: It is damaged.
            StorageError: It can't be written.
        """
        with self._mutex:
            # What SQLite once opened on a read-only disk stays read-only for the whole process.
            if self._reader:
                self._reader.close()
        return CatalogueWriter(self.catalogue_path)

    def close(self) -> None:
        """Release all files."""
        with self._mutex:
            for _, view in self._retired:
                view.close()
            if self._view:
                self._view.close()
            if self._reader:
                self._reader.close()
            self._view, self._reader, self._retired = None, None, []

    def view(self) -> View:
        """Return the newest state of the archive, opened; repairs it where it has to.

        Raises:
            ArchiveEmptyError: Nothing has been ingested yet.
            CatalogueError: The catalogue is damaged.
        """
        with self._mutex:
            view = self._view
            if view is None or not self._is_current(view):
                if self.catalogue.is_empty:
                    raise empty(self.catalogue_path)
                view = self._recovery.open_newest(self.catalogue)
                self._swap(view)
                make_private(self.home, INDEX)
            return view

    def publish(self, progress: Progress | None = None) -> None:
        """Publish a generation for the catalogue's present state; the caller holds the lock.

        Raises:
            StorageError: The disk is full or can't be written.
        """
        base = self._recovery.sound_base(self.catalogue)
        if base is None or not base.is_of(self.catalogue.state):
            view = self._recovery.build(self.catalogue, progress)
            with self._mutex:
                self._swap(view)
                if self.catalogue.is_empty:
                    self._swap(None)

    def nearest(self, view: View, vector: Floats, limit: int) -> tuple[Keys, Floats]:
        """Return the keys of the paragraphs nearest to a vector, best first, and the cosines."""
        if view.vectors is not None:
            try:
                return view.vectors.nearest(vector, limit)
            except IndexDamagedError as error:
                self.mark_damaged(view, error)
        return self.nearest_among(vector, EVERY_ARTICLE, limit)

    def nearest_among(self, vector: Floats, only: ArticleFilter, limit: int) -> tuple[Keys, Floats]:
        """Return the nearest paragraphs of some articles, by exact search of the catalogue."""
        best, cosines = np.zeros(0, np.int64), np.zeros(0, np.float32)
        for keys, vectors in self.catalogue.all_vectors(only):
            best = np.concatenate([best, keys])
            cosines = np.concatenate([cosines, vectors @ vector])
            order = np.lexsort((best, -cosines))[:limit]
            best, cosines = best[order], cosines[order]
        return best, cosines

    def mark_damaged(self, view: View, error: IndexDamagedError) -> None:
        """Note that a view failed while it was used: the next one is built from the catalogue."""
        with self._mutex:
            if view.generation is not None:
                self._recovery.mark_damaged(view.generation, error)
            if self._view is view:
                self._swap(None)

    def _is_current(self, view: View) -> bool:
        if view.degraded or view.generation is None:
            return not self._recovery.retry_is_due()
        is_newest = newest_number(self.index_folder) == view.generation.number
        if not is_newest or not unchanged(view.stamps):
            return False
        # An ingestion that is under way has not published yet: what is open stays good.
        return view.generation.is_of(self.catalogue.state) or WriterLock(self.lock_path).is_held()

    def _swap(self, view: View | None) -> None:
        now = time.monotonic()
        if self._view is not None and self._view is not view:
            self._retired.append((now, self._view))
        while self._retired and now - self._retired[0][0] > _GRACE_SECONDS:
            self._retired.pop(0)[1].close()
        self._view = view
