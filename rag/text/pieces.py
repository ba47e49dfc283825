"""Cutting what is too long into pieces, at places that its own words choose."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from zlib import crc32

from rag.schema import Span

_CONTEXT = 24
"""Characters before a place that say how good a place for a cut it is."""


def cut(text: str, span: Span, longest: int, places: Sequence[Sequence[int]]) -> Iterator[Span]:
    """Yield a span in pieces, which join without a gap; one that is short enough comes whole.

    No piece is longer than `longest`, none but the last shorter than a quarter of it. Of the places
    in reach the one whose context has the smallest checksum is taken, not the last one: so after an
    edit the cuts fall where they fell before, and the pieces further on stay the same.

    Args:
        text: The text.
        span: What is cut.
        longest: How many characters a piece may have.
        places: Where a cut may be, ascending, the best kind of place first; where a text has none
            in reach, it is cut anywhere.
    """
    start = span.start
    while span.end - start > longest:
        end = _place(text, start + longest // 4, start + longest, places)
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


def _place(text: str, first: int, last: int, places: Sequence[Sequence[int]]) -> int:
    for kind in places:
        if found := kind[bisect_left(kind, first) : bisect_right(kind, last)]:
            return min(found, key=lambda place: (_checksum(text, place), -place))
    return last


def _checksum(text: str, place: int) -> int:
    return crc32(text[max(0, place - _CONTEXT) : place].encode("utf-8", "surrogatepass"))
