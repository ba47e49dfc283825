"""The blocks of a page → those of its article: no menus, teasers, captions or comments.

Three steps, each of which the page may leave open: what its markup and its names call something
else goes; if an `<article>` or `<main>` holds much of the prose, the rest goes; of what is left,
the run of blocks is taken that has the most prose for the fewest links and labels (the maximum
subsequence of Pasternack and Roth, 2009).
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from rag.reading.html.elements import Tag
from rag.reading.html.layout import Block

_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟।][\"”»’')\]]*\Z")
_HEADINGS = frozenset({Tag.HEADLINE, Tag.HEADING})
_PROSE = 80
"""A text of so many characters is prose, whatever it ends in."""
_SHORTEST_SENTENCE = 25
_LINKED = 0.5
"""A block of which more than this is links leads elsewhere."""
_PARDON, _SHARE = 0.5, 0.4
_WIDEST_ROW, _WIDEST_CELL = 600, 300
"""A table row beyond these is a page's layout."""
_LINK_COST, _LABEL_COST, _ITEM_WORTH = 60.0, 15.0, 10.0
_ELSEWHERE = re.compile(
    r"""(?ix) related | recommended | more \s (?:from|on|in|stories|news|articles|about)\b | more\Z
    | most \s (?:read|popular|viewed) | read \s next | see \s also | you \s (?:may|might)\b
    | trending | top \s (?:stories|news) | editor.?s.? \s picks? | (?:\d+\s)? comments?\Z
    | leave \s a \s (?:reply|comment) | join \s the \s (?:discussion|conversation)
    | about \s the \s author | sign \s up | subscribe | newsletter"""
)
"""How a label begins under which other articles, comments or offers stand."""
_ELSEWHERE_COST = 400.0
_UNLINKED = 40
"""A paragraph with so many characters besides its links says something itself."""
_MOST = 400
"""So much counts for one block in the sum, so that one long comment doesn't outweigh a gap."""


def article_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Return those blocks of a page that are its article, in their order."""
    shown = [block for block in _with_rows(blocks) if not block.place.is_around]
    chosen = _most_prose(_in_region(_inside(shown)))
    if not chosen:
        # All that the page says stands under a name that is misleading.
        chosen = _most_prose([block for block in shown if not block.place.is_notice])
    while chosen and chosen[-1].tag in _HEADINGS:  # nothing follows it
        chosen.pop()
    return chosen


def prose(block: Block) -> int:
    """Return how many characters of a block are the text of a story, not links or labels."""
    length = len(block.text)
    is_word = block.tag is not Tag.PARAGRAPH and block.text.isascii() and " " not in block.text
    if is_word or block.tag in _HEADINGS or leads_elsewhere(block):
        return 0
    if block.tag is Tag.PARAGRAPH or length >= _PROSE:
        return length - block.linked
    return length - block.linked if _ENDS_SENTENCE.search(block.text) else 0


def leads_elsewhere(block: Block) -> bool:
    """Tell whether a block is there for its links."""
    length = len(block.text)
    if block.tag in {Tag.PARAGRAPH, Tag.ITEM} and length - block.linked >= _UNLINKED:
        return False
    return block.linked > _LINKED * length


def _with_rows(blocks: Sequence[Block]) -> list[Block]:
    """Join the cells of table rows, where the table is one and not a page's layout."""
    joined: list[Block] = []
    for row, group in groupby(blocks, key=lambda block: block.row):
        cells = list(group)
        cell_count = len({block.cell for block in cells})
        is_row = (
            row
            and 1 < cell_count == len(cells)
            and sum(len(block.text) for block in cells) <= _WIDEST_ROW
            and max(len(block.text) for block in cells) <= _WIDEST_CELL
        )
        joined += [_row(cells)] if is_row else cells
    return joined


def _row(cells: Sequence[Block]) -> Block:
    first = cells[0]
    text = " | ".join(" ".join(block.text.split()) for block in cells)
    linked = sum(block.linked for block in cells)
    return Block(text, Tag.CELL, first.place, first.number, linked, first.row)


def _inside(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that no name puts around the article."""
    masses: Counter[int] = Counter()
    telling = [block for block in blocks if not (block.place.is_reply or block.place.is_notice)]
    for block in telling:
        for number in block.place.named:
            masses[number] += prose(block)
    total = sum(map(prose, telling))
    # `<div class="social-story">` around most of the text is no row of buttons.
    pardoned = {number for number, mass in masses.items() if mass > _PARDON * total}
    return [block for block in blocks if pardoned.issuperset(block.place.named)]


def _in_region(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of the article as it is marked up, if the mark-up is to be believed."""
    total = sum(map(prose, blocks))
    for part in ("body", "article", "main"):
        number_of = attrgetter(f"place.{part}")
        masses: Counter[int] = Counter()
        for block in blocks:
            masses[number_of(block)] += prose(block)
        del masses[0]
        if not masses:
            continue
        best, mass = masses.most_common(1)[0]
        within = sum(masses.values())
        if mass >= _SHARE * total:
            return [block for block in blocks if number_of(block) == best]
        if within >= _SHARE * total:
            return [block for block in blocks if number_of(block)]
    return list(blocks)


def _most_prose(blocks: Sequence[Block]) -> list[Block]:
    """Return the run of blocks with the highest sum."""
    best, total, start = (0.0, 0, 0), 0.0, 0
    for end, block in enumerate(blocks, start=1):
        if total <= 0:
            total, start = 0.0, end - 1
        total += _value(block)
        if total > best[0]:
            best = (total, start, end)
    _, start, end = best
    while start > 0 and blocks[start - 1].tag in _HEADINGS:
        start -= 1
    return [
        block
        for block in blocks[start:end]
        if not leads_elsewhere(block) and (block.tag is not Tag.TEXT or prose(block) > 0)
    ]


def _value(block: Block) -> float:
    if text := prose(block):
        return min(text, _MOST)
    if leads_elsewhere(block):
        return -_LINK_COST
    if _ELSEWHERE.match(block.text) and len(block.text) <= _PROSE:
        return -_ELSEWHERE_COST
    if block.tag is Tag.ITEM and len(block.text) >= _SHORTEST_SENTENCE:
        return _ITEM_WORTH
    return -_LABEL_COST if block.tag is Tag.TEXT else 0.0
