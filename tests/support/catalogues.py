"""Articles stored in a catalogue, with the fake's vectors."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag.archive.catalogue import ArticleWrite, CatalogueWriter
from rag.reading import ParsedArticle, SourceFile, read_articles
from rag.schema import ParagraphKind
from tests.support.fakes import FakeEmbedder

TEXT = "A headline\nThe first paragraph. It has two sentences.\nRead More\nThe last one."


def parse(folder: Path, text: str, name: str = "a.txt") -> tuple[ParsedArticle, SourceFile]:
    """Write an article to a file and read it."""
    source = SourceFile(folder / name, str(folder), name)
    source.path.write_text(text, encoding="utf-8")
    (parsed,) = read_articles(source, max_bytes=10**6)
    assert isinstance(parsed, ParsedArticle)
    return parsed, source


def store(
    writer: CatalogueWriter, folder: Path, text: str, name: str = "a.txt", old: int | None = None
) -> ParsedArticle:
    """Store an article; `old` is the key of the one that it replaces."""
    parsed, source = parse(folder, text, name)
    _put(writer, parsed, source, old)
    return parsed


def parse_record(
    folder: Path, name: str, known: dict[str, Any]
) -> tuple[ParsedArticle, SourceFile]:
    """Return an article whose header has the given fields."""
    source = SourceFile(folder / "records.json", str(folder), "records.json")
    source.path.write_text(json.dumps([{"id": name, "text": f"It rained in {name}."}]))
    (parsed,) = read_articles(source, max_bytes=10**6)
    assert isinstance(parsed, ParsedArticle)
    header = replace(parsed.article.header, **known)
    return replace(parsed, article=replace(parsed.article, header=header)), source


def store_record(writer: CatalogueWriter, folder: Path, name: str, known: dict[str, Any]) -> None:
    """Store an article whose header has the given fields."""
    _put(writer, *parse_record(folder, name, known), None)


def as_layout_2(path: Path) -> None:
    """Make a catalogue what it was before its articles were listed in a table of their own."""
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE listed")
        connection.execute("UPDATE meta SET value = '2' WHERE name = 'layout'")
    connection.close()


def _put(
    writer: CatalogueWriter, parsed: ParsedArticle, source: SourceFile, old: int | None
) -> None:
    blocks = [one for one in parsed.paragraphs if one.kind is not ParagraphKind.FURNITURE]
    vectors = FakeEmbedder().passages(blocks)
    named = {one.paragraph_id: made for one, made in zip(blocks, vectors, strict=True)}
    writer.store([ArticleWrite(parsed, source, old)], named)
