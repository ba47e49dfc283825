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
_CANONICAL = re.compile(r"(?<![^\S\n])[^\S\n]*\[(\d{1,9})\]")


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
    numbers = dict.fromkeys(int(found[1]) for found in _CANONICAL.finditer(text))
    return _CANONICAL.sub("", text).strip(), tuple(numbers)


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
        lambda found: found[0].replace(f"[{found[1]}]", f"[{numbers[int(found[1])]}]"), text
    )


def _parenthesised(found: re.Match[str]) -> str:
    return f"({found[1]})" if parse_marker(found[1]) else found[0]
