"""What articles are listed and filtered by: a narrow row an article, beside its long text."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from unicodedata import combining, normalize

from rag.archive.catalogue.rows import header_from_json
from rag.schema import ArticleHeader
from rag.text.unseen import visible

_MOST_WORDS = 20
"""SQLite allows a thousand conditions; a list is searched by a few words."""
_EVERY = "1"
TABLE = """
CREATE TABLE listed (
    article_key INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    publisher TEXT, agency TEXT, outlet TEXT, day TEXT, searched TEXT NOT NULL,
    paragraphs INTEGER NOT NULL
);
CREATE INDEX listed_publisher ON listed (publisher, day);
CREATE INDEX listed_agency ON listed (agency, day);
CREATE INDEX listed_outlet ON listed (outlet);
CREATE INDEX listed_day ON listed (day);
"""
INSERT = "INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?, ?, ?)"
COLUMNS = ("publisher", "agency", "outlet", "day", "searched")
"""What `listing` returns."""
_PARAGRAPHS = (
    "(SELECT count(*) FROM paragraph p "
    "WHERE p.article_key = article.article_key AND kind != 'furniture')"
)
_DERIVED = ", ".join(f"listing(header, {place}) AS {name}" for place, name in enumerate(COLUMNS))
_VIEW = (
    f"CREATE TEMP VIEW listed AS SELECT article_key, {_DERIVED}, "  # noqa: S608  # constants alone
    f"{_PARAGRAPHS} AS paragraphs FROM article"
)


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles are meant; an article without a date passes no filter by date."""

    publisher: str | None = None
    """The name of a publisher or of an agency; case and accents don't matter."""
    since: date | None = None
    until: date | None = None
    """The days are the article's own, in its own time zone; both ends belong to the range."""
    text: str = ""
    """Words that all have to be in title, author, publisher, agency or file name."""

    @property
    def is_open(self) -> bool:
        """Whether it lets everything pass."""
        return self.where()[0] == _EVERY

    def where(self) -> tuple[str, list[object]]:
        """Return the condition on `listed` in SQL, and its values."""
        conditions: list[tuple[str, tuple[object, ...]]] = [(_EVERY, ())]
        if self.publisher is not None:
            name = folded(self.publisher)
            conditions.append(("(publisher = ? OR agency = ?)", (name, name)))
        if self.since is not None:
            conditions.append(("day >= ?", (self.since.isoformat(),)))
        if self.until is not None:
            conditions.append(("day <= ?", (self.until.isoformat(),)))
        words = list(dict.fromkeys(folded(self.text).split()))
        conditions += [("instr(searched, ?)", (word,)) for word in words[:_MOST_WORDS]]
        values = [value for _, part in conditions for value in part]
        return " AND ".join(condition for condition, _ in conditions), values


EVERY_ARTICLE = ArticleFilter()


def folded(text: str) -> str:
    """Return a name as names are compared: without case, accents and what nobody can see."""
    if not text.isascii():
        text = "".join(one for one in normalize("NFKD", visible(text)) if not combining(one))
    return " ".join(text.casefold().split())


def listing(header: ArticleHeader) -> tuple[str | None, ...]:
    """Return what is listed of an article: the columns that its header gives."""
    named = (header.title, header.author, header.publisher, header.agency, header.file)
    words = folded(" ".join(part for part in named if part))
    names = (folded(name or "") or None for name in (header.publisher, header.agency))
    return (*names, header.outlet, _day(header.published_at), words)


def derive_listing(connection: sqlite3.Connection) -> None:
    """Let a reader of the layout before, which has no such rows, make them whenever it is asked."""
    connection.execute("PRAGMA temp_store = MEMORY")  # the disk may be read-only
    listing_of = lru_cache(maxsize=1000)(lambda header: listing(header_from_json(header)))
    connection.create_function(
        "listing", 2, lambda header, place: listing_of(header)[place], deterministic=True
    )
    connection.execute(_VIEW)


def add_listing(connection: sqlite3.Connection) -> None:
    """Make the table for the articles that are there; the caller has begun a transaction."""
    table, *indexes = filter(str.strip, TABLE.split(";"))
    connection.execute(table)
    articles = connection.execute(f"SELECT article_key, header, {_PARAGRAPHS} FROM article")  # noqa: S608
    rows = ((key, *listing(header_from_json(value)), count) for key, value, count in articles)
    connection.executemany(INSERT, rows)
    for index in indexes:
        connection.execute(index)


def _day(published_at: str | None) -> str | None:
    try:
        return datetime.fromisoformat(published_at).date().isoformat() if published_at else None
    except ValueError:
        return None
