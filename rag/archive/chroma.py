"""Paragraph vectors in Chroma: embedded in a folder, or on a Chroma server. Derived, rebuildable.

Chroma is never asked to embed (it would download a model) and never holds the only copy.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import numpy as np

from rag.archive.catalogue import Keys
from rag.errors import ForkedError, IndexDamagedError, SettingsError
from rag.models.embedder import Floats

if TYPE_CHECKING:
    from types import ModuleType

    from chromadb.api.models.Collection import Collection

_COLLECTION = "paragraphs"
_GRAPH: Any = {"hnsw": {"space": "cosine", "ef_search": 200}}
"""The default space is squared distance; the default breadth of search, 100, finds 99.5 % of the
30 nearest of 20,000 text-like vectors, 200 finds 99.8 % for 0.7 ms more."""
_BATCH = 5000
"""Chroma refuses more than 5,461 rows at once."""
SQLITE_FILE = "chroma.sqlite3"


_OPENING = threading.Lock()
_SPELLINGS: set[str] = set()
"""Chroma gives who opens a folder by the same path what it has in memory of it, whatever lies there
by now: each opening gets a spelling of its own."""
_USED_BY: set[int] = set()
"""The processes that have opened a folder."""


class VectorIndex:
    """One vector a paragraph, found by cosine. Open it with `open_folder` or `open_server`."""

    def __init__(self, client: Any, collection: "Collection", spelling: str = "") -> None:
        self._client = client
        self._collection = collection
        self._spelling = spelling

    def close(self) -> None:
        """Release the files or the connection."""
        with _OPENING:
            self._client.close()
            _SPELLINGS.discard(self._spelling)

    def __len__(self) -> int:
        """Return the number of vectors."""
        with _translated():
            return self._collection.count()

    def nearest(self, vector: Floats, limit: int) -> tuple[Keys, Floats]:
        """Return the keys nearest to a vector of length 1, best first, and their cosines."""
        if limit <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        with _translated():
            found = self._collection.query(
                query_embeddings=vector[None, :], n_results=limit, include=["distances"]
            )
            distances = found["distances"] or [[]]
            keys = np.array([int(key) for key in found["ids"][0]], dtype=np.int64)
            return keys, 1.0 - np.array(distances[0], dtype=np.float32)

    def vectors(self, keys: Sequence[int]) -> dict[int, Floats]:
        """Return stored vectors by key; keys that are not there are left out."""
        if not keys:
            return {}
        with _translated():
            found = self._collection.get(ids=[str(key) for key in keys], include=["embeddings"])
            rows = np.asarray(found["embeddings"], dtype=np.float32)
            return {int(key): row for key, row in zip(found["ids"], rows, strict=True)}

    def keys(self) -> Keys:
        """Return all keys, ascending."""
        with _translated():
            names = self._collection.get(include=[])["ids"]
            return np.sort(np.array([int(key) for key in names], dtype=np.int64))

    def add(self, keys: Sequence[int], paragraph_ids: Sequence[str], vectors: Floats) -> None:
        """Add or overwrite vectors, (n, d)."""
        for start in range(0, len(keys), _BATCH):
            part = slice(start, start + _BATCH)
            with _translated():
                self._collection.upsert(
                    ids=[str(key) for key in keys[part]],
                    embeddings=vectors[part],
                    metadatas=[{"paragraph_id": identity} for identity in paragraph_ids[part]],
                )

    def remove(self, keys: Sequence[int]) -> None:
        """Remove vectors; keys that are not there are ignored."""
        for start in range(0, len(keys), _BATCH):
            with _translated():
                self._collection.delete(ids=[str(key) for key in keys[start : start + _BATCH]])


def load() -> "ModuleType":
    """Import Chroma, which takes a second."""
    # It asks for the home folder while it is imported: a user id without a name may have none.
    is_homeless = os.path.expanduser("~") == "~"  # noqa: PTH111  # `Path.home` raises
    if is_homeless:
        os.environ["HOME"] = os.devnull
    try:
        import chromadb
    finally:
        if is_homeless:
            os.environ.pop("HOME", None)
    return chromadb


def is_usable() -> bool:
    """Tell whether this process can open a folder.

    Chroma starts its threads once; after a fork it waits for them for ever (seen with 1.5.9).
    """
    return {os.getpid()} >= _USED_BY


def require_usable() -> None:
    """Refuse what needs a folder of Chroma, where none can be opened.

    Raises:
        ForkedError: The process was forked after another one had opened an archive.
    """
    if not is_usable():
        raise ForkedError(
            "This process was forked from one that had opened an archive; it can only ask.",
            "Write from the parent, fork before the archive is used, or start processes by spawn.",
        )


def open_folder(folder: Path, *, create: bool = False) -> VectorIndex:
    """Open the embedded Chroma in a folder.

    Raises:
        ForkedError: See `require_usable`.
        IndexDamagedError: Chroma can't read it.
    """
    require_usable()
    chromadb = load()
    if not create:
        _check_file(folder / SQLITE_FILE)
    _USED_BY.add(os.getpid())
    with _translated(), _OPENING:
        spelling = str(folder)
        while spelling in _SPELLINGS:
            spelling += "/."
        client: Any = chromadb.PersistentClient(spelling)
        try:
            collection = _collection(client, _COLLECTION, create=create)
            _SPELLINGS.add(spelling)
            return VectorIndex(client, collection, spelling)
        except BaseException:
            # Left open, the same broken client would answer whoever opens this folder next.
            client.close()
            raise


def open_server(url: str, name: str) -> VectorIndex:
    """Open, or make, the collection of one catalogue on a Chroma server.

    Raises:
        SettingsError: The address can't be used, or nobody answers there.
    """
    chromadb = load()
    parts = urlparse(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            f"RAG_CHROMA_URL={url!r} is not an address.", "Use the form http://127.0.0.1:8000."
        )
    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
        )
        return VectorIndex(client, _collection(client, name, create=True))
    except Exception as error:  # Chroma raises ValueError, httpx errors and its own by turns
        raise SettingsError(
            f"No Chroma server answers at {url} ({error}).",
            "Start it with `chroma run`, or unset RAG_CHROMA_URL to use the embedded one.",
        ) from error


def _collection(client: Any, name: str, *, create: bool) -> Any:
    if create:
        return client.get_or_create_collection(name, configuration=_GRAPH, embedding_function=None)
    return client.get_collection(name, embedding_function=None)


def _check_file(path: Path) -> None:
    # Chroma would make a missing file anew, and notices little of what SQLite's own check does.
    with _translated():
        if not path.is_file():
            raise IndexDamagedError(f"The index file {path} is missing.")
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            found = file.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise IndexDamagedError(f"The index file {path} is damaged ({found}).")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IndexDamagedError:
        raise
    except Exception as error:  # a damaged index raises half a dozen unrelated types
        raise IndexDamagedError(
            f"The vector index can't be read or written ({type(error).__name__}: {error})."
        ) from error
