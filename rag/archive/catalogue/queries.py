"""Statements on the catalogue, each on a lent connection, with errors in our words."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.archive.catalogue.database import translated
from rag.archive.catalogue.pool import ReadPool

_BATCH = 500
"""Keys in one statement; SQLite allows 32,766 variables, small ones are planned faster."""


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
