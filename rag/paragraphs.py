"""Article text → paragraphs with offsets: the real ones, as the author set them."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from rag.schema import Paragraph, ParagraphKind, Span
from rag.sentences import split_sentences

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FURNITURE = re.compile(
    r"""(?ix)
    (?: read \s (?:more|next|also|the \s full \s (?:story|article)) (?:\s+here)? (?: : .{0,120})?
      | continue \s reading (?:\s.{0,80})?
      | brought \s to \s you \s by \b .{0,120}
      | this \s article \s is \s from \b .{0,160}
      | (?:story|article) \s continues \s below (?:\s advertisement)?
      | advertisement s? | sponsored (?:\s content)? | related \s (?:stories|articles|content) :?
      | share \s (?:this|on) \b .{0,40} | sign \s up \s (?:for|to) \s our \b .{0,80}
      | subscribe \s (?:now|today) | click \s here \s (?:to|for) \b .{0,80}
      | (?:copyright|©|\(c\)) \s .{0,120} | all \s rights \s reserved \.?
    ) [\s.!…>»→]*"""
)
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_LONGEST_FURNITURE = 240


def split_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the blocks of a text, furniture included, each with `text[start:end] == block.text`.

    Where the text has blank lines they separate paragraphs; where it has none, every line is one.
    """
    seen: Counter[str] = Counter()
    paragraphs = []
    for ordinal, span in enumerate(_blocks(text), start=1):
        block = span.of(text)
        kind = _kind(block)
        paragraphs.append(
            Paragraph(
                paragraph_id=paragraph_id(block, seen[block]),
                ordinal=ordinal,
                start=span.start,
                end=span.end,
                text=block,
                kind=kind,
                sentences=() if kind is ParagraphKind.FURNITURE else split_sentences(block),
            )
        )
        seen[block] += 1
    return tuple(paragraphs)


def paragraph_id(text: str, occurrence: int = 0) -> str:
    """Return the id of a paragraph: 16 hexadecimal digits made from its text alone.

    Args:
        text: The paragraph.
        occurrence: How often the same text stood in the article before it.
    """
    content = f"{text}\0{occurrence}" if occurrence else text
    return _digest(content)


def article_id(text: str) -> str:
    """Return the id of an article: 16 hexadecimal digits made from its whole text."""
    return _digest("article\0" + text)


def _digest(content: str) -> str:
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _blocks(text: str) -> Iterator[Span]:
    lines = [
        span
        for match in _LINE.finditer(text)
        if (span := _stripped(text, match.start(), match.end())).start < span.end
    ]
    joined = [_newlines(text, a.end, b.start) < 2 for a, b in zip(lines, lines[1:], strict=False)]
    if all(joined):
        yield from lines
        return
    start = 0
    for index in range(len(lines)):
        if index == len(joined) or not joined[index]:
            yield Span(lines[start].start, lines[index].end)
            start = index + 1


def _newlines(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _NEWLINE.finditer(text, start, end))


def _stripped(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    left = len(line) - len(line.lstrip())
    return Span(start + left, start + left + len(line.strip()))


def _kind(block: str) -> ParagraphKind:
    if not any(character.isalnum() for character in block):
        return ParagraphKind.FURNITURE
    if len(block) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(block):
        return ParagraphKind.FURNITURE
    if "\n" not in block and _MARKDOWN_HEADING.match(block):
        return ParagraphKind.HEADLINE
    return ParagraphKind.BODY
