"""Reading the catalogue: from any thread, never blocking the writer."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from rapidfuzz import process

from rag.archive.catalogue.database import decoding, translated
from rag.archive.catalogue.listing import EVERY_ARTICLE, ArticleFilter, folded
from rag.archive.catalogue.pool import ReadPool
from rag.archive.catalogue.rows import (
    Candidate,
    Keys,
    StoredArticle,
    StoredParagraph,
    candidate,
    header_from_json,
    paragraph,
    passage,
    stored_paragraph,
)
from rag.models.embedder import Floats, PassageVectors
from rag.schema import Article, Paragraph

_BATCH = 500
"""Keys in one statement; SQLite allows 32,766 variables, small ones are planned faster."""
_LIKE = 70
"""Likeness of two names in percent, from which one may be meant for the other."""
_VECTORS = 4000
"""Read at once where all are: 6 MB of MiniLM's."""
_PARAGRAPH = 'p.paragraph_id, p.ordinal, p.start, p."end", p.text, p.kind, p.sentences'
_STORED = (
    f"SELECT p.key, p.article_key, a.header, {_PARAGRAPH} "  # noqa: S608  # constants alone
    "FROM paragraph p JOIN article a USING (article_key)"
)


class CatalogueReader:
    """Read access to the catalogue; a statement is one moment's state, two may be two moments'.

    Args:
        path: The SQLite file.

    Raises:
        ArchiveEmptyError: There is none.
        CatalogueError: It is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pool = ReadPool(path)
        with self._pool.connection():
            pass

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    @property
    def catalogue_id(self) -> str:
        """A random name given when the catalogue was made."""
        return self.state[1]

    @property
    def revision(self) -> int:
        """Counts the writing transactions."""
        return self.state[0]

    @property
    def state(self) -> tuple[int, str]:
        """Revision and id, of one moment."""
        known = dict(self._all("SELECT name, value FROM meta"))
        return int(known.get("revision", 0)), known.get("catalogue_id", "")

    @property
    def fingerprint(self) -> str | None:
        """Which embedding made the vectors; null before the first article."""
        return self._meta("fingerprint")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search."""
        return self._one("SELECT 1 FROM vector LIMIT 1") is None

    def counts(self) -> tuple[int, int]:
        """Return the number of articles and of indexed paragraphs."""
        row = self._one("SELECT count(*), coalesce(sum(paragraphs), 0) FROM listed")
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def articles(self, limit: int = -1) -> Iterator[StoredArticle]:
        """Yield articles, without their texts, in the order of arrival; by default all."""
        return self._stored("1 ORDER BY article_key LIMIT ?", limit)

    def page(
        self, only: ArticleFilter = EVERY_ARTICLE, *, limit: int, after: int | None = None
    ) -> tuple[StoredArticle, ...]:
        """Return some of the articles that pass a filter, the newest arrivals first.

        Args:
            only: Which articles.
            limit: How many at most.
            after: Key of the last article of the page before; null for the first page.
        """
        condition, values = only.where()
        if after is not None:
            condition, values = f"{condition} AND article_key < ?", [*values, after]
        keys = f"SELECT article_key FROM listed WHERE {condition} ORDER BY 1 DESC LIMIT ?"  # noqa: S608
        found = self._stored(f"article_key IN ({keys}) ORDER BY 1 DESC", *values, limit)
        return tuple(found)

    def count(self, only: ArticleFilter) -> int:
        """Return how many articles pass a filter."""
        condition, values = only.where()
        row = self._one(f"SELECT count(*) FROM listed WHERE {condition}", *values)  # noqa: S608
        return int(row[0]) if row else 0

    def paragraph_counts(self, article_keys: Iterable[int]) -> dict[int, int]:
        """Return how many citable paragraphs some articles have, by article key."""
        sql = "SELECT article_key, paragraphs FROM listed WHERE article_key IN"
        return dict(self._by_keys(sql, article_keys))

    def outlets(self) -> list[str]:
        """Return the names of those who brought the articles, in the order of the alphabet."""
        rows = self._all("SELECT DISTINCT outlet FROM listed WHERE outlet IS NOT NULL")
        return sorted((row[0] for row in rows), key=folded)

    def outlets_like(self, name: str) -> list[str]:
        """Return up to three names of outlets that are spelt nearly so, the nearest first."""
        known = {folded(outlet): outlet for outlet in self.outlets()}
        near = process.extract(folded(name), list(known), limit=3, score_cutoff=_LIKE)
        return [known[outlet] for outlet, _, _ in near]

    def stored_article(self, article_id: str) -> StoredArticle | None:
        """Return an article without its text."""
        return next(self._stored("article_id = ?", article_id), None)

    def articles_in(self, path: str) -> tuple[StoredArticle, ...]:
        """Return the articles that were read from a file."""
        return tuple(self._stored("path = ? ORDER BY article_key", path))

    def article(self, article_id: str) -> Article | None:
        """Return an article with its text."""
        row = self._one("SELECT header, text FROM article WHERE article_id = ?", article_id)
        with decoding(self.path):
            return Article(header_from_json(row[0]), row[1]) if row else None

    def paragraphs_of(self, article_id: str) -> tuple[Paragraph, ...]:
        """Return all blocks of an article, furniture included, in order."""
        rows = self._all(
            f"SELECT {_PARAGRAPH} FROM paragraph p JOIN article a USING (article_key) "  # noqa: S608
            "WHERE a.article_id = ? ORDER BY ordinal",
            article_id,
        )
        with decoding(self.path):
            return tuple(paragraph(row) for row in rows)

    def block_counts(self) -> dict[str, int]:
        """Return how many blocks each article has, furniture included, by article id."""
        sql = (
            "SELECT article_id, count(*) FROM article JOIN paragraph USING (article_key) "
            "GROUP BY article_key"
        )
        return dict(self._all(sql))

    def find(self, paragraph_id: str) -> tuple[StoredParagraph, ...]:
        """Return every place where the paragraph stands: one, or more where texts repeat."""
        rows = self._all(f"{_STORED} WHERE p.paragraph_id = ?", paragraph_id)
        with decoding(self.path):
            return tuple(stored_paragraph(row) for row in rows)

    def paragraphs(self, keys: Iterable[int]) -> dict[int, StoredParagraph]:
        """Return the paragraphs by key; keys that are gone are left out."""
        rows = self._by_keys(f"{_STORED} WHERE p.key IN", keys)
        with decoding(self.path):
            return {row[0]: stored_paragraph(row) for row in rows}

    def paragraph_ids(self, keys: Iterable[int]) -> dict[int, str]:
        """Return the paragraphs' ids by key."""
        return dict(self._by_keys("SELECT key, paragraph_id FROM paragraph WHERE key IN", keys))

    def stamped_keys(self) -> Keys:
        """Return (n, 2): the key of each indexed paragraph, ascending, and a stamp of its title.

        A paragraph's text never changes under its key; its article's title and its kind may.
        """
        rows = self._all(
            "SELECT key, title, kind FROM vector JOIN paragraph USING (key) "
            "JOIN article USING (article_key) ORDER BY key"
        )
        stamps = [(key, crc32(f"{kind}\0{title or ''}".encode())) for key, title, kind in rows]
        return np.array(stamps, dtype=np.int64).reshape(-1, 2)

    def passing(self, keys: Iterable[int], only: ArticleFilter) -> Keys:
        """Return those among some paragraphs' keys whose articles pass a filter."""
        condition, values = only.where()
        sql = (
            "SELECT key FROM paragraph CROSS JOIN listed USING (article_key) "  # noqa: S608
            f"WHERE {condition} AND key IN"
        )
        return np.array([row[0] for row in self._by_keys(sql, keys, values)], np.int64)

    def all_vectors(self, only: ArticleFilter) -> Iterator[tuple[Keys, Floats]]:
        """Yield keys and paragraph vectors of the articles that pass a filter, some at a time."""
        condition, values = only.where()
        # In this order the paragraphs' own rows, with their long texts, are not read.
        sql = (
            "SELECT vector.key, vector FROM listed CROSS JOIN paragraph USING (article_key) "  # noqa: S608
            f"CROSS JOIN vector ON vector.key = paragraph.key WHERE {condition}"
        )
        with self._pool.connection() as connection, translated(self.path):
            cursor = connection.execute("SELECT * FROM vector" if only.is_open else sql, values)
            while rows := cursor.fetchmany(_VECTORS):
                yield self._matrix(rows)

    def vectors(self, keys: Iterable[int]) -> tuple[Keys, Floats]:
        """Return keys and paragraph vectors, (n,) and (n, d), of those keys that exist."""
        return self._matrix(
            list(self._by_keys("SELECT key, vector FROM vector WHERE key IN", keys))
        )

    def candidates(self, keys: Iterable[int]) -> list[Candidate]:
        """Return what is cheap to know of the indexed paragraphs among some keys."""
        # All but furniture have vectors; a join that asks would take as long as the reading.
        sql = "SELECT key, kind, words FROM paragraph WHERE kind != 'furniture' AND key IN"
        rows = self._by_keys(sql, keys)
        with decoding(self.path):
            return [candidate(row) for row in rows]

    def details(self, keys: Iterable[int]) -> dict[int, PassageVectors]:
        """Return all vectors of the paragraphs, by key; keys that are gone are left out."""
        sql = (
            "SELECT key, vector, detail.sentences, tokens, token_counts "
            "FROM vector JOIN detail USING (key) WHERE key IN"
        )
        rows = self._by_keys(sql, keys)
        with decoding(self.path):
            return {row[0]: passage(*row[1:]) for row in rows}

    def known_passages(self, paragraph_ids: Iterable[str]) -> dict[str, PassageVectors]:
        """Return the vectors of texts that stand in the archive already, by paragraph id."""
        # One row of each text: boilerplate may stand in thousands of articles.
        sql = (
            "SELECT paragraph_id, vector, d.sentences, tokens, token_counts FROM vector "
            "JOIN detail d USING (key) JOIN paragraph USING (key) WHERE key IN "
            "(SELECT min(key) FROM paragraph JOIN vector USING (key) WHERE paragraph_id IN"
        )
        rows = self._by_keys(sql, paragraph_ids, end=" GROUP BY paragraph_id)")
        with decoding(self.path):
            return {row[0]: passage(*row[1:]) for row in rows}

    def check(self) -> str | None:
        """Let SQLite check the whole file; return what it found, or null when all is well."""
        row = self._one("PRAGMA quick_check(1)")
        return None if row and row[0] == "ok" else str(row[0] if row else "no answer")

    def _matrix(self, rows: Sequence[tuple[Any, ...]]) -> tuple[Keys, Floats]:
        found = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
        if not rows:
            return found, np.zeros((0, 0), np.float32)
        with decoding(self.path):
            joined = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32)
            return found, joined.reshape(len(rows), -1)

    def _stored(self, condition: str, *values: object) -> Iterator[StoredArticle]:
        sql = f"SELECT article_key, path, root, header FROM article WHERE {condition}"  # noqa: S608
        for key, path, root, header in self._all(sql, *values):
            with decoding(self.path):
                known = header_from_json(header)
            yield StoredArticle(key, path, root, known)

    def _meta(self, name: str) -> str | None:
        row = self._one("SELECT value FROM meta WHERE name = ?", name)
        return str(row[0]) if row else None

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
