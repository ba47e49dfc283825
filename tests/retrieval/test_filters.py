"""Which articles a question may be answered from."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from rag.errors import QuestionError
from rag.retrieval.filters import ArticleFilter, article_filter
from rag.schema import ArticleHeader


def header(**known: Any) -> ArticleHeader:
    return ArticleHeader("id", "a.txt", **known)


def test_an_open_filter_admits_everything() -> None:
    only = article_filter(None, None, None)
    assert only == ArticleFilter()
    assert only.is_open
    assert only.admits(header())
    assert article_filter("  ", "", "").is_open


@pytest.mark.parametrize("publisher", ["BBC News", "bbc news", " BBC NEWS "])
def test_the_publisher_is_compared_without_case(publisher: str) -> None:
    only = article_filter(publisher, None, None)
    assert not only.is_open
    assert only.admits(header(publisher="BBC News"))
    assert only.admits(header(agency="BBC News"))
    assert only.admits(header(publisher="Local", agency="BBC News"))
    assert not only.admits(header(publisher="BBC"))
    assert not only.admits(header())


def test_both_ends_of_a_range_belong_to_it() -> None:
    only = article_filter(None, "2024-11-08", date(2024, 11, 10))
    days = ["2024-11-07", "2024-11-08", "2024-11-10T23:59:59-05:00", "2024-11-11"]
    assert [only.admits(header(published_at=day)) for day in days] == [False, True, True, False]
    assert not only.admits(header())


def test_a_day_may_be_a_date_a_time_or_text() -> None:
    days: list[str | date] = [
        date(2024, 11, 8),
        datetime(2024, 11, 8, 10, tzinfo=UTC),
        " 2024-11-08 ",
        "2024-11-08T10",
    ]
    assert {article_filter(None, day, None).since for day in days} == {date(2024, 11, 8)}


def test_one_end_may_be_open() -> None:
    assert article_filter(None, "2024-01-01", None).admits(header(published_at="2999-01-01"))
    assert article_filter(None, None, "2024-01-01").admits(header(published_at="1999-01-01"))


@pytest.mark.parametrize("value", ["yesterday", "2024-13-01", "8/11/2024", " ", 2024])
def test_what_is_no_date_is_named(value: Any) -> None:
    with pytest.raises(QuestionError) as caught:
        article_filter(None, None, value)
    assert caught.value.message == f"until={value!r} is not a date."
    assert "YYYY-MM-DD" in caught.value.hint


def test_an_empty_range_is_named() -> None:
    with pytest.raises(QuestionError, match="since=2024-02-01 lies after until=2024-01-01"):
        article_filter(None, "2024-02-01", "2024-01-01")
    assert article_filter(None, "2024-01-01", "2024-01-01").since == date(2024, 1, 1)
