"""What counts as a citation marker, and how to make one harmless.

A marker is a pair of brackets round paragraph numbers: `[1]`, `[1, 3]`, `[1-3]`, `【２】`,
`[Source 1]`, `[^1]`. Everything that a reader could take for one is treated as one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OPENERS = "[［【〔"
OPENER = r"[\[［【〔]"
CLOSER = r"[\]］】〕]"
LONGEST_CONTENT = 200
"""Bounds what a stream holds back while it waits for a closing bracket."""
CONTENT = rf"[^\[\]［］【】〔〕\n\r`\"“”„«»「」『』(){{}}<>|\\]{{0,{LONGEST_CONTENT}}}"

_WORDS = (
    r"sources?|paragraphs?|paras?|passages?|citations?|cit|cite[ds]?|references?|refs?"
    r"|footnotes?|notes?|documents?|docs?|articles?|excerpts?|snippets?|evidence|nos?|nr"
    r"|quellen?|absatz|absätze|abschnitte?|fuentes?|párrafos?|paragraphes?|fonte|fonti|bron(?:nen)?"
)
_PREFIX = rf"(?:(?:(?:{_WORDS})[.:]?|[\^#§¶№:]) ?){{0,3}}"
_DASH = r"(?: ?[-‐‑‒–—−~〜～…] ?| ?\.{2,3} ?| to | bis )"
_ITEM = re.compile(rf"{_PREFIX}(\d+)(?:{_DASH}{_PREFIX}(\d+))?(?: ?†.*)?", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,;&，、；]| and | und | et | y | e | en ", re.IGNORECASE)
_CANDIDATE = re.compile(rf"{OPENER}({CONTENT}){CLOSER}")
_LONG_NUMBER = re.compile(rf"{OPENER}(\d{{{LONGEST_CONTENT},}}){CLOSER}")
_BEGUN = re.compile(rf"{OPENER}\s*\^?\d")
MARKER = r"\[\d{1,9}\]"
"""A marker as `MarkerStream` gives it to a reader, for patterns that look for more around it."""
_CANONICAL = re.compile(rf"(?<![^\S\n])[^\S\n]*({MARKER})")


@dataclass(frozen=True, slots=True)
class Item:
    """One number or range between the brackets, as written and as read."""

    raw: str
    low: int
    high: int


def parse_marker(content: str) -> tuple[Item, ...]:
    """Return the numbers between two brackets; nothing when this is not a marker.

    Args:
        content: What stands between the brackets, at most `LONGEST_CONTENT` characters.
    """
    items = []
    for part in _SEPARATOR.split(" ".join(content.split())):
        raw = part.strip()
        if not raw:
            continue
        found = _ITEM.fullmatch(raw)
        if found is None:
            return ()
        low = int(found[1])
        items.append(Item(raw, low, int(found[2] or low)))
    return tuple(items)


def neutralise(text: str) -> str:
    """Turn the brackets of everything that looks like a marker into parentheses.

    An article that itself contains `[3]` can then be quoted without seeming to cite. The result
    has as many code points as `text`, so offsets stay valid.
    """
    return _LONG_NUMBER.sub(r"(\1)", _CANDIDATE.sub(_parenthesised, text))


def split_markers(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a sentence without its markers, and their numbers in order, each once.

    Args:
        text: A sentence as `MarkerStream` gives it; a blank before a marker goes with it.
    """
    numbers = dict.fromkeys(number_of(found[1]) for found in _CANONICAL.finditer(text))
    return without_markers(text).strip(), tuple(numbers)


def without_markers(text: str) -> str:
    """Return a text without its markers and the blanks before them."""
    return _CANONICAL.sub("", text)


def number_of(marker: str) -> int:
    """Return the number in a marker as a reader sees it."""
    return int(marker[1:-1])


def cites(text: str) -> bool:
    """Tell whether a model's text, which may yet go on, holds a marker or the beginning of one."""
    return _BEGUN.search(text) is not None


def with_markers(sentence: str, markers: Sequence[int]) -> str:
    """Return a sentence with its markers, before a plain full stop and behind anything else."""
    cited = "".join(f"[{marker}]" for marker in markers)
    if not cited:
        return sentence
    stripped = sentence[:-1]
    if sentence[-1:] in ".!?" and stripped[-1:].isalnum():
        return f"{stripped} {cited}{sentence[-1]}"
    return f"{sentence} {cited}"


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """Return a text with other numbers in its markers, as `MarkerStream` gave them."""
    return _CANONICAL.sub(
        lambda found: found[0].replace(found[1], f"[{numbers[number_of(found[1])]}]"), text
    )


def _parenthesised(found: re.Match[str]) -> str:
    return f"({found[1]})" if parse_marker(found[1]) else found[0]
