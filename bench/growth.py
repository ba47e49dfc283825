"""How Byline grows: query time, ingestion, memory and disk, from a thousand paragraphs on.

Usage: python -m bench.growth [--sizes 1000,10000,100000] [--server]

Each size has an archive in the work folder, begun as a copy of the next smaller one's. Prints
Markdown; writes growth.json, for a Chroma server growth-server.json.
"""

import argparse
import shutil
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench.articles import read_sources
from bench.chroma_server import chroma_server
from bench.faults import run, say
from bench.footprint import SERVER, disk_parts, resident_mb
from bench.growth_corpus import News, as_news, first_paragraphs, questions_about, write_corpus
from bench.report import machine, markdown, number, write_json
from bench.worker import Job, perform
from rag.evaluation import load_questions

_NEWS = Path("../shared/bench/bbc-news.jsonl"), Path("seeds")
_SQUAD = Path("../shared/bench/squad-a/questions.jsonl")
_MEMORY_QUESTIONS = 300
_QUESTIONS = 400
_HEADS = (
    "paragraphs|Byline p50 ms|p95 ms|floor p50 ms|p95 ms|p50 / floor|"
    "new at ingest|paragraphs/s|ingest peak MB|resident MB|server MB|KB a paragraph"
).split("|")
_HOW_TO_READ = (
    "Floor: one forward pass and one query of the same archive's Chroma collection, ten results.\n"
    "Paragraphs/s: of those new at that size, embedded and indexed. Resident: after 300 questions "
    "in a\nfresh process."
)


def main() -> None:
    """Measure each size, writing after each."""
    options = _options()
    articles = [as_news(source) for source in read_sources(options.news)]
    name = "growth-server.json" if options.server else "growth.json"
    points: list[dict[str, Any]] = []
    shutil.rmtree(options.work, ignore_errors=True)
    for size in options.sizes:
        say(f"{size:,} paragraphs")
        home = options.work / str(size)
        if points:
            shutil.copytree(options.work / str(points[-1]["size"]), home)
        points.append(_point(home, articles, size, server=options.server))
        write_json(options.out / name, {"points": points})
    print(table(points))
    print(f"\nWritten: {options.out / name}")


def table(points: Sequence[Mapping[str, Any]]) -> str:
    """Return time, memory and disk by size, and how to read them."""
    return f"{markdown(_HEADS, [_row(point) for point in points])}\n\n{_HOW_TO_READ}"


def _row(point: Mapping[str, Any]) -> list[str]:
    ours, floor = point["latency"]["byline"], point["latency"]["floor"]
    kilobytes = sum(point["disk"].values()) / point["ingest"]["paragraphs"] / 1000
    return [
        f"{point['size']:,}",
        *(number(one[share]) for one in (ours, floor) for share in ("p50_ms", "p95_ms")),
        number(ours["p50_ms"] / floor["p50_ms"], 2),
        number(point["ingest"]["embedded"], 0),
        number(point["ingest"]["paragraphs_a_second"]),
        number(point["ingest"]["peak_mb"], 0),
        number(point["memory"]["resident_mb"], 0),
        number(point["memory"].get("server_mb"), 0),
        number(kilobytes),
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-growth")
    parser.add_argument("--sizes", type=_sizes, default=(1000, 10_000, 100_000))
    parser.add_argument("--server", action="store_true", help="vectors on a Chroma server")
    parser.add_argument("--news", type=Path, help="articles that the corpus is made from")
    parser.add_argument(
        "--work", type=Path, default=Path(".rag/bench"), help="emptied, and left with the archives"
    )
    parser.add_argument("--out", type=Path, default=Path("artifacts/bench"))
    given = parser.parse_args()
    if given.news is None:
        given.news = next(path for path in _NEWS if path.exists())
        if given.news != _NEWS[0]:
            say(f"{_NEWS[0]} is not here: recombining seeds/, two articles. The text repeats.")
    return given


def _sizes(text: str) -> tuple[int, ...]:
    names = text.split(",")
    if not all(name.isdecimal() and int(name) >= 10 for name in names):
        raise argparse.ArgumentTypeError(f"{text!r} is not like 1000,10000 (10 at least)")
    return tuple(sorted({int(name) for name in names}))


def _point(home: Path, articles: Sequence[News], size: int, *, server: bool) -> dict[str, Any]:
    # In one place for all sizes, as a copied archive knows its articles.
    corpus = home.parent / "corpus"
    write_corpus(corpus, articles, size)
    questions = _questions(first_paragraphs(articles, size))
    with chroma_server(home / SERVER) if server else nullcontext() as served:
        url = served.url if served else None
        say("  ingestion")
        ingest = perform("ingest", Job(str(home), chroma_url=url, articles=str(corpus)))
        say("  memory")
        memory = perform("memory", Job(str(home), questions[:_MEMORY_QUESTIONS], url))
        if served:
            memory["server_mb"] = resident_mb(served.pid)
        say("  query time")
        latency = perform("latency", Job(str(home), questions, url))
    return {
        "size": size,
        "machine": machine(),
        "ingest": ingest,
        "memory": memory,
        "latency": latency,
        "disk": disk_parts(home),
    }


def _questions(articles: Sequence[News]) -> tuple[str, ...]:
    """Return questions about the corpus and, as strangers to it, SQuAD's, by turns."""
    others = [one.question for one in load_questions(_SQUAD)] if _SQUAD.exists() else []
    strangers = others[:: max(1, 2 * len(others) // _QUESTIONS)][: _QUESTIONS // 2]
    own = questions_about(articles, _QUESTIONS - len(strangers))
    mixed = [question for pair in zip(own, strangers, strict=False) for question in pair]
    return (*mixed, *own[len(strangers) :])


if __name__ == "__main__":
    run(main)
