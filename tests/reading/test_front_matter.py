"""Markdown front matter: what it says becomes the article's header, and it is never cited."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading import ParsedArticle, SourceFile, read_articles
from rag.reading.headers import read_front_matter
from rag.schema import ParagraphKind

STORY = "Rain fell on Monday in the north.\n\nThe river rose by two metres.\n"


def read(tmp_path: Path, text: str, name: str = "a.md") -> ParsedArticle:
    (tmp_path / name).write_bytes(text.encode())
    (item,) = read_articles(SourceFile(tmp_path / name, str(tmp_path), name), max_bytes=10_000_000)
    assert isinstance(item, ParsedArticle), item
    assert all(item.article.text[b.start : b.end] == b.text for b in item.paragraphs)
    return item


def citable(item: ParsedArticle) -> list[str]:
    return [b.text for b in item.paragraphs if b.kind is not ParagraphKind.FURNITURE]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(tmp_path: Path, newline: str) -> None:
    text = f"---\ntitle: Rain\nauthor: Jane Doe\n---\n\n{STORY}".replace("\n", newline)
    item = read(tmp_path, text)
    assert (item.article.header.title, item.article.header.author) == ("Rain", "Jane Doe")
    assert citable(item) == STORY.strip().split("\n\n")


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("publisher: The Times", "publisher", "The Times"),
        ("source: The Times", "publisher", "The Times"),
        ("date: 2024-11-08", "published_at", "2024-11-08"),
        ("Date: 8 November 2024", "published_at", "2024-11-08"),
        ("published_at: 2024-11-08T10:00:00Z", "published_at", "2024-11-08T10:00:00+00:00"),
        ("link: https://example.org/a:b?c=1#d", "url", "https://example.org/a:b?c=1#d"),
        ("url: https://example.org", "url", "https://example.org"),
        ("section: world", "section", "world"),
        ("TITLE: Rain: a history", "title", "Rain: a history"),
        ('title: "Quoted: yes"', "title", "Quoted: yes"),
        ("title: 'Quoted'", "title", "Quoted"),
        ("title: 'Tis the season", "title", "'Tis the season"),
        ('title: "', "title", '"'),
        ("title:\tTabbed", "title", "Tabbed"),
    ],
)
def test_a_line_says_one_thing_of_the_article(
    tmp_path: Path, line: str, field: str, value: str
) -> None:
    item = read(tmp_path, f"---\n{line}\n---\n{STORY}")
    assert getattr(item.article.header, field) == value
    assert item.notes == ()
    assert item.article.header.metadata == {}


def test_what_byline_has_no_place_for_is_kept_as_metadata(tmp_path: Path) -> None:
    header = read(
        tmp_path, f"---\ntitle: Rain\nlayout: post\ndraft: no\n---\n{STORY}"
    ).article.header
    assert header.metadata == {"layout": "post", "draft": "no"}
    assert header.record is None


def test_a_key_without_a_value_says_nothing(tmp_path: Path) -> None:
    item = read(tmp_path, f"---\ntitle:\nauthor: \ntags:\n  - rain\n  - north\n---\n{STORY}")
    header = item.article.header
    assert (header.author, header.metadata) == (None, {})
    assert item.notes == ()


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ("date: some day", "published_at", "is not a date that can be read"),
        ("url: javascript:alert(1)", "url", "is no web address"),
    ],
)
def test_what_cannot_be_used_is_noted_and_kept(
    tmp_path: Path, line: str, key: str, said: str
) -> None:
    item = read(tmp_path, f"---\n{line}\n---\n{STORY}")
    assert getattr(item.article.header, key) is None
    assert item.article.header.metadata == {key: line.split(": ", 1)[1]}
    (note,) = item.notes
    assert said in note


def test_the_text_has_the_last_word_where_front_matter_says_nothing(tmp_path: Path) -> None:
    item = read(
        tmp_path, f"---\nsection: world\n---\n# Rain in the north\n\nBy Jane Doe\n\n{STORY}"
    )
    header = item.article.header
    assert (header.title, header.author, header.section) == (
        "Rain in the north",
        "Jane Doe",
        "world",
    )


def test_front_matter_outdoes_what_the_text_says(tmp_path: Path) -> None:
    item = read(tmp_path, f"---\ntitle: Floods\nauthor: A B\n---\n# Rain\n\nBy Jane Doe\n\n{STORY}")
    assert (item.article.header.title, item.article.header.author) == ("Floods", "A B")


def test_a_second_block_belongs_to_the_story(tmp_path: Path) -> None:
    item = read(tmp_path, f"---\ntitle: Rain\n---\n{STORY}\n---\nauthor: Jane Doe\n---\n")
    assert item.article.header.author is None
    assert "author: Jane Doe" in "\n".join(citable(item))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "---\n---\n",
        "---\ntitle: Rain\n",
        "--- \n\ntitle Rain\n---\n",
        "\n---\ntitle: Rain\n---\n",
        "----\ntitle: Rain\n----\n",
        "---\n# only a remark\n---\n",
        "---\nIt rained: all day, they said.\n---\n",
        "---\n" + "a: b\n" * 200 + "---\n",
    ],
)
def test_anything_else_is_no_front_matter(text: str) -> None:
    assert read_front_matter(text) == (0, {})


KEYS = st.from_regex(r"[a-z_][a-z0-9_-]{0,12}", fullmatch=True)
VALUES = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\"'"),
    min_size=1,
    max_size=30,
)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=8), st.text(max_size=80))
def test_what_is_written_is_read_and_the_length_ends_before_the_story(
    said: dict[str, str], story: str
) -> None:
    block = "".join(["---\n", *(f"{key}: {value}\n" for key, value in said.items()), "---\n"])
    length, values = read_front_matter(block + story)
    assert (length, values) == (len(block), said)


@given(st.text(st.sampled_from("-.:# \t\n\rab\u2028\x0b"), max_size=60))
def test_any_beginning_is_front_matter_within_the_text_or_none(text: str) -> None:
    length, values = read_front_matter("---\n" + text)
    assert 0 <= length <= len(text) + 4
    assert bool(length) == bool(values)
