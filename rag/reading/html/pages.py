"""An HTML page → the text of its article, and what it says of it. Nothing is fetched or run."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rag.reading.headers import read_header
from rag.reading.html.body import article_blocks
from rag.reading.html.elements import Tag
from rag.reading.html.layout import Block, BlockReader
from rag.reading.html.markup import End, Start, tokens
from rag.reading.html.page_header import PageHeader
from rag.reading.html.styles import StyleSheet
from rag.reading.paragraphs import split_paragraphs

_ABOVE, _BELOW = 12, 5
"""So many blocks before the article's first one, and after it, may hold a byline or a date."""
_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of a page."""

    text: str
    """The blocks of its article, with a blank line between them; empty where there are none."""
    headings: frozenset[int]
    """Where in the text a heading begins."""
    record: dict[str, str]
    """What it says of the article, under the keys of a JSON record."""


def read_page(page: str, *, is_xml: bool = False) -> Page:
    """Return the article of a page, as a reader sees it; whatever it holds, nothing is raised.

    Args:
        page: The page, decoded.
        is_xml: It is XHTML.
    """
    blocks, header = _read(page, is_xml=is_xml)
    chosen = article_blocks(blocks)
    headlines = _headlines(blocks, chosen)
    record = header.record([block.text for block in headlines])
    if not chosen:
        return Page("", frozenset(), record)
    for key, value in _bylines(blocks, chosen).items():
        record.setdefault(key, value)
    start = chosen[0].number
    above = [one for one in headlines if one.text == record.get("title") and one.number < start]
    chosen = [*above[:1], *chosen]
    starts = accumulate((len(block.text) + len(_GAP) for block in chosen), initial=0)
    headings = [
        start
        for start, block in zip(starts, chosen, strict=False)
        if block.tag in {Tag.HEADLINE, Tag.HEADING}
    ]
    return Page(_GAP.join(block.text for block in chosen), frozenset(headings), record)


def _read(page: str, *, is_xml: bool) -> tuple[list[Block], PageHeader]:
    header, sheet = PageHeader(), StyleSheet()
    layout = BlockReader(sheet, is_xml=is_xml)
    before: Start | None = None
    for token in tokens(page, is_xml=is_xml):
        if isinstance(token, Start):
            header.read(token, is_around=layout.place.is_around)
        elif isinstance(token, str) and before:
            _read_raw(before, token, header, sheet)
        layout.read(token)
        before = None if isinstance(token, str | End) else token
    return layout.finish(), header


def _read_raw(tag: Start, text: str, header: PageHeader, sheet: StyleSheet) -> None:
    if tag.name == "style":
        sheet.add(text)
    elif tag.name == "title":
        header.title = header.title or text
    elif tag.name == "script" and "ld+json" in tag.attributes.get("type", "").lower():
        header.read_linked_data(text)


def _headlines(blocks: Sequence[Block], chosen: Sequence[Block]) -> list[Block]:
    """Return the `<h1>` blocks of a page, those of the article first, then from its start up."""
    start = chosen[0].number if chosen else len(blocks)
    above = [block for block in reversed(blocks[:start]) if block.tag is Tag.HEADLINE]
    return [*(block for block in chosen if block.tag is Tag.HEADLINE), *above]


def _bylines(blocks: Sequence[Block], chosen: Sequence[Block]) -> dict[str, str]:
    """Return author and date as they stand above the article, where the page sets them apart."""
    start, taken = chosen[0].number, {block.number for block in chosen}
    near = blocks[max(0, start - _ABOVE) : start + _BELOW]
    said = "\n\n".join(block.text for block in near if block.number not in taken)
    facts = read_header(split_paragraphs(said))
    found = {"author": facts.author, "published_at": facts.published_at}
    return {key: value for key, value in found.items() if value}
