"""Catalogue → derived indexes: the next generation, from the last one where that is sound."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rag.archive.catalogue import CatalogueReader, Keys
from rag.archive.chroma import SQLITE_FILE, VectorIndex, open_folder, open_server
from rag.archive.generations import Generation, Seal, publish
from rag.archive.terms import TermDocument, TermIndex
from rag.errors import IndexDamagedError
from rag.schema import ParagraphKind

CHROMA, TERMS, KEYS = "chroma", "terms", "keys.npy"
_BATCH = 2000
_REBUILD_SHARE = 0.5
"""Above this share of changes, building anew is faster than removing and adding."""
_WORN_SHARE = 0.25
"""Above this share of removed vectors, the graph is built anew: it keeps them as dead nodes."""
_SAMPLE = 200
_UNFLUSHED = 1000
"""The newest vectors lie in Chroma's SQLite file, which can't be sealed: each is compared."""
_TOLERANCE = 1e-3

Progress = Callable[[int, int], None]
"""Told how many of how many paragraphs are indexed."""


class _Change(NamedTuple):
    remove: Keys
    add: Keys


class _Changes(NamedTuple):
    """A title that changed concerns the terms of its paragraphs, not their vectors."""

    base: Generation | None
    terms: _Change
    vectors: _Change
    removed: int = 0
    """Vectors removed since the index was last built from nothing, this time included."""


def build_generation(
    index_folder: Path,
    catalogue: CatalogueReader,
    base: Generation | None,
    *,
    chroma_url: str | None = None,
    progress: Progress | None = None,
) -> Generation:
    """Publish a generation that holds exactly what the catalogue holds.

    It starts from `base`, a sound earlier one, or from nothing. The caller holds the writer lock.

    Raises:
        IndexDamagedError: The base is not sound after all, or Chroma or tantivy failed.
        StorageError: The disk is full or can't be written.
    """
    stamped = catalogue.stamped_keys()
    changes = _changes(base, stamped)
    revision, catalogue_id = catalogue.state
    seal = Seal(catalogue_id, revision, catalogue.fingerprint or "", changes.removed)

    def build(folder: Path) -> None:
        if changes.base is not None:
            _copy(changes.base.folder, folder, with_chroma=chroma_url is None)
        if chroma_url:
            _sync_server(chroma_url, catalogue, stamped[:, 0])
        _fill(folder, catalogue, changes, embedded=chroma_url is None, progress=progress)
        np.save(folder / KEYS, stamped)

    return publish(index_folder, seal, build)


def check_sample(vectors: VectorIndex, catalogue: CatalogueReader, keys: Keys) -> None:
    """Compare some vectors of the index with the catalogue's, as far as it still has them.

    Raises:
        IndexDamagedError: One is missing or differs, or the numbers don't agree.
    """
    if len(vectors) != keys.size:
        raise IndexDamagedError(
            f"The vector index holds {len(vectors)} paragraphs, not {keys.size}."
        )
    spread = np.linspace(0, keys.size - 1, min(_SAMPLE, keys.size)).astype(int)
    sample = np.union1d(keys[spread], keys[-_UNFLUSHED:])
    found, expected = catalogue.vectors(sample)
    indexed = vectors.vectors(found.tolist())
    for key, vector in zip(found.tolist(), expected, strict=True):
        other = indexed.get(key)
        if other is None or other.shape != vector.shape:
            raise IndexDamagedError("The vector index is of another archive or model.")
        # Chroma keeps cosine vectors at length 1; ours are of that length already.
        if not float(np.abs(other - vector).max()) <= _TOLERANCE:
            raise IndexDamagedError("The vector index holds other vectors.")


def collection_name(catalogue_id: str) -> str:
    """Return the name of a catalogue's collection on a Chroma server."""
    return f"byline-{catalogue_id[:24]}"


def indexed_keys(generation: Generation) -> Keys:
    """Return the keys that a generation was built with, ascending."""
    return _stamped(generation)[:, 0]


def _stamped(generation: Generation) -> Keys:
    path = generation.folder / KEYS
    try:
        stamped: Keys = np.load(path)
        return stamped.reshape(-1, 2)
    except (OSError, ValueError, EOFError) as error:
        raise IndexDamagedError(f"The index file {path} can't be read.") from error


def _changes(base: Generation | None, stamped: Keys) -> _Changes:
    keys = stamped[:, 0]
    if base is not None:
        before = _stamped(base)
        vectors = _Change(np.setdiff1d(before[:, 0], keys), np.setdiff1d(keys, before[:, 0]))
        old, new = ({tuple(row) for row in rows.tolist()} for rows in (before, stamped))
        terms = _Change(_keys(old - new), _keys(new - old))
        removed = base.seal.removed + int(vectors.remove.size)
        most = max(change.remove.size + change.add.size for change in (vectors, terms))
        is_small = most <= keys.size * _REBUILD_SHARE
        if is_small and removed <= keys.size * _WORN_SHARE:
            return _Changes(base, terms, vectors, removed)
    everything = _Change(np.zeros(0, np.int64), keys)
    return _Changes(None, everything, everything)


def _keys(rows: set[tuple[int, ...]]) -> Keys:
    return np.array(sorted(row[0] for row in rows), dtype=np.int64)


def _fill(
    folder: Path,
    catalogue: CatalogueReader,
    changes: _Changes,
    *,
    embedded: bool,
    progress: Progress | None,
) -> None:
    terms = changes.terms
    documents_to_add = documents(catalogue, terms.add)
    TermIndex(folder / TERMS, create=True).update(terms.remove.tolist(), documents_to_add)
    if embedded:
        with closing(open_folder(folder / CHROMA, create=True)) as vectors:
            vectors.remove(changes.vectors.remove.tolist())
            _add(vectors, catalogue, changes.vectors.add, progress)


def _add(
    index: VectorIndex, catalogue: CatalogueReader, keys: Keys, progress: Progress | None
) -> None:
    for start in range(0, keys.size, _BATCH):
        batch = keys[start : start + _BATCH]
        found, vectors = catalogue.vectors(batch)
        names = catalogue.paragraph_ids(batch)
        index.add(found.tolist(), [names[key] for key in found.tolist()], vectors)
        if progress:
            progress(min(start + _BATCH, keys.size), keys.size)


def documents(catalogue: CatalogueReader, keys: Keys) -> Iterator[TermDocument]:
    """Yield what the term index holds of some paragraphs."""
    for start in range(0, keys.size, _BATCH):
        for stored in catalogue.paragraphs(keys[start : start + _BATCH]).values():
            is_headline = stored.paragraph.kind is ParagraphKind.HEADLINE
            title = "" if is_headline else stored.article.title or ""
            yield TermDocument(stored.key, stored.paragraph.text, title)


def _copy(source: Path, target: Path, *, with_chroma: bool) -> None:
    shutil.copytree(source / TERMS, target / TERMS)
    if not with_chroma:
        return
    all_but_sqlite = shutil.ignore_patterns(f"{SQLITE_FILE}*")
    shutil.copytree(source / CHROMA, target / CHROMA, ignore=all_but_sqlite)
    # A reader may be opening it right now, which writes to it: copy through SQLite itself.
    try:
        with (
            closing(sqlite3.connect(source / CHROMA / SQLITE_FILE)) as old,
            closing(sqlite3.connect(target / CHROMA / SQLITE_FILE)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise IndexDamagedError(f"Chroma's file is damaged ({error}).") from error


def _sync_server(url: str, catalogue: CatalogueReader, keys: Keys) -> None:
    with closing(open_server(url, collection_name(catalogue.catalogue_id))) as vectors:
        there = vectors.keys()
        vectors.remove(np.setdiff1d(there, keys).tolist())
        _add(vectors, catalogue, np.setdiff1d(keys, there), None)
        check_sample(vectors, catalogue, keys)
