"""HTML → tags and text, as a browser would cut it up, in time that grows with the page alone.

The standard library's parser is not used: of 16 malformed pages of 0.2 to 1.5 MB it took more than
15 s for 7 (Python 3.11.7; here all take less than 0.5 s), and it cuts differently from one patch
release of Python to the next, which would change the ids of paragraphs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

_RAW = frozenset("script style xmp iframe noembed noframes".split())
"""Elements whose content is no markup, whatever it looks like."""
_ESCAPABLE_RAW = frozenset({"title", "textarea"})
"""The same, but with character references."""
_CLOSINGS = {
    name: re.compile(rf"</{name}(?=[ \t\n\r\f/>])", re.IGNORECASE) for name in _RAW | _ESCAPABLE_RAW
}
_MARKUP = re.compile(r"<(?=[A-Za-z!?]|/(?!\Z))")
_NAME = re.compile(r"[^ \t\n\r\f/>]*")
_BETWEEN = re.compile(r"[ \t\n\r\f/]*")
_ATTRIBUTE = re.compile(r"([^ \t\n\r\f/>][^ \t\n\r\f/>=]*)[ \t\n\r\f]*(=[ \t\n\r\f]*)?")
_UNQUOTED = re.compile(r"[^ \t\n\r\f>]*")
_COMMENT_END = re.compile(r"--!?>")
_ENDLESS_REFERENCE = re.compile(r"&#[0-9]{20,};?")
"""`int` refuses thousands of digits, and `html.unescape` lets that through as a ValueError."""


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False
    """It ends in `/>`; for HTML this means nothing, for XHTML it is the element's end too."""


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


Token = Start | End | str


def tokens(page: str, *, is_xml: bool = False) -> Iterator[Token]:
    """Yield the tags of a page and the text between them; comments are left out.

    Whatever the page holds, nothing is raised. A tag that is never finished ends the page, as in a
    browser.

    Args:
        page: The whole page.
        is_xml: It is XHTML: any element may be closed by `/>`, and there are CDATA sections.
    """
    position, is_titled = 0, False
    while found := _MARKUP.search(page, position):
        if found.start() > position:
            yield resolved(page[position : found.start()])
        start, position = found.start(), len(page)
        if page[start + 1] in "!?":
            if is_xml and page.startswith("<![CDATA[", start):
                text, position = _section(page, start)
                yield text
            else:
                position = _after_comment(page, start)
        elif not page[start + 1 : start + 3].lstrip("/")[:1].isalpha():
            position = _after(">", page, start)
        elif tag := _tag(page, start):
            position = tag[1]
            yield tag[0]
            if isinstance(tag[0], End) or (is_xml and tag[0].closed):
                continue
            if tag[0].name in _CLOSINGS and not (tag[0].name == "title" and is_titled):
                is_titled |= tag[0].name == "title"
                text, position = _raw(page, position, tag[0].name)
                yield text
                yield End(tag[0].name)
    if position < len(page):
        yield resolved(page[position:])


def resolved(text: str) -> str:
    """Return a text with its character references replaced."""
    return unescape(_ENDLESS_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _after(end: str, page: str, start: int) -> int:
    found = page.find(end, start)
    return len(page) if found < 0 else found + len(end)


def _after_comment(page: str, start: int) -> int:
    if not page.startswith("<!--", start):
        return _after(">", page, start)
    # `<!-->` and `<!--->` are whole comments.
    if page.startswith((">", "->"), start + 4):
        return _after(">", page, start + 4)
    found = _COMMENT_END.search(page, start + 4)
    return found.end() if found else len(page)


def _section(page: str, start: int) -> tuple[str, int]:
    end = _after("]]>", page, start)
    return page[start + len("<![CDATA[") : end].removesuffix("]]>"), end


def _raw(page: str, start: int, name: str) -> tuple[str, int]:
    found = _CLOSINGS[name].search(page, start)
    if found:
        end, after = found.start(), _after(">", page, found.start())
    else:
        # A title that is never closed would hide the whole page, as it does in a browser.
        end = page.find("<", start) if name == "title" else -1
        end = after = len(page) if end < 0 else end
    text = page[start:end]
    return (resolved(text) if name in _ESCAPABLE_RAW else text), after


def _tag(page: str, start: int) -> tuple[Start | End, int] | None:
    """Return the tag that begins at a `<`, and where it ends; null when it never does."""
    is_end = page[start + 1] == "/"
    named = _NAME.match(page, start + 1 + is_end)
    assert named
    attributes: dict[str, str] = {}
    position, closed = named.end(), False
    while True:
        between = _BETWEEN.match(page, position)
        assert between
        closed, position = between[0].endswith("/"), between.end()
        if position == len(page):
            return None
        if page[position] == ">":
            break
        attribute = _attribute(page, position)
        if attribute is None:
            return None
        name, value, position = attribute
        attributes.setdefault(name, value)
    name = named[0].lower()
    return (End(name) if is_end else Start(name, attributes, closed)), position + 1


def _attribute(page: str, start: int) -> tuple[str, str, int] | None:
    found = _ATTRIBUTE.match(page, start)
    assert found
    name, position = found[1].lower(), found.end()
    if found[2] is None:
        return name, "", position
    if page[position : position + 1] in {'"', "'"}:
        end = page.find(page[position], position + 1)
        return None if end < 0 else (name, resolved(page[position + 1 : end]), end + 1)
    value = _UNQUOTED.match(page, position)
    assert value
    return name, resolved(value[0]), value.end()
