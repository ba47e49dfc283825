"""CSS, as far as it decides whether a text is seen: declarations, rules, lengths, colours."""

import re
from collections.abc import Iterator, Mapping

Attributes = Mapping[str, str]
Colour = tuple[int, int, int] | str
"""Red, green and blue from 0 to 255, or one of the two below."""

UNKNOWN = "unknown"
TRANSPARENT = "transparent"
WHITE: Colour = (255, 255, 255)
_NAMED: Mapping[str, Colour] = {
    "white": WHITE,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "whitesmoke": (245, 245, 245),
    "black": (0, 0, 0),
    TRANSPARENT: TRANSPARENT,
}
_SAME = 12
"""So little between the parts of two colours isn't seen."""
_FAINT = 0.05
"""Nobody sees what is less opaque than this."""

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"([{}])")
_SELECTOR = re.compile(r"(?!(?:html|body)\b)[a-z][\w-]*(?:[.#][\w-]+)?|[.#][\w-]+")
_LENGTH = re.compile(r"(-?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))(px|pt|r?em|ex|ch|v[wh]|%)?")
_PIXELS = {"px": 1.0, "pt": 4 / 3, "": 1.0, "%": 0.16, "vw": 10.0, "vh": 10.0, "ex": 8.0, "ch": 8.0}
_FAMILIAR = frozenset({"display", "visibility"})


class StyleSheet:
    """The rules of a page's `<style>` elements that hide what they name, or show it again.

    Only selectors that name one element, class or id are read, outside of `@media` and its like,
    and of their declarations only `display` and `visibility`: a style sheet moves and fades what a
    script shows a moment later.
    """

    def __init__(self) -> None:
        self._styles: dict[str, dict[str, str]] = {}

    def add(self, css: str) -> None:
        """Read the rules of one `<style>` element."""
        for selectors, body in _rules(_COMMENT.sub(" ", css.lower())):
            said = {key: value for key, value in declarations(body).items() if key in _FAMILIAR}
            for selector in selectors.split(",") if said else ():
                if _SELECTOR.fullmatch(selector.strip()):
                    self._styles.setdefault(selector.strip(), {}).update(said)

    def of(self, name: str, attributes: Attributes) -> dict[str, str]:
        """Return what the rules say of an element; the more particular ones count."""
        if not self._styles:
            return {}
        marks = [f".{one}" for one in attributes.get("class", "").lower().split()[:50]]
        marks.append(f"#{attributes.get('id', '').strip().lower()}")
        found = dict(self._styles.get(name, {}))
        for mark in marks:
            found |= self._styles.get(mark, {}) | self._styles.get(name + mark, {})
        return found


def _rules(css: str) -> Iterator[tuple[str, str]]:
    open_rules: list[str] = []
    parts = _BRACE.split(css)
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "{":
            # Before a selector may stand `@import …;`.
            open_rules.append(text.rpartition(";")[2].strip())
        elif open_rules:
            selectors = open_rules.pop()
            if not open_rules and not selectors.startswith("@"):
                yield selectors, text


def declarations(style: str) -> dict[str, str]:
    """Return the properties of a style with their values in lower case, the last one of a name."""
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {
        key.strip(): value.replace("!important", "").strip() for key, colon, value in pairs if colon
    }


def pixels(value: str) -> float | None:
    """Return a length in pixels, as far as it can be known without the page's width."""
    found = _LENGTH.match(value.strip())
    if not found:
        return None
    return float(found[1]) * _PIXELS.get(found[2] or "", 16.0)


def colour(value: str) -> Colour:
    """Return the colour that a style gives to text or to what is behind it."""
    value = value.strip()
    if value.startswith("#"):
        return _hexadecimal(value[1:].split(" ")[0])
    if not value.startswith("rgb"):
        # A picture or a gradient may have any colour.
        return UNKNOWN if "(" in value else _NAMED.get(value.split(" ")[0], UNKNOWN)
    numbers = [_LENGTH.match(part) for part in re.findall(r"[\d.]+%?", value)[:4]]
    parts = [float(one[1]) * (2.55 if one[2] else 1) for one in numbers if one]
    if len(parts) == 4 and parts[3] < _FAINT:
        return TRANSPARENT
    return (int(parts[0]), int(parts[1]), int(parts[2])) if len(parts) >= 3 else UNKNOWN


def _hexadecimal(digits: str) -> Colour:
    if len(digits) in {3, 4}:
        digits = "".join(digit * 2 for digit in digits)
    if not re.fullmatch(r"[0-9a-f]{6}(?:[0-9a-f]{2})?", digits):
        return UNKNOWN
    if digits[6:] and int(digits[6:], 16) < 255 * _FAINT:
        return TRANSPARENT
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def are_alike(one: Colour, other: Colour) -> bool:
    """Tell whether nobody could read text of the one colour on the other."""
    if isinstance(one, str) or isinstance(other, str):
        return False
    return all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))


def is_faint(opacity: str) -> bool:
    """Tell whether text of this opacity is as good as invisible."""
    found = _LENGTH.fullmatch(opacity.strip())
    return found is not None and float(found[1]) / (100 if found[2] else 1) < _FAINT
