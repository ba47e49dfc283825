"""What must hold whatever an article or a model says: in the answer, on the page, in a terminal."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

from rag.citations.markers import neutralise
from rag.schema import Answer, Verdict

_TAGS = frozenset(
    "a article br cite details div h2 h3 h4 header li mark ol p q span strong summary table tbody "
    "td th thead tr ul".split()
)
_ATTRIBUTES = frozenset("class href title id tabindex target rel role open scope".split())
_OURS = re.compile(
    r"#(?:chat|cite-[0-9a-f]{4,64}-\d{1,7}-\d{1,7}-\d{1,7}-[0-9a-f]{0,64}|vote-[a-z0-9-]{1,80})"
    r"|/\?p=[0-9a-f]{4,64}"
)
_ACTIVE = (
    *("://", "](", "![", "**", "`", "${", "{{", "$$", "\\(", "www.", "~~", "|", "\n", "\r"),
    *("javascript:", "data:", "vbscript:", "mailto:", "@"),
)
"""In the source of a page these would be Markdown, a link or a template: text is escaped."""
_IGNORABLE = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}).union(
    range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)
)
"""Unicode's default ignorable characters that are not in its category of format characters."""


class _Page(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(markup: str) -> str:
    """Return the text that a piece of HTML shows."""
    return _Page(markup).text


def page_faults(markup: str, addresses: Collection[str] = ()) -> Iterator[str]:
    """Name all in a piece of HTML that could run, load, lead away, hide or reorder.

    Args:
        markup: What the page is given.
        addresses: Of the cited articles; the only ones that a link may lead to.
    """
    page = _Page(markup)
    for tag, attributes in page.tags:
        if tag not in _TAGS:
            yield f"the element {tag}"
        yield from (f"the attribute {name}" for name in attributes if name not in _ATTRIBUTES)
        href = attributes.get("href") or "#chat"
        apart = (attributes.get("target"), attributes.get("rel"))
        if _OURS.fullmatch(href):
            if apart != (None, None):
                yield f"the link {href} opens apart"
        elif href not in addresses or apart != ("_blank", "noopener noreferrer"):
            yield f"the link {href}"
    source = re.sub(r"<[^<>]*>", "", markup)
    yield from (f"unescaped {active!r}" for active in _ACTIVE if active in source)
    yield from (f"on the page: {fault}" for fault in hidden(page.text))


def hidden(text: str, allowed: str = "") -> Iterator[str]:
    """Name the characters of a text that nobody sees, or that steer who shows it."""
    for character in sorted(set(text) - set(allowed)):
        unseen = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        if unseen or ord(character) in _IGNORABLE:
            yield f"U+{ord(character):04X}"


def unquoted(answer: Answer) -> list[str]:
    """Return the statements of a quoting answer that are no quotations."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    return [
        one.text
        for one in answer.statements
        if one.verdict is not Verdict.SUPPORTED
        or not one.markers
        or not all(one.text in neutralise(by_marker[marker].text) for marker in one.markers)
    ]


def invented(answer: Answer) -> list[str]:
    """Return what is cited although it was not found for this question."""
    found = {(one.paragraph_id, one.text) for one in answer.evidence}
    return [
        citation.text
        for citation in answer.citations
        if (citation.paragraph_id, citation.text) not in found
    ]


def letters(text: str) -> str:
    """Return a text's letters and digits that can be seen, folded: what a reader compares."""
    return "".join(
        character
        for character in text.casefold()
        if character.isalnum() and ord(character) not in _IGNORABLE
    )
