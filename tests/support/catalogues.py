"""Articles stored in a catalogue, with the fake's vectors."""

from pathlib import Path

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
    blocks = [one for one in parsed.paragraphs if one.kind is not ParagraphKind.FURNITURE]
    vectors = FakeEmbedder().passages(blocks)
    named = {one.paragraph_id: made for one, made in zip(blocks, vectors, strict=True)}
    writer.store([ArticleWrite(parsed, source, old)], named)
    return parsed
