"""What an article's own text says of its title, byline, agency, place and date.

Only forms that news texts really use are read; anything else stays null, never guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rag.schema import Paragraph
from rag.text.dates import MONTHS, WRITTEN_DATE, parse_date
from rag.text.words import words

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_DATE_LINE = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|updated|date)(?:\s+(?:on|at))?\s*:?\s+)?"
    rf"(?:(?:{'|'.join(_DAYS)}),?\s+)?(?P<date>{WRITTEN_DATE})[\s,.]*",
    re.IGNORECASE,
)
_UPPER = "A-ZÀ-ÖØ-Þ"
# A name in parentheses and a dash also open ordinary sentences, `(Laughter) - he …`. So agencies
# are known by name, or by a word that only they bear.
_AGENCY = (
    r"\((?P<agency>(?:The )?(?:Associated Press|AP|Reuters|AFP|Agence France-Presse|CNN|UPI|PA"
    r"|PA Media|Press Association|dpa|DPA|EFE|ANSA|TASS|Tass|ITAR-TASS|Interfax|RIA(?: Novosti)?"
    r"|Xinhua|Kyodo|Jiji|Yonhap|PTI|ANI|IANS|AAP|Anadolu|Bloomberg|BBC|CBC|NPR|VOA|RFE/RL|CNBC|NBC"
    r"|CBS|ABC|MarketWatch|Business Wire|BUSINESS WIRE|PRNewswire|GLOBE NEWSWIRE|Bernama|Antara"
    r"|Ukrinform|UNIAN|Sputnik|KUNA|IRNA|NTB|ANP|Belga|Axios|Politico|Al Jazeera"
    rf"|(?:[{_UPPER}][\w&.’'-]* ){{1,3}}(?:News|Press|Newswire|News Service|News Agency))"
    r"(?: (?:News|Business|Politics))?)\)"
)
_DASH = r"\s*(?:--?|–|—)\s*(?=\S)"
_BARE_AGENCY = re.compile(rf"{_AGENCY}{_DASH}")
_WORD = rf"[{_UPPER}][{_UPPER}.'’-]+"
_STATE = rf"(?:[{_UPPER}][a-z]+\.|[A-Z]\.[A-Z]\.|[{_UPPER}][\w'’-]+(?:\s[{_UPPER}][\w'’-]+)?)"
_DATELINE = re.compile(
    rf"(?P<place>{_WORD}(?:[\s/]{_WORD}){{0,4}}(?:,\s{_STATE})??)"
    r"(?:,\s(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?|\d{1,2}\s[A-Z][a-z]{2,8}(?:\s\d{4})?))?"
    rf"(?:,|\s[-–—])?\s+{_AGENCY}{_DASH}"
)
_PARTICLE = r"(?:de|del|della|di|da|dos|du|la|le|van|von|der|den|ter|al|bin|ibn|el)"
_NAME = rf"[{_UPPER}][\w.'’-]*(?:[ ](?:{_PARTICLE}[ ]){{0,2}}[{_UPPER}][\w.'’-]*){{1,3}}"
_BYLINE = re.compile(
    rf"(?:By|BY)[ ]+(?P<author>{_NAME}(?:(?:,[ ]{_NAME}){{0,4}},?[ ](?:and|And|AND|&)[ ]{_NAME})?)"
    r"(?P<role>(?:,[ ]|[ ][|/–—-][ ]|[ ]*[\n\r]\s*)[^.\n\r]{1,60})?"
)
_ROLE = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|staff|news|press|times|post|reuters|cnn|bbc|ap|"
    r"afp|journalist|columnist|analyst|guardian|bloomberg|service)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "the a an this that these those his her its their our my your or of for to in on at all "
    "any day night week month year morning evening afternoon noon midnight eve numbers demand "
    "request arrangement appointment order election law contrast popular special royal then now "
    "far comparison land sea air road".split()
).union(_DAYS, MONTHS)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>[^\n\r]*)")
_ENDS_SENTENCE = re.compile(r"[.!?:;,…。！？؟।][\"”»’')\]]*$|[\"”»’']$")
_FRONT_MATTER_LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_LONGEST_TITLE = 160
_LONGEST_OPENING = 240
"""No dateline, byline or date line is longer; so the time is linear, whatever the text."""
_LONGEST_FRONT_MATTER = 100
"""Lines."""
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


def read_header(paragraphs: Sequence[Paragraph], *, title: str | None = None) -> HeaderFacts:
    """Read the facts from the first blocks of an article.

    Args:
        paragraphs: All blocks of the article, furniture included.
        title: The title, where it is known from elsewhere; then no other block is a headline.
    """
    blocks = [block for block in paragraphs[: 2 * _SEARCHED] if block.is_citable]
    facts = _headline(blocks) if title is None else _repeated(blocks, title)
    for block in blocks[:_SEARCHED]:
        if block.ordinal != facts.title_ordinal:
            facts = _with_block(facts, block.text)
    return facts


def read_front_matter(text: str) -> tuple[int, Mapping[str, str]]:
    """Return how long the `---` block at the beginning of a Markdown text is, and what it says.

    Only `key: value` lines are read; a block that is anything else is no front matter, and its
    length is 0.
    """
    lines = text[: _LONGEST_FRONT_MATTER * _LONGEST_OPENING].splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return 0, {}
    values: dict[str, str] = {}
    length = len(lines[0])
    for line in lines[1:_LONGEST_FRONT_MATTER]:
        length += len(line)
        if line.rstrip() in {"---", "..."}:
            return (length, values) if values else (0, {})
        if found := _FRONT_MATTER_LINE.match(line.rstrip()):
            values[found["key"].lower()] = _unquoted(found["value"] or "")
        elif line.strip() and not line.lstrip().startswith("#") and line[0] not in " \t-":
            return 0, {}
    return 0, {}


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].strip() if quoted else value


def _headline(blocks: Sequence[Paragraph]) -> HeaderFacts:
    if not blocks:
        return HeaderFacts()
    first = blocks[0]
    if heading := _HEADING.fullmatch(first.text):
        return HeaderFacts(title=_heading_title(heading["title"]), title_ordinal=first.ordinal)
    follower = blocks[1].text if len(blocks) > 1 else ""
    if not follower or not _looks_like_headline(first.text, follower):
        return HeaderFacts()
    return HeaderFacts(title=_plain_title(first.text), title_ordinal=first.ordinal)


def _repeated(blocks: Sequence[Paragraph], title: str) -> HeaderFacts:
    """Return the facts of an article whose text begins with the title that is already known."""
    first = blocks[0].text if blocks and len(blocks) > 1 else ""
    if len(first) > 2 * _LONGEST_TITLE or _folded(first) != _folded(title):
        return HeaderFacts()
    return HeaderFacts(title=title, title_ordinal=blocks[0].ordinal)


def _folded(title: str) -> str:
    return " ".join(title.lstrip("#").split()).rstrip(".").casefold()


def _heading_title(text: str) -> str | None:
    text = text.strip()
    opened = text.rstrip("#")
    # `## Title ##` has a closing sequence, `# Learning C#` has not.
    return (opened.rstrip() if opened[-1:] in {"", " ", "\t"} else text) or None


def _plain_title(line: str) -> str:
    return line if re.search(r"\.\w?\.$", line) else line.removesuffix(".")


def _looks_like_headline(line: str, follower: str) -> bool:
    if len(line) > _LONGEST_TITLE or len(line.splitlines()) != 1:
        return False
    if _dateline(line) or _byline(line) or _DATE_LINE.fullmatch(line):
        return False
    # A sentence is a headline only where what follows is clearly the start of the story.
    opens = _dateline(follower) or _byline(follower) or _date_line(follower)
    return bool(opens) or not _ENDS_SENTENCE.search(line)


def _dateline(text: str) -> re.Match[str] | None:
    opening = text[:_LONGEST_OPENING]
    return _DATELINE.match(opening) or _BARE_AGENCY.match(opening)


def _date_line(text: str) -> re.Match[str] | None:
    return _DATE_LINE.fullmatch(text) if len(text) <= _LONGEST_OPENING else None


def _byline(text: str) -> str | None:
    found = _BYLINE.fullmatch(text) if len(text) <= _LONGEST_OPENING else None
    if found is None or (found["role"] and not _ROLE.search(found["role"])):
        return None
    if not _NO_NAME.isdisjoint(word.lower() for word in words(found["author"], "")):
        return None
    return " ".join(found["author"].split())


def _with_block(facts: HeaderFacts, text: str) -> HeaderFacts:
    if not facts.agency and (line := _dateline(text)):
        found = line.groupdict()
        facts = replace(facts, agency=found["agency"], place=_place(found.get("place")))
        if not facts.published_at and found.get("date"):
            facts = replace(facts, published_at=parse_date(found["date"]))
    if not facts.author and (author := _byline(text)):
        facts = replace(facts, author=author)
    if not facts.published_at and (dated := _date_line(text)):
        facts = replace(facts, published_at=parse_date(dated["date"]))
    return facts


def _place(place: str | None) -> str | None:
    if place is None or "," not in place:
        return place
    city, state = place.split(",", 1)
    # `LONDON, March (Reuters)` names a month, not a state.
    return city if state.strip(" .").lower() in MONTHS else place
