"""What the elements of HTML do to the text in them, by the rules of the HTML standard."""

from collections.abc import Mapping
from enum import StrEnum

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source "
    "track wbr".split()
)
"""Elements that have no content and no end tag."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CELLS = frozenset({"td", "th"})
ROWS = frozenset({"tr", "tbody", "thead", "tfoot", "caption", "colgroup"})
CLOSE_P = HEADINGS | frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form header hgroup hr li main menu nav ol p pre listing search section "
    "summary table ul xmp plaintext".split()
)
BLOCKS = CLOSE_P | CELLS | ROWS | {"body", "html", "legend", "optgroup", "option"}
UNSEEN = frozenset(
    "head script style template noscript iframe object applet svg math canvas audio video select "
    "textarea button datalist label legend noembed noframes map progress meter rp rt".split()
)
"""Elements whose text is not shown, or is a control's or a picture's, not the page's."""
FENCES = CELLS | frozenset({"table", "caption", "template", "object", "button", "svg", "math"})
"""What is open outside of these can't be closed inside."""
SIBLINGS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "caption", "colgroup"}), frozenset({"table"})),
    "td": (CELLS, frozenset({"tr", "table"})),
    "th": (CELLS, frozenset({"tr", "table"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
} | {name: (ROWS | {"tr"}, frozenset({"table"})) for name in ("tbody", "thead", "tfoot")}
"""What ends when such an element begins, if it is open inside the nearest of the second kind."""
FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""They end at their end tag even where blocks that began inside go on."""
CLOSED_IN_HTML = frozenset({"svg", "math"})


class Tag(StrEnum):
    """What a block is, by the nearest element that says so."""

    PARAGRAPH = "p"
    HEADLINE = "h1"
    HEADING = "h2"
    ITEM = "li"
    CELL = "td"
    QUOTE = "blockquote"
    CODE = "pre"
    TEXT = "div"


TAGS = {
    "p": Tag.PARAGRAPH,
    "h1": Tag.HEADLINE,
    **dict.fromkeys(HEADINGS - {"h1"}, Tag.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), Tag.ITEM),
    **dict.fromkeys(CELLS, Tag.CELL),
    "blockquote": Tag.QUOTE,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), Tag.CODE),
}
