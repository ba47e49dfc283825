"""Which articles pass a filter, and in what order they are listed."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.archive.catalogue import (
    EVERY_ARTICLE,
    ArticleFilter,
    ArticleWrite,
    CatalogueReader,
    CatalogueWriter,
)
from rag.archive.catalogue.listing import folded
from rag.errors import CatalogueError
from tests.support.catalogues import TEXT, as_layout_2, parse_record, store, store_record

RECORDS: dict[str, dict[str, Any]] = {
    "bbc": {"publisher": "BBC News", "published_at": "2024-11-07"},
    "abr": {"publisher": "Agência Brasil", "published_at": "2024-11-08", "title": "Ponte aberta"},
    "loc": {
        "publisher": "Local",
        "agency": "BBC News",
        "published_at": "2024-11-10T23:59:59-05:00",
    },
    "utc": {
        "publisher": "Straße",
        "published_at": "2024-11-11T00:30:00Z",
        "author": "Ada Fennimore",
    },
    "bare": {},
}


@pytest.fixture(params=["present", "before"])
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CatalogueReader]:
    """Of the present layout, and of the one before: both answer alike."""
    path = tmp_path / "home" / "catalogue.sqlite3"
    writer = CatalogueWriter(path)
    for name, record in RECORDS.items():
        store_record(writer, tmp_path, name, record)
    writer.close()
    if request.param == "before":
        as_layout_2(path)
    opened = CatalogueReader(path)
    yield opened
    opened.close()


def names(reader: CatalogueReader, only: ArticleFilter, **page: Any) -> list[str]:
    found = reader.page(only, **{"limit": 10, **page})
    return [str(article.header.record) for article in found]


@pytest.mark.parametrize(
    ("publisher", "passing"),
    [
        ("BBC News", ["loc", "bbc"]),
        ("bbc  NEWS", ["loc", "bbc"]),
        ("B\u200bBC News", ["loc", "bbc"]),
        ("BBC", []),
        ("agencia brasil", ["abr"]),
        ("AGE\u0302NCIA BRASIL", ["abr"]),
        ("STRASSE", ["utc"]),
        ("", []),
        ("\ud800", []),
        ("' OR 1=1 --", []),
    ],
)
def test_a_publisher_or_agency_is_known_without_case_and_accents(
    reader: CatalogueReader, publisher: str, passing: list[str]
) -> None:
    assert names(reader, ArticleFilter(publisher)) == passing
    assert reader.count(ArticleFilter(publisher)) == len(passing)


@pytest.mark.parametrize(
    ("since", "until", "passing"),
    [
        ("2024-11-08", None, ["utc", "loc", "abr"]),
        (None, "2024-11-10", ["loc", "abr", "bbc"]),
        ("2024-11-10", "2024-11-10", ["loc"]),
        ("2024-11-11", "2024-11-11", ["utc"]),
        ("0001-01-01", "9999-12-31", ["utc", "loc", "abr", "bbc"]),
    ],
)
def test_a_day_is_the_articles_own_and_without_one_it_passes_no_range(
    reader: CatalogueReader, since: str | None, until: str | None, passing: list[str]
) -> None:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    assert names(reader, ArticleFilter(None, first, last)) == passing


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("PONTE", ["abr"]),
        ("agencia pon", ["abr"]),
        ("fennimore strasse", ["utc"]),
        ("fennimore nowhere", []),
        ("bbc", ["loc", "bbc"]),
        ("100%", []),
        (" ".join(["records.json"] * 5000), ["bare", "utc", "loc", "abr", "bbc"]),
    ],
)
def test_all_words_have_to_be_found(reader: CatalogueReader, text: str, passing: list[str]) -> None:
    assert names(reader, ArticleFilter(text=text)) == passing


def test_a_list_is_turned_page_by_page_newest_arrivals_first(reader: CatalogueReader) -> None:
    first = reader.page(limit=2)
    second = reader.page(limit=2, after=first[-1].article_key)
    last = reader.page(limit=2, after=second[-1].article_key)
    assert [a.header.record for a in (*first, *second, *last)] == [*reversed(RECORDS)]
    assert names(reader, ArticleFilter("bbc news"), limit=1) == ["loc"]
    assert reader.counts()[0] == reader.count(EVERY_ARTICLE) == len(RECORDS)
    assert reader.outlets() == ["Agência Brasil", "BBC News", "Local", "Straße"]


def test_paragraphs_pass_with_their_article(reader: CatalogueReader) -> None:
    (article,) = reader.page(ArticleFilter("agencia brasil"), limit=2)
    ((keys, vectors),) = reader.all_vectors(ArticleFilter("agencia brasil"))
    own = [key for key, one in reader.paragraphs(keys).items() if one.article == article.header]
    assert own == sorted(keys.tolist())
    assert np.array_equal(reader.vectors(keys)[1], vectors)
    every = reader.stamped_keys()[:, 0]
    assert sorted(reader.passing(every, ArticleFilter("agencia brasil"))) == own
    assert sum(keys.size for keys, _ in reader.all_vectors(EVERY_ARTICLE)) == every.size
    assert reader.counts()[1] == every.size


def test_an_edit_and_a_removal_change_the_list(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path / "home" / "catalogue.sqlite3")
    reader = CatalogueReader(writer.path)
    store_record(writer, tmp_path, "a", {"publisher": "Old Name"})
    (stored,) = reader.articles()
    parsed, source = parse_record(tmp_path, "a", {"publisher": "New Name"})
    writer.store([ArticleWrite(parsed, source, stored.article_key)], {})
    assert (reader.outlets(), reader.count(ArticleFilter("old name"))) == (["New Name"], 0)
    writer.relabel([(stored.article_key, source, stored.header)])
    assert (reader.outlets(), reader.counts()) == (["Old Name"], (1, 1))
    assert reader.articles_in(str(source.path)) == (
        reader.stored_article(stored.header.article_id),
    )
    writer.remove([stored.article_key])
    assert (reader.outlets(), reader.counts()) == ([], (0, 0))
    reader.close()
    writer.close()


def test_a_name_is_folded_once() -> None:
    assert folded("\u0130stanbul\u00ad  \ufb01ne") == "istanbul fine"
    assert folded(folded("Ǆ Å ß")) == folded("Ǆ Å ß")


def test_the_first_writer_brings_the_layout_before_to_this_one(tmp_path: Path) -> None:
    path = tmp_path / "home" / "catalogue.sqlite3"
    writer = CatalogueWriter(path)
    store_record(writer, tmp_path, "a", RECORDS["bbc"])
    store(writer, tmp_path, TEXT)
    writer.close()
    as_layout_2(path)
    before = CatalogueReader(path)
    state, counts = before.state, before.counts()
    CatalogueWriter(path).close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM listed").fetchone() == (2,)
    after = CatalogueReader(path)
    for reader in (before, after):
        assert (reader.state, reader.counts()) == (state, counts)
        assert reader.count(ArticleFilter("bbc news")) == 1
        reader.close()


def test_what_cannot_be_brought_to_this_layout_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "home" / "catalogue.sqlite3"
    writer = CatalogueWriter(path)
    store_record(writer, tmp_path, "a", RECORDS["bbc"])
    writer.close()
    as_layout_2(path)
    with sqlite3.connect(path) as connection:
        (header,) = connection.execute("SELECT header FROM article").fetchone()
        connection.execute("UPDATE article SET header = '{'")
    with pytest.raises(CatalogueError, match="is damaged"):
        CatalogueWriter(path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE article SET header = ?", (header,))
    CatalogueWriter(path).close()
    reader = CatalogueReader(path)
    assert reader.outlets() == ["BBC News"]
    reader.close()


def test_what_cannot_be_text_is_the_id_of_nothing(tmp_path: Path) -> None:
    writer = CatalogueWriter(tmp_path / "home" / "catalogue.sqlite3")
    store(writer, tmp_path, TEXT)
    reader = CatalogueReader(writer.path)
    half = "\udcff"  # how Python reads an argument that is not UTF-8
    assert [*reader.find(half), *reader.articles_in(half), *reader.paragraphs_of(half)] == []
    assert [reader.article(half), reader.stored_article(half)] == [None, None]
    reader.close()
    writer.close()


@pytest.mark.parametrize(
    ("only", "index"),
    [
        (ArticleFilter("bbc news"), "listed_publisher"),
        (ArticleFilter("bbc news", since=date(2024, 1, 1)), "listed_agency"),
        (ArticleFilter(since=date(2024, 1, 1)), "listed_day"),
    ],
)
def test_a_filter_reads_no_more_than_what_passes(
    tmp_path: Path, only: ArticleFilter, index: str
) -> None:
    path = tmp_path / "home" / "catalogue.sqlite3"
    CatalogueWriter(path).close()
    condition, values = only.where()
    with sqlite3.connect(path) as connection:
        sql = f"EXPLAIN QUERY PLAN SELECT count(*) FROM listed WHERE {condition}"
        plan = " ".join(row[-1] for row in connection.execute(sql, values))
    connection.close()
    assert "SCAN" not in plan
    assert index in plan
