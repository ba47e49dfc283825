"""The text that a reader gets: nothing in it looks like a citation but what was added as one."""

import re
from collections.abc import Iterable

from rag.citations.markers.grammar import CLOSER, OPENER

_LONGEST_NUMBER = 8
_LOOKALIKE = re.compile(rf"{OPENER}(\d{{1,{_LONGEST_NUMBER}}}){CLOSER}")
_LONG_LOOKALIKE = re.compile(rf"{OPENER}(?=\d{{{_LONGEST_NUMBER + 1}}})")
_BEGUN = re.compile(rf"{OPENER}\d{{0,{_LONGEST_NUMBER}}}\Z")


class Output:
    """Collects text and markers.

    Taking an invented marker out of `[[9]1]` would leave `[1]`. So text is checked again here,
    after all removals, and only `cite` can produce a bracketed number.
    """

    def __init__(self) -> None:
        self._ready: list[str] = []
        self._held = ""
        self.last = ""
        """The last character so far, shown or held."""

    def write(self, text: str) -> None:
        """Add text of which no part may be a marker."""
        if not text:
            return
        self.last = text[-1]
        text = _LOOKALIKE.sub(r"(\1)", self._held + text)
        text = _LONG_LOOKALIKE.sub("(", text)
        begun = _BEGUN.search(text, max(0, len(text) - _LONGEST_NUMBER - 1))
        cut = begun.start() if begun else len(text)
        self._ready.append(text[:cut])
        self._held = text[cut:]

    def cite(self, markers: Iterable[int]) -> None:
        """Add markers."""
        self._ready += [self._held, *(f"[{marker}]" for marker in markers)]
        self._held, self.last = "", "]"

    def take(self, *, last: bool = False) -> str:
        """Return what may be shown now; with `last`, all there is."""
        if last:
            self._ready.append(self._held)
            self._held = ""
        text = "".join(self._ready)
        self._ready.clear()
        return text
