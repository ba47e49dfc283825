"""Catalogue → derived indexes: the next generation, from the last one where that is sound."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.catalogue import CatalogueReader
from rag.errors import IndexDamagedError
from rag.generations import Generation, Seal, publish
from rag.schema import ParagraphKind
from rag.term_index import TermDocument, TermIndex
from rag.vector_index import VectorIndex, open_folder, open_server

CHROMA, TERMS, KEYS = "chroma", "terms", "keys.npy"
_BATCH = 2000
_REBUILD_SHARE = 0.5
"""Above this share of changes, building anew is faster than removing and adding."""
_SAMPLE = 16
_TOLERANCE = 1e-3

Keys = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told how many of how many paragraphs are indexed."""


@dataclass(frozen=True, slots=True)
class _Change:
    remove: Keys
    add: Keys


def build_generation(
    index_folder: Path,
    catalogue: CatalogueReader,
    base: Generation | None,
    *,
    chroma_url: str | None = None,
    progress: Progress | None = None,
) -> Generation:
    """Publish a generation that holds exactly what the catalogue holds.

    Args:
        index_folder: Where generations lie; the caller holds the writer lock.
        catalogue: The truth.
        base: A sound earlier generation to start from; null builds from nothing.
        chroma_url: A Chroma server that holds the vectors instead of a folder.
        progress: Told how far it is.
    """
    seal = Seal(catalogue.catalogue_id, catalogue.revision, catalogue.fingerprint or "")
    stamped = catalogue.stamped_keys()
    keys = stamped[:, 0]

    def build(folder: Path) -> None:
        change = _change(base, stamped)
        if base is not None and change.remove.size + change.add.size <= keys.size * _REBUILD_SHARE:
            _copy(base.folder, folder, with_chroma=chroma_url is None)
        else:
            change = _Change(np.zeros(0, np.int64), keys)
        if chroma_url:
            _sync_server(chroma_url, catalogue, keys)
        _fill(folder, catalogue, change, embedded=chroma_url is None, progress=progress)
        np.save(folder / KEYS, stamped)

    return publish(index_folder, seal, build)


def check_sample(vectors: VectorIndex, catalogue: CatalogueReader, keys: Keys) -> None:
    """Compare some vectors of the index with the catalogue's.

    Raises:
        IndexDamagedError: One is missing or differs, or the numbers don't agree.
    """
    if len(vectors) != keys.size:
        raise IndexDamagedError(
            f"The vector index holds {len(vectors)} paragraphs, not {keys.size}.",
            "It is rebuilt from the catalogue.",
        )
    sample = keys[np.linspace(0, keys.size - 1, min(_SAMPLE, keys.size)).astype(int)]
    found, expected = catalogue.vectors(sample)
    indexed = vectors.vectors([int(key) for key in found])
    for key, vector in zip(found, expected, strict=True):
        other = indexed.get(int(key))
        if other is None or other.shape != vector.shape:
            raise IndexDamagedError(
                "The vector index is of another archive or model.", "It is rebuilt."
            )
        # Chroma keeps cosine vectors at length 1; ours are of that length already.
        if float(np.abs(other - vector).max()) > _TOLERANCE:
            raise IndexDamagedError("The vector index holds other vectors.", "It is rebuilt.")


def collection_name(catalogue_id: str) -> str:
    """Return the name of a catalogue's collection on a Chroma server."""
    return f"byline-{catalogue_id[:24]}"


def _change(base: Generation | None, stamped: Keys) -> _Change:
    old = {tuple(row) for row in np.load(base.folder / KEYS).tolist()} if base else set()
    new = {tuple(row) for row in stamped.tolist()}
    return _Change(_keys(old - new), _keys(new - old))


def _keys(rows: set[tuple[int, ...]]) -> Keys:
    return np.array(sorted(row[0] for row in rows), dtype=np.int64)


def indexed_keys(generation: Generation) -> Keys:
    """Return the keys that a generation was built with, ascending."""
    stamped: Keys = np.load(generation.folder / KEYS)
    return stamped[:, 0]


def _fill(
    folder: Path,
    catalogue: CatalogueReader,
    change: _Change,
    *,
    embedded: bool,
    progress: Progress | None,
) -> None:
    removed = [int(key) for key in change.remove]
    TermIndex(folder / TERMS, create=True).update(removed, _documents(catalogue, change.add))
    if not embedded:
        return
    vectors = open_folder(folder / CHROMA, create=True)
    try:
        vectors.remove(removed)
        _add(vectors, catalogue, change.add, progress)
    finally:
        vectors.close()


def _add(
    index: VectorIndex, catalogue: CatalogueReader, keys: Keys, progress: Progress | None
) -> None:
    for start in range(0, keys.size, _BATCH):
        batch = keys[start : start + _BATCH]
        found, vectors = catalogue.vectors(batch)
        stored = catalogue.paragraphs(batch)
        names = [stored[int(key)].paragraph.paragraph_id for key in found]
        index.add([int(key) for key in found], names, vectors)
        if progress:
            progress(min(start + _BATCH, keys.size), keys.size)


def _documents(catalogue: CatalogueReader, keys: Keys) -> Iterator[TermDocument]:
    for start in range(0, keys.size, _BATCH):
        for stored in catalogue.paragraphs(keys[start : start + _BATCH]).values():
            is_headline = stored.paragraph.kind is ParagraphKind.HEADLINE
            title = "" if is_headline else stored.article.title or ""
            yield TermDocument(stored.key, stored.paragraph.text, title)


def _copy(source: Path, target: Path, *, with_chroma: bool) -> None:
    shutil.copytree(source / TERMS, target / TERMS)
    if not with_chroma or not (source / CHROMA).exists():
        return
    shutil.copytree(
        source / CHROMA, target / CHROMA, ignore=shutil.ignore_patterns("chroma.sqlite3*")
    )
    # A reader may be opening it right now, which writes to it: copy through SQLite itself.
    try:
        with (
            sqlite3.connect(source / CHROMA / "chroma.sqlite3") as old,
            sqlite3.connect(target / CHROMA / "chroma.sqlite3") as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise IndexDamagedError(f"Chroma's file is damaged ({error}).", "It is rebuilt.") from error


def _sync_server(url: str, catalogue: CatalogueReader, keys: Keys) -> None:
    vectors = open_server(url, collection_name(catalogue.catalogue_id))
    try:
        there = vectors.keys()
        vectors.remove([int(key) for key in np.setdiff1d(there, keys)])
        _add(vectors, catalogue, np.setdiff1d(keys, there), None)
        check_sample(vectors, catalogue, keys)
    finally:
        vectors.close()
