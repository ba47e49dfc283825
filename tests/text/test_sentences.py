"""Paragraph → sentences: what ends one in the news, and what only looks like it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.reading.paragraphs import split_paragraphs
from rag.text.sentences import LONGEST_SENTENCE, split_sentences, whole_sentences

SEEDS = Path(__file__).parents[2] / "seeds"
PIECES = st.sampled_from(
    [
        *"Mr. U.S. It He said . ... … ! ? ” “ \" ' ) ( [1] 1. a.m. No. 10 “Why?” Inc. 。".split(),
        *["J.", ";", "é", "\n", "\u2028", "\U0001f600", "\r", "\n- "],
    ]
)
PROSE = st.lists(PIECES).map(" ".join) | st.lists(PIECES).map("".join)


def split(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@given(st.text() | PROSE)
def test_spans_are_ordered_disjoint_trimmed_and_cover_the_text(text: str) -> None:
    position = 0
    for span in split_sentences(text):
        assert position <= span.start < span.end <= len(text)
        assert not text[position : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        position = span.end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "U.S. officials met in Washington.",
        "The U.S. Secretary of State met E.U. Commissioner Jones.",
        "Dr. King met Mr. and Mrs. Smith, Sen. John Kerry, Gov. Bush and Lt. Col. Doe.",
        "Profits jumped 76% to $1.13bn (£600m) from 2.5 percent.",
        "“The policy of the U.S. government is to isolate him,” Bowman said.",
        "John F. Kennedy met J. K. Rowling, J.R.R. Tolkien and George W. Bush.",
        "It began at 5 p.m. Monday and ended at 6 a.m. EST, 11 a.m. GMT.",
        "It ended at 12 p.m. 30 people stayed.",
        "He lives at No. 10 Downing Street, in room no. 5.",
        "Apple Inc. said that Acme Corp. Chief Executive Jane Doe left Jones & Co. in May.",
        "He died in St. Louis, not on Mt. Everest.",
        "On Jan. 6 and Nov. 8, 2024, it rained.",
        "Roe v. Wade and Smith vs. Jones were cited, e.g. Brown v. Board, i.e. Topeka.",
        "Martin Luther King Jr. Day is in January.",
        "Visit www.example.com/a.b?c=1 or mail a.b@example.com for more.",
        "“Why now?” Bowman said.",
        "“What did they want?” Mr Lewis asked in the House.",
        "“Stop!” he shouted.",
        "“Is it over?” asked the minister.",
        "“Well…” She added quietly.".replace("She", "she"),
        "Yahoo! and Kerrang! magazine went to see Mamma Mia! with friends.",
        "He paused ... and then he left.",
        "It was a strange match . . . momentum swings.",
        "Well . . . said he.",
        "The so-called ‘axis of evil.’ was named.".replace(".’ was", "’ was"),
        "About 1.300 people, ca. 20 of them ill, lived there (c. 1300, d. 1350).",
        "ST. LOUIS (AP) - GEN. SMITH and DR. KING left.",
        "The 3.5 m tall man [3] left.",
        "Version 2.0 of the App Store is out",
        "Hobson et al. (2004) said so, cf. p. 5 and pp. 7.",
        "x",
        ".",
        "...",
        "“",
    ],
)
def test_these_are_one_sentence(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rained.", "It snowed.", "Then?", "Stop!", "Well…", "It ended."],
        ["He’s trying to reduce his isolation.”", "“It works,” he said."],
        ["“The policy is wrong,” Bowman said.", "“What is Putin doing?", "He’s trying.”"],
        ["“What did they want?”", "The crowd left."],
        ["“Why not?”", "He said: “We need winners.”"],
        ["“Why not?”", "Mr Blair said he would not respond."],
        ["It was a “disturbing coincidence.”", "Bowman left."],
        ["He went to the U.S.", "The president stayed."],
        ["He joined Acme Inc.", "It grew."],
        ["They spoke to King Jr.", "He answered."],
        ["He said no.", "The vote failed."],
        ["He complained to the SEC.", "Final approval is due at the FT.", "But it failed."],
        ["It runs on systems by Sun.", "Initially it will house the grid."],
        ["They met Ant and Dec.", "Natalie left."],
        ["It ended at 5 p.m.", "President Trump left."],
        ["He was born in 1939.", "1,300 people came."],
        ["(It was late.)", "(He slept.)"],
        ["He slept (badly).", "[He woke.]"],
        ["It rained. [1]", "Then it snowed.[2]", "It ended. [3][4]"],
        ["今天下雨。", "明天晴！", "“好吗？”", "好。"],
        ["هل جاء؟", "نعم جاء."],
        ["He made modern art.", "It sold."],
        ["It took a sec.", "She won."],
        ["Done!!", "Really?!", "Yes."],
        ["¿Qué pasa?", "¡Nada!", "Él durmió.", "Über alles."],
        ["Mail a.b@example.com.", "See www.example.com.", "Then go."],
    ],
)
def test_these_are_several(sentences: list[str]) -> None:
    for separator in (" ", "\n"):
        assert split(separator.join(sentences)) == sentences


def test_each_item_of_a_list_is_one() -> None:
    assert split("1. First item.\n2. Second. More.") == ["1. First item.", "2. Second.", "More."]
    for newline in ("\n", "\r\n", "\r"):
        items = ["They want:", "- rain", "• snow and", "  more snow", "2) sun"]
        assert [len(one.split()) for one in split(newline.join(items))] == [2, 2, 5, 2]


def test_line_breaks_alone_end_no_sentence() -> None:
    assert split("It rained in\nthe north.\r\nIt snowed.") == [
        "It rained in\nthe north.",
        "It snowed.",
    ]


@pytest.mark.parametrize("mark", ["; ", ", ", " ", "，", ""])
def test_a_sentence_without_an_end_is_cut_at_its_pauses(mark: str) -> None:
    text = mark.join(f"word{number:04}" for number in range(500)) + "."
    assert len(list(whole_sentences(text))) == 1
    pieces = split(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(LONGEST_SENTENCE / 4 < len(piece) <= LONGEST_SENTENCE for piece in pieces[:-1])
    assert all(piece.startswith("word") or not mark for piece in pieces)
    assert all(piece.endswith(mark.strip()) for piece in pieces[:-1])


def test_a_sentence_as_long_as_may_be_stays_whole() -> None:
    text = "a" + " word" * ((LONGEST_SENTENCE - 5) // 5) + " end"
    assert split(text[:LONGEST_SENTENCE]) == [text[:LONGEST_SENTENCE].strip()]
    assert len(split(text[: LONGEST_SENTENCE - 1] + "s, then")) == 2


def test_the_seeds() -> None:
    found = {
        (number, block.ordinal): split(block.text)
        for number, path in enumerate(sorted(SEEDS.glob("*.txt")))
        for block in split_paragraphs(path.read_text(encoding="utf-8"))
    }
    assert [one.rsplit(" ", 2)[1:] for one in found[0, 4]] == [
        ["overwhelming", "victory.”"],
        ["our", "cooperation."],
        ["the", "time."],
    ]
    assert found[0, 9][1:] == ["Had disrupted mobile phone service."]
    assert [len(found[0, ordinal]) for ordinal in range(1, 16)] == [
        1, 1, 1, 3, 1, 1, 2, 2, 2, 1, 2, 1, 1, 2, 1,
    ]  # fmt: skip
    assert [len(found[1, ordinal]) for ordinal in range(1, 44)] == [
        1, 1, 2, 2, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 3, 1, 2, 2, 1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 1,
        2, 1, 1, 2, 1, 1, 1, 4, 1, 1, 1, 1, 1,
    ]  # fmt: skip
