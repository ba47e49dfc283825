"""An article as the reader shows it: all its blocks, one of them lit, the quoted words marked."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from rag.archive.catalogue import CatalogueReader, StoredParagraph
from rag.errors import BylineError
from rag.schema import ArticleHeader, Paragraph, ParagraphKind, Span
from rag.text.addresses import is_web_address
from rag.text.dates import readable_date
from rag.web.chat_view import failure_html
from rag.web.conversation import OpenByline
from rag.web.escaping import dot, escape, lines
from rag.web.links import NOWHERE, Reference, parse_reference, permalink

CLOSED = (
    '<div class="shut"><p>The article behind a citation opens here, '
    "with the cited paragraph marked.</p></div>"
)
GONE = (
    '<div class="shut"><p><strong>This paragraph is no longer in the archive.</strong></p>'
    "<p>Its article was changed or removed since the answer was given. Ask again.</p></div>"
)


def open_link(opened: OpenByline, anchor: str) -> str:
    """Return the article behind a link's anchor; a browser may send any text as one."""
    return open_source(opened, parse_reference(anchor))


def open_source(opened: OpenByline, source: Reference) -> str:
    """Return the article that an answer cites; the closed reader for `NOWHERE`."""
    if source == NOWHERE:
        return CLOSED
    try:
        catalogue = opened().archive.catalogue
        header = _header(catalogue, source)
        if header is None:
            return GONE
        return reader_html(header, catalogue.paragraphs_of(header.article_id), source)
    except BylineError as error:
        return failure_html(error.message, error.hint)


def reader_html(header: ArticleHeader, blocks: Sequence[Paragraph], reference: Reference) -> str:
    """Return an article of these blocks, the reference's paragraph lit and its quote marked."""
    paragraphs = "".join(_block(block, reference) for block in blocks)
    return (
        f'<article class="paper" id="open-{reference.anchor}">{_head(header)}'
        f'<div class="blocks">{paragraphs}</div></article>'
    )


def _header(catalogue: CatalogueReader, reference: Reference) -> ArticleHeader | None:
    if not reference.paragraph_id:
        article = catalogue.article(reference.article_id)
        return article.header if article else None

    def likeness(place: StoredParagraph) -> tuple[bool, bool]:
        same_article = place.article.article_id == reference.article_id
        return same_article, place.paragraph.ordinal == reference.ordinal

    place = max(catalogue.find(reference.paragraph_id), key=likeness, default=None)
    return place.article if place else None


def _head(header: ArticleHeader) -> str:
    author = f"By {header.author}" if header.author else None
    source = dot(header.publisher, header.agency, header.place, author)
    where = dot(readable_date(header.published_at), header.title and header.file)
    facts = "".join(f'<p class="facts">{line}</p>' for line in (source, where) if line)
    title = escape(header.title or header.file)
    back = '<a class="back" href="#chat">Back to the answer</a>'
    return f"<header>{back}<h2>{title}</h2>{facts}{_original(header.url)}</header>"


def _original(url: str | None) -> str:
    if not is_web_address(url):
        return ""
    host = escape(urlsplit(url).hostname or "")
    opens = 'target="_blank" rel="noopener noreferrer"'
    return f'<p class="facts"><a href="{escape(url)}" {opens}>Original at {host}</a></p>'


def _block(block: Paragraph, reference: Reference) -> str:
    lit = block.paragraph_id == reference.paragraph_id
    text = with_quote(block.text, reference.quote) if lit else lines(block.text)
    focus = ' tabindex="-1"' if lit else ""
    label = '<span class="unseen">Cited: </span>' if lit else ""
    tag = "h3" if block.kind is ParagraphKind.HEADLINE else "p"
    return (
        f'<div class="para {block.kind}{" lit" if lit else ""}"{focus}>'
        f"{_number(block, label)}<{tag}>{text}</{tag}></div>"
    )


def _number(block: Paragraph, label: str) -> str:
    """Return a paragraph's number: where it can be cited, the link that leads back to it."""
    if not block.is_citable:
        return f'<span class="number">{block.ordinal}</span>'
    address = escape(permalink(block.paragraph_id))
    purpose = '<span class="unseen"> Permanent link</span>'
    return f'<a class="number" href="{address}">{label}{block.ordinal}{purpose}</a>'


def with_quote(text: str, quote: Span) -> str:
    """Return a paragraph's text with the words of a quote marked."""
    start, end = min(quote.start, len(text)), min(quote.end, len(text))
    if start >= end:
        return lines(text)
    return f"{lines(text[:start])}<mark>{lines(text[start:end])}</mark>{lines(text[end:])}"
