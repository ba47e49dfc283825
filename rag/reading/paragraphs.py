"""Article text → paragraphs with offsets: the real ones, as the author set them."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from rag.schema import Paragraph, ParagraphKind, Span
from rag.text.pieces import cut
from rag.text.sentences import split_sentences, trimmed, whole_sentences

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Each is the whole of a block. What could begin a sentence of a story (`Copyright law …`,
# `(c) the company …`) needs the sign that makes it furniture: a colon, a year.
_FURNITURE = re.compile(
    r"""(?ix)
    (?: read \s (?:more|next|also|the \s full \s (?:story|article)) (?:\s+here)?
        (?: \s* : .{0,120})?
      | continue \s reading (?:\s+ (?:below|here|the \s (?:main \s )?(?:story|article)))?
      | brought \s to \s you \s by \b .{0,120}
      | this \s article \s is \s from \s* : .{0,160}
      | (?:story|article) \s continues \s below (?:\s advertisement)?
      | advertisement s? | sponsored (?:\s content)?
      | related \s (?:stories|articles|content) \s* :?
      | share \s this (?:\s (?:story|article|page|post))? (?:\s on \b .{0,40})?
      | sign \s up \s (?:for|to) \s our \b .{0,80}
      | subscribe \s (?:now|today) | click \s here \s (?:to|for) \b .{0,80}
      | (?:copyright \s*)? (?:©|\(c\)) \s* (?:copyright \s*)? (?:19|20)\d\d \b .{0,160}
      | copyright \s (?:19|20)\d\d \b .{0,160} | all \s rights \s reserved
    ) [\s.!…>»→]*"""
)
_SPACE = re.compile(r"\s+")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_LONGEST_FURNITURE = 240
LONGEST_PARAGRAPH = 4_000
"""Characters; a longer block becomes several paragraphs, cut at the ends of sentences."""


def split_paragraphs(text: str, *, front_matter: int = 0) -> tuple[Paragraph, ...]:
    """Return the blocks of a text, furniture included, each with `text[start:end] == block.text`.

    Where the text has blank lines they separate paragraphs; where it has none, every line is one.
    What is longer than `LONGEST_PARAGRAPH` is several.

    Args:
        text: The article.
        front_matter: How many characters at its beginning are about the article, not of it; they
            are one block of furniture.
    """
    seen: Counter[str] = Counter()
    paragraphs = []
    for ordinal, span in enumerate(_spans(text, front_matter), start=1):
        block = span.of(text)
        kind = ParagraphKind.FURNITURE if span.start < front_matter else _kind(block)
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
    return _digest(text, str(occurrence) if occurrence else "")


def article_id(text: str) -> str:
    """Return the id of an article: 16 hexadecimal digits made from its whole text."""
    return _digest("article\0" + text)


def _digest(content: str, salt: str = "") -> str:
    data = content.encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=8, salt=salt.encode()).hexdigest()


def _spans(text: str, front_matter: int) -> Iterator[Span]:
    yield from trimmed(text, [Span(0, front_matter)])
    for block in _blocks(text, front_matter):
        yield from _pieces(text, block)


def _pieces(text: str, block: Span) -> Iterator[Span]:
    if block.end - block.start <= LONGEST_PARAGRAPH:
        yield block
        return
    sentences = [span.start + block.start for span in whole_sentences(block.of(text))]
    spaces = [match.end() for match in _SPACE.finditer(text, block.start, block.end)]
    yield from trimmed(text, cut(text, block, LONGEST_PARAGRAPH, (sentences, spaces)))


def _blocks(text: str, begin: int) -> Iterator[Span]:
    lines = list(trimmed(text, (Span(*match.span()) for match in _LINE.finditer(text, begin))))
    joined = [_newlines(text, a.end, b.start) < 2 for a, b in pairwise(lines)]
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


def _kind(block: str) -> ParagraphKind:
    if not any(character.isalnum() for character in block):
        return ParagraphKind.FURNITURE
    if len(block) <= _LONGEST_FURNITURE and _FURNITURE.fullmatch(block):
        return ParagraphKind.FURNITURE
    if not _NEWLINE.search(block) and _MARKDOWN_HEADING.match(block):
        return ParagraphKind.HEADLINE
    return ParagraphKind.BODY
