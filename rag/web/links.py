"""Links into the reader: what stands after their `#`, and what it means."""

import re
from dataclasses import dataclass

from rag.schema import Citation, Span

_CITED = re.compile(r"#?cite-([0-9a-f]{4,64})-(\d{1,7})-(\d{1,7})-(\d{1,7})-([0-9a-f]{0,64})")
_ARTICLE = re.compile(r"article-([0-9a-f]{4,64})")
_NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a link into the reader leads: a paragraph, and the words of it that count."""

    paragraph_id: str
    """Empty for an article from its top."""
    ordinal: int
    quote: Span = _NOTHING
    """Relative to the paragraph; empty where no words are quoted."""
    article_id: str = ""
    """Empty where the paragraph's id has to do."""

    @property
    def anchor(self) -> str:
        """What stands in the link, after its `#`."""
        if not self.paragraph_id:
            return article_anchor(self.article_id)
        quote = f"{self.quote.start}-{self.quote.end}"
        return f"cite-{self.paragraph_id}-{self.ordinal}-{quote}-{self.article_id}"

    @classmethod
    def of(cls, citation: Citation) -> "Reference":
        """Return where a citation leads."""
        quote = Span(citation.quote_start, citation.quote_end).shifted(-citation.start)
        return cls(citation.paragraph_id, citation.ordinal, quote, citation.article_id)


NOWHERE = Reference("", 0)
"""Leads to no paragraph, and to no article: it closes the reader."""


def article_anchor(article_id: str) -> str:
    """Return what stands in a link to a whole article, after its `#`."""
    return f"article-{article_id}"


def permalink(paragraph_id: str) -> str:
    """Return the address, on this page's host, that opens the reader at a paragraph."""
    return f"/?p={paragraph_id}"


def parse_reference(anchor: str) -> Reference:
    """Return where a link's anchor leads; `NOWHERE` for what a browser made up."""
    if found := _ARTICLE.fullmatch(anchor):
        return Reference("", 0, article_id=found[1])
    if found := _CITED.fullmatch(anchor):
        paragraph_id, ordinal, start, end, article_id = found.groups()
        return Reference(paragraph_id, int(ordinal), Span(int(start), int(end)), article_id)
    return NOWHERE
