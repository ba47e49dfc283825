"""From what lies in the index folder to a view that agrees with the catalogue."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.archive.building import Progress, build_generation, documents
from rag.archive.catalogue import CatalogueReader
from rag.archive.generations import (
    Generation,
    Stamps,
    clear_unfinished,
    newest,
    newest_number,
    unwritable,
    verify,
)
from rag.archive.lock import WriterLock
from rag.archive.terms import TermIndex
from rag.archive.views import View, open_degraded, open_view
from rag.errors import BylineError, IndexDamagedError, SettingsError

_RETRY_SECONDS = 4.0
"""How long search does without an up-to-date index before it tries to build one again …"""
_RETRY_SHARE = 10.0
"""… and how many times longer than the last try took."""


class IndexRecovery:
    """Opens the newest generation, and builds the next one where that is not sound."""

    def __init__(
        self,
        index_folder: Path,
        lock_path: Path,
        chroma_url: str | None,
        notify: Callable[[str], None],
    ) -> None:
        self._index_folder = index_folder
        self._lock_path = lock_path
        self._chroma_url = chroma_url
        self._callback = notify
        self._last_notice = ""
        self._damaged: set[int] = set()
        self._retry_at = 0.0
        self._seen = 0
        self._in_memory: tuple[tuple[int, str], TermIndex] | None = None
        self._mutex = threading.Lock()

    def open_newest(self, catalogue: CatalogueReader) -> View:
        """Return the newest view that can be had, rebuilding what can be rebuilt."""
        if view := self._open_agreeing(catalogue):
            return view
        started = time.monotonic()
        try:
            lock = WriterLock(self._lock_path)
            if lock.try_acquire():
                with lock:
                    # Whoever held the lock until now may have published.
                    return self._open_agreeing(catalogue) or self.build(catalogue, None)
        except BylineError as error:
            self._notify(f"{error.message} Searching what is there.")
        pause = max(_RETRY_SECONDS, _RETRY_SHARE * (time.monotonic() - started))
        self._retry_at = time.monotonic() + pause
        self._seen = newest_number(self._index_folder)
        return self._open_degraded(catalogue)

    def build(self, catalogue: CatalogueReader, progress: Progress | None) -> View:
        """Publish the catalogue's present state and open it; the caller holds the lock."""
        clear_unfinished(self._index_folder)
        base = self.sound_base(catalogue)
        if base is not None:
            try:
                return self._build_and_open(catalogue, base, progress)
            except IndexDamagedError as error:
                self._notify(f"{error.message} {error.hint}")
        try:
            return self._build_and_open(catalogue, None, progress)
        except IndexDamagedError as error:
            # Nothing in it is old, so it is the disk that fails.
            raise unwritable(self._index_folder, error.message) from error

    def sound_base(self, catalogue: CatalogueReader) -> Generation | None:
        """Return the newest generation, if it is sound and the catalogue's."""
        found = self._sound_generation(catalogue)
        return found[0] if found and found[0].number not in self._damaged else None

    def mark_damaged(self, generation: Generation, error: IndexDamagedError) -> None:
        """Note that a generation failed while it was used, whatever its checksums say."""
        self._notify(f"{error.message} {error.hint}")
        self._damaged.add(generation.number)

    def retry_is_due(self) -> bool:
        """Tell whether it is time to look for something better than a degraded view."""
        is_due = time.monotonic() >= self._retry_at
        return is_due or newest_number(self._index_folder) != self._seen

    def _open_agreeing(self, catalogue: CatalogueReader) -> View | None:
        found = self._sound_generation(catalogue)
        if found is None or found[0].number in self._damaged:
            return None
        generation, stamps = found
        if not generation.is_of(catalogue.state):
            return None
        try:
            return open_view(generation, stamps, catalogue, self._chroma_url)
        except IndexDamagedError as error:
            self.mark_damaged(generation, error)
        except SettingsError as error:
            self._notify(error.message)
        return None

    def _open_degraded(self, catalogue: CatalogueReader) -> View:
        found = self._sound_generation(catalogue)
        generation = found[0] if found else None
        trusted = generation is not None and generation.number not in self._damaged
        view = open_degraded(generation, catalogue, self._chroma_url, with_vectors=trusted)
        return view if view.terms else replace(view, terms=self._terms_in_memory(catalogue))

    def _terms_in_memory(self, catalogue: CatalogueReader) -> TermIndex:
        # tantivy opens no folder that it can't write a lock to; 20,000 paragraphs take 2 s.
        state = catalogue.state
        if self._in_memory is None or self._in_memory[0] != state:
            terms = TermIndex(None)
            terms.update([], documents(catalogue, catalogue.stamped_keys()[:, 0]))
            self._in_memory = (state, terms)
        return self._in_memory[1]

    def _build_and_open(
        self, catalogue: CatalogueReader, base: Generation | None, progress: Progress | None
    ) -> View:
        url = self._chroma_url
        generation = build_generation(
            self._index_folder, catalogue, base, chroma_url=url, progress=progress
        )
        view = open_view(generation, verify(generation, thorough=False), catalogue, url)
        self._damaged.clear()
        self._in_memory = None
        self._last_notice = ""
        return view

    def _sound_generation(self, catalogue: CatalogueReader) -> tuple[Generation, Stamps] | None:
        try:
            generation = newest(self._index_folder)
            if generation is None:
                return None
            stamps = verify(generation)
        except IndexDamagedError as error:
            self._notify(f"{error.message} {error.hint}")
            return None
        seal = generation.seal
        origin = catalogue.catalogue_id, catalogue.fingerprint or ""
        if (seal.catalogue_id, seal.fingerprint) != origin:
            self._notify(f"The index {generation.folder} belongs to another archive. Rebuilding.")
            return None
        return generation, stamps

    def _notify(self, message: str) -> None:
        # The same generation is looked at again once the lock is held.
        with self._mutex:
            if message == self._last_notice:
                return
            self._last_notice = message
        self._callback(message)
