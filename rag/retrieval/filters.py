"""Which articles a question may be answered from: what a caller gave, read and checked."""

from datetime import date, datetime

from rag.archive.catalogue import ArticleFilter, CatalogueReader
from rag.errors import QuestionError

__all__ = ["ArticleFilter", "article_filter", "nothing_passes"]


def article_filter(
    publisher: str | None, since: str | date | None, until: str | date | None
) -> ArticleFilter:
    """Return the filter for what a caller gave.

    Raises:
        QuestionError: A date can't be read, or the range is empty.
    """
    first, last = _day("since", since), _day("until", until)
    if first and last and first > last:
        raise QuestionError(
            f"since={first} lies after until={last}.", "Exchange the two, or leave one out."
        )
    return ArticleFilter((publisher or "").strip() or None, first, last)


def nothing_passes(catalogue: CatalogueReader, only: ArticleFilter) -> str:
    """Return in words that no article passes a filter, and which outlet may have been meant."""
    if only.publisher is None or catalogue.count(ArticleFilter(only.publisher)):
        return "No article passes the filter by publisher and date."
    near = ", ".join(catalogue.outlets_like(only.publisher))
    return f"The archive has no publisher “{only.publisher}”." + (f" Near: {near}." if near else "")


def _day(name: str, value: str | date | None) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value.strip()).date()
    except (ValueError, AttributeError) as error:  # AttributeError: a year given as a number
        raise QuestionError(
            f"{name}={value!r} is not a date.", "Write it as YYYY-MM-DD, such as 2024-11-08."
        ) from error
