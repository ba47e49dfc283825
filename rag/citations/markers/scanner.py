"""Text in chunks → tokens that don't depend on where the chunks were cut."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from rag.citations.markers.grammar import CLOSER, CONTENT, OPENER, OPENERS, Item, parse_marker

_RUNS = re.compile(
    r"""(?x)
    (?P<BLANK> [^\S\n\r]+ ) | (?P<NEWLINE> [\n\r]+ ) | (?P<TICKS> `{1,64} )
    | (?P<QUOTE> ["“”„«»「」『』] ) | (?P<TEXT> [^\s`"“”„«»「」『』\[［【〔]+ )"""
)
_LONGEST_TICKS = 64
_MANY_OPENERS = re.compile(rf"{OPENER}+(?={OPENER}{{2}})")
_SINGLE = re.compile(rf"{OPENER}({CONTENT}){CLOSER}")
_SINGLE_BEGUN = re.compile(rf"{OPENER}{CONTENT}\Z")
_DOUBLE = re.compile(rf"{OPENER}{OPENER}({CONTENT}){CLOSER}{CLOSER}")
_DOUBLE_BEGUN = re.compile(rf"{OPENER}{OPENER}{CONTENT}{CLOSER}?\Z")

# A link's target holds no bracket, so a failed attempt is never repeated: the cost stays linear.
_TARGET = r"[^\s()\[\]`\"“”]"
_TITLE = r"[^\"\n\r\[\]`]{0,200}"
_LINK = re.compile(
    rf"\({_TARGET}{{0,1000}}(?:\({_TARGET}{{0,200}}\){_TARGET}{{0,200}})?(?: \"{_TITLE}\")?\)"
)
_LINK_BEGUN = re.compile(
    rf"\({_TARGET}{{0,1000}}(?:\({_TARGET}{{0,200}}(?:\){_TARGET}{{0,200}})?)?"
    rf"(?: (?:\"{_TITLE}\"?)?)?\Z"
)


class Kind(Enum):
    """What a token is to the marker stream."""

    TEXT = auto()
    BLANK = auto()
    NEWLINE = auto()
    TICKS = auto()
    QUOTE = auto()
    MARKER = auto()


@dataclass(frozen=True, slots=True)
class MarkerToken:
    """A piece of the input; the raw texts of all tokens joined are the input."""

    kind: Kind
    raw: str
    items: tuple[Item, ...] = ()


class Scanner:
    """Cuts a stream into tokens, and holds back only what more text could change."""

    def __init__(self) -> None:
        self._buffer = ""

    def feed(self, chunk: str, *, last: bool = False) -> list[MarkerToken]:
        """Return the tokens that are certain now; all of them when this is the last chunk."""
        text, position, tokens = self._buffer + chunk, 0, []
        while position < len(text):
            token = _token(text, position, last=last)
            if token is None:
                break
            tokens.append(token)
            position += len(token.raw)
        self._buffer = text[position:]
        return tokens


def _token(text: str, position: int, *, last: bool) -> MarkerToken | None:
    if text[position] in OPENERS:
        return _bracket(text, position, last=last)
    run = _RUNS.match(text, position)
    if run is None or run.lastgroup is None:
        return MarkerToken(Kind.TEXT, text[position])
    if run.lastgroup == "TICKS" and not last:
        unfinished = run.end() == len(text) and len(run[0]) < _LONGEST_TICKS
        if unfinished:
            return None
    return MarkerToken(Kind[run.lastgroup], run[0])


def _bracket(text: str, position: int, *, last: bool) -> MarkerToken | None:
    # Only the last two of a run can open a marker.
    idle = _MANY_OPENERS.match(text, position)
    if idle is not None:
        return MarkerToken(Kind.TEXT, idle[0])
    for whole, begun in ((_DOUBLE, _DOUBLE_BEGUN), (_SINGLE, _SINGLE_BEGUN)):
        found = whole.match(text, position)
        if found is not None:
            items = parse_marker(found[1])
            if items:
                return _marker(text, found, items, last=last)
        elif not last and begun.match(text, position):
            return None
    return MarkerToken(Kind.TEXT, text[position])


def _marker(
    text: str, found: re.Match[str], items: tuple[Item, ...], *, last: bool
) -> MarkerToken | None:
    """Take a link's target along with the marker that is its label."""
    rest = text[found.end() : found.end() + 1]
    if not rest and not last:
        return None
    if rest == "(":
        link = _LINK.match(text, found.end())
        if link is not None:
            return MarkerToken(Kind.MARKER, found[0] + link[0], items)
        if not last and _LINK_BEGUN.match(text, found.end()):
            return None
    return MarkerToken(Kind.MARKER, found[0], items)
