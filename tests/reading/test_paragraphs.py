"""Article text → paragraphs: offsets that hold, ids that stay, furniture that is not indexed."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.paragraphs import (
    LONGEST_PARAGRAPH,
    article_id,
    paragraph_id,
    split_paragraphs,
)
from rag.schema import Paragraph, ParagraphKind
from rag.text.sentences import LONGEST_SENTENCE

# Everything a file may hold: line ends of all kinds, blanks, marks, and lone surrogates from JSON.
CHARACTERS = st.characters() | st.sampled_from(
    "\n\r\t .!?“”\"'[]()\x0b\x0c\x1c\x1f\x85\u2028\u200b\u202e\ufeff"
)
TEXTS = st.text(CHARACTERS, max_size=300) | st.lists(
    st.sampled_from(
        ["It rained.", "Read More", "___", "# A", "\n", "\n\n", "\r\n\r\n", " ", "\r", "😀"]
    )
).map("".join)
WORDS = st.lists(st.sampled_from("rain snow fell rose in the north river .".split()), min_size=1)
LONG = st.lists(
    st.sampled_from(
        [
            "It rained in the north. ",
            "Snow; ",
            "he said, ",
            "word " * 200,
            "x" * 3000,
            " " * 500,
            "雨" * 1500 + "。",
            "“Why?” ",
            "\n",
            "\n\n",
            "\u2028",
        ]
    ),
    max_size=40,
).map("".join)
BLOCKS = st.lists(WORDS.map(lambda words: "A " + " ".join(words)), min_size=1, max_size=12)


def kinds(text: str) -> list[ParagraphKind]:
    return [block.kind for block in split_paragraphs(text)]


def ids(blocks: list[str]) -> list[str]:
    return [block.paragraph_id for block in split_paragraphs("\n\n".join(blocks))]


@given(TEXTS | LONG)
def test_blocks_are_exact_slices_that_miss_nothing(text: str) -> None:
    blocks = split_paragraphs(text)
    assert blocks == split_paragraphs(text)
    assert [block.ordinal for block in blocks] == list(range(1, len(blocks) + 1))
    position = 0
    for block in blocks:
        assert text[block.start : block.end] == block.text == block.text.strip() != ""
        assert not text[position : block.start].strip()
        assert len(block.text) <= LONGEST_PARAGRAPH
        assert all(span.end - span.start <= LONGEST_SENTENCE for span in block.sentences)
        position = block.end
    assert not text[position:].strip()
    assert len({block.paragraph_id for block in blocks}) == len(blocks)


@given(TEXTS | LONG)
def test_the_sentences_of_a_block_cover_it(text: str) -> None:
    for block in split_paragraphs(text):
        found = "".join(span.of(block.text) for span in block.sentences)
        expected = "" if block.kind is ParagraphKind.FURNITURE else block.text
        assert "".join(found.split()) == "".join(expected.split())


@given(BLOCKS, st.data())
def test_an_edit_changes_only_the_id_of_its_paragraph(
    blocks: list[str], data: st.DataObject
) -> None:
    blocks = [f"{block} {number}" for number, block in enumerate(blocks)]
    place = data.draw(st.integers(0, len(blocks) - 1))
    before = ids(blocks)
    edited = ids([*blocks[:place], "Something else", *blocks[place + 1 :]])
    assert [n for n, (a, b) in enumerate(zip(before, edited, strict=True)) if a != b] == [place]
    inserted = ids([*blocks[:place], "Something else", *blocks[place:]])
    assert inserted[:place] + inserted[place + 1 :] == before
    deleted = [*blocks[:place], *blocks[place + 1 :]]
    assert ids(deleted) == before[:place] + before[place + 1 :]


@given(st.integers(0, 2**32), st.integers(1, 39_000), st.text("ab. ", max_size=300))
def test_an_edit_of_a_very_long_paragraph_changes_few_ids(
    seed: int, place: int, added: str
) -> None:
    draw = random.Random(seed)
    words = "rain snow fell rose north river. The a in, and".split(" ")
    text = " ".join(draw.choices(words, k=9_000))
    before, after = (
        {block.paragraph_id for block in split_paragraphs(version)}
        for version in (text, text[:place] + added + text[place:])
    )
    assert len(before) > 10
    assert len(before - after) <= 6
    assert len(after - before) <= 6


def test_a_very_long_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    text = " ".join(f"Sentence number {number} says that it rained." for number in range(400))
    blocks = split_paragraphs(f"Before.\n\n{text}\n\nAfter.")
    assert [block.text for block in blocks[:: len(blocks) - 1]] == ["Before.", "After."]
    assert len(blocks) > 5
    assert all(block.text.endswith("rained.") for block in blocks[1:-1])
    assert all(block.text.startswith("Sentence number") for block in blocks[1:-1])


def test_a_paragraph_as_long_as_may_be_stays_whole() -> None:
    text = "It rained. " * (LONGEST_PARAGRAPH // 11)
    whole = text + "x" * (LONGEST_PARAGRAPH - len(text))
    assert [block.text for block in split_paragraphs(f"a\n\n{whole}")] == ["a", whole]
    assert len(split_paragraphs(f"a\n\n{whole}x")) == 3


@given(BLOCKS)
def test_repeated_paragraphs_keep_ids_of_their_own(blocks: list[str]) -> None:
    doubled = ids([*blocks, *blocks])
    assert len(set(doubled)) == len(doubled)
    assert doubled[: len(blocks)] == ids(blocks)


def test_no_text_can_take_the_id_of_a_repetition() -> None:
    blocks = ["a", "a", "a\x001", "a1", "a", "a\x002"]
    assert len(set(ids(blocks))) == len(blocks)


def test_the_ids_are_the_published_ones() -> None:
    # A change here makes every archive embed every paragraph again, and breaks every saved link.
    assert paragraph_id("It rained.") == "ec673ed862c95a2b"
    assert paragraph_id("It rained.", 1) == "3a59ed72f68ac461"
    assert article_id("It rained.") == "436cbe69f0b914fc"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("a\nb\nc", ["a", "b", "c"]),
        ("a\nb\n\nc", ["a\nb", "c"]),
        ("a\r\nb\r\n\r\nc", ["a\r\nb", "c"]),
        ("a\rb\r\rc", ["a\rb", "c"]),
        ("\n\na\nb\n\n", ["a", "b"]),
        ("a\n \t\nb", ["a", "b"]),
        ("a\n\xa0\nb\nc", ["a", "b\nc"]),
        ("  a  \n\n\tb", ["a", "b"]),
        ("a\u2028b\x0cc", ["a", "b", "c"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_blank_lines_separate_and_without_them_every_line_does(
    text: str, blocks: list[str]
) -> None:
    assert [block.text for block in split_paragraphs(text)] == blocks


@pytest.mark.parametrize(
    "text",
    [
        "Read More", "READ MORE »", "Read more: Rain in the north", "Read also", "Advertisement",
        "Continue reading the main story", "Brought to you by www.srnnews.com", "___", "* * *", "—",
        "This article is from: baltimoreravens.com", "Story continues below advertisement",
        "© 2024 The Associated Press. All rights reserved.", "Copyright 2024 AP", "(c) 2024 AP",
        "Sign up for our newsletter", "Share this article", "Click here to subscribe", "[...]",
        "😀",
    ],
)  # fmt: skip
def test_furniture(text: str) -> None:
    assert kinds(f"It rained.\n\n{text}") == [ParagraphKind.BODY, ParagraphKind.FURNITURE]
    assert split_paragraphs(text)[0].sentences == ()


@pytest.mark.parametrize(
    "text",
    [
        "Read more books, the minister said.", "Read More College won the cup.",
        "Copyright infringement is a growing problem for studios.",
        "(c) the company must pay a fine.", "© is a sign that few can type.",
        "Advertisements were banned in Norway.",
        "This article is from 1923, said the archivist, and it shows.",
        "Continue reading books, say teachers.", "Share prices fell on Monday.",
        "Sponsored events were cancelled.", "Related stories of loss were told.",
        "Share this burden, he said, and it is halved.", "All rights are reserved to the people.",
        "Here’s what to know:", "Read More\nIt rained in the north.",
        "CNN’s Shania Shelton and Jennifer Hunsler contributed to this report.",
    ],
)  # fmt: skip
def test_sentences_are_no_furniture(text: str) -> None:
    assert kinds(f"It rained.\n\n{text}")[-1] is ParagraphKind.BODY


def test_markdown_headings() -> None:
    assert kinds("# A\n\ntext\n\n### B ###\n\n#hashtag\n\n# A\rb") == [
        ParagraphKind.HEADLINE,
        ParagraphKind.BODY,
        ParagraphKind.HEADLINE,
        ParagraphKind.BODY,
        ParagraphKind.BODY,
    ]


def test_front_matter_is_one_block_of_furniture() -> None:
    text = "---\na: b\n\nc: d\n---\nOne.\nTwo.\n"
    blocks = split_paragraphs(text, front_matter=text.index("One"))
    assert [block.text for block in blocks] == ["---\na: b\n\nc: d\n---", "One.", "Two."]
    assert blocks[0].kind is ParagraphKind.FURNITURE
    assert [block.paragraph_id for block in blocks[1:]] == ids(["One.", "Two."])


def timed(text: str) -> tuple[tuple[Paragraph, ...], float]:
    started = time.process_time()
    blocks = split_paragraphs(text)
    return blocks, time.process_time() - started


def story(characters: int) -> str:
    draw = random.Random(1)
    words = [*"rain fell in the north and the U.S. Mr. “no,” 1.5 rose it".split() * 4, "north. It"]
    words += ["north.\n\nIt"]
    return " ".join(draw.choices(words, k=characters // 5))


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("an article of 5 MB", story(5_000_000), None),
        ("30,000 paragraphs", "It rained. It snowed.\n\n" * 30_000, 30_000),
        ("30,000 lines", "It rained. It snowed.\n" * 30_000, 30_000),
        ("a paragraph of 1 MB", "It rained in the north. " * 42_000, None),
        ("1 MB without spaces", "x" * 10**6, None),
        ("1 MB of spaces", " " * 10**6, 0),
        ("1 MB of newlines", "\n" * 10**6, 0),
        ("1 MB of spaced newlines", " \n" * 500_000, 0),
        ("200,000 full stops", "." * 200_000, None),
        ("200,000 spaced full stops", ". " * 200_000, None),
        ("200,000 stops after a letter", "A." * 200_000, None),
        ("50,000 combining marks", "e" + "\u0301" * 50_000 + ". It", None),
        ("1 MB of quotation marks", '“"’' * 330_000, None),
        ("1 MB of brackets", "a. " + "[1]" * 330_000, None),
        ("1 MB of hashes", "# " + "#" * 10**6, None),
        ("200,000 initials", "A. B. " * 100_000, None),
        ("50,000 list items", "a\n\n" + "- b\n" * 50_000, 51),
        ("200,000 ideographic stops", "雨。" * 200_000, None),
    ],
)
@pytest.mark.long
def test_time_is_linear_whatever_the_text(name: str, text: str, count: int | None) -> None:
    blocks, seconds = timed(text)
    print(f"{name}: {seconds:.2f} s")
    assert count is None or len(blocks) == count
    assert seconds < 15
