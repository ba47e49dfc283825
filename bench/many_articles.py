"""What a filter, the archive list and the start page take where there are many articles.

Usage: python -m bench.many_articles [--articles N] [--home FOLDER]

The articles are made up and their vectors random: nothing is embedded, so that a large archive is
built in minutes. A home that is there already is measured as it is. Prints medians in ms.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np

from bench.faults import run, say
from rag.answering.request import Request, article_filter
from rag.archive.catalogue import ArticleWrite, CatalogueWriter
from rag.factory import Byline
from rag.models.embedder import PassageVectors
from rag.reading import ParsedArticle, SourceFile
from rag.reading.paragraphs import article_id, paragraph_id
from rag.schema import Article, ArticleHeader, Paragraph, Span
from rag.settings import load_settings
from rag.web.archive_panel.panel import listing
from rag.web.welcome import welcome

_OUTLETS, _DAYS, _BATCH = 40, 3650, 1000
_TOKENS = 8
_TOWNS = "Quorndale Orlemouth Vastow Kelby Inchmore Tarn Brisk Fenholt Ruddock Amberley".split()
_THINGS = "bridge ferry council school strike budget hospital harbour election storm".split()
_TYPED = ("f", "fe", "ferry", "ferry kelby", "zzz")
_FILTERS: dict[str, tuple[str | None, str | None, str | None]] = {
    "none": (None, None, None),
    "publisher": ("Outlet 7", None, None),
    "publisher in other case": ("OUTLET 7", None, None),
    "agency": ("Agency 3", None, None),
    "since": (None, "2018-01-01", None),
    "since and until": (None, "2018-01-01", "2018-03-01"),
    "publisher and dates": ("Outlet 7", "2018-01-01", "2020-01-01"),
}


def main() -> None:
    """Build the archive where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--repeats", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        byline = Byline(load_settings(home=options.home or Path(folder) / "home"))
        if not byline.archive.catalogue_path.exists():
            _build(byline, options.articles)
        _measure(byline, options.repeats)


def _build(byline: Byline, count: int) -> None:
    say(f"Building {count:,} articles …")
    random = np.random.default_rng(7)
    writer = CatalogueWriter(byline.archive.catalogue_path)
    writer.set_fingerprint(byline.embedder.name)
    for start in range(0, count, _BATCH):
        made = [_article(number) for number in range(start, min(start + _BATCH, count))]
        paragraphs = [block for write in made for block in write.parsed.paragraphs]
        writer.store(made, {block.paragraph_id: _vectors(random) for block in paragraphs})
    writer.close()
    byline.archive.publish()


def _article(number: int) -> ArticleWrite:
    town, thing = _TOWNS[number % 10], _THINGS[number // 10 % 10]
    blocks = [
        f"The {thing} of {town} was discussed in case {number} on Tuesday.",
        f"Mayor Ada Fennimore said that {number % 977} people had asked about the {thing}.",
    ]
    text = "\n".join(blocks)
    header = ArticleHeader(
        article_id(text),
        f"{number:06d}.txt",
        title=f"{thing.capitalize()} of {town}, case {number}",
        agency=f"Agency {number % 7}" if number % 3 == 0 else None,
        publisher=f"Outlet {number % _OUTLETS}" if number % 5 else None,
        published_at=(date(2015, 1, 1) + timedelta(number % _DAYS)).isoformat(),
        section=thing,
    )
    starts = (0, len(blocks[0]) + 1)
    paragraphs = tuple(
        Paragraph(
            paragraph_id(block), place + 1, at, at + len(block), block,
            sentences=(Span(0, len(block)),),
        )
        for place, (at, block) in enumerate(zip(starts, blocks, strict=True))
    )  # fmt: skip
    source = SourceFile(Path("/made-up") / header.file, "/made-up", header.file)
    return ArticleWrite(ParsedArticle(Article(header, text), paragraphs), source)


def _vectors(random: np.random.Generator) -> PassageVectors:
    vector = random.standard_normal(384).astype(np.float32)
    vector /= np.linalg.norm(vector)
    tokens = random.integers(-12, 12, (_TOKENS, 128), np.int8)
    counts = np.array([_TOKENS], np.int32)
    return PassageVectors(vector, vector[None].astype(np.float16), tokens, counts)


def _measure(byline: Byline, repeats: int) -> None:
    def listed(publisher: str, text: str) -> object:
        return listing(lambda: byline, publisher, "", "", text)

    steps: dict[str, Callable[[], object]] = {"start page": lambda: welcome(lambda: byline)}
    for text in _TYPED:
        steps[f"list, typed {text!r}"] = partial(listed, "", text)
    steps["list, publisher and text"] = partial(listed, "Outlet 7", "ferry")
    for name, given in _FILTERS.items():
        request = Request("Who asked about the ferry of Kelby?", only=article_filter(*given))
        steps[f"question, filter: {name}"] = partial(byline.engine.answer, request)
    for name, step in steps.items():
        step()
        say(f"{name:40} {_median(step, repeats):8.1f} ms")


def _median(step: Callable[[], object], repeats: int) -> float:
    taken: Sequence[float] = [_seconds(step) for _ in range(repeats)]
    return 1000 * statistics.median(taken)


def _seconds(step: Callable[[], object]) -> float:
    begun = time.perf_counter()
    step()
    return time.perf_counter() - begun


if __name__ == "__main__":
    run(main)
