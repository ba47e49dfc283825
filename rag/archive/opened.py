"""The archive in one folder, healed on opening.

What a killed ingestion left unpublished is published, what is damaged is rebuilt, and where
neither is possible (a full or read-only disk) search falls back to the catalogue alone.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rag.archive.views import View, close_view, open_makeshift, open_view
from rag.catalogue import CatalogueReader, CatalogueWriter
from rag.catalogue.database import empty
from rag.embedding import Floats
from rag.errors import BylineError, IndexDamagedError, SettingsError
from rag.generations import (
    Generation,
    Stamps,
    clear_unfinished,
    newest,
    newest_number,
    unchanged,
    unwritable,
    verify,
)
from rag.index_building import Keys, Progress, build_generation
from rag.lock import WriterLock

_GRACE_SECONDS = 60.0
"""How long a replaced view stays open for the questions that still use it."""
_RETRY_SECONDS = 4.0
"""How long search does without an up-to-date index before it tries to build one again."""
_RETRY_SHARE = 10.0
"""… and how many times longer than the last try took."""


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
        self._listener = notify or (lambda message: None)
        self._told = ""
        self._mutex = threading.RLock()
        self._view: View | None = None
        self._retired: list[tuple[float, View]] = []
        self._reader: CatalogueReader | None = None
        self._distrusted: set[int] = set()
        self._tried: tuple[float, int] = (0.0, 0)

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
                close_view(view)
            if self._view:
                close_view(self._view)
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
            if self.catalogue.is_empty:
                raise empty(self.catalogue_path)
            if self._view is None or not self._is_current(self._view):
                self._swap(self._reopened())
            if self._view is None:
                raise AssertionError("a view was just set")
            return self._view

    def publish(self, progress: Progress | None = None) -> None:
        """Publish a generation for the catalogue's present state; the caller holds the lock.

        Raises:
            StorageError: The disk is full or can't be written.
        """
        base = self._base()
        if base is None or not self._agrees(base):
            view = self._built(base, progress)
            with self._mutex:
                self._swap(view)

    def nearest(self, view: View, vector: Floats, limit: int) -> tuple[Keys, Floats]:
        """Return the keys of the paragraphs nearest to a vector, best first, and the cosines."""
        if view.vectors is not None:
            try:
                return view.vectors.nearest(vector, limit)
            except IndexDamagedError as error:
                self.distrust(view, error)
        return self.nearest_among(vector, self.catalogue.stamped_keys()[:, 0], limit)

    def nearest_among(self, vector: Floats, keys: Keys, limit: int) -> tuple[Keys, Floats]:
        """Return the nearest of some paragraphs, by exact search of the catalogue's vectors."""
        found, vectors = self.catalogue.vectors(keys)
        if not found.size:
            return found, np.zeros(0, np.float32)
        cosines = vectors @ vector
        order = np.argsort(-cosines, kind="stable")[:limit]
        return found[order], cosines[order]

    def distrust(self, view: View, error: IndexDamagedError) -> None:
        """Note that a view failed while it was used: the next one is built from the catalogue."""
        self._notify(f"{error.message} {error.hint}")
        with self._mutex:
            if view.generation is not None:
                self._distrusted.add(view.generation.number)
            if self._view is view:
                self._swap(None)

    def _is_current(self, view: View) -> bool:
        number = newest_number(self.index_folder)
        if view.makeshift or view.generation is None:
            retry_at, seen = self._tried
            return time.monotonic() < retry_at and number == seen
        if number != view.generation.number or not unchanged(view.generation, view.stamps):
            return False
        if self._agrees(view.generation):
            return True
        # An ingestion that is under way has not published yet: what is open stays good.
        return WriterLock(self.lock_path).is_held()

    def _agrees(self, generation: Generation) -> bool:
        seal, catalogue = generation.seal, self.catalogue
        return (seal.revision, seal.catalogue_id) == (catalogue.revision, catalogue.catalogue_id)

    def _reopened(self) -> View:
        view = self._opened_newest()
        if view is not None:
            return view
        started = time.monotonic()
        try:
            lock = WriterLock(self.lock_path)
            if lock.try_acquire():
                with lock:
                    # Whoever held the lock until now may have published.
                    return self._opened_newest() or self._built(self._base(), None)
        except BylineError as error:
            self._notify(f"{error.message} Searching what is there.")
        pause = max(_RETRY_SECONDS, _RETRY_SHARE * (time.monotonic() - started))
        self._tried = (time.monotonic() + pause, newest_number(self.index_folder))
        found = self._sound_generation()
        base = found[0] if found else None
        trusted = base is not None and base.number not in self._distrusted
        return open_makeshift(base, self.catalogue, self._chroma_url, with_vectors=trusted)

    def _opened_newest(self) -> View | None:
        found = self._sound_generation()
        if found is None or not self._agrees(found[0]) or found[0].number in self._distrusted:
            return None
        try:
            return open_view(*found, self.catalogue, self._chroma_url)
        except IndexDamagedError as error:
            self._distrusted.add(found[0].number)
            self._notify(f"{error.message} {error.hint}")
        except SettingsError as error:
            self._notify(error.message)
        return None

    def _base(self) -> Generation | None:
        found = self._sound_generation()
        return found[0] if found and found[0].number not in self._distrusted else None

    def _built(self, base: Generation | None, progress: Progress | None) -> View:
        clear_unfinished(self.index_folder)
        if base is not None:
            try:
                return self._build(base, progress)
            except IndexDamagedError as error:
                self._notify(f"{error.message} {error.hint}")
        try:
            return self._build(None, progress)
        except IndexDamagedError as error:
            # Nothing in it is old, so it is the disk that fails.
            raise unwritable(self.index_folder, error.message) from error

    def _build(self, base: Generation | None, progress: Progress | None) -> View:
        url, catalogue = self._chroma_url, self.catalogue
        generation = build_generation(
            self.index_folder, catalogue, base, chroma_url=url, progress=progress
        )
        self._distrusted.clear()
        self._told = ""
        return open_view(generation, verify(generation, thorough=False), catalogue, url)

    def _sound_generation(self) -> tuple[Generation, Stamps] | None:
        try:
            generation = newest(self.index_folder)
            if generation is None:
                return None
            stamps = verify(generation)
        except IndexDamagedError as error:
            self._notify(f"{error.message} {error.hint}")
            return None
        seal, catalogue = generation.seal, self.catalogue
        origin = catalogue.catalogue_id, catalogue.fingerprint or ""
        if (seal.catalogue_id, seal.fingerprint) != origin:
            self._notify(f"The index {generation.folder} belongs to another archive. Rebuilding.")
            return None
        return generation, stamps

    def _notify(self, message: str) -> None:
        # The same generation is looked at again once the lock is held.
        if message != self._told:
            self._told = message
            self._listener(message)

    def _swap(self, view: View | None) -> None:
        now = time.monotonic()
        if self._view is not None and self._view is not view:
            self._retired.append((now, self._view))
        for retired_at, old in self._retired[:]:
            if now - retired_at > _GRACE_SECONDS:
                close_view(old)
                self._retired.remove((retired_at, old))
        self._view = view
