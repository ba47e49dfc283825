"""Connections for reading, lent to any thread, and the statements run on them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rag.archive.catalogue.database import connect_readonly, translated
from rag.errors import StorageError

_BATCH = 500
"""Keys in one statement; SQLite allows 32,766 variables, small ones are planned faster."""

_Identity = tuple[int, ...]


class Queries:
    """Runs SQL on one catalogue, from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pool = ReadPool(path)
        with self._pool.connection():
            pass

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    def _meta(self) -> dict[str, str]:
        return dict(self._all("SELECT name, value FROM meta"))

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._pool.connection() as connection, translated(self.path):
            try:
                return connection.execute(sql, values).fetchall()
            except UnicodeEncodeError:
                return []  # half of a surrogate pair is in no stored text

    def _by_keys(
        self, sql: str, keys: Iterable[object], values: Sequence[object] = (), *, end: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        wanted: Sequence[object] = [
            key.item() if isinstance(key, np.generic) else key for key in keys
        ]
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            yield from self._all(f"{sql} ({', '.join('?' * len(batch))}){end}", *values, *batch)


@dataclass(frozen=True, slots=True)
class _Opened:
    connection: sqlite3.Connection
    file: _Identity
    immutable: bool = False


class ReadPool:
    """Lends connections to any thread, always to the present file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[_Opened] = []
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to the present file."""
        opened = self._borrow()
        try:
            yield opened.connection
        finally:
            self._idle.append(opened)
            if self._closed:
                self.close()

    def close(self) -> None:
        """Close every connection; those lent are closed when they come back."""
        self._closed = True
        with suppress(IndexError):  # none is left
            while True:
                self._idle.pop().connection.close()

    def _borrow(self) -> _Opened:
        self._closed = False
        with suppress(IndexError):  # none is left
            while True:
                opened = self._idle.pop()
                if opened.file == _identity(self._path, written=opened.immutable):
                    return opened
                opened.connection.close()
        return self._open()

    def _open(self) -> _Opened:
        try:
            return _Opened(connect_readonly(self._path), _identity(self._path, written=False))
        except StorageError:
            if _has_unmerged_log(self._path):
                raise
        # Nothing can be written here; whenever that changes, the file's time does, and the
        # connection is not used again.
        before = _identity(self._path, written=True)
        return _Opened(connect_readonly(self._path, immutable=True), before, immutable=True)


def _identity(path: Path, *, written: bool) -> _Identity:
    try:
        found = path.stat()
    except OSError:
        return ()
    content = (found.st_size, found.st_mtime_ns, _has_unmerged_log(path)) if written else ()
    return found.st_dev, found.st_ino, *content


def _has_unmerged_log(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False
