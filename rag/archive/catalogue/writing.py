"""Writing the catalogue: every method is one transaction, whole or not at all."""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rag.archive.catalogue.database import connect, translated
from rag.archive.catalogue.listing import COLUMNS, INSERT, listing
from rag.archive.catalogue.rows import header_to_json
from rag.models.embedder import PassageVectors
from rag.reading import ParsedArticle, SourceFile
from rag.schema import ArticleHeader, Paragraph
from rag.text.stems import codes_of

_ARTICLE = "(article_id, path, root, record, title, header, text)"
_PARAGRAPH = '(paragraph_id, article_key, ordinal, start, "end", kind, sentences, text, words)'
_LISTED = f"({', '.join(COLUMNS)})"


@dataclass(frozen=True, slots=True)
class ArticleWrite:
    """An article to be stored, and the one that it takes the place of."""

    parsed: ParsedArticle
    source: SourceFile
    replaces: int | None = None
    """Key of the earlier version; its unchanged paragraphs keep their rows and vectors."""


class CatalogueWriter:
    """Write access to the catalogue, made when missing; the caller holds the archive's lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connect(path)

    def close(self) -> None:
        """Merge the log into the file, as far as readers let it, and close."""
        # Where this process reads too, SQLite would leave the log lying: a copy of the file alone,
        # or a disk that turns read-only, would then lack what was written last.
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._connection.close()

    def set_fingerprint(self, value: str) -> None:
        """Note which embedding makes the vectors."""
        with self._transaction() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?)", (value,))

    def store(
        self, articles: Sequence[ArticleWrite], vectors: Mapping[str, PassageVectors]
    ) -> None:
        """Store new articles, and new versions, with all their paragraphs.

        Args:
            articles: What is stored.
            vectors: By paragraph id, for every citable paragraph that has no row yet.
        """
        with self._transaction() as db:
            for article in articles:
                key = _put_article(db, article)
                paragraphs = article.parsed.paragraphs
                _put_paragraphs(db, key, paragraphs, vectors)
                citable = sum(block.is_citable for block in paragraphs)
                db.execute(INSERT, (key, *listing(article.parsed.article.header), citable))

    def relabel(self, places: Iterable[tuple[int, SourceFile, ArticleHeader]]) -> None:
        """Note that articles, by key, stand elsewhere now; their texts and titles are unchanged."""
        with self._transaction() as db:
            for key, source, header in places:
                place = (str(source.path), source.root, header.record, header_to_json(header))
                _update(db, "article", "(path, root, record, header)", place, key)
                _update(db, "listed", _LISTED, listing(header), key)

    def remove(self, article_keys: Sequence[int]) -> None:
        """Remove articles with their paragraphs and vectors."""
        with self._transaction() as db:
            db.executemany(
                "DELETE FROM article WHERE article_key = ?", [(key,) for key in article_keys]
            )

    def forget_vectors(self, fingerprint: str) -> None:
        """Drop all vectors, and take the name of the embedding that will make new ones.

        It is another catalogue then: no index that was built from the old one fits it.
        """
        with self._transaction() as db:
            db.execute("DELETE FROM vector")
            db.execute("DELETE FROM detail")
            rows = [("fingerprint", fingerprint), ("catalogue_id", uuid.uuid4().hex)]
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    def put_vectors(self, passages: Iterable[tuple[int, PassageVectors]]) -> None:
        """Store the vectors of paragraphs, by key."""
        with self._transaction() as db:
            for key, passage in passages:
                _insert_vectors(db, key, passage)

    def copy_to(self, path: Path) -> None:
        """Make another catalogue the same as this one, in one transaction of its own."""
        with (
            translated(path),
            closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as target,
        ):
            target.execute("PRAGMA synchronous = FULL")
            self._connection.backup(target)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # The connection commits at the end, or rolls back.
        with translated(self.path), self._connection as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'revision'")


def _put_article(db: sqlite3.Connection, write: ArticleWrite) -> int:
    header, text = write.parsed.article.header, write.parsed.article.text
    row = (
        header.article_id,
        str(write.source.path),
        write.source.root,
        header.record,
        header.title,
        header_to_json(header),
        text,
    )
    if write.replaces is None:
        return _insert(db, f"article {_ARTICLE}", row)
    _update(db, "article", _ARTICLE, row, write.replaces)
    return write.replaces


def _put_paragraphs(
    db: sqlite3.Connection,
    article_key: int,
    paragraphs: Sequence[Paragraph],
    vectors: Mapping[str, PassageVectors],
) -> None:
    stored = "SELECT paragraph_id, key FROM paragraph WHERE article_key = ?"
    old = dict(db.execute(stored, (article_key,)).fetchall())
    for paragraph in paragraphs:
        place = (paragraph.ordinal, paragraph.start, paragraph.end, str(paragraph.kind))
        key = old.pop(paragraph.paragraph_id, None)
        if key is None:
            row = (
                paragraph.paragraph_id,
                article_key,
                *place,
                json.dumps([(span.start, span.end) for span in paragraph.sentences]),
                paragraph.text,
                codes_of(span.of(paragraph.text) for span in paragraph.sentences).tobytes(),
            )
            key = _insert(db, f"paragraph {_PARAGRAPH}", row)
        else:
            sql = 'UPDATE paragraph SET (ordinal, start, "end", kind) = (?, ?, ?, ?) WHERE key = ?'
            db.execute(sql, (*place, key))
        _put_vectors(db, key, paragraph, vectors)
    db.executemany("DELETE FROM paragraph WHERE key = ?", [(key,) for key in old.values()])


def _put_vectors(
    db: sqlite3.Connection, key: int, paragraph: Paragraph, vectors: Mapping[str, PassageVectors]
) -> None:
    if not paragraph.is_citable:
        db.execute("DELETE FROM vector WHERE key = ?", (key,))
        db.execute("DELETE FROM detail WHERE key = ?", (key,))
    elif not db.execute("SELECT 1 FROM vector WHERE key = ?", (key,)).fetchone():
        _insert_vectors(db, key, vectors[paragraph.paragraph_id])


def _insert_vectors(db: sqlite3.Connection, key: int, passage: PassageVectors) -> None:
    _insert(db, "vector", (key, passage.paragraph.tobytes()))
    details = (passage.sentences, passage.tokens, passage.token_counts)
    _insert(db, "detail", (key, *(numbers.tobytes() for numbers in details)))


def _insert(db: sqlite3.Connection, table: str, row: Sequence[object]) -> int:
    sql = f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"  # noqa: S608
    return int(db.execute(sql, row).lastrowid or 0)


def _update(
    db: sqlite3.Connection, table: str, columns: str, row: Sequence[object], article_key: int
) -> None:
    places = ", ".join("?" * len(row))
    sql = f"UPDATE {table} SET {columns} = ({places}) WHERE article_key = ?"  # noqa: S608
    db.execute(sql, (*row, article_key))
