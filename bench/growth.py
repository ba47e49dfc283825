"""How Byline grows: query time, ingestion, memory and disk, from a thousand paragraphs on.

Usage: python -m bench.growth [--sizes 1000,10000,100000] [--server] [--fresh]
       python -m bench.growth --synthetic 100000,1000000 [--tokens N]

Each size has an archive in the work folder, begun as a copy of the next smaller one's. One that is
finished is only asked again, and keeps the figures of its ingestion: --fresh builds it anew. The
results join those of earlier runs in growth.json and growth.png.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.articles import read_sources
from bench.chroma_server import Server, chroma_server
from bench.faults import BenchError, run, say
from bench.footprint import SERVER, disk_parts, resident_mb
from bench.growth_corpus import News, as_news, first_paragraphs, questions_about, write_corpus
from bench.growth_cost import affordable
from bench.growth_tables import tables
from bench.plots_growth import plot_growth
from bench.report import machine, write_json
from bench.worker import Job, perform
from rag.evaluation import load_questions

_NEWS = Path("../shared/bench/bbc-news.jsonl"), Path("seeds")
_SQUAD = Path("../shared/bench/squad-a/questions.jsonl")
_MEMORY_QUESTIONS = 300


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and where everything goes."""

    sizes: tuple[int, ...]
    synthetic: bool
    server: bool
    fresh: bool
    news: Path
    work: Path
    out: Path
    questions: int
    pool: int
    tokens: int

    @property
    def corpus(self) -> Path:
        """Where its articles lie: in one place for all sizes, as a copied archive knows them."""
        return self.work / f"corpus-{self.kind}"

    @property
    def kind(self) -> str:
        """The name of a series of points."""
        made = f"synthetic-{self.tokens}" if self.tokens else "synthetic"
        return (made if self.synthetic else "real") + ("-server" if self.server else "")

    def home(self, size: int) -> Path:
        """Where the archive of a size lies."""
        return self.work / f"{self.kind}-{size}"


def main() -> None:
    """Measure each size, writing after each."""
    options = _options()
    articles = [as_news(one) for one in read_sources(options.news)]
    if options.synthetic:
        articles = first_paragraphs(articles, options.pool)
    if options.fresh:
        for size in options.sizes:
            shutil.rmtree(options.home(size), ignore_errors=True)
    affordable(
        [size for size in options.sizes if not _done(options.home(size)).exists()],
        [text for article in articles for text in article.texts],
        options.work,
        synthetic=options.synthetic,
        tokens=options.tokens,
    )
    for size in options.sizes:
        _keep(options, _point(options, articles, size))
    points = _points(options)
    print(tables(points))
    print(f"\nWritten: {options.out / 'growth.json'}, {options.out / 'growth.png'}")


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="make bench-growth")
    parser.add_argument("--sizes", type=_sizes, default=(1000, 10_000, 100_000))
    parser.add_argument("--synthetic", type=_sizes, help="sizes without forward passes")
    parser.add_argument("--server", action="store_true", help="vectors on a Chroma server")
    parser.add_argument("--fresh", action="store_true", help="build archives anew")
    parser.add_argument("--news", type=Path, help="articles that the corpus is made from")
    parser.add_argument("--work", type=Path, default=Path(".rag/bench"))
    parser.add_argument("--out", type=Path, default=Path("artifacts/bench"))
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--pool", type=int, default=10_000, help="real paragraphs to recombine")
    parser.add_argument("--tokens", type=int, default=0, help="most token rows a sentence; 0: all")
    given = parser.parse_args()
    news = given.news or next(path for path in _NEWS if path.exists())
    if given.news is None and news != _NEWS[0]:
        say(f"{_NEWS[0]} is not here: recombining seeds/, two articles. The text repeats a lot.")
    return Options(
        given.synthetic or given.sizes,
        given.synthetic is not None,
        given.server,
        given.fresh,
        news,
        given.work,
        given.out,
        given.questions,
        given.pool,
        given.tokens,
    )


def _sizes(text: str) -> tuple[int, ...]:
    names = text.split(",")
    if not all(one.isdecimal() and int(one) >= 10 for one in names):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1000,10000 (10 at least)")
    return tuple(sorted({int(one) for one in names}))


def _point(options: Options, articles: Sequence[News], size: int) -> dict[str, Any]:
    say(f"{options.kind}, {size:,} paragraphs")
    home = options.home(size)
    if not _done(home).exists():
        _begin(options, articles, size)
    with chroma_server(home / SERVER) if options.server else nullcontext() as server:
        ingested = _ingested(options, size, server)
        questions = _questions(first_paragraphs(articles, size), options.questions)
        job = Job(str(home), questions[:_MEMORY_QUESTIONS], server.url if server else None)
        say("  memory")
        memory = perform("memory", job)
        if server:
            memory["server_mb"] = resident_mb(server.pid)
        say("  query time")
        latency = perform("latency", Job(str(home), questions, server.url if server else None))
    return {
        "kind": options.kind,
        "size": size,
        "machine": machine(),
        "ingest": ingested,
        "memory": memory,
        "latency": latency,
        "disk": disk_parts(home),
    }


def _begin(options: Options, articles: Sequence[News], size: int) -> None:
    """Make the folder of an archive: a copy of the largest finished smaller one, or empty."""
    home = options.home(size)
    shutil.rmtree(home, ignore_errors=True)
    smaller = [one for one in _finished(options) if one < size]
    if smaller:
        say(f"  beginning with a copy of the archive of {max(smaller):,}")
        shutil.copytree(options.home(max(smaller)), home)
        _done(home).unlink()
    shutil.rmtree(options.corpus, ignore_errors=True)
    write_corpus(options.corpus, articles, size)


def _finished(options: Options) -> list[int]:
    prefix = f"{options.kind}-"
    names = [
        path.parent.name.removeprefix(prefix) for path in options.work.glob(f"{prefix}*/done.json")
    ]
    return [int(name) for name in names if name.isdigit()]


def _done(home: Path) -> Path:
    return home / "done.json"


def _ingested(options: Options, size: int, server: Server | None) -> dict[str, Any]:
    """Return what the ingestion measured; of a finished archive, when that was."""
    home = options.home(size)
    if not _done(home).exists():
        say("  ingesting")
        job = Job(
            str(home),
            chroma_url=server.url if server else None,
            articles=str(options.corpus),
            pool=str(options.news) if options.synthetic else "",
            pool_size=options.pool,
            tokens=options.tokens,
        )
        write_json(_done(home), perform("ingest", job) | {"machine": machine()})
    known: dict[str, Any] = json.loads(_done(home).read_text(encoding="utf-8"))
    return known


def _questions(articles: Sequence[News], count: int) -> tuple[str, ...]:
    """Return questions about the corpus and, as strangers to it, SQuAD's, by turns."""
    others = [one.question for one in load_questions(_SQUAD)] if _SQUAD.exists() else []
    strangers = others[:: max(1, 2 * len(others) // count)][: count // 2]
    own = questions_about(articles, count - len(strangers))
    mixed = [one for pair in zip(own, strangers, strict=False) for one in pair]
    return (*mixed, *own[len(strangers) :])


def _points(options: Options) -> list[dict[str, Any]]:
    path = options.out / "growth.json"
    if not path.exists():
        return []
    try:
        points: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["points"]
    except (ValueError, KeyError, TypeError) as error:
        raise BenchError(
            f"{path} is no result of this benchmark ({error}).", "Remove it."
        ) from error
    return points


def _keep(options: Options, point: dict[str, Any]) -> None:
    """Put a point into the results, in place of an older one of its kind and size."""
    name = point["kind"], point["size"]
    others = [one for one in _points(options) if (one["kind"], one["size"]) != name]
    points = sorted([*others, point], key=lambda one: (one["kind"], one["size"]))
    write_json(options.out / "growth.json", {"points": points})
    plot_growth(points, options.out / "growth.png")


if __name__ == "__main__":
    run(main)
