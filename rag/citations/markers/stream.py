"""Rewrite the markers of a streamed answer: from the prompt's numbers to the reader's."""

import re
from dataclasses import dataclass

from rag.citations.markers.grammar import Item, neutralise
from rag.citations.markers.output import Output
from rag.citations.markers.scanner import Kind, MarkerToken, Scanner
from rag.citations.markers.trailer import TrailerCut

_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"'}
_BEFORE_CLOSER = re.compile(r"[.,;:!?…'’\"”»]*")
_NO_BLANK_BEFORE = ".,;:!?…)]}”’»\n\r"
_NO_BLANK_AFTER = "\n\r([{“„«"
_FENCE = 3
_WIDEST_RANGE = 32
_LONGEST_INVENTED = 40


@dataclass(frozen=True, slots=True)
class _Code:
    """An open run of backticks."""

    ticks: int
    fence: bool


class MarkerStream:
    """Turns text with markers over prompt paragraphs into text with markers in reading order.

    The first paragraph cited becomes `[1]`, the next new one `[2]`, and so on; a group such as
    `[4, 2-3]` comes out as `[1][2][3]`. Numbers that the prompt did not have are removed. Inside
    code, and inside quotation marks but directly before the closing one, a bracketed number is
    somebody else's text: it keeps its place and becomes `(2)`. A block of sources at the very end
    is dropped. The output is the same however the input is cut into chunks.

    Args:
        allowed: How many paragraphs the prompt had; they are numbered from 1.
    """

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._trailer, self._scanner, self._output = TrailerCut(), Scanner(), Output()
        self._marker_of: dict[int, int] = {}
        self._invented: list[str] = []
        self._blanks: list[str] = []
        self._removed = False
        self._group: set[int] = set()
        self._code: _Code | None = None
        self._quote, self._depth = "", 0
        self._quoted: list[tuple[str, MarkerToken]] = []
        self._after_quoted: list[str] = []
        self._line_begins = True

    @property
    def order(self) -> tuple[int, ...]:
        """The prompt number of each marker: `order[0]` is what `[1]` stands for."""
        return tuple(self._marker_of)

    @property
    def invented(self) -> tuple[str, ...]:
        """The numbers and ranges that were removed, as the model wrote them."""
        return tuple(self._invented)

    def feed(self, chunk: str) -> str:
        """Take the next piece of the input; return the text that may be shown now."""
        for token in self._scanner.feed(self._trailer.feed(chunk)):
            self._take(token)
        return self._output.take()

    def finish(self) -> str:
        """Return the rest; the input ends here."""
        for token in self._scanner.feed(self._trailer.finish(), last=True):
            self._take(token)
        self._give_up_quoted()
        self._write_blanks("\n")
        return self._output.take(last=True)

    def _take(self, token: MarkerToken) -> None:
        if self._code:
            self._take_code(token, self._code)
        elif token.kind is Kind.BLANK:
            self._blanks.append(token.raw)
        elif token.kind is Kind.TICKS:
            self._give_up_quoted()
            self._write(token.raw)
            ticks = len(token.raw)
            self._code = _Code(ticks, fence=ticks >= _FENCE and self._line_begins)
        elif self._quote:
            self._take_quoted(token)
        else:
            self._take_prose(token)
        if token.kind is not Kind.BLANK:
            self._line_begins = token.kind is Kind.NEWLINE

    def _take_prose(self, token: MarkerToken) -> None:
        if token.kind is Kind.MARKER:
            self._cite(token.items)
            return
        self._write(token.raw)
        if token.kind is Kind.QUOTE and token.raw in _CLOSERS:
            self._quote, self._depth = token.raw, 1

    def _take_code(self, token: MarkerToken, code: _Code) -> None:
        self._write(neutralise(token.raw) if token.kind is Kind.MARKER else token.raw)
        closed = token.kind is Kind.NEWLINE and code.ticks < _FENCE
        if token.kind is Kind.TICKS:
            same, longer = len(token.raw) == code.ticks, len(token.raw) >= code.ticks
            closed = (longer and self._line_begins) if code.fence else same
        if token.kind is Kind.NEWLINE:
            self._quote = ""
        if closed:
            self._code = None

    def _take_quoted(self, token: MarkerToken) -> None:
        if token.kind is Kind.MARKER and all(self._is_valid(item) for item in token.items):
            if self._after_quoted:
                self._give_up_quoted()
            self._quoted.append((self._take_blanks(), token))
        elif token.kind is Kind.QUOTE and token.raw in _CLOSERS[self._quote]:
            self._depth -= 1
            if self._depth:
                self._write_quoted(token.raw)
            else:
                self._close_quote(token.raw)
        elif token.kind is Kind.NEWLINE:
            self._write_quoted(token.raw)
            self._quote = ""
        else:
            self._depth += token.raw == self._quote
            self._write_quoted(neutralise(token.raw))

    def _write_quoted(self, text: str) -> None:
        """Write, or hold text back while it may still stand between a marker and the closer."""
        if not self._quoted:
            self._write(text)
            return
        found = _BEFORE_CLOSER.match(text)
        cut = found.end() if found else 0
        if cut:
            self._after_quoted += [self._take_blanks(), text[:cut]]
        if cut < len(text):
            self._give_up_quoted()
            self._write(text[cut:])

    def _close_quote(self, closer: str) -> None:
        """Move the markers that stood directly before a closing quotation mark behind it."""
        quoted, self._quoted = self._quoted, []
        if quoted:
            closer = "".join([*self._after_quoted, self._take_blanks(), closer])
            self._after_quoted = []
        self._write(closer)
        self._quote = ""
        for blank, token in quoted:
            self._blanks.append(blank)
            self._cite(token.items)

    def _give_up_quoted(self) -> None:
        """Write the held markers as text: something else stands between them and the closer."""
        later, self._blanks = self._blanks, []
        for blank, token in self._quoted:
            self._write(blank + neutralise(token.raw))
        if self._after_quoted:
            self._write("".join(self._after_quoted))
        self._quoted, self._after_quoted, self._blanks = [], [], later

    def _cite(self, items: tuple[Item, ...]) -> None:
        numbers: dict[int, None] = {}
        for item in items:
            if self._is_valid(item):
                numbers.update(dict.fromkeys(range(item.low, item.high + 1)))
            else:
                self._invented.append(item.raw[:_LONGEST_INVENTED])
        fresh = [number for number in numbers if number not in self._group]
        if not fresh:
            self._removed = True
            return
        if self._group:
            self._take_blanks()
        else:
            self._write_blanks("[")
        self._output.cite(
            self._marker_of.setdefault(number, len(self._marker_of) + 1) for number in fresh
        )
        self._group.update(fresh)

    def _is_valid(self, item: Item) -> bool:
        return 1 <= item.low <= item.high <= self._allowed and (
            item.high - item.low < _WIDEST_RANGE
        )

    def _write(self, text: str) -> None:
        self._write_blanks(text[0])
        self._output.write(text)
        self._group = set()

    def _write_blanks(self, following: str) -> None:
        """Write the pending blanks; a removed marker leaves at most one."""
        removed, blanks = self._removed, self._take_blanks()
        if removed:
            last = self._output.last
            unwanted = following in _NO_BLANK_BEFORE or not last or last in _NO_BLANK_AFTER
            blanks = "" if unwanted else blanks[:1]
        self._output.write(blanks)

    def _take_blanks(self) -> str:
        blanks = "".join(self._blanks)
        self._blanks, self._removed = [], False
        return blanks
