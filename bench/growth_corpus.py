"""Real news of any size: the articles as they are, then new ones from their sentences.

A recombined paragraph takes sentences of several articles of one section, as many as some real
paragraph has, so lengths and vocabulary stay those of news, and no two paragraphs are equal.
Everything is drawn from one seed: a smaller corpus is the beginning of a larger one.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from bench.articles import Source
from bench.faults import BenchError

_SEED = 20261120
_PART = 1000
"""Articles a file."""
_TRIES = 50
_WORD = re.compile(r"[\w'’-]*\w")
_ASKED_WORDS = 6
_FORMS = ("What is said about {}?", "Who spoke of {}?", "Why {}?", "When did {}?")


@dataclass(frozen=True, slots=True)
class News:
    """An article of the corpus."""

    title: str
    section: str
    paragraphs: tuple[tuple[str, ...], ...]
    """Each a row of sentences."""

    @property
    def texts(self) -> list[str]:
        """Return the paragraphs."""
        return [" ".join(sentences) for sentences in self.paragraphs]


def as_news(source: Source) -> News:
    """Return an article that was read, as material."""
    header = source.header
    rows = tuple(
        tuple(" ".join(span.of(one.text).split()) for span in one.sentences)
        for one in source.paragraphs
        if one.sentences
    )
    return News(header.title or "", header.section or "", rows)


def first_paragraphs(articles: Sequence[News], count: int) -> list[News]:
    """Return the first articles that together have at least so many paragraphs."""
    chosen: list[News] = []
    for article in articles:
        if sum(len(one.paragraphs) for one in chosen) >= count:
            break
        chosen.append(article)
    return chosen


def corpus(articles: Sequence[News]) -> Iterator[News]:
    """Yield the articles themselves, then recombined ones without end.

    Raises:
        BenchError: There are too few sentences to make another paragraph from.
    """
    seen: set[int] = set()
    for article in articles:
        fresh = tuple(one for one in article.paragraphs if _is_new(one, seen))
        if fresh:
            yield News(article.title, article.section, fresh)
    random = np.random.default_rng(_SEED)
    sentences = _by_section(articles)
    while True:
        model = articles[int(random.integers(len(articles)))]
        pool = sentences[model.section]
        paragraphs = tuple(_recombined(len(one), pool, seen, random) for one in model.paragraphs)
        yield News(model.title, model.section, paragraphs)


def _by_section(articles: Sequence[News]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for article in articles:
        for paragraph in article.paragraphs:
            found.setdefault(article.section, {}).update(dict.fromkeys(paragraph))
    return {section: list(sentences) for section, sentences in found.items()}


def _recombined(
    count: int, pool: Sequence[str], seen: set[int], random: np.random.Generator
) -> tuple[str, ...]:
    for attempt in range(_TRIES):
        # Single sentences run out: then another one makes the paragraph new.
        wanted = min(count + (attempt + 1) // 2, len(pool))
        chosen = tuple(pool[index] for index in random.integers(len(pool), size=wanted))
        if _is_new(chosen, seen):
            return chosen
    raise BenchError(
        f"{len(pool)} sentences are too few for a corpus of this size.",
        "Name more articles with NEWS=file, or smaller SIZES.",
    )


def _is_new(sentences: tuple[str, ...], seen: set[int]) -> bool:
    name = hash(sentences)
    known = name in seen
    seen.add(name)
    return not known


def write_corpus(folder: Path, articles: Sequence[News], size: int) -> None:
    """Write so many paragraphs into files of a thousand articles; the last article is cut."""
    folder.mkdir(parents=True, exist_ok=True)
    lines, left = [], size
    for number, article in enumerate(corpus(articles)):
        texts = article.texts[:left]
        record = {"id": str(number), "title": article.title, "section": article.section}
        lines.append(json.dumps(record | {"text": "\n\n".join(texts)}, ensure_ascii=False))
        left -= len(texts)
        if not left:
            break
    for part, start in enumerate(range(0, len(lines), _PART)):
        text = "\n".join(lines[start : start + _PART]) + "\n"
        (folder / f"part-{part:05d}.jsonl").write_text(text, encoding="utf-8")


def questions_about(articles: Sequence[News], count: int) -> list[str]:
    """Make questions from the telling words of sentences drawn from the articles."""
    random = np.random.default_rng(_SEED)
    sentences = [one for article in articles for row in article.paragraphs for one in row]
    drawn = (sentences[int(index)] for index in random.permutation(len(sentences)))
    telling = (words for words in map(_telling, drawn) if len(words) >= 3)
    return [
        _FORMS[number % len(_FORMS)].format(" ".join(words))
        for number, words in enumerate(islice(telling, count))
    ]


def _telling(sentence: str) -> list[str]:
    """Return the longest words of a sentence, in its order: long words are rare words."""
    words = dict.fromkeys(_WORD.findall(sentence))
    longest = sorted(words, key=len, reverse=True)[:_ASKED_WORDS]
    return [word for word in words if word in longest and len(word) > 3]
