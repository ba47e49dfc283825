"""What holds for every file: bytes come back as text, JSON as it was written, pages as prose."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ArticleError
from rag.reading import ParsedArticle, Skipped, SourceFile, read_articles
from rag.reading.decoding import decoded, read_text
from rag.reading.records import header_of, is_deeper, records_of_document, records_of_lines
from rag.schema import ParagraphKind
from rag.text.dates import parse_date

PRINTED = st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"], exclude_characters="\ufeff")
PROSE = st.text(PRINTED | st.sampled_from("\n\n\t"), max_size=120)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
KNOWN = "id _id title text source author published_at url section".split()
RECORDS = st.dictionaries(st.sampled_from(KNOWN) | st.text(max_size=6), VALUES, max_size=6)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


def read(folder: Path, data: bytes, name: str) -> list[ParsedArticle | Skipped]:
    (folder / name).write_bytes(data)
    return list(read_articles(SourceFile(folder / name, str(folder), name), max_bytes=10_000_000))


# --- Bytes ---


@given(PROSE, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_unicode_text_is_decoded_exactly_without_a_note(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == (text, ())


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_with_a_way_out(data: bytes) -> None:
    try:
        text, notes = decoded(data)
    except ArticleError as refused:
        error = refused
    else:
        assert "\0" not in text[:4096]
        assert len(text) <= len(data)
        if not notes and not data.startswith(UTF16_MARKS):
            assert text.encode() == data.removeprefix(b"\xef\xbb\xbf")
        return
    assert error.message.endswith(".")
    assert error.hint.endswith(".")


def test_a_file_as_large_as_allowed_is_read_and_one_byte_more_is_not(folder: Path) -> None:
    path = folder / "large.txt"
    path.write_bytes(b"x" * 1_000)
    assert read_text(path, 1_000) == ("x" * 1_000, ())
    with pytest.raises(ArticleError, match="more than") as caught:
        read_text(path, 999)
    assert "RAG_MAX_FILE_MB" in caught.value.hint


def test_a_file_that_went_away_is_an_error_that_says_so(folder: Path) -> None:
    with pytest.raises(ArticleError, match="can't be read") as caught:
        read_text(folder / "gone.txt", 1_000)
    assert caught.value.hint


# --- JSON ---


@settings(max_examples=60)
@given(st.lists(RECORDS, min_size=1, max_size=4), st.sampled_from([None, 2]))
def test_every_record_comes_back_in_order_however_it_is_written(
    records: list[dict[str, Any]], indent: int | None
) -> None:
    lines = "\n\n".join(json.dumps(record) for record in records)
    document = json.dumps(records, indent=indent)
    assert [record for _, record in records_of_lines(lines)] == records
    assert [record for _, record in records_of_document(document)] == records
    labels = [label for label, _ in records_of_document(document)]
    assert labels == [f"record {number}" for number in range(1, len(records) + 1)]


@given(RECORDS)
def test_nothing_that_a_record_says_is_lost(record: dict[str, Any]) -> None:
    header, notes = header_of(record, "a.json")
    assert (header.file, header.article_id) == ("a.json", "")
    places = {
        "title": header.title,
        "author": header.author,
        "source": header.publisher,
        "section": header.section,
        "url": header.url,
        "published_at": header.published_at,
        "id": header.record,
        "_id": header.record,
    }
    for key, value in record.items():
        if key == "text" or (key in KNOWN and not value):
            continue
        kept = key.encode("utf-8", "replace").decode() in header.metadata or bool(places.get(key))
        assert kept or not str(value).strip(), key
    assert all("\n" not in note for note in notes)
    assert json.loads(json.dumps(dict(header.metadata))) == header.metadata


@given(RECORDS)
def test_a_header_is_made_of_single_lines(record: dict[str, Any]) -> None:
    header, _ = header_of(record, "a.json")
    for value in (header.title, header.author, header.publisher, header.section, header.record):
        assert value is None or value == " ".join(value.split()) != ""


@given(VALUES)
def test_depth_is_counted_in_levels(value: Any) -> None:
    assert not is_deeper(value, 20)
    wrapped = value
    for _ in range(21):
        wrapped = [wrapped]
    assert is_deeper(wrapped, 20)
    assert is_deeper({"a": wrapped}, 21)


@settings(max_examples=40)
@given(PROSE)
def test_a_text_is_the_same_article_from_json_as_from_a_file(folder: Path, text: str) -> None:
    (plain,) = read(folder, text.encode(), "a.txt")
    (record,) = read(folder, json.dumps({"text": text}).encode(), "a.json")
    if isinstance(plain, Skipped):
        assert isinstance(record, Skipped)
        assert record.reason == plain.reason
    else:
        assert isinstance(record, ParsedArticle)
        assert record.article.text == plain.article.text == text
        assert record.paragraphs == plain.paragraphs
        assert record.article.header.article_id == plain.article.header.article_id


@settings(max_examples=40)
@given(st.text(max_size=80), st.sampled_from(["a.json", "a.jsonl", "a.md", "a.html", "a.txt"]))
def test_any_file_is_articles_or_a_reason(folder: Path, text: str, name: str) -> None:
    items = read(folder, text.encode("utf-8", "surrogatepass"), name)
    assert items
    for item in items:
        if isinstance(item, Skipped):
            assert item.where.startswith(name)
            assert item.reason
            assert "\n" not in item.reason
            continue
        blocks = item.paragraphs
        assert [block.ordinal for block in blocks] == list(range(1, len(blocks) + 1))
        assert any(block.kind is not ParagraphKind.FURNITURE for block in blocks)
        for block in blocks:
            assert item.article.text[block.start : block.end] == block.text
            assert block.text == block.text.strip()


# --- Dates ---


@given(st.dates())
def test_a_day_is_read_in_each_usual_spelling(day: Any) -> None:
    iso = day.isoformat()
    if day.year >= 1000:
        for spelling in (
            "{0:%B} {0.day}, {0.year}",
            "{0.day} {0:%b} {0.year}",
            "{0:%b}. {0.day} {0.year}",
        ):
            assert parse_date(spelling.format(day)) == iso
    assert parse_date(f"  {iso}\n") == iso


@given(st.datetimes(timezones=st.timezones() | st.none()))
def test_a_moment_keeps_its_time_zone(moment: Any) -> None:
    assert parse_date(moment.isoformat()) == moment.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(value: str) -> None:
    assert parse_date(value) is None or parse_date(str(parse_date(value))) == parse_date(value)
