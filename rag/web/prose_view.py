"""An answer's text as HTML: its markers as chips, and after each statement what its check found."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from rag.citations.markers import MARKER, number_of
from rag.schema import Statement, Verdict
from rag.web.escaping import escape, lines
from rag.web.links import Reference

VERDICTS = {
    Verdict.SUPPORTED: ("✓", "Supported"),
    Verdict.PARTIAL: ("◐", "Partly supported"),
    Verdict.UNSUPPORTED: ("✕", "Not supported"),
    Verdict.UNCHECKED: ("○", "Not checked"),
}
"""A sign and a word, so that no verdict is told by its colour alone."""

_MARKER = re.compile(rf" ?({MARKER})")
_MARKERS = re.compile(rf"(?: ?{MARKER})*")
_GLUED = re.compile(rf"([^\s\[\]]{{0,20}}(?: ?{MARKER})+[^\s\[\]\w]{{0,3}})")
"""What stays on one line: a word, its markers, and the full stop behind them."""
_PARAGRAPHS = re.compile(r"\n\s*\n")


def prose_html(
    text: str, cited: Mapping[int, Reference], statements: Sequence[Statement] = ()
) -> str:
    """Return an answer's text: chips for its markers, verdicts behind its statements."""
    badges = dict(_badges(text, statements))
    paragraphs, start = [], 0
    for gap in (*_PARAGRAPHS.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            paragraphs.append(f"<p>{_between(text, start, end, cited, badges)}</p>")
        start = gap.end() if gap else end
    return "".join(paragraphs)


def chip(marker: int, reference: Reference | None) -> str:
    """Return a marker: a link into the reader where it leads somewhere."""
    label = f'<span class="unseen"> Source </span>{marker}'
    if reference is None:
        return f'<span class="chip">{label}</span>'
    return f'<a class="chip" href="#{reference.anchor}">{label}</a>'


def alternate(
    pattern: re.Pattern[str], text: str, within: Callable[[str], str], between: Callable[[str], str]
) -> str:
    """Return a text with what a pattern's one group matches, and what stands between, rendered."""
    pieces = enumerate(pattern.split(text))
    return "".join(within(piece) if index % 2 else between(piece) for index, piece in pieces)


def _between(
    text: str, start: int, end: int, cited: Mapping[int, Reference], badges: Mapping[int, str]
) -> str:
    """Return a paragraph of the text; `badges` has what stands behind some of its characters."""
    cuts = sorted({start, end, *(at for at in badges if start < at <= end)})
    pieces = []
    for first, last in pairwise(cuts):
        piece = text[first:last]
        piece = piece.lstrip() if first == start else piece
        pieces += [_marked(piece.rstrip() if last == end else piece, cited), badges.get(last, "")]
    return "".join(pieces)


def _marked(text: str, cited: Mapping[int, Reference]) -> str:
    def glued(piece: str) -> str:
        return f'<span class="glued">{alternate(_MARKER, piece, linked, escape)}</span>'

    def linked(marker: str) -> str:
        return chip(number_of(marker), cited.get(number_of(marker)))

    return alternate(_GLUED, text, glued, lines)


def _badges(text: str, statements: Sequence[Statement]) -> Iterator[tuple[int, str]]:
    """Yield where each statement ends, its markers included, and its verdict.

    A statement whose words don't stand in the text as they are is passed over: the list below the
    answer has it.
    """
    skipped = {at for found in _MARKER.finditer(text) for at in range(*found.span())}
    places = [at for at in range(len(text)) if at not in skipped]
    bare = "".join(text[at] for at in places)
    at = 0
    for statement in statements:
        words = re.compile(r"\s+".join(map(re.escape, statement.text.split())))
        found = words.search(bare, at) if words.pattern else None
        if found:
            at = found.end()
            markers = _MARKERS.match(text, places[at - 1] + 1)
            yield (markers.end() if markers else places[at - 1] + 1), _badge(statement)


def _badge(statement: Statement) -> str:
    sign, word = VERDICTS[statement.verdict]
    reason = escape(f"{word}. {statement.reason}".strip())
    is_supported = statement.verdict is Verdict.SUPPORTED
    focus = "" if is_supported else ' tabindex="0"'
    label = "" if is_supported else f'<span class="word">{word}</span>'
    return (
        f'<span class="verdict {statement.verdict}" role="note"{focus}>'
        f'<span class="sign">{sign}</span>{label}<span class="unseen why">{reason}</span></span>'
    )
