"""What an article's own text says of its title, byline, agency, place and date.

Only forms that news texts really use are read; anything else stays null, never guessed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from rag.schema import Paragraph, ParagraphKind

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>[A-Z][a-z]{2,8})\.?"
_DATE = re.compile(
    rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.replace('month', 'month2')},?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))"
)
_DATE_LINE = re.compile(
    rf"(?:(?:first\s+)?(?:published|posted|updated|date)\s*(?:on|at)?:?\s+)?"
    rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?P<date>{_DATE.pattern})[\s,.]*",
    re.IGNORECASE,
)
_AGENCY = r"\((?P<agency>[A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*){0,3})\)"
_DASH = r"\s*(?:--?|–|—)\s*"  # noqa: RUF001  # the dashes of real datelines
_BARE_AGENCY = re.compile(rf"{_AGENCY}{_DASH}(?=\S)")
_DATELINE = re.compile(
    rf"(?P<place>[A-Z][A-Z.'’-]+(?:[\s/][A-Z][A-Z.'’-]*)*(?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)??)"
    rf"(?:,\s(?P<date>[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}}(?:,\s\d{{4}})?))?\s+{_AGENCY}{_DASH}(?=\S)"
)
_BYLINE = re.compile(
    r"(?:By|BY)\s+(?P<author>[A-Z][\w.'’-]+(?:\s(?:(?:and|de|van|von|der|al|bin)\s)?"
    r"[A-Z][\w.'’-]*){1,8})(?:,\s[^.]{1,60})?"
)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>.*?)[ \t]*#*")
_LONGEST_TITLE = 160
_SEARCHED = 5
"""How many of the first blocks may hold a byline or a date line."""


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What the text itself says; null where it says nothing."""

    title: str | None = None
    title_ordinal: int | None = None
    author: str | None = None
    agency: str | None = None
    place: str | None = None
    published_at: str | None = None


def read_header(paragraphs: Sequence[Paragraph], *, has_title: bool) -> HeaderFacts:
    """Read the facts from the first blocks of an article.

    Args:
        paragraphs: All blocks of the article, furniture included.
        has_title: The title is known from elsewhere, so no block is taken for a headline.
    """
    blocks = [block for block in paragraphs if block.kind is not ParagraphKind.FURNITURE]
    facts = HeaderFacts() if has_title else _headline(blocks)
    for block in blocks[:_SEARCHED]:
        if block.ordinal != facts.title_ordinal:
            facts = _with_block(facts, block.text)
    return facts


def parse_date(value: str) -> str | None:
    """Return a date or time as ISO 8601, or null when it can't be read with certainty."""
    value = value.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except (ValueError, TypeError, IndexError):
            continue
        return moment.date().isoformat() if len(value) <= len("YYYY-MM-DD") else moment.isoformat()
    match = _DATE.fullmatch(value)
    return _iso(match) if match else None


def _headline(blocks: Sequence[Paragraph]) -> HeaderFacts:
    if not blocks:
        return HeaderFacts()
    first = blocks[0]
    if heading := _HEADING.fullmatch(first.text):
        return HeaderFacts(title=heading["title"], title_ordinal=first.ordinal)
    follower = blocks[1].text if len(blocks) > 1 else ""
    if not follower or not _looks_like_headline(first.text, follower):
        return HeaderFacts()
    return HeaderFacts(title=first.text.removesuffix("."), title_ordinal=first.ordinal)


def _looks_like_headline(line: str, follower: str) -> bool:
    if "\n" in line or len(line) > _LONGEST_TITLE or _dateline(line) or _BYLINE.fullmatch(line):
        return False
    if _DATE_LINE.fullmatch(line):
        return False
    # A sentence is a headline only where what follows is clearly the start of the story.
    starts_story = _dateline(follower) or _BYLINE.fullmatch(follower) or _DATE_LINE.fullmatch(follower)
    return bool(starts_story) or line[-1] not in ".!?:;,\"”'’"


def _dateline(text: str) -> re.Match[str] | None:
    return _DATELINE.match(text) or _BARE_AGENCY.match(text)


def _with_block(facts: HeaderFacts, text: str) -> HeaderFacts:
    if not facts.agency and (line := _dateline(text)):
        found = line.groupdict()
        facts = replace(facts, agency=found["agency"], place=found.get("place"))
        if found.get("date") and (dated := _DATE.fullmatch(found["date"])):
            facts = replace(facts, published_at=facts.published_at or _iso(dated))
    if not facts.author and (byline := _BYLINE.fullmatch(text)):
        facts = replace(facts, author=byline["author"])
    if not facts.published_at and (dated := _DATE_LINE.fullmatch(text)):
        facts = replace(facts, published_at=parse_date(dated["date"]))
    return facts


def _iso(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    if found["iso"]:
        return _valid(*(int(part) for part in found["iso"].split("-")))
    month = _MONTHS.get((found["month"] or found["month2"]).lower())
    day, year = found["day"] or found["day2"], found["year"] or found["year2"]
    return _valid(int(year), month, int(day)) if month else None


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
