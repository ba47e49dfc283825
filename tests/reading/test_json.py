"""JSON files → articles: what is broken is named by file and line, and the rest is kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.reading import ParsedArticle, Skipped, SourceFile, read_articles
from rag.schema import ArticleHeader, ParagraphKind


def read(tmp_path: Path, data: str, name: str = "a.jsonl") -> list[ParsedArticle | Skipped]:
    (tmp_path / name).write_text(data, encoding="utf-8")
    source = SourceFile(tmp_path / name, str(tmp_path), name)
    return list(read_articles(source, max_bytes=100_000_000))


def header(tmp_path: Path, **record: Any) -> ArticleHeader:
    (item,) = read(tmp_path, json.dumps({"text": "It rained.", **record}))
    assert isinstance(item, ParsedArticle)
    return item.article.header


def lines(count: int) -> list[str]:
    return [json.dumps({"text": f"It rained {n} times."}) for n in range(1, count + 1)]


def test_a_broken_line_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    data = lines(10)
    data[6] = data[6][:-4]
    items = read(tmp_path, "\n".join(data))
    assert [item.article.header.record for item in items if isinstance(item, ParsedArticle)] == [
        f"line {n}" for n in range(1, 11) if n != 7
    ]
    (skipped,) = [item for item in items if isinstance(item, Skipped)]
    assert skipped.where == "a.jsonl, line 7"
    assert skipped.reason.startswith("It is not valid JSON")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"text": "x", "a": ' + "[" * 100 + "]" * 100 + "}", "more than 64 levels deep"),
        ('{"text": "x", "n": ' + "9" * 5000 + "}", "It can't be read"),
        ("{", "not valid JSON"),
        ("[1, 2]", "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", 'it has no "text" string'),
        ('{"text": 5}', 'it has no "text" string'),
        ('{"text": null}', 'it has no "text" string'),
        ('{"text": " "}', "it has no text"),
        ('{"text": "Read More"}', "it has only page furniture"),
    ],
)
def test_records_that_are_no_articles(tmp_path: Path, line: str, reason: str) -> None:
    before, broken, after = read(tmp_path, "\n".join([lines(1)[0], line, lines(1)[0]]))
    assert isinstance(before, ParsedArticle)
    assert isinstance(after, ParsedArticle)
    assert isinstance(broken, Skipped)
    assert broken.where == "a.jsonl, line 2"
    assert reason in broken.reason
    assert len(broken.reason) < 200


def test_what_json_does_not_know_is_null(tmp_path: Path) -> None:
    (item,) = read(tmp_path, '{"text": "It rained.", "a": NaN, "b": [-Infinity, 1e999], "c": 1}')
    assert isinstance(item, ParsedArticle)
    assert item.article.header.metadata == {"a": None, "b": [None, None], "c": 1}


def test_a_key_that_is_there_twice_is_noted(tmp_path: Path) -> None:
    (item,) = read(
        tmp_path, '{"text": "It rained.", "title": "A", "title": "B", "x": {"y":1,"y":2}}'
    )
    assert isinstance(item, ParsedArticle)
    assert item.article.header.title == "B"
    assert item.article.header.metadata == {"x": {"y": 2}}
    assert item.notes == ("the key 'title' is there twice; the last one counts",)


def test_half_characters_are_replaced_one_for_one(tmp_path: Path) -> None:
    line = '{"text": "A\\ud800B \\ud83d\\ude00.", "title": "\\udfff!", "k\\ud800": ["\\ud800"]}'
    (item,) = read(tmp_path, line)
    assert isinstance(item, ParsedArticle)
    assert item.article.text == "A\ufffdB 😀."
    assert item.article.header.title == "\ufffd!"
    assert item.article.header.metadata == {"k\ufffd": ["\ufffd"]}


def test_the_offsets_count_in_the_text_value(tmp_path: Path) -> None:
    text = "“One” 😀.\r\n\r\n  Two \u2028\u2028 Three.\n"
    (item,) = read(tmp_path, json.dumps({"id": "x", "text": text}, ensure_ascii=False))
    assert isinstance(item, ParsedArticle)
    assert item.article.text == text
    assert [block.text for block in item.paragraphs] == ["“One” 😀.", "Two", "Three."]
    assert all(text[block.start : block.end] == block.text for block in item.paragraphs)


@pytest.mark.parametrize("document", [lambda r: r, lambda r: {"articles": r, "total": 2}])
def test_documents_with_several_articles(tmp_path: Path, document: Any) -> None:
    records = [{"text": "It rained."}, {"text": "It snowed.", "id": 7}, "no"]
    first, second, third = read(tmp_path, json.dumps(document(records), indent=2), "a.json")
    assert isinstance(first, ParsedArticle)
    assert isinstance(second, ParsedArticle)
    assert (first.article.header.record, second.article.header.record) == ("record 1", "7")
    assert third == Skipped("a.json, record 3", "it is not a JSON object")


def test_a_document_may_be_one_article_or_have_one_a_line(tmp_path: Path) -> None:
    (single,) = read(tmp_path, json.dumps({"text": "It rained."}, indent=2), "a.json")
    assert isinstance(single, ParsedArticle)
    broken = [*lines(2), "{", *lines(1)]
    items = read(tmp_path, "\n".join(broken), "b.json")
    assert [type(item) for item in items] == [ParsedArticle, ParsedArticle, Skipped, ParsedArticle]
    assert isinstance(items[2], Skipped)
    assert items[2].where == "b.json, line 3"


@pytest.mark.parametrize(
    ("data", "name"), [('{"articles": []}', "a.json"), ("[]", "a.json"), ("\n \n", "a.jsonl")]
)
def test_files_without_articles_say_so(tmp_path: Path, data: str, name: str) -> None:
    assert read(tmp_path, data, name) == [Skipped(name, "it holds no articles")]


def test_a_broken_document_is_named_with_the_line(tmp_path: Path) -> None:
    (item,) = read(tmp_path, '[\n{"text": "x"},\n{"text": }\n]', "a.json")
    assert isinstance(item, Skipped)
    assert item.where == "a.json"
    assert "line 3" in item.reason


def test_every_known_key_has_its_place_and_the_rest_is_metadata(tmp_path: Path) -> None:
    known = header(
        tmp_path,
        _id="d1",
        title=" A  title ",
        source="BBC News",
        author="Jane Doe",
        published_at="2024-11-08T10:00:00Z",
        url="https://example.org",
        section="world",
        tags=["a"],
        n=10**30,
    )
    assert (known.record, known.title, known.publisher) == ("d1", "A title", "BBC News")
    assert (known.author, known.url, known.section) == ("Jane Doe", "https://example.org", "world")
    assert known.published_at == "2024-11-08T10:00:00+00:00"
    assert known.metadata == {"tags": ["a"], "n": 10**30}


def test_forms_that_other_tools_write(tmp_path: Path) -> None:
    known = header(tmp_path, author=["A B", "C D"], source={"id": "bbc", "name": "BBC"}, id=0)
    assert (known.author, known.publisher, known.record) == ("A B, C D", "BBC", "0")
    odd = header(tmp_path, title=True, author=[1], source={"id": "x"})
    assert (odd.title, odd.author, odd.publisher) == (None, None, None)
    assert odd.metadata == {"title": True, "author": [1], "source": {"id": "x"}}


def test_a_date_that_cannot_be_read_is_kept_and_noted(tmp_path: Path) -> None:
    (item,) = read(tmp_path, '{"text": "It rained.", "published_at": "some day"}')
    assert isinstance(item, ParsedArticle)
    assert item.article.header.published_at is None
    assert item.article.header.metadata == {"published_at": "some day"}
    assert item.notes == ("published_at 'some day' is not a date that can be read",)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/a",
        "file:///etc",
        "https://a b",
        "https://",
        "https://reader:secret@example.org/",
    ],
)
def test_what_is_no_web_address_is_no_url_but_kept(tmp_path: Path, url: str) -> None:
    (item,) = read(tmp_path, json.dumps({"text": "It rained.", "url": url}))
    assert isinstance(item, ParsedArticle)
    assert item.article.header.url is None
    assert item.article.header.metadata["url"] == url
    assert "is no web address" in item.notes[0]
    assert header(tmp_path, url="HTTPS://example.org/a?b=c#d").url == "HTTPS://example.org/a?b=c#d"


def test_a_text_that_begins_with_its_title_has_a_headline(tmp_path: Path) -> None:
    line = json.dumps({"title": "Rain in the north", "text": "Rain in the North\n\nIt rained."})
    (item,) = read(tmp_path, line)
    assert isinstance(item, ParsedArticle)
    assert [block.kind for block in item.paragraphs] == [ParagraphKind.HEADLINE, ParagraphKind.BODY]
