"""Publication dates: read from ISO 8601, printed as a newspaper prints them."""

from datetime import date


def day_of(published_at: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time; null where there is none."""
    try:
        return date.fromisoformat((published_at or "")[:10])
    except ValueError:
        return None


def readable_date(published_at: str | None, *, with_year: bool = True) -> str:
    """Return `8 November 2024`; a text that is no ISO date as it is, nothing for nothing."""
    day = day_of(published_at)
    if day is None:
        return published_at or ""
    return f"{day.day} {day:%B %Y}" if with_year else f"{day.day} {day:%B}"
