"""A file → its articles, each with its blocks and what is known of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from rag.errors import ArticleError
from rag.reading.decoding import read_text
from rag.reading.finding import MARKDOWN_SUFFIXES, PAGE_SUFFIXES, TEXT_SUFFIXES
from rag.reading.headers import HeaderFacts, read_front_matter, read_header
from rag.reading.html.pages import read_page
from rag.reading.model import ParsedArticle, Skipped, SourceFile
from rag.reading.paragraphs import article_id, split_paragraphs
from rag.reading.records import (
    header_of,
    is_deeper,
    records_of_document,
    records_of_lines,
)
from rag.schema import Article, ArticleHeader, ParagraphKind
from rag.text.unseen import without_surrogates

_DEEPEST = 64
"""Levels of nesting that a JSON record may have."""
_FRONT_MATTER_KEYS = {"publisher": "source", "date": "published_at", "link": "url"}


def read_articles(source: SourceFile, *, max_bytes: int) -> Iterator[ParsedArticle | Skipped]:
    """Yield the articles of one file; whatever can't be read is yielded as `Skipped`."""
    suffix = source.path.suffix.lower()
    try:
        text, notes = read_text(source.path, max_bytes, is_page=suffix in PAGE_SUFFIXES)
    except ArticleError as error:
        yield Skipped(source.name, f"{error.message} {error.hint}")
        return
    if suffix in PAGE_SUFFIXES:
        yield _from_page(text, source.name, notes, is_xml=suffix == ".xhtml")
        return
    if suffix in TEXT_SUFFIXES:
        yield _from_text(text, source.name, notes, is_markdown=suffix in MARKDOWN_SUFFIXES)
        return
    found_any = False
    read_records = records_of_document if suffix == ".json" else records_of_lines
    for label, record in read_records(text):
        found_any = True
        where = f"{source.name}, {label}" if label else source.name
        if isinstance(record, Skipped):
            yield Skipped(where, record.reason)
        else:
            yield _from_record(record, source.name, label, notes, where)
    if not found_any:
        yield Skipped(source.name, "it holds no articles")


def _from_text(
    text: str, file: str, notes: tuple[str, ...], *, is_markdown: bool
) -> ParsedArticle | Skipped:
    length, said = read_front_matter(text) if is_markdown else (0, {})
    if not length:
        return _parsed(text, ArticleHeader("", file), notes, where=file)
    record = {_FRONT_MATTER_KEYS.get(key, key): value for key, value in said.items() if value}
    header, further = header_of(record, file)
    header = replace(header, record=None)
    return _parsed(text, header, (*notes, *further), where=file, front_matter=length)


def _from_page(
    text: str, file: str, notes: tuple[str, ...], *, is_xml: bool
) -> ParsedArticle | Skipped:
    page = read_page(text, is_xml=is_xml)
    header, further = header_of(page.record, file)
    return _parsed(page.text, header, (*notes, *further), where=file, headings=page.headings)


def _from_record(
    record: Mapping[str, Any], file: str, label: str, notes: tuple[str, ...], where: str
) -> ParsedArticle | Skipped:
    text = record.get("text")
    if not isinstance(text, str):
        return Skipped(where, 'it has no "text" string')
    if is_deeper(record, _DEEPEST):
        return Skipped(where, f"it is nested more than {_DEEPEST} levels deep")
    header, further = header_of(record, file)
    header = replace(header, record=header.record or label)
    return _parsed(without_surrogates(text), header, (*notes, *further), where=where)


def _parsed(
    text: str,
    known: ArticleHeader,
    notes: tuple[str, ...],
    *,
    where: str,
    front_matter: int = 0,
    headings: Collection[int] = (),
) -> ParsedArticle | Skipped:
    paragraphs = split_paragraphs(text, front_matter=front_matter)
    if not any(block.is_citable for block in paragraphs):
        return Skipped(where, "it has no text" if not paragraphs else "it has only page furniture")
    facts = read_header(paragraphs, title=known.title)
    header = _merged(known, facts, article_id(text))
    blocks = tuple(
        replace(block, kind=ParagraphKind.HEADLINE)
        if block.kind is ParagraphKind.BODY
        and (block.start in headings or block.ordinal == facts.title_ordinal)
        else block
        for block in paragraphs
    )
    return ParsedArticle(Article(header, text), blocks, notes)


def _merged(known: ArticleHeader, facts: HeaderFacts, identity: str) -> ArticleHeader:
    return replace(
        known,
        article_id=identity,
        title=known.title or facts.title,
        author=known.author or facts.author,
        agency=facts.agency,
        place=facts.place,
        published_at=known.published_at or facts.published_at,
    )
