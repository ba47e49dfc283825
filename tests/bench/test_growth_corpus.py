import json
from itertools import islice
from pathlib import Path

import pytest

from bench.faults import BenchError
from bench.growth_corpus import News, corpus, questions_about, write_corpus

SECTIONS = ("business", "sport")
ARTICLES = [
    News(
        f"Title {number}",
        SECTIONS[number % 2],
        tuple(
            tuple(f"The {SECTIONS[number % 2]} sentence {number}-{row}-{i} ends." for i in range(3))
            for row in range(4)
        ),
    )
    for number in range(6)
]


def written(folder: Path, size: int) -> list[str]:
    write_corpus(folder, ARTICLES, size)
    return [
        paragraph
        for path in sorted(folder.iterdir())
        for line in path.read_text(encoding="utf-8").splitlines()
        for paragraph in json.loads(line)["text"].split("\n\n")
    ]


@pytest.mark.parametrize("size", [5, 24, 999, 1000, 1001, 2500])
def test_a_corpus_has_its_size_and_no_paragraph_twice(tmp_path: Path, size: int) -> None:
    paragraphs = written(tmp_path, size)
    assert len(paragraphs) == len(set(paragraphs)) == size


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(tmp_path: Path) -> None:
    small, large = written(tmp_path / "small", 1000), written(tmp_path / "large", 2000)
    assert large[:1000] == small


def test_the_articles_come_first_as_they_are() -> None:
    assert list(islice(corpus(ARTICLES), len(ARTICLES))) == ARTICLES


def test_sentences_of_two_sections_are_never_mixed() -> None:
    for article in islice(corpus(ARTICLES), 200):
        other = SECTIONS[1 - SECTIONS.index(article.section)]
        assert other not in " ".join(article.texts)


def test_one_sentence_is_no_material() -> None:
    with pytest.raises(BenchError, match="too few"):
        list(islice(corpus([News("", "", (("Only this.",),))]), 200))


def test_questions_are_the_same_each_time_and_made_of_the_corpus() -> None:
    first, again = questions_about(ARTICLES, 20), questions_about(ARTICLES, 20)
    assert first == again
    assert len(first) == len(set(first)) == 20
    assert all("sentence" in question for question in first)
