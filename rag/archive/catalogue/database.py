"""Opening the catalogue's file: its tables, its settings, its errors in words."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.archive.catalogue.listing import TABLE, add_listing, derive_listing
from rag.errors import ArchiveEmptyError, BylineError, CatalogueError, StorageError

LAYOUT = "3"
"""Raised whenever tables or the meaning of a column change."""
_BEFORE = "2"
"""The layout without the table `listed`; the first who opens it for writing adds the table."""

_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article (
    article_key INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    root TEXT NOT NULL,
    record TEXT,
    title TEXT,
    header TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX article_path ON article (path);
CREATE TABLE paragraph (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    paragraph_id TEXT NOT NULL,
    article_key INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sentences TEXT NOT NULL,
    text TEXT NOT NULL,
    words BLOB NOT NULL,
    UNIQUE (article_key, paragraph_id)
);
CREATE INDEX paragraph_by_id ON paragraph (paragraph_id);
CREATE TABLE vector (
    key INTEGER PRIMARY KEY REFERENCES paragraph ON DELETE CASCADE, vector BLOB NOT NULL
);
CREATE TABLE detail (
    key INTEGER PRIMARY KEY REFERENCES paragraph ON DELETE CASCADE,
    sentences BLOB NOT NULL, tokens BLOB NOT NULL, token_counts BLOB NOT NULL
);
{TABLE}
"""
# Token vectors of a paragraph take some 12 KB: pages of 16 KB keep them in one or two reads.
_PAGE_SIZE = 16_384
_CACHE_KILOBYTES = 16_000
"""Of each reading connection: all that some hundred paragraphs are compared by."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the catalogue for writing; a missing one is created.

    Raises:
        CatalogueError: It is damaged, or of another layout.
        StorageError: It can't be created or written.
    """
    with translated(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StorageError(
                f"The folder {path.parent} can't be made ({error.strerror}).",
                "Set RAG_HOME to a folder that can be written.",
            ) from error
        if _is_emptied(path):
            raise damaged(path, "it is empty, but its index is not")
        connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        try:
            _prepare(path, connection)
        except BaseException:
            connection.close()
            raise
        return connection


def connect_readonly(path: Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open the catalogue for reading, from any thread.

    `immutable` is for a disk where not even the shared-memory file of WAL can be written.

    Raises:
        ArchiveEmptyError: There is none, or nothing was ever put into it.
        CatalogueError: It is damaged, or of another layout.
        StorageError: It can't be opened.
    """
    with translated(path):
        if not path.exists():
            raise empty(path)
        address = f"{path.absolute().as_uri()}?{'immutable=1' if immutable else 'mode=ro'}"
        # Not mapped into memory: a file cut short under a map ends the process (SIGBUS).
        connection = sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False)
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KILOBYTES}")
        try:
            if not _has_tables(connection):
                raise damaged(path, "it has no tables") if _is_emptied(path) else empty(path)
            if _layout(path, connection) == _BEFORE:
                derive_listing(connection)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's exceptions into ours, once, for everything done with the catalogue."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _operational(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error


@contextmanager
def decoding(path: Path) -> Iterator[None]:
    """Turn the exceptions of decoding what was stored into the error for a damaged catalogue."""
    try:
        yield
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(path, f"{type(error).__name__}: {error}") from error


def damaged(path: Path, reason: str) -> CatalogueError:
    """Return the error for a catalogue whose content can't be trusted."""
    return CatalogueError(
        f"The catalogue {path} is damaged ({reason}).",
        f"Move {path.parent} away (or restore a copy of it) and run `rag ingest PATH` again.",
    )


def empty(path: Path) -> ArchiveEmptyError:
    """Return the error for an archive that holds nothing yet."""
    return ArchiveEmptyError(
        f"There is no archive in {path.parent} yet.",
        "Run `rag ingest PATH` with a folder of articles first.",
    )


def _operational(path: Path, error: sqlite3.OperationalError) -> BylineError:
    reason = str(error)
    if "full" in reason or "disk I/O" in reason:
        return StorageError(
            f"The catalogue {path} could not be written ({reason}).",
            "Free some disk space and run the command again; what was indexed before is intact.",
        )
    if "readonly" in reason or "unable to open" in reason:
        return StorageError(
            f"The catalogue {path} can't be written ({reason}).",
            "Check the permissions of the folder, or set RAG_HOME to one that can be written.",
        )
    if "locked" in reason:
        return StorageError(
            f"The catalogue {path} is in use by another process.", "Try again in a moment."
        )
    return damaged(path, reason)


def _prepare(path: Path, connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if not _has_tables(connection):
        # One transaction with the layout: a kill in between must not leave tables without it.
        rows = f"('layout', '{LAYOUT}'), ('catalogue_id', '{uuid.uuid4().hex}'), ('revision', '0')"
        connection.executescript(
            f"BEGIN IMMEDIATE; {_TABLES} INSERT INTO meta VALUES {rows}; COMMIT;"  # noqa: S608
        )
    if _layout(path, connection) == _BEFORE:
        _upgrade(path, connection)


def _upgrade(path: Path, connection: sqlite3.Connection) -> None:
    """Bring the layout before to this one: whole or, when killed, not at all.

    The revision stays: the indexes that were built from the catalogue still agree with it.
    """
    with decoding(path), connection:
        connection.execute("BEGIN IMMEDIATE")
        add_listing(connection)
        connection.execute("UPDATE meta SET value = ? WHERE name = 'layout'", (LAYOUT,))


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None


def _is_emptied(path: Path) -> bool:
    # A kill at creation leaves an empty file too, but there is no index yet.
    try:
        return path.stat().st_size == 0 and any((path.parent / "index").glob("[0-9]*"))
    except OSError:
        return False


def _layout(path: Path, connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM meta WHERE name = 'layout'").fetchone()
    if row is None:
        raise damaged(path, "it has no layout")
    if row[0] not in {LAYOUT, _BEFORE}:
        raise CatalogueError(
            f"The catalogue {path} has layout {row[0]}; this version reads layout {LAYOUT}.",
            f"Move {path.parent} away and run `rag ingest PATH` again.",
        )
    return str(row[0])
