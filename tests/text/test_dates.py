from datetime import date

import pytest

from rag.text.dates import day_of, readable_date


@pytest.mark.parametrize("published_at", ["2024-11-08", "2024-11-08T10:00:00Z", "2024-11-08 10:00"])
def test_a_date_is_printed_as_in_a_newspaper(published_at: str) -> None:
    assert day_of(published_at) == date(2024, 11, 8)
    assert readable_date(published_at) == "8 November 2024"
    assert readable_date(published_at, with_year=False) == "8 November"


@pytest.mark.parametrize("text", ["last week", "2024-13-01", "", None])
def test_anything_else_is_no_day_and_printed_as_it_is(text: str | None) -> None:
    assert day_of(text) is None
    assert readable_date(text) == (text or "")
