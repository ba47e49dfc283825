"""Reading which articles there are, without their paragraphs."""

from collections.abc import Iterable, Iterator

from rapidfuzz import process

from rag.archive.catalogue.database import decoding
from rag.archive.catalogue.listing import EVERY_ARTICLE, ArticleFilter, folded
from rag.archive.catalogue.queries import Queries
from rag.archive.catalogue.rows import StoredArticle, header_from_json
from rag.schema import Article

_LIKE = 70
"""Likeness of two names in percent, from which one may be meant for the other."""


class ArticleReader(Queries):
    """Lists, filters and counts the articles."""

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

        A page begins `after` the key of the last article of the page before.
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

    def block_counts(self) -> dict[str, int]:
        """Return how many blocks each article has, furniture included, by article id."""
        sql = (
            "SELECT article_id, count(*) FROM article JOIN paragraph USING (article_key) "
            "GROUP BY article_key"
        )
        return dict(self._all(sql))

    def _stored(self, condition: str, *values: object) -> Iterator[StoredArticle]:
        sql = f"SELECT article_key, path, root, header FROM article WHERE {condition}"  # noqa: S608
        for key, path, root, header in self._all(sql, *values):
            with decoding(self.path):
                known = header_from_json(header)
            yield StoredArticle(key, path, root, known)
