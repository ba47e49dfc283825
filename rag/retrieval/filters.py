"""Which articles a question may be answered from."""

from dataclasses import dataclass
from datetime import date, datetime

from rag.errors import QuestionError
from rag.schema import ArticleHeader


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """A filter by publisher and by date; an article without a date passes no date filter."""

    publisher: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it lets everything pass."""
        return self.publisher is None and self.since is None and self.until is None

    def admits(self, article: ArticleHeader) -> bool:
        """Tell whether an article passes; the publisher is compared without regard to case."""
        if self.publisher is not None:
            names = {name.casefold() for name in (article.publisher, article.agency) if name}
            if self.publisher.casefold() not in names:
                return False
        if self.since is None and self.until is None:
            return True
        if article.published_at is None:
            return False
        day = datetime.fromisoformat(article.published_at).date()
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


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
