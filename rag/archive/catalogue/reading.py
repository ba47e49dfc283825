"""Reading the catalogue: from any thread, never blocking the writer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

import numpy as np

from rag.archive.catalogue.articles import ArticleReader
from rag.archive.catalogue.database import decoding, translated
from rag.archive.catalogue.listing import ArticleFilter
from rag.archive.catalogue.rows import (
    Candidate,
    Keys,
    StoredParagraph,
    paragraph,
    passage,
    stored_paragraph,
)
from rag.models.embedder import Floats, PassageVectors
from rag.schema import Paragraph, ParagraphKind

_VECTORS = 4000
"""Read at once where all are: 6 MB of MiniLM's."""
_PARAGRAPH = 'p.paragraph_id, p.ordinal, p.start, p."end", p.text, p.kind, p.sentences'
_STORED = (
    f"SELECT p.key, p.article_key, a.header, {_PARAGRAPH} "  # noqa: S608  # constants alone
    "FROM paragraph p JOIN article a USING (article_key)"
)


class CatalogueReader(ArticleReader):
    """Read access to the catalogue; a statement is one moment's state, two may be two moments'.

    Raises:
        ArchiveEmptyError: There is none.
        CatalogueError: It is damaged.
    """

    @property
    def catalogue_id(self) -> str:
        """A random name given when the catalogue was made."""
        return self.state[1]

    @property
    def state(self) -> tuple[int, str]:
        """The number of writing transactions and the catalogue's id, of one moment."""
        known = self._meta()
        return int(known.get("revision", 0)), known.get("catalogue_id", "")

    @property
    def fingerprint(self) -> str | None:
        """Which embedding made the vectors; null before the first article."""
        return self._meta().get("fingerprint")

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to search."""
        return self._one("SELECT 1 FROM vector LIMIT 1") is None

    def paragraphs_of(self, article_id: str) -> tuple[Paragraph, ...]:
        """Return all blocks of an article, furniture included, in order."""
        rows = self._all(
            f"SELECT {_PARAGRAPH} FROM paragraph p JOIN article a USING (article_key) "  # noqa: S608
            "WHERE a.article_id = ? ORDER BY ordinal",
            article_id,
        )
        with decoding(self.path):
            return tuple(paragraph(row) for row in rows)

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
        rows = self._by_keys("SELECT key, vector FROM vector WHERE key IN", keys)
        return self._matrix(list(rows))

    def candidates(self, keys: Iterable[int]) -> list[Candidate]:
        """Return what is cheap to know of the indexed paragraphs among some keys."""
        # All but furniture have vectors; a join that asks would take as long as the reading.
        sql = "SELECT key, kind, words FROM paragraph WHERE kind != 'furniture' AND key IN"
        rows = self._by_keys(sql, keys)
        with decoding(self.path):
            return [
                Candidate(key, ParagraphKind(kind), np.frombuffer(words, np.uint32))
                for key, kind, words in rows
            ]

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
