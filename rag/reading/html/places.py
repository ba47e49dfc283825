"""Where on a page a text stands: in its article, or in what is around articles on every page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

_AROUND = frozenset("nav aside footer menu figcaption dialog search amp-sidebar amp-ad".split())
"""Elements that hold no article."""
_AROUND_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar "
    "toolbar tablist tooltip status".split()
)
_BODY_PROPERTIES = frozenset({"articlebody", "reviewbody"})
_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar sidebars footer masthead comments "
    "comment commentlist disqus respond reply replies related relatedposts relatedarticles "
    "recommended recommendation recommendations recirc recirculation share sharing sharebar "
    "sharedaddy social socials newsletter newsletters subscribe signup promo promos promotion "
    "advert adverts advertisement advertising ads ad adslot adunit adsbygoogle dfp gpt sponsor "
    "sponsored cookie cookies consent gdpr cmp banner pagination pager caption credit credits "
    "tags taglist tagcloud byline dateline timestamp bio popular trending mostread outbrain "
    "taboola paywall popup modal overlay lightbox tooltip toolbar infobox navbox toc reflist "
    "references reference editsection hatnote noprint catlinks metadata copyright disclaimer "
    "readmore login signin poll carousel slideshow sronly screenreader visuallyhidden printonly "
    "skip skiplink".split()
)
"""Words in a class or id of what is around the article."""
_NOTICES = frozenset("cookie cookies consent gdpr cmp signup login".split())
_RUNS = re.compile(r"sr-only|screen-reader|visually-hidden|most-read|read-more|read-next|see-also")
_UNSAID = frozenset(
    {"with", "has", "no", "without", "is", "not", "hide", "show", "enabled", "open"}
)
"""A class with such a word tells of the layout: `content-with-sidebar`."""
_REPLIES = frozenset("comments comment commentlist disqus respond reply replies".split())
_APART = frozenset(
    "mw-editsection reference noprint sr-only visually-hidden visuallyhidden screen-reader-text "
    "element-invisible".split()
)
_UNNAMED = frozenset({"html", "body", "article", "main"})
"""Their classes say what the whole page is like."""
_MOST_NAMES = 8
"""So many named elements around a text are kept in mind; the time stays linear."""


@dataclass(frozen=True, slots=True)
class Place:
    """The parts of the page that a text stands in."""

    is_around: bool = False
    """In an element which by its kind holds no article, such as `<nav>`."""
    named: tuple[int, ...] = ()
    """Numbers of the elements around it which by their names hold no article."""
    is_reply: bool = False
    """In a reader's comment."""
    is_notice: bool = False
    """In what a site asks of its readers, such as its cookie banner."""
    article: int = 0
    """The number of the `<article>`, 0 for none."""
    main: int = 0
    body: int = 0
    """The number of the element that is marked up as an article's body."""


def place_of(
    name: str, attributes: Mapping[str, str], around: Place, numbers: Iterator[int]
) -> Place:
    """Return where the text of an element stands.

    Args:
        name: The element.
        attributes: Its attributes.
        around: Where it stands itself.
        numbers: Gives a new number to each part of the page.
    """
    place = around
    in_story = place.article or place.main or place.body
    is_masthead = name == "header" and not in_story
    if is_masthead or name in _AROUND or _role(attributes) in _AROUND_ROLES:
        place = replace(place, is_around=True)
    if name == "article":
        place = replace(place, article=next(numbers))
    elif name == "main" or _role(attributes) == "main":
        place = replace(place, main=next(numbers))
    if attributes.get("itemprop", "").strip().lower() in _BODY_PROPERTIES:
        place = replace(place, body=next(numbers))
    if name in _UNNAMED or len(place.named) >= _MOST_NAMES or not attributes:
        return place
    label = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    words = _telling_words(label[:500]) if len(label) > 1 else frozenset()
    if not words:
        return place
    return replace(
        place,
        named=(*place.named, next(numbers)),
        is_reply=place.is_reply or not words.isdisjoint(_REPLIES),
        is_notice=place.is_notice or not words.isdisjoint(_NOTICES),
    )


def is_apart(attributes: Mapping[str, str]) -> bool:
    """Tell whether a part of a line is not of its sentence, such as a footnote's number."""
    return not _APART.isdisjoint(attributes.get("class", "").lower().split())


def _role(attributes: Mapping[str, str]) -> str:
    return attributes.get("role", "").strip().lower()


@lru_cache(maxsize=4096)
def _telling_words(label: str) -> frozenset[str]:
    found: set[str] = set()
    for one in label.split():
        words = set(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1-\2", one).lower()))
        if not words & _UNSAID:
            found |= words & _NAMES
            if _RUNS.search(one.lower()):
                found.add("readmore")
    return frozenset(found)
