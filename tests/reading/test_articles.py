"""Files → articles: encodings, links, binaries and what a folder may hold by mistake."""

import os
from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.reading import ParsedArticle, Skipped, SourceFile, find_files, read_articles
from rag.schema import ParagraphKind

STORY = "Rain fell on Monday in the north.\n\nThe river rose by two metres.\n"
MAX = 100_000_000


def read(path: Path, data: bytes | str, *, max_bytes: int = MAX) -> list[ParsedArticle | Skipped]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    source = SourceFile(path, str(path.parent), path.name)
    return list(read_articles(source, max_bytes=max_bytes))


def one(path: Path, data: bytes | str) -> ParsedArticle:
    (item,) = read(path, data)
    assert isinstance(item, ParsedArticle), item
    for block in item.paragraphs:
        assert item.article.text[block.start : block.end] == block.text
    return item


def reason(path: Path, data: bytes | str, *, max_bytes: int = MAX) -> str:
    (item,) = read(path, data, max_bytes=max_bytes)
    assert isinstance(item, Skipped), item
    assert path.name in item.where
    assert "\n" not in item.reason
    return item.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_unicode_encoding_gives_the_same_article(tmp_path: Path, encoding: str) -> None:
    text = "Café “naïve” 北京 😀 costs €5.\n\nIt rained.\n"
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    item = one(tmp_path / "a.txt", mark + text.encode(encoding))
    assert item.article.text == text
    assert item.notes == ()
    assert item.article.header.article_id == one(tmp_path / "b.txt", text).article.header.article_id


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    item = one(tmp_path / "a.txt", "The “café” cost £5.".encode("cp1252"))
    assert item.article.text == "The “café” cost £5."
    assert item.notes == ("not UTF-8 (byte 4); read as Windows-1252",)


def test_one_broken_byte_does_not_spoil_the_rest(tmp_path: Path) -> None:
    text = "“Strong” leadership, “vital” peace. " * 20
    item = one(tmp_path / "a.txt", text.encode() + b"\xff end.")
    assert item.article.text == text + "\ufffd end."
    assert item.notes[0].startswith("1 characters are not valid UTF-8")


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis", "cp1251", "euc-kr", "big5", "koi8-r"])
def test_other_encodings_are_refused_rather_than_garbled(tmp_path: Path, encoding: str) -> None:
    text = {"cp1251": "Москва объявила о новых мерах. ", "koi8-r": "Москва объявила о мерах. "}
    text |= {"euc-kr": "서울은 오늘 비가 내렸다. "}
    said = reason(tmp_path / "a.txt", (text.get(encoding, "北京今天下雨。") * 20).encode(encoding))
    assert "UTF-8" in said


@pytest.mark.parametrize(
    "data",
    [
        b"text\0with\0zeros",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0",
        bytes(range(1, 32)) * 20,
        "UTF-16 without its mark".encode("utf-16-le"),
        b"\xff\xfe\0\0" + "UTF-32".encode("utf-32-le"),
    ],
)
def test_binary_files_named_txt_are_refused(tmp_path: Path, data: bytes) -> None:
    assert reason(tmp_path / "a.txt", data) == "It is binary, not text. Remove it from the folder."


def test_cut_utf_16_is_refused(tmp_path: Path) -> None:
    assert "not valid UTF-16" in reason(tmp_path / "a.txt", b"\xff\xfea\0b")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", [True, False])
def test_line_ends_of_any_kind_keep_their_offsets(
    tmp_path: Path, newline: str, *, blank: bool
) -> None:
    gap = newline * (2 if blank else 1)
    item = one(tmp_path / "a.txt", gap.join(["First one.", "Second one.", "Third one."]))
    assert [block.text for block in item.paragraphs] == ["First one.", "Second one.", "Third one."]
    assert item.paragraphs[1].start == len("First one." + gap)


def test_the_last_line_needs_no_newline(tmp_path: Path) -> None:
    with_it = one(tmp_path / "a.txt", STORY)
    without = one(tmp_path / "b.txt", STORY.rstrip())
    assert [b.paragraph_id for b in with_it.paragraphs] == [
        b.paragraph_id for b in without.paragraphs
    ]


def test_the_ids_do_not_depend_on_the_file(tmp_path: Path) -> None:
    first, second = one(tmp_path / "a.txt", STORY), one(tmp_path / "b.md", STORY)
    assert first.paragraphs == second.paragraphs
    assert first.article.header.article_id == second.article.header.article_id


def test_control_characters_and_direction_marks_stay_where_they_are(tmp_path: Path) -> None:
    text = "A\u202eB\u200fC\x1b[31mD it was said by many of those who were there.\n\nE\u2066F.\n"
    assert one(tmp_path / "a.txt", text).article.text == text


@pytest.mark.parametrize("data", ["", " \n\t\r\n ", "\ufeff"])
def test_an_empty_file_has_no_text(tmp_path: Path, data: str) -> None:
    assert reason(tmp_path / "a.txt", data) == "it has no text"


def test_a_file_of_furniture_says_so(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.txt", "Read More\n\n___\n") == "it has only page furniture"


def test_a_file_over_the_limit_is_named_with_its_size(tmp_path: Path) -> None:
    said = reason(tmp_path / "a.txt", "x" * 2_500_000, max_bytes=1_000_000)
    assert "2.5 MB" in said
    assert "RAG_MAX_FILE_MB" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_reported(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o000)
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.txt").chmod(0o000)
    found = list(find_files([tmp_path]))
    reasons = [item.reason for item in found if isinstance(item, Skipped)]
    assert reasons == ["the folder can't be read (Permission denied)"]
    (source,) = [item for item in found if isinstance(item, SourceFile)]
    (item,) = read_articles(source, max_bytes=MAX)
    assert isinstance(item, Skipped)
    assert "permissions" in item.reason


def test_a_folder_is_walked_in_a_stable_order_and_its_odd_parts_are_named(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    corpus = tmp_path / "corpus"
    (corpus / "deep" / "er").mkdir(parents=True)
    for name in ("b.txt", "a.md", "deep/c.jsonl", "deep/er/d.TXT", ".hidden.txt"):
        (corpus / name).write_text(STORY)
    (corpus / ".git").mkdir()
    (corpus / ".git" / "x.txt").write_text(STORY)
    for name in ("paper.docx", "paper.pdf", "photo.jpeg", "noext"):
        (corpus / name).write_text("x")
    (corpus / "out.txt").symlink_to(outside)
    (corpus / "in.txt").symlink_to(corpus / "b.txt")
    (corpus / "loop.txt").symlink_to("loop.txt")
    (corpus / "gone.txt").symlink_to(tmp_path / "corpus" / "nowhere.txt")
    (corpus / "up").symlink_to(tmp_path)
    os.mkfifo(corpus / "pipe.txt")

    found = list(find_files([corpus]))
    assert found == list(find_files([corpus]))
    names = [item.name for item in found if isinstance(item, SourceFile)]
    assert names == ["a.md", "b.txt", "in.txt", "deep/c.jsonl", "deep/er/d.TXT"]
    skipped = {item.where: item.reason for item in found if isinstance(item, Skipped)}
    assert skipped == {
        "gone.txt": "it is not a regular file",
        "loop.txt": "it is not a regular file",
        "noext": "only .txt, .md, .html, .json and .jsonl files are articles",
        "out.txt": "it is a link that leads out of the folder",
        "paper.docx": ".docx files are not supported yet; save the text as .txt or .json",
        "paper.pdf": ".pdf files are not supported yet; save the text as .txt or .json",
        "photo.jpeg": "only .txt, .md, .html, .json and .jsonl files are articles",
        "pipe.txt": "it is not a regular file",
        "up": "it is a link to a folder; give that folder itself",
    }


def test_a_folder_reached_through_a_link_keeps_its_own_links(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "a.txt").write_text(STORY)
    (real / "b.txt").symlink_to("a.txt")
    (tmp_path / "link").symlink_to(real)
    found = list(find_files([tmp_path / "link"]))
    assert [item.name for item in found if isinstance(item, SourceFile)] == ["a.txt", "b.txt"]


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    assert len(list(find_files([tmp_path, tmp_path / "a.txt", tmp_path]))) == 1


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 300])
def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(ArticleError) as caught:
        list(find_files([tmp_path / name]))
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_file_names_are_shown_without_what_misleads(tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[31m\u202etxt.txt").write_text(STORY)
    (tmp_path / "zero\u200bwidth.txt").write_text(STORY)
    (tmp_path / "日本 café 😀 ❤\ufe0f.txt").write_text(STORY)
    names = sorted(item.name for item in find_files([tmp_path]) if isinstance(item, SourceFile))
    assert names == [
        "a\\nb\\x1b[31m\\u202etxt.txt",
        "zero\\u200bwidth.txt",
        "日本 café 😀 ❤\ufe0f.txt",
    ]


def test_a_file_name_that_is_no_text_is_skipped(tmp_path: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))).write_text(STORY)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (item,) = find_files([tmp_path])
    assert item == Skipped("caf\\udce9.txt", "its name is not valid UTF-8; rename it")


def test_a_markdown_file_is_read_with_its_front_matter(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 'Rain: a report'\nAuthor: Jane Doe\nsource: The Daily\ndate: 3 March 2024\n"
        "url: https://example.org/rain\nmood: grey\nempty:\n---\n"
        "# Rain: a report\nIt rained.\nA lot.\n"
    )
    item = one(tmp_path / "a.md", text)
    header = item.article.header
    assert (header.title, header.author, header.publisher) == (
        "Rain: a report",
        "Jane Doe",
        "The Daily",
    )
    assert (header.published_at, header.url) == ("2024-03-03", "https://example.org/rain")
    assert header.metadata == {"mood": "grey"}
    assert [(block.kind, block.text[:10]) for block in item.paragraphs] == [
        (ParagraphKind.FURNITURE, "---\ntitle:"),
        (ParagraphKind.HEADLINE, "# Rain: a "),
        (ParagraphKind.BODY, "It rained."),
        (ParagraphKind.BODY, "A lot."),
    ]
    assert item.paragraphs[0].text.endswith("---")


@pytest.mark.parametrize(
    "text",
    [
        "---\nIt rained.\n---\nIt rained again.",
        "---\ntitle: never closed\n\nIt rained.",
        "---\n---\nx",
    ],
)
def test_rules_are_no_front_matter(tmp_path: Path, text: str) -> None:
    item = one(tmp_path / "a.md", text)
    assert item.article.header.publisher is None
    assert item.article.header.metadata == {}


def test_front_matter_is_for_markdown_only(tmp_path: Path) -> None:
    assert one(tmp_path / "a.txt", "---\nurl: x\n---\nIt rained.").article.header.url is None
