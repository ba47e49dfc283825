"""Which parts of a page nobody sees: its attributes and its own styles say so.

What a script or a linked style sheet hides can't be known: nothing is run, and nothing fetched.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rag.reading.html.styles import (
    TRANSPARENT,
    UNKNOWN,
    WHITE,
    Attributes,
    Colour,
    StyleSheet,
    are_alike,
    colour,
    declarations,
    is_faint,
    pixels,
)

_WHOLE = frozenset({"html", "body"})
"""Pages that hide themselves do so until a script has run; readers see them."""
_ABROAD, _FAR_ABROAD = -400, 3000
"""Text moved so many pixels to the left or up, or so many anywhere, is out of sight."""
_TINY = 2.0
"""Pixels of a font that nobody can read."""
_SIZES = ("width", "height", "max-width", "max-height")
_MOVES = ("text-indent", "margin-left", "margin-top", "left", "top", "right", "bottom")
_CLIPPED = re.compile(r"rect\((?:0(?:px)?[ ,]*){4}\)|rect\((?:1px[ ,]*){4}\)|inset\((?:50|100)%.*")
_SHRUNK = re.compile(r"scale[xy]?\(0(?:\.0+)?[,)]")
_SHIFTED = re.compile(r"translate(?:x|y|3d)?\((-?[\d.]+[a-z%]*)(?:,\s*(-?[\d.]+[a-z%]*))?")
_FONT_SIZE = re.compile(r"(?:^|\s)(\d[\d.]*(?:px|pt|em|rem|%)?)(?=[\s/])")


@dataclass(frozen=True, slots=True)
class Look:
    """How a text appears, as far as it decides whether it appears at all."""

    is_gone: bool = False
    """Hidden in a way that nothing inside can undo."""
    is_invisible: bool = False
    is_tiny: bool = False
    colour: Colour = UNKNOWN
    background: Colour = WHITE

    @property
    def is_hidden(self) -> bool:
        """Tell whether nobody sees the text."""
        if self.is_gone or self.is_invisible or self.is_tiny:
            return True
        return self.colour == TRANSPARENT or are_alike(self.colour, self.background)


def look_of(name: str, attributes: Attributes, around: Look, sheet: StyleSheet) -> Look:
    """Return how an element's text appears.

    Args:
        name: The element.
        attributes: Its attributes.
        around: How the text around it appears.
        sheet: The rules of the page.
    """
    if name in _WHOLE or around.is_gone:
        return around
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return replace(around, is_gone=True)
    if name == "dialog" and "open" not in attributes:
        return replace(around, is_gone=True)
    style = sheet.of(name, attributes)
    for attribute, key in (("color", "color"), ("bgcolor", "background")):
        if attribute in attributes:
            style[key] = attributes[attribute].lower()
    style |= declarations(attributes.get("style", ""))
    return _styled(around, style) if style else around


def _styled(around: Look, style: Mapping[str, str]) -> Look:
    visibility, size = style.get("visibility", "inherit"), _font_size(style)
    behind = style.get("background-color") or style.get("background") or ""
    return Look(
        is_gone=_is_gone(style),
        is_invisible=around.is_invisible
        if visibility == "inherit"
        else visibility in {"hidden", "collapse"},
        is_tiny=around.is_tiny if size is None else size < _TINY,
        colour=colour(style["color"]) if "color" in style else around.colour,
        background=around.background
        if behind.split(" ")[0] in {"", "none", "inherit", TRANSPARENT}
        else colour(behind),
    )


def _font_size(style: Mapping[str, str]) -> float | None:
    if "font-size" in style:
        return pixels(style["font-size"])
    found = _FONT_SIZE.search(style.get("font", ""))
    return pixels(found[1]) if found else None


def _is_gone(style: Mapping[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or is_faint(style.get("opacity", ""))
        or _is_abroad(style)
        or _is_clipped(style)
    )


def _is_abroad(style: Mapping[str, str]) -> bool:
    transform = style.get("transform", "").replace(" ", "")
    moved = [style.get(key, "") for key in _MOVES]
    for across, down in _SHIFTED.findall(transform):
        moved += [across, down]
    by = [far for one in moved if (far := pixels(one)) is not None]
    abroad = any(far <= _ABROAD or far >= _FAR_ABROAD for far in by)
    return abroad or _SHRUNK.search(transform) is not None


def _is_clipped(style: Mapping[str, str]) -> bool:
    """Tell whether a text is cut off all round, as texts for screen readers are."""
    if any(_CLIPPED.fullmatch(style.get(key, "")) for key in ("clip", "clip-path")):
        return True
    if not style.get("overflow", "").startswith(("hidden", "clip")):
        return False
    return any((size := pixels(style.get(key, ""))) is not None and size <= 1 for key in _SIZES)
