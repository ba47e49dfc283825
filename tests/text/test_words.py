"""The tokenizer of questions and sentences."""

import pytest

from rag.text.words import word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Musk's PAC spent $1.5 million.", ["Musk's", "PAC", "spent", "1.5", "million"]),
        ("The U.S.-led, 30-year-old plan", ["The", "U.S", "led", "30-year-old", "plan"]),
        ("‘Don’t,’ he said -- snake_case", ["Don’t", "he", "said", "snake", "case"]),
        ("Åland, Київ, 東京", ["Åland", "Київ", "東京"]),
        ("…!?", []),
    ],
)
def test_words_keep_what_joins_them(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("joined_by", "expected"),
    [
        ("", ["Musk", "s", "U", "S", "built"]),
        (".", ["Musk", "s", "U.S", "built"]),
        ("'’-", ["Musk's", "U", "S-built"]),
    ],
)
def test_the_marks_that_join_are_the_callers(joined_by: str, expected: list[str]) -> None:
    assert words("Musk's U.S-built", joined_by) == expected


def test_spans_say_where_words_stand() -> None:
    text = "“Why did Anna-Lena’s U.N. team go?”"
    assert [span.of(text) for span in word_spans(text)] == words(text)
