"""Titles, bylines, agencies, places and dates: read where they stand, guessed nowhere."""

from pathlib import Path

import pytest

from rag.reading import ParsedArticle, find_files, read_articles
from rag.reading.headers import HeaderFacts, read_front_matter, read_header
from rag.reading.model import SourceFile
from rag.reading.paragraphs import split_paragraphs
from rag.schema import ParagraphKind
from rag.text.dates import parse_date

SEEDS = Path(__file__).parents[2] / "seeds"


def facts(text: str, title: str | None = None) -> HeaderFacts:
    return read_header(split_paragraphs(text), title=title)


@pytest.mark.parametrize(
    ("opening", "agency", "place", "date"),
    [
        ("(CNN)- Tech mogul", "CNN", None, None),
        ("(Reuters) - Oil rose", "Reuters", None, None),
        ("WASHINGTON (AP) — Elon Musk", "AP", "WASHINGTON", None),
        ("NEW YORK (AP) -- Stocks fell", "AP", "NEW YORK", None),
        ("LONDON, March 3 (Reuters) - Oil", "Reuters", "LONDON", None),
        ("LONDON, March 3, 2024 (Reuters) - Oil", "Reuters", "LONDON", "2024-03-03"),
        ("LONDON, 3 March 2024 (Reuters) - Oil", "Reuters", "LONDON", "2024-03-03"),
        ("LONDON, March (Reuters) - Oil", "Reuters", "LONDON", None),
        ("PALM BEACH, Fla. (AP) — He", "AP", "PALM BEACH, Fla.", None),
        ("WASHINGTON, D.C. (UPI) – He", "UPI", "WASHINGTON, D.C.", None),
        ("KYIV, Ukraine (AP) — He", "AP", "KYIV, Ukraine", None),
        (
            "SAO PAULO/RIO DE JANEIRO, Nov. 8 (Reuters) - He",
            "Reuters",
            "SAO PAULO/RIO DE JANEIRO",
            None,
        ),
        ("MÜNCHEN (dpa) - Es", "dpa", "MÜNCHEN", None),
        ("ST. LOUIS (The Associated Press) — A", "The Associated Press", "ST. LOUIS", None),
        ("HONG KONG (South China News Service) - A", "South China News Service", "HONG KONG", None),
    ],
)
def test_datelines(opening: str, agency: str, place: str | None, date: str | None) -> None:
    found = facts(f"A headline\n{opening} and so it went on.")
    assert (found.agency, found.place, found.published_at) == (agency, place, date)
    assert found.title == "A headline"


@pytest.mark.parametrize(
    "text",
    [
        "LONDON CALLING (a song) - was played.",
        "LONDON CALLING (Remastered) - was played.",
        "(Laughter) - he said.",
        "(This is a joke) - he said.",
        "(Photo) — a man.",
        "JOHN SMITH (CEO) - said no.",
        "JOHN SMITH (MP) - said no.",
        "BREAKING NEWS: it rained.",
        "NATO and (AP) - reported.",
        "WASHINGTON (AP reported) - a man.",
        "(AP) reported that it rained.",
        "WASHINGTON (AP) reported that it rained.",
        "Cash (CNN)-style is back.".replace("-style", "- style"),
        "“WASHINGTON (AP) — he read aloud.”",
        "The agency (AP) — which was founded in 1846 — said so.",
        "US OPEN (men's final) - Smith won.",
        "UK (Brexit) - a timeline.",
        "W (AP) — x",
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    found = facts(f"A headline\n{text}")
    assert (found.agency, found.place, found.published_at) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "JANE DOE"),
        ("By J. K. Rowling", "J. K. Rowling"),
        ("By Renée O'Connor | BBC News", "Renée O'Connor"),
        ("By Ludwig van der Berg", "Ludwig van der Berg"),
        ("By Élise Dupont", "Élise Dupont"),
        ("By Jane Doe and John Smith", "Jane Doe and John Smith"),
        ("By Jane Doe, John Roe and Ann Poe", "Jane Doe, John Roe and Ann Poe"),
        ("By JANE DOE AND JOHN SMITH, Associated Press", "JANE DOE AND JOHN SMITH"),
        ("By Jane Doe, Political Correspondent", "Jane Doe"),
        ("By Jane Doe\nBBC News", "Jane Doe"),
    ],
)
def test_bylines(line: str, author: str) -> None:
    assert facts(f"A headline\n\n{line}\n\nIt rained.").author == author


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the water had risen.",
        "By Monday",
        "By Monday Night",
        "By Popular Demand",
        "By Special Arrangement",
        "By Election Day, Voters Had Decided",
        "By The Numbers",
        "By March Last Year",
        "By Royal Appointment",
        "By then President Bush had left.",
        "By Jane Doe's account it rained.",
        "By Jane Doe, who was there",
        "By Banksy",
        "By contrast Germany and France grew",
        "By 2024 Elon Musk was rich",
        "Standing by Jane Doe",
        "by jane doe",
    ],
)
def test_sentences_are_no_bylines(line: str) -> None:
    assert facts(f"A headline\n\n{line}\n\nIt rained.").author is None


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("March 3, 2024", "2024-03-03"),
        ("MARCH 3, 2024", "2024-03-03"),
        ("3rd March 2024", "2024-03-03"),
        ("Published: Friday, 8 November 2024", "2024-11-08"),
        ("Posted on Nov. 8, 2024.", "2024-11-08"),
        ("2024-11-08", "2024-11-08"),
        ("November 8", None),
        ("Friday", None),
        ("31 February 2024", None),
        ("Smarch 3, 2024", None),
        ("On March 3, 2024 it rained.", None),
        ("3/4/2024", None),
        ("March 2024", None),
    ],
)
def test_date_lines(line: str, date: str | None) -> None:
    assert facts(f"A headline\n\n{line}\n\nIt rained.").published_at == date


def test_the_search_ends_after_the_first_blocks() -> None:
    body = "\n\n".join(["A headline", *["It rained."] * 6, "By Jane Doe", "March 3, 2024"])
    assert facts(body) == HeaderFacts(title="A headline", title_ordinal=1)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Rain in the north\nIt rained.", "Rain in the north"),
        ("Rain fell in the north.\n(CNN)- It rained.", "Rain fell in the north"),
        ("Rain fell in the U.S.\n(CNN)- It rained.", "Rain fell in the U.S."),
        ("Will it rain?\nBy Jane Doe\nIt rained.", "Will it rain?"),
        ("# Rain #\n\nIt rained.", "Rain"),
        ("# Learning C#\n\nIt rained.", "Learning C#"),
        ("Read More\nRain in the north\nIt rained.", "Rain in the north"),
        ("Rain (again)\nIt rained.", "Rain (again)"),
        ("It rained.\nIt snowed.", None),
        ("“It rained”\nIt snowed.", None),
        ("He said “it rained.”\nIt snowed.", None),
        ("It rained (and snowed.)\nIt snowed.", None),
        ("今天下雨。\n明天晴。", None),
        ("Here’s what to know:\nIt snowed.", None),
        ("Rain in the north", None),
        ("Rain in the north\n\nRead More", None),
        ("x" * 161 + "\nIt rained.", None),
        ("Rain\rin the north\r\rIt rained.", None),
        ("WASHINGTON (AP) — It rained\nIt snowed.", None),
        ("March 3, 2024\nIt rained.", None),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert facts(text).title == title


def test_a_known_title_leaves_the_first_block_alone_unless_it_repeats_it() -> None:
    assert facts("Rain in the north\nIt rained.", title="Snow") == HeaderFacts()
    assert facts("Snow.\nIt rained.", title="SNOW").title_ordinal == 1
    assert facts("Snow", title="Snow").title_ordinal is None


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-11-08", "2024-11-08"),
        ("20241108", "2024-11-08"),
        ("2024-11-08T10:00:00Z", "2024-11-08T10:00:00+00:00"),
        ("2024-11-08 10:00", "2024-11-08T10:00:00"),
        ("Fri, 08 Nov 2024 10:00:00 GMT", "2024-11-08T10:00:00+00:00"),
        (" November 8, 2024 ", "2024-11-08"),
        ("8 Nov 2024", "2024-11-08"),
        ("1 May 2024", "2024-05-01"),
        ("11/08/2024", None),
        ("1731024000", None),
        ("2024", None),
        ("yesterday", None),
        ("", None),
        ("99999-01-01", None),
        ("8 Nov 0000", None),
        ("Mon, 32 Jan 2024 99:99:99 +9999", None),
    ],
)
def test_dates_are_read_or_left(value: str, iso: str | None) -> None:
    assert parse_date(value) == iso


def test_front_matter() -> None:
    text = '---\ntitle: "A: b"\n# note\ntags:\n  - x\n- y\n...\nBody'
    assert read_front_matter(text) == (text.index("Body"), {"title": "A: b", "tags": ""})
    for other in (
        "",
        "---",
        "text",
        "---\nno\n---\n",
        "---\na: b\nno more\n---\n",
        " ---\na: b\n---",
    ):
        assert read_front_matter(other) == (0, {})


@pytest.mark.parametrize(
    "text",
    [
        "# " + "#" * 10**6 + "x",
        "A " * 500_000,
        "BY " + "A " * 500_000,
        "A" * 10**6,
        "(" * 10**6,
        "March " * 200_000,
        "By " + "Ab, " * 250_000,
        "---\n" + "a: b\n" * 200_000,
    ],
)
@pytest.mark.long
def test_long_openings_take_linear_time(text: str) -> None:
    found = facts(text)
    assert (found.author, found.agency, found.published_at) == (None, None, None)
    read_front_matter(text)


def seed(number: int) -> ParsedArticle:
    source = sorted(
        (found for found in find_files([SEEDS]) if isinstance(found, SourceFile)),
        key=lambda found: found.name,
    )[number]
    (item,) = read_articles(source, max_bytes=10**6)
    assert isinstance(item, ParsedArticle)
    return item


def test_the_first_seed() -> None:
    item = seed(0)
    header = item.article.header
    assert header.file == "000_cad6089111c6d297.txt"
    assert header.title == (
        "Elon Musk participated in a call between Trump and Zelensky after the US election"
    )
    assert (header.agency, header.place, header.author, header.published_at) == (
        "CNN", None, None, None,
    )  # fmt: skip
    assert len(item.paragraphs) == 15
    assert [block.kind for block in item.paragraphs] == [
        ParagraphKind.HEADLINE,
        *[ParagraphKind.BODY] * 14,
    ]
    assert item.paragraphs[7].text.startswith("Musk, whose pro-Trump political action committee")
    assert [block.ordinal for block in item.paragraphs] == list(range(1, 16))


def test_the_second_seed() -> None:
    item = seed(1)
    header = item.article.header
    assert (header.title, header.author, header.published_at) == (None, None, None)
    assert (header.agency, header.place) == ("AP", "WASHINGTON")
    assert len(item.paragraphs) == 43
    furniture = {b.ordinal: b.text for b in item.paragraphs if b.kind is ParagraphKind.FURNITURE}
    assert furniture == {
        1: "This article is from: baltimoreravens.com",
        40: "___",
        42: "Brought to you by www.srnnews.com",
        43: "Read More",
    }
    assert not [block for block in item.paragraphs if block.kind is ParagraphKind.HEADLINE]
