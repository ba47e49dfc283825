"""Encodings that a file doesn't name: guessed where the text is long enough, else refused."""

import os
from pathlib import Path

import pytest

from rag.errors import ArticleError
from rag.reading import ParsedArticle, Skipped, read_articles
from rag.reading.decoding import decoded
from rag.reading.model import SourceFile

RUSSIAN = (
    "Правительство области сообщило во вторник, что новый мост через реку будет открыт в мае. "
    "По словам губернатора Ивана Петрова, строительство обошлось в четыре миллиарда рублей и "
    "заняло три года. Жители города ждали этого события давно, сказал он агентству Reuters.\n\n"
)
JAPANESE = (
    "政府は火曜日、新しい橋が五月に開通すると発表した。知事によると、建設費は四十億円で、"
    "三年かかったという。市民は長い間この日を待っていたと、知事は記者団に語った。\n\n"
)
CHINESE = (
    "政府星期二宣布，新大桥将于五月通车。省长表示，工程耗资四十亿元，历时三年。"
    "他对记者说，市民们等待这一天已经很久了。当地居民对此表示欢迎。\n\n"
)
ENGLISH = "The mayor said on Tuesday that the new bridge will open in May, after three years.\n\n"
LONG = [
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8_r"),
    (JAPANESE, "cp932"),
    (CHINESE, "gb18030"),
    (ENGLISH, "utf_16_le"),
    (ENGLISH, "utf_16_be"),
]


@pytest.mark.parametrize("characters", [1_000, 100_000])
@pytest.mark.parametrize(("text", "encoding"), LONG)
def test_a_long_text_is_read_and_its_guessed_encoding_named(
    text: str, encoding: str, characters: int
) -> None:
    text = (text * (characters // len(text) + 1))[:characters]
    assert decoded(text.encode(encoding)) == (
        text,
        (f"read as {encoding}; nothing in the file says so",),
    )


@pytest.mark.parametrize(("text", "encoding"), LONG)
def test_a_short_text_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(ArticleError):
        decoded(text[:40].encode(encoding))


def test_what_needs_no_guess_is_read_as_before() -> None:
    assert decoded(b"Caf\xe9") == ("Café", ("not UTF-8 (byte 3); read as Windows-1252",))
    text, notes = decoded(("Größe " * 100).encode() + b"\xff")
    assert text.endswith("Größe \ufffd")
    assert "1 characters are not valid UTF-8" in notes[0]


def test_damaged_utf_8_is_not_guessed_at() -> None:
    data = bytearray((RUSSIAN * 5).encode())
    data[::37] = b"\xff" * len(data[::37])
    with pytest.raises(ArticleError, match="UTF-8 is damaged"):
        decoded(bytes(data))


@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\x7fELF\0", b""])
def test_binaries_are_refused(head: bytes) -> None:
    with pytest.raises(ArticleError):
        decoded(head + bytes(range(256)) * 40 + os.urandom(5_000))


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_the_note_reaches_the_report_of_the_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    page = "".join(f"<p>{RUSSIAN.strip()}</p>" for _ in range(3))
    path.write_bytes((page if name == "a.html" else RUSSIAN * 3).encode("cp1251"))
    (item,) = read_articles(SourceFile(path, str(tmp_path), name), max_bytes=1_000_000)
    assert isinstance(item, ParsedArticle), item
    assert item.paragraphs[0].text == RUSSIAN.strip()
    assert item.notes == ("read as cp1251; nothing in the file says so",)


def test_a_file_that_stays_unread_says_why(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Мост открыт.".encode("cp1251"))
    (item,) = read_articles(SourceFile(path, str(tmp_path), "a.txt"), max_bytes=1_000_000)
    assert item == Skipped("a.txt", "It is not UTF-8 text (byte 0). Save it as UTF-8.")
