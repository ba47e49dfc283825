"""Writing the catalogue: every method is one transaction, whole or not at all."""

import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rag.archive.catalogue.database import connect, translated
from rag.archive.catalogue.listing import INSERT, listing
from rag.archive.catalogue.rows import header_to_json
from rag.models.embedder import PassageVectors
from rag.reading import ParsedArticle, SourceFile
from rag.schema import ArticleHeader, Paragraph, ParagraphKind
from rag.text.stems import codes_of


@dataclass(frozen=True, slots=True)
class ArticleWrite:
    """An article to be stored, and the one that it takes the place of."""

    parsed: ParsedArticle
    source: SourceFile
    replaces: int | None = None
    """Key of the earlier version; its unchanged paragraphs keep their rows and vectors."""


class CatalogueWriter:
    """Write access to the catalogue; the caller holds the archive's lock.

    Args:
        path: The SQLite file; it is made when missing.

    Raises:
        CatalogueError: It is damaged.
        StorageError: It can't be written.
    """

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
        """Store some articles with all their paragraphs.

        Args:
            articles: New articles and new versions of stored ones.
            vectors: By paragraph id, for every citable paragraph that has no row yet.
        """
        with self._transaction() as db:
            for article in articles:
                key = _put_article(db, article)
                _put_paragraphs(db, key, article.parsed.paragraphs, vectors)
                _put_listing(db, key, article.parsed)

    def relabel(self, places: Iterable[tuple[int, SourceFile, ArticleHeader]]) -> None:
        """Note that articles, by key, stand elsewhere now; their texts and titles are unchanged."""
        with self._transaction() as db:
            for key, source, header in places:
                db.execute(
                    "UPDATE article SET path = ?, root = ?, record = ?, header = ? "
                    "WHERE article_key = ?",
                    (str(source.path), source.root, header.record, header_to_json(header), key),
                )
                db.execute(
                    "UPDATE listed SET publisher = ?, agency = ?, outlet = ?, day = ?, "
                    "searched = ? WHERE article_key = ?",
                    (*listing(header), key),
                )

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
        with translated(path):
            target = sqlite3.connect(path, timeout=30, isolation_level=None)
            try:
                target.execute("PRAGMA synchronous = FULL")
                self._connection.backup(target)
            finally:
                target.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with translated(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute(
                    "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE name = 'revision'"
                )
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already; then there is nothing left to undo.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


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
        cursor = db.execute(
            "INSERT INTO article (article_id, path, root, record, title, header, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        return int(cursor.lastrowid or 0)
    db.execute(
        "UPDATE article SET article_id = ?, path = ?, root = ?, record = ?, title = ?, header = ?, "
        "text = ? WHERE article_key = ?",
        (*row, write.replaces),
    )
    return write.replaces


def _put_paragraphs(
    db: sqlite3.Connection,
    article_key: int,
    paragraphs: Sequence[Paragraph],
    vectors: Mapping[str, PassageVectors],
) -> None:
    old = dict(
        db.execute(
            "SELECT paragraph_id, key FROM paragraph WHERE article_key = ?", (article_key,)
        ).fetchall()
    )
    for paragraph in paragraphs:
        key = old.pop(paragraph.paragraph_id, None)
        if key is None:
            key = _insert(db, article_key, paragraph)
        else:
            _update(db, key, paragraph)
        _put_vectors(db, key, paragraph, vectors)
    db.executemany("DELETE FROM paragraph WHERE key = ?", [(key,) for key in old.values()])


def _put_listing(db: sqlite3.Connection, article_key: int, parsed: ParsedArticle) -> None:
    blocks = parsed.paragraphs
    citable = sum(block.kind is not ParagraphKind.FURNITURE for block in blocks)
    db.execute(INSERT, (article_key, *listing(parsed.article.header), citable))


def _insert(db: sqlite3.Connection, article_key: int, paragraph: Paragraph) -> int:
    cursor = db.execute(
        "INSERT INTO paragraph "
        '(paragraph_id, article_key, ordinal, start, "end", kind, sentences, text, words) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            paragraph.paragraph_id,
            article_key,
            paragraph.ordinal,
            paragraph.start,
            paragraph.end,
            str(paragraph.kind),
            json.dumps([(span.start, span.end) for span in paragraph.sentences]),
            paragraph.text,
            codes_of(span.of(paragraph.text) for span in paragraph.sentences).tobytes(),
        ),
    )
    return int(cursor.lastrowid or 0)


def _update(db: sqlite3.Connection, key: int, paragraph: Paragraph) -> None:
    db.execute(
        'UPDATE paragraph SET ordinal = ?, start = ?, "end" = ?, kind = ? WHERE key = ?',
        (paragraph.ordinal, paragraph.start, paragraph.end, str(paragraph.kind), key),
    )


def _put_vectors(
    db: sqlite3.Connection, key: int, paragraph: Paragraph, vectors: Mapping[str, PassageVectors]
) -> None:
    if paragraph.kind is ParagraphKind.FURNITURE:
        db.execute("DELETE FROM vector WHERE key = ?", (key,))
        db.execute("DELETE FROM detail WHERE key = ?", (key,))
    elif not db.execute("SELECT 1 FROM vector WHERE key = ?", (key,)).fetchone():
        _insert_vectors(db, key, vectors[paragraph.paragraph_id])


def _insert_vectors(db: sqlite3.Connection, key: int, passage: PassageVectors) -> None:
    db.execute("INSERT INTO vector VALUES (?, ?)", (key, passage.paragraph.tobytes()))
    db.execute(
        "INSERT INTO detail VALUES (?, ?, ?, ?)",
        (
            key,
            passage.sentences.tobytes(),
            passage.tokens.tobytes(),
            passage.token_counts.tobytes(),
        ),
    )
