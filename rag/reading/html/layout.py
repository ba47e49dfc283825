"""Tags and text → the blocks that a reader sees, each with the place on the page where it stands.

Elements are opened and closed as the HTML standard has it, as far as it matters for text: a `<p>`
ends where a block begins, an unmatched end tag is nothing, a table cell keeps what is in it. There
is no tree, so no depth is too deep.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import count

from rag.reading.html.elements import (
    BLOCKS,
    CELLS,
    CLOSE_P,
    CLOSED_IN_HTML,
    FENCES,
    FORMATTING,
    HEADINGS,
    ROWS,
    SIBLINGS,
    TAGS,
    UNSEEN,
    VOID,
    Tag,
)
from rag.reading.html.hiding import Look, look_of
from rag.reading.html.markup import End, Start, Token
from rag.reading.html.places import Place, is_apart, place_of
from rag.reading.html.styles import StyleSheet

_HINTS = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
"""Where a word may be divided at a line's end, and where not: `&shy;` and the like."""


@dataclass(frozen=True, slots=True)
class Block:
    """A text between two breaks."""

    text: str
    tag: Tag
    place: Place
    number: int = 0
    """How many stand before it on the page."""
    linked: int = 0
    """How many of its characters are links."""
    row: int = 0
    """Which table row it stands in, 0 for none."""
    cell: int = 0


@dataclass(frozen=True, slots=True)
class _Frame:
    name: str
    look: Look = field(default_factory=Look)
    place: Place = field(default_factory=Place)
    tag: Tag = Tag.TEXT
    is_unseen: bool = False
    is_link: bool = False
    row: int = 0
    cell: int = 0
    block: int = 0
    """Where on the stack the nearest block element is."""

    @property
    def is_hidden(self) -> bool:
        """Whether its text is not shown."""
        return self.is_unseen or self.look.is_hidden


_Line = list[tuple[str, bool]]
"""Texts, and whether each is a link."""


class BlockReader:
    """Reads the tokens of a page, one by one.

    Args:
        sheet: The rules of its `<style>` elements.
        is_xml: It is XHTML.
    """

    def __init__(self, sheet: StyleSheet, *, is_xml: bool = False) -> None:
        self._blocks: list[Block] = []
        self._sheet = sheet
        self._is_xml = is_xml
        self._stack = [_Frame("html")]
        self._open: defaultdict[str, list[int]] = defaultdict(list)
        self._closed: set[int] = set()
        self._begun: _Frame | None = None
        """Where the block that is read began; null between two blocks."""
        self._lines: list[_Line] = []
        self._numbers = count(1)

    @property
    def place(self) -> Place:
        """Where the next text would stand."""
        return self._stack[-1].place

    def read(self, token: Token) -> None:
        """Take the next token of the page."""
        if isinstance(token, str):
            self._write(token)
        elif isinstance(token, End):
            self._end(token.name)
        else:
            self._start(token)

    def finish(self) -> list[Block]:
        """Return all blocks of the page."""
        self._break()
        return self._blocks

    def _write(self, text: str) -> None:
        if self._stack[-1].name == "head" and text.strip():
            self._close_upto("head")
        frame = self._stack[-1]
        if frame.is_hidden or not (self._begun or text.strip()):
            return
        if self._begun is None:
            self._begun, self._lines = frame, [[]]
        self._lines[-1].append((text, frame.is_link))

    def _break(self) -> None:
        if self._begun:
            self._blocks.extend(_blocks(self._begun, self._lines, len(self._blocks)))
        self._begun = None

    def _start(self, tag: Start) -> None:
        name = tag.name
        if name == "br" and self._begun and not self._stack[-1].is_hidden:
            self._lines.append([])
        if name in BLOCKS or name == "hr":
            self._break()
        if name in {"html", "body"} and len(self._stack) > 1:
            self._close_upto("head")
            if self._open[name]:
                return
        self._imply_ends(name)
        if name in VOID:
            return
        frame = self._framed(tag)
        if not (tag.closed and (self._is_xml or name in CLOSED_IN_HTML)):
            self._open[name].append(len(self._stack))
            self._stack.append(frame)

    def _framed(self, tag: Start) -> _Frame:
        above, name = self._stack[-1], tag.name
        look = look_of(name, tag.attributes, above.look, self._sheet)
        kind = TAGS.get(name, Tag.TEXT if name in BLOCKS else above.tag)
        if above.tag is Tag.CODE and kind is Tag.TEXT:
            kind = Tag.CODE
        return replace(
            above,
            name=name,
            look=look,
            place=place_of(name, tag.attributes, above.place, self._numbers),
            tag=kind,
            is_unseen=above.is_unseen
            or name in UNSEEN
            or (name not in BLOCKS and is_apart(tag.attributes)),
            is_link=above.is_link or (name == "a" and "href" in tag.attributes),
            row=next(self._numbers) if name == "tr" else 0 if name == "table" else above.row,
            cell=next(self._numbers) if name in CELLS else above.cell,
            block=len(self._stack) if name in BLOCKS else above.block,
        )

    def _imply_ends(self, name: str) -> None:
        if name in BLOCKS and self._open["head"]:
            self._close_upto("head")
        if name in CLOSE_P and self._is_open("p", FENCES):
            self._close_upto("p")
        if name in HEADINGS and self._stack[-1].name in HEADINGS:
            self._close_upto(self._stack[-1].name)
        if name == "a" and self._is_open("a", FENCES):
            self._end("a")
        if name in SIBLINGS:
            siblings, fences = SIBLINGS[name]
            for sibling in siblings:
                while self._is_open(sibling, fences):
                    self._close_upto(sibling)

    def _is_open(self, name: str, fences: frozenset[str]) -> bool:
        if not self._open[name]:
            return False
        place = self._open[name][-1]
        return all(not self._open[fence] or self._open[fence][-1] <= place for fence in fences)

    def _end(self, name: str) -> None:
        if name in {"html", "body"}:
            return
        if name in BLOCKS:
            self._break()
        fences = FENCES - {name} if name not in CELLS | ROWS | {"table", "tr"} else frozenset()
        if not self._is_open(name, fences):
            return
        place = self._open[name][-1]
        if name in BLOCKS or name in UNSEEN or place > self._stack[-1].block:
            self._close_upto(name)
        elif name in FORMATTING:
            # Blocks that began inside go on without it.
            self._open[name].pop()
            self._closed.add(place)

    def _close_upto(self, name: str) -> None:
        if not self._open[name]:
            return
        place = self._open[name][-1]
        while len(self._stack) > place or len(self._stack) - 1 in self._closed:
            frame = self._stack.pop()
            if len(self._stack) in self._closed:
                self._closed.discard(len(self._stack))
            else:
                self._open[frame.name].pop()
            if frame.name in BLOCKS:
                self._break()


def _blocks(frame: _Frame, lines: list[_Line], before: int) -> list[Block]:
    """Return the blocks of a text: two line breaks in a row divide it."""
    said, linked = list[str](), 0
    found: list[Block] = []
    if frame.tag is Tag.CODE:
        code = "\n".join("".join(piece for piece, _ in line) for line in lines)
        lines = [[(line, False)] for line in code.split("\n")]
    for line in [*lines, []]:
        if words := _words("".join(piece for piece, _ in line)):
            said.append(words)
            linked += sum(len(_words(piece)) for piece, is_link in line if is_link)
        elif said:
            joined, number = "\n".join(said), before + len(found)
            found.append(
                Block(joined, frame.tag, frame.place, number, linked, frame.row, frame.cell)
            )
            said, linked = [], 0
    return found


def _words(text: str) -> str:
    return " ".join(text.translate(_HINTS).split())
