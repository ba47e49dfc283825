"""An opened archive: the catalogue and the newest sound generation of its indexes.

Opening heals: what a killed ingestion left unpublished is published, what is damaged is rebuilt,
and where neither is possible (a full or read-only disk) search falls back to the catalogue alone.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.catalogue import CatalogueReader
from rag.embedding import Floats
from rag.errors import ArchiveEmptyError, BylineError, IndexDamagedError
from rag.generations import Generation, clear_unfinished, newest, newest_number, verify
from rag.index_building import (
    CHROMA,
    TERMS,
    Keys,
    Progress,
    build_generation,
    check_sample,
    collection_name,
    indexed_keys,
)
from rag.lock import WriterLock
from rag.term_index import TermIndex
from rag.vector_index import VectorIndex, open_folder, open_server

_GRACE_SECONDS = 60.0
"""How long a replaced view stays open for the questions that still use it."""

_RETRY_SECONDS = 5.0
"""How long search does without an index before it tries to build one again."""


@dataclass(frozen=True, slots=True)
class View:
    """One generation, opened; without indexes it searches the catalogue itself."""

    generation: Generation | None
    vectors: VectorIndex | None
    terms: TermIndex | None


class Archive:
    """The archive in one folder; safe to use from many threads.

    Args:
        home: The folder, `RAG_HOME`.
        chroma_url: A Chroma server that holds the vectors instead of the folder.
        notify: Told in one line what was healed, or what could not be.
    """

    def __init__(
        self,
        home: Path,
        *,
        chroma_url: str | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self.home = home
        self._chroma_url = chroma_url
        self._notify = notify or (lambda message: None)
        self._mutex = threading.Lock()
        self._view: View | None = None
        self._retired: list[tuple[float, View]] = []
        self._reader: CatalogueReader | None = None
        self._retry_at = 0.0

    @property
    def catalogue_path(self) -> Path:
        """The SQLite file."""
        return self.home / "catalogue.sqlite3"

    @property
    def lock_path(self) -> Path:
        """The writer lock."""
        return self.home / "writer.lock"

    @property
    def index_folder(self) -> Path:
        """Where the generations lie."""
        return self.home / "index"

    @property
    def catalogue(self) -> CatalogueReader:
        """The catalogue, for reading.

        Raises:
            ArchiveEmptyError: Nothing has been ingested yet.
        """
        if self._reader is None:
            if not self.catalogue_path.exists():
                raise ArchiveEmptyError(
                    f"There is no archive in {self.home} yet.",
                    "Run `rag ingest PATH` with a folder of articles first.",
                )
            self._reader = CatalogueReader(self.catalogue_path)
        return self._reader

    def close(self) -> None:
        """Release all files."""
        with self._mutex:
            for _, view in self._retired:
                _close(view)
            if self._view:
                _close(self._view)
            if self._reader:
                self._reader.close()
            self._view, self._reader, self._retired = None, None, []

    def view(self) -> View:
        """Return the newest state of the archive, opened; heals it where it has to.

        Raises:
            ArchiveEmptyError: Nothing has been ingested yet.
            CatalogueError: The catalogue is damaged.
        """
        with self._mutex:
            if self._view is None or not self._is_current(self._view):
                self._swap(self._reopened())
            if self._view is None:
                raise AssertionError("a view was just set")
            return self._view

    def publish(self, progress: Progress | None = None) -> None:
        """Publish a generation for the catalogue's present state; the caller holds the lock."""
        clear_unfinished(self.index_folder)
        base = self._sound_generation()
        if base is not None and base.seal.revision == self.catalogue.revision:
            return
        view = self._built(base, progress)
        with self._mutex:
            self._swap(view)

    def nearest(self, view: View, vector: Floats, limit: int) -> tuple[Keys, Floats]:
        """Return the keys of the paragraphs nearest to a vector, best first, and the cosines."""
        if view.vectors is not None:
            try:
                return view.vectors.nearest(vector, limit)
            except IndexDamagedError as error:
                self._distrust(view, error)
        return self.nearest_among(vector, self.catalogue.stamped_keys()[:, 0], limit)

    def nearest_among(self, vector: Floats, keys: Keys, limit: int) -> tuple[Keys, Floats]:
        """Return the nearest of some paragraphs, by exact search of the catalogue's vectors."""
        found, vectors = self.catalogue.vectors(keys)
        if not found.size:
            return found, np.zeros(0, np.float32)
        cosines = vectors @ vector
        order = np.argsort(-cosines, kind="stable")[:limit]
        return found[order], cosines[order]

    def _is_current(self, view: View) -> bool:
        number, revision = newest_number(self.index_folder), self.catalogue.revision
        if view.generation is None:
            return time.monotonic() < self._retry_at
        if number != view.generation.number:
            return False
        try:
            verify(view.generation)
        except IndexDamagedError:
            return False
        # An ingestion that is under way has not published yet: what is open stays good.
        return view.generation.seal.revision == revision or self._writer_is_busy()

    def _writer_is_busy(self) -> bool:
        lock = WriterLock(self.lock_path)
        try:
            free = lock.try_acquire()
        except BylineError:
            return True
        lock.release()
        return not free

    def _reopened(self) -> View:
        base = self._sound_generation()
        if base is not None and base.seal.revision == self.catalogue.revision:
            try:
                return self._opened(base)
            except IndexDamagedError as error:
                self._notify(f"{error.message} Rebuilding it from the catalogue.")
                base = None
        lock = WriterLock(self.lock_path)
        try:
            if lock.try_acquire():
                with lock:
                    return self._built(base, None)
        except BylineError as error:
            self._notify(f"{error.message} Searching without an index.")
        return self._makeshift(base)

    def _makeshift(self, base: Generation | None) -> View:
        self._retry_at = time.monotonic() + _RETRY_SECONDS
        if base is not None:
            try:
                return self._opened(base)
            except IndexDamagedError:
                return View(None, None, None)
        return View(None, None, None)

    def _built(self, base: Generation | None, progress: Progress | None) -> View:
        try:
            generation = self._build(base, progress)
        except IndexDamagedError:
            if base is None:
                raise
            generation = self._build(None, progress)
        return self._opened(generation)

    def _build(self, base: Generation | None, progress: Progress | None) -> Generation:
        return build_generation(
            self.index_folder, self.catalogue, base, chroma_url=self._chroma_url, progress=progress
        )

    def _sound_generation(self) -> Generation | None:
        try:
            generation = newest(self.index_folder)
            if generation is None:
                return None
            verify(generation)
        except IndexDamagedError as error:
            self._notify(f"{error.message} Rebuilding it from the catalogue.")
            return None
        seal = generation.seal
        if seal.catalogue_id != self.catalogue.catalogue_id or seal.fingerprint != (
            self.catalogue.fingerprint or ""
        ):
            self._notify(f"The index {generation.folder} belongs to another archive. Rebuilding.")
            return None
        return generation

    def _opened(self, generation: Generation) -> View:
        if self._chroma_url:
            name = collection_name(self.catalogue.catalogue_id)
            vectors = open_server(self._chroma_url, name)
        else:
            vectors = open_folder(generation.folder / CHROMA)
        try:
            keys = indexed_keys(generation)
            if generation.seal.revision == self.catalogue.revision:
                check_sample(vectors, self.catalogue, keys)
            terms = TermIndex(generation.folder / TERMS)
            if len(terms) != keys.size:
                raise IndexDamagedError(
                    f"The term index holds {len(terms)} paragraphs, not {keys.size}.",
                    "It is rebuilt from the catalogue.",
                )
        except IndexDamagedError:
            vectors.close()
            raise
        return View(generation, vectors, terms)

    def _distrust(self, view: View, error: IndexDamagedError) -> None:
        self._notify(error.message)
        with self._mutex:
            if self._view is view:
                self._swap(None)

    def _swap(self, view: View | None) -> None:
        now = time.monotonic()
        if self._view is not None and self._view is not view:
            self._retired.append((now, self._view))
        for retired_at, old in self._retired[:]:
            if now - retired_at > _GRACE_SECONDS:
                _close(old)
                self._retired.remove((retired_at, old))
        self._view = view


def _close(view: View) -> None:
    if view.vectors is not None:
        try:
            view.vectors.close()
        except Exception:  # noqa: BLE001, S110  # a damaged index may fail to close; it is gone anyway
            pass
