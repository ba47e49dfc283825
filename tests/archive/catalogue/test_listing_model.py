"""Filters, order and pages of the catalogue, against a list that is filtered in plain Python."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.archive.catalogue import ArticleFilter, CatalogueReader, CatalogueWriter
from tests.support.catalogues import store_record

DAYS = ["2024-11-07", "2024-11-08", "2024-12-31", "2025-01-01"]
PUBLISHERS = ["BBC News", "bbc news", "Daily Post", "Local"]
TITLES = ["Bridge opens", "Bridge closes", "A storm", "Post office closes"]

Record = dict[str, Any]
RECORDS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "publisher": st.sampled_from(PUBLISHERS),
            "agency": st.sampled_from(PUBLISHERS),
            "published_at": st.sampled_from([*DAYS, "2024-11-08T23:59:00-08:00", "last Friday"]),
            "title": st.sampled_from(TITLES),
            "author": st.just("Ada Fennimore"),
        },
    ),
    max_size=8,
)
FILTERS = st.builds(
    ArticleFilter,
    publisher=st.none() | st.sampled_from([*PUBLISHERS, "DAILY POST", "BBC"]),
    since=st.none() | st.sampled_from(DAYS).map(date.fromisoformat),
    until=st.none() | st.sampled_from(DAYS).map(date.fromisoformat),
    text=st.sampled_from(["", "  ", "bridge", "POST closes", "fennimore bbc", "%", "_", "a a a"]),
)


@contextmanager
def catalogue_of(records: Sequence[Record]) -> Iterator[CatalogueReader]:
    """Store the records in order; the record named `3` is the fourth."""
    with tempfile.TemporaryDirectory() as folder:
        writer = CatalogueWriter(Path(folder) / "home" / "catalogue.sqlite3")
        for number, record in enumerate(records):
            store_record(writer, Path(folder), str(number), record)
        writer.close()
        reader = CatalogueReader(writer.path)
        yield reader
        reader.close()


def passes(record: Record, only: ArticleFilter) -> bool:
    """Say what the docstrings promise, without SQL."""
    names = [str(record.get(key, "")).casefold() for key in ("publisher", "agency")]
    if only.publisher is not None and only.publisher.casefold() not in names:
        return False
    day = str(record.get("published_at", ""))[:10]
    dated = day in DAYS
    if only.since and not (dated and date.fromisoformat(day) >= only.since):
        return False
    if only.until and not (dated and date.fromisoformat(day) <= only.until):
        return False
    searched = [str(record.get(key, "")).casefold() for key in ("title", "author")]
    searched += [*names, "records.json"]
    return all(any(word in part for part in searched) for word in only.text.casefold().split())


def named(articles: Sequence[Any]) -> list[str]:
    return [str(article.header.record) for article in articles]


@settings(max_examples=40)
@given(RECORDS, st.lists(FILTERS, min_size=1, max_size=8), st.integers(1, 4))
def test_pages_hold_what_passes_newest_first_each_once(
    records: list[Record], filters: list[ArticleFilter], limit: int
) -> None:
    with catalogue_of(records) as reader:
        for only in filters:
            expected = [str(n) for n, record in enumerate(records) if passes(record, only)][::-1]
            assert reader.count(only) == len(expected)
            assert named(reader.page(only, limit=100)) == expected
            turned: list[str] = []
            page = reader.page(only, limit=limit)
            while page:
                assert len(page) <= limit
                turned += named(page)
                page = reader.page(only, limit=limit, after=page[-1].article_key)
            assert turned == expected


@settings(max_examples=20)
@given(RECORDS, FILTERS)
def test_whatever_passes_no_filter_is_counted_once_and_kept(
    records: list[Record], only: ArticleFilter
) -> None:
    with catalogue_of(records) as reader:
        everything = named(list(reader.articles()))
        assert everything == [str(number) for number in range(len(records))]
        assert reader.counts() == (len(records), len(records))
        assert reader.count(only) <= len(records)
        if only.is_open:
            assert reader.count(only) == len(records)
        keys = [article.article_key for article in reader.articles()]
        assert reader.paragraph_counts(keys) == dict.fromkeys(keys, 1)


@settings(max_examples=20)
@given(RECORDS, st.integers(0, 7))
def test_a_page_goes_on_where_it_was_though_its_last_article_is_gone(
    records: list[Record], at: int
) -> None:
    with catalogue_of(records) as reader:
        shown = reader.page(limit=at + 1)
        rest = named(reader.page(limit=100))[len(shown) :]
        if shown:
            last = shown[-1].article_key
            writer = CatalogueWriter(reader.path)
            writer.remove([last])
            writer.close()
            assert named(reader.page(limit=100, after=last)) == rest


def test_an_empty_catalogue_has_empty_pages() -> None:
    with catalogue_of([]) as reader:
        assert reader.page(limit=5) == ()
        assert reader.page(limit=5, after=1) == ()
        assert reader.counts() == (0, 0)
        assert reader.outlets() == reader.outlets_like("BBC") == []
        assert reader.paragraph_counts([]) == reader.paragraph_counts([7]) == {}


def test_no_more_than_the_limit_and_none_for_nought() -> None:
    with catalogue_of([{"publisher": "Local"}] * 3) as reader:
        assert reader.page(limit=0) == ()
        assert named(reader.page(limit=2)) == ["2", "1"]
        assert named(list(reader.articles(limit=2))) == ["0", "1"]


def test_a_misspelt_outlet_is_guessed_and_another_one_is_not() -> None:
    with catalogue_of([{"publisher": name} for name in ("BBC News", "Daily Post")]) as reader:
        assert reader.outlets_like("Daly Post") == ["Daily Post"]
        assert reader.outlets_like("bbc  NEWS")[0] == "BBC News"
        assert reader.outlets_like("Zzyzx") == []
