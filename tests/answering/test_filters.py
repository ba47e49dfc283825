"""What a caller gives as a filter is read, or named with what to do."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from rag.answering.request import article_filter
from rag.archive.catalogue import ArticleFilter, CatalogueReader, CatalogueWriter
from rag.errors import QuestionError
from rag.retrieval.hybrid import nothing_passes
from tests.support.catalogues import store_record


def test_nothing_given_lets_everything_pass() -> None:
    assert article_filter(None, None, None) == ArticleFilter()
    assert article_filter("  ", "", "") == ArticleFilter()


def test_a_name_loses_its_outer_white_space() -> None:
    assert article_filter(" BBC News ", None, None) == ArticleFilter("BBC News")


def test_a_day_may_be_a_date_a_time_or_text() -> None:
    days: list[str | date] = [
        date(2024, 11, 8),
        datetime(2024, 11, 8, 10, tzinfo=UTC),
        " 2024-11-08 ",
        "2024-11-08T10",
    ]
    assert {article_filter(None, day, None).since for day in days} == {date(2024, 11, 8)}


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


@pytest.mark.parametrize(
    ("given", "notice"),
    [
        (("Renters", None, None), "The archive has no publisher “Renters”. Near: Reuters."),
        (("agencia brasilia", None, None), "publisher “agencia brasilia”. Near: Agência Brasil."),
        (("Le Monde", None, None), "The archive has no publisher “Le Monde”."),
        (("reuters", "2030-01-01", None), "No article passes the filter by publisher and date."),
        ((None, "2030-01-01", None), "No article passes the filter by publisher and date."),
    ],
)
def test_where_nothing_passes_it_is_said_why(
    tmp_path: Path, given: tuple[str | None, str | None, None], notice: str
) -> None:
    writer = CatalogueWriter(tmp_path / "home" / "catalogue.sqlite3")
    for outlet in ("Reuters", "Agência Brasil"):
        store_record(writer, tmp_path, outlet, {"publisher": outlet})
    writer.close()
    reader = CatalogueReader(writer.path)
    assert notice in nothing_passes(reader, article_filter(*given))
    assert nothing_passes(reader, article_filter(*given)).endswith(notice[-10:])
    reader.close()
