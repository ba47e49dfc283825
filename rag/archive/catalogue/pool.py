"""Connections for reading: as many as threads read at once, and always to the present file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rag.archive.catalogue.database import connect_readonly
from rag.errors import StorageError

_Identity = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    connection: sqlite3.Connection
    file: _Identity
    immutable: bool = False


class ReadPool:
    """Lends connections to any thread."""

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
