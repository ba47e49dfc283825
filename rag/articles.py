"""Files → articles: one reader a format, and a named reason for everything that is skipped."""

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import ArticleError
from rag.headers import HeaderFacts, parse_date, read_header
from rag.paragraphs import article_id, split_paragraphs
from rag.schema import Article, ArticleHeader, Paragraph, ParagraphKind

_TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
_JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
_LATER_SUFFIXES = frozenset({".html", ".htm", ".pdf", ".docx", ".xml", ".epub"})
_KNOWN_KEYS = frozenset(
    {"id", "_id", "title", "text", "source", "author", "published_at", "url", "section"}
)
_CONTROL_SHARE = 0.02
"""More control characters than this, and a file is binary, whatever its name says."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, and the name under which its articles are known."""

    path: Path
    root: str
    """The folder that was given (or the file's own folder), absolute."""
    name: str
    """The file's path below the root, with `/`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with its blocks, ready for the catalogue."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    """What the reader had to assume, such as an encoding."""


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile | Skipped]:
    """Yield every file of the paths in a stable order; folders are walked, links left alone.

    Raises:
        ArticleError: A path doesn't exist.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path.absolute())
        elif path.exists():
            yield _checked(path.absolute(), path.absolute().parent)
        else:
            raise ArticleError(
                f"There is no file or folder {str(path)!r}.", "Check the path that you gave."
            )


def read_articles(source: SourceFile, *, max_bytes: int) -> Iterator[ParsedArticle | Skipped]:
    """Yield the articles of one file; whatever can't be read is yielded as `Skipped`."""
    try:
        text, notes = _decoded(_read_bytes(source.path, max_bytes))
    except ArticleError as error:
        yield Skipped(source.name, f"{error.message} {error.hint}")
        return
    suffix = source.path.suffix.lower()
    if suffix in _TEXT_SUFFIXES:
        yield _parsed(text, ArticleHeader("", source.name), notes, where=source.name)
        return
    records = _lines(text) if suffix != ".json" else _document(text)
    for label, record in records:
        where = f"{source.name}, {label}" if label else source.name
        if isinstance(record, Skipped):
            yield Skipped(where, record.reason)
        else:
            yield _from_record(record, source.name, label, notes, where)


def _walk(root: Path) -> Iterator[SourceFile | Skipped]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield _checked(Path(folder) / name, root)


def _checked(path: Path, root: Path) -> SourceFile | Skipped:
    name = path.relative_to(root).as_posix()
    suffix = path.suffix.lower()
    if path.is_symlink() and not path.resolve().is_relative_to(root):
        return Skipped(name, "it is a link that leads out of the folder")
    if not path.exists() or not stat.S_ISREG(path.stat().st_mode):
        return Skipped(name, "it is not a regular file")
    if suffix in _LATER_SUFFIXES:
        return Skipped(name, f"{suffix} files are not supported yet; save the text as .txt or .json")
    if suffix not in _TEXT_SUFFIXES | _JSON_SUFFIXES:
        return Skipped(name, "only .txt, .md, .json and .jsonl files are articles")
    return SourceFile(path, str(root), name)


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if (size := path.stat().st_size) > max_bytes:
            raise ArticleError(
                f"{size / 1e6:.1f} MB is more than the {max_bytes / 1e6:.0f} MB allowed.",
                "Split the file or raise RAG_MAX_FILE_MB.",
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(
            f"It can't be read ({error.strerror or error}).", "Check its permissions."
        ) from error


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, notes = _decode(data, "utf-16"), ()
    else:
        try:
            text, notes = data.decode("utf-8-sig"), ()
        except UnicodeDecodeError as error:
            text = _decode(data, "cp1252")
            notes = (f"not UTF-8 (byte {error.start}); read as Windows-1252",)
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f\x1b")
    if "\0" in text[:4096] or controls > _CONTROL_SHARE * max(len(text), 1):
        raise ArticleError("It is binary, not text.", "Remove it from the folder.")
    return text, notes


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"It is neither UTF-8 nor Windows-1252 text (byte {error.start}).",
            "Save it as UTF-8.",
        ) from error


def _lines(text: str) -> Iterator[tuple[str, Mapping[str, Any] | Skipped]]:
    # Only \n ends a record: JSON strings may hold U+2028 and the like unescaped.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", _record(line, f"line {number}")


def _document(text: str) -> Iterator[tuple[str, Mapping[str, Any] | Skipped]]:
    loaded = _json(text)
    if isinstance(loaded, ArticleError):
        yield "", Skipped("", f"{loaded.message} {loaded.hint}")
        return
    if isinstance(loaded, dict) and isinstance(loaded.get("articles"), list):
        loaded = loaded["articles"]
    for number, record in enumerate(loaded if isinstance(loaded, list) else [loaded], start=1):
        label = f"record {number}"
        yield label, record if isinstance(record, dict) else Skipped("", "it is not an object")


def _record(line: str, label: str) -> Mapping[str, Any] | Skipped:
    loaded = _json(line)
    if isinstance(loaded, ArticleError):
        return Skipped(label, f"{loaded.message} {loaded.hint}")
    return loaded if isinstance(loaded, dict) else Skipped(label, "it is not a JSON object")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return ArticleError(f"It is not valid JSON ({error}).", "Correct it and ingest again.")


def _from_record(
    record: Mapping[str, Any], file: str, label: str, notes: tuple[str, ...], where: str
) -> ParsedArticle | Skipped:
    text = record.get("text")
    if not isinstance(text, str):
        return Skipped(where, 'it has no "text" string')
    dated = _string(record, "published_at")
    published = parse_date(dated) if dated else None
    metadata = {key: value for key, value in record.items() if key not in _KNOWN_KEYS}
    if dated and not published:
        notes = (*notes, f"published_at {dated[:40]!r} is not a date that can be read")
        metadata["published_at"] = dated
    header = ArticleHeader(
        "",
        file,
        record=_string(record, "id") or _string(record, "_id") or label,
        title=_string(record, "title"),
        author=_string(record, "author"),
        publisher=_string(record, "source"),
        published_at=published,
        url=_string(record, "url"),
        section=_string(record, "section"),
        metadata=metadata,
    )
    return _parsed(_without_surrogates(text), header, notes, where=where)


def _string(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None or isinstance(value, dict | list):
        return None
    return _without_surrogates(" ".join(str(value).split())) or None


def _without_surrogates(text: str) -> str:
    # A lone \ud800 in JSON can't be stored as UTF-8; one character for one keeps the offsets.
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if not (
        text.isascii() or _encodable(text)
    ) else text


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _parsed(
    text: str, known: ArticleHeader, notes: tuple[str, ...], *, where: str
) -> ParsedArticle | Skipped:
    paragraphs = split_paragraphs(text)
    if all(block.kind is ParagraphKind.FURNITURE for block in paragraphs):
        return Skipped(where, "it has no text" if not paragraphs else "it has only page furniture")
    facts = read_header(paragraphs, has_title=known.title is not None)
    header = _merged(known, facts, article_id(text))
    return ParsedArticle(
        Article(header, text), _with_headline(paragraphs, facts.title_ordinal), notes
    )


def _merged(known: ArticleHeader, facts: HeaderFacts, identity: str) -> ArticleHeader:
    return ArticleHeader(
        identity,
        known.file,
        record=known.record,
        title=known.title or facts.title,
        author=known.author or facts.author,
        agency=facts.agency,
        place=facts.place,
        publisher=known.publisher,
        published_at=known.published_at or facts.published_at,
        url=known.url,
        section=known.section,
        metadata=known.metadata,
    )


def _with_headline(
    paragraphs: tuple[Paragraph, ...], ordinal: int | None
) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            block.paragraph_id,
            block.ordinal,
            block.start,
            block.end,
            block.text,
            ParagraphKind.HEADLINE if block.ordinal == ordinal else block.kind,
            block.sentences,
        )
        for block in paragraphs
    )
