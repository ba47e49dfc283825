"""Publication dates: read as texts and pages write them, printed as a newspaper prints them."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|"
        "september sept sep|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
WRITTEN_DATE = (
    r"(?:(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    r"|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month2>[a-z]{3,9})\.?,?\s+(?P<year2>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))"
)
"""`Nov. 8, 2024`, `8 November 2024` or `2024-11-08`, in either case."""
_WRITTEN_DATE = re.compile(WRITTEN_DATE, re.IGNORECASE)


def parse_date(value: str) -> str | None:
    """Return a date or time as ISO 8601, or null when it can't be read with certainty."""
    value = value.strip()
    if written := _WRITTEN_DATE.fullmatch(value):
        return _iso(written)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment.date().isoformat() if len(value) <= len("YYYY-MM-DD") else moment.isoformat()
    return None


def _iso(written: re.Match[str]) -> str | None:
    month = MONTHS.get((written["month"] or written["month2"] or "").lower(), 0)
    day, year = written["day"] or written["day2"], written["year"] or written["year2"]
    try:
        if written["iso"]:
            return date.fromisoformat(written["iso"]).isoformat()
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


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
