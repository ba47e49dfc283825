"""What a page says of its article for search engines: `<meta>`, `<link>`, `<time>`, JSON-LD."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from rag.reading.html.markup import Start
from rag.text.addresses import is_web_address
from rag.text.dates import parse_date

_LONGEST_LD = 1_000_000
_MOST_NODES = 2_000
"""Parts of a JSON-LD block that are looked at."""
_LONGEST = 500
"""Characters of a fact; what is longer is none."""
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_AUTHORS = (
    "ld:author",
    "author",
    "article:author",
    "parsely-author",
    "byl",
    "dc.creator",
    "sailthru.author",
)
_DATES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_PUBLISHERS = ("og:site_name", "publisher", "dc.publisher")
_SECTIONS = ("article:section", "parsely-section", "section")
_SEPARATOR = re.compile(r"\s+[|–—·•«»:-]+\s+")
_ARTICLE_TYPES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review)\Z")


class PageHeader:
    """Collects the facts while the tokens of a page go by."""

    def __init__(self) -> None:
        self.title = ""
        """What `<title>` holds."""
        self._meta: defaultdict[str, list[str]] = defaultdict(list)
        self._times: list[str] = []
        self._links: list[str] = []

    def read(self, tag: Start, *, is_around: bool) -> None:
        """Take a start tag.

        Args:
            tag: The tag.
            is_around: It stands in a menu, a sidebar or the like.
        """
        said = tag.attributes
        if tag.name == "meta" or (tag.name == "time" and not is_around):
            value = " ".join((said.get("content") or said.get("datetime", "")).split())
            if 0 < len(value) <= _LONGEST:
                names = [said[key] for key in ("property", "name", "itemprop") if key in said]
                for name in " ".join(names).lower().split():
                    self._meta[name].append(value)
                if tag.name == "time":
                    self._times.append(value)
        elif tag.name == "link" and "canonical" in said.get("rel", "").lower().split():
            self._links.append(said.get("href", "").strip())

    def read_linked_data(self, text: str) -> None:
        """Take the text of a `<script type="application/ld+json">`; what can't be read is left."""
        for node in _articles(text):
            for key, names in (("headline", "headline"), ("datePublished", "datepublished")):
                self._add(names, node.get(key))
            self._add("ld:author", _names(node.get("author")))
            self._add("publisher", _names(node.get("publisher")))
            self._add("section", _names(node.get("articleSection")))
            self._add("og:url", node.get("url"))

    def record(self, headlines: list[str]) -> dict[str, str]:
        """Return the facts under the keys of a JSON record; what isn't known is left out.

        Args:
            headlines: The `<h1>` texts of the page, the likeliest first.
        """
        publisher = next(self._said(*_PUBLISHERS), "")
        dates = (value for value in (*self._said(*_DATES), *self._times) if parse_date(value))
        links = (url for url in self._links if len(url) <= 4 * _LONGEST)
        urls = filter(is_web_address, (*links, *self._said("og:url")))
        facts = {
            "title": self._headline(headlines, publisher),
            "author": next(filter(None, map(_author, self._said(*_AUTHORS))), ""),
            "source": publisher,
            "published_at": next(dates, ""),
            "url": next(urls, ""),
            "section": next(self._said(*_SECTIONS), ""),
        }
        return {key: value for key, value in facts.items() if value}

    def _add(self, name: str, value: Any) -> None:
        if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST:
            self._meta[name].append(" ".join(value.split()))

    def _said(self, *names: str) -> Iterator[str]:
        for name in names:
            yield from self._meta.get(name, ())

    def _headline(self, headlines: list[str], publisher: str) -> str:
        titles = [*self._said(*_TITLES), " ".join(self.title.split())[:_LONGEST]]
        for headline in headlines:
            # The site's name may be an `<h1>` too, but no other title begins with it.
            if any(_begins(title, headline) for title in titles):
                return headline
        found = next(filter(None, titles), headlines[0] if headlines else "")
        parts = _SEPARATOR.split(found)
        if publisher and len(parts) > 1 and parts[-1].casefold() == publisher.casefold():
            return found[: found.rindex(parts[-1])].rstrip(" |–—·•«»:-")
        return found


def _begins(title: str, headline: str) -> bool:
    rest = title.casefold().removeprefix(headline.casefold())
    return len(rest) < len(title) and (not rest or _SEPARATOR.match(rest + " ") is not None)


def _author(value: str) -> str:
    """Return the names of authors; some pages give the address of a profile instead."""
    return "" if "://" in value or "@" in value else re.sub(r"(?i)^by\s+", "", value)


def _names(value: Any) -> str | None:
    found = value if isinstance(value, list) else [value]
    names = [one.get("name") if isinstance(one, Mapping) else one for one in found[:20]]
    return ", ".join(one.strip() for one in names if isinstance(one, str)) or None


def _articles(text: str) -> Iterator[Mapping[str, Any]]:
    """Yield the articles in a JSON-LD block, whatever they are wrapped in."""
    if len(text) > _LONGEST_LD:
        return
    try:
        waiting = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for node in waiting:
        if isinstance(node, list):
            waiting += node[:_MOST_NODES]
        elif isinstance(node, Mapping):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPES.match(kind) for kind in kinds):
                yield node
            waiting += [node[key] for key in ("@graph", "mainEntity") if key in node]
        if len(waiting) > _MOST_NODES:
            return
