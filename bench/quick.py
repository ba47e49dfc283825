"""Byline against its peers on questions with known answers: quality, speed, and what it takes.

Usage: python -m bench.quick [--articles FOLDER --questions FILE.jsonl] [--out FOLDER]

Every system runs in this process, on the same embedding model, and gets each question in turn, so
that a machine whose speed drifts favours none. Prints Markdown; writes quick.json.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.articles import Source, read_sources
from bench.faults import BenchError, run, say
from bench.fit_ranking import ranking_report
from bench.footprint import disk_parts, start_times
from bench.ingest import measure
from bench.quick_tables import tables
from bench.report import machine, write_json
from bench.scoring import Trial, judged, summary
from bench.systems import BylineSystem, Floor, System
from bench.worker import Job, perform
from rag.evaluation import Question, load_questions
from rag.models.minilm.model import MiniLM

_SHARED = Path("../shared/bench/squad-a")
_SEEDS = Path("seeds"), Path("tests/eval/seeds.jsonl")
_WARM_UP = 20
_MEMORY_QUESTIONS = 300
_TELL_EVERY = 200


@dataclass(frozen=True, slots=True)
class Options:
    """What is measured, and where the results go."""

    articles: Path
    questions: Path
    out: Path
    first: int
    passes: int


def main() -> None:
    """Measure everything and write it down."""
    options = _options()
    known = load_questions(options.questions)
    scored = [one for one in known if one.answerable and not one.history][: options.first or None]
    if not scored:
        raise BenchError(f"{options.questions} has no answerable question.", "Name another file.")
    sources = read_sources(options.articles)
    say(f"{options.articles}: {len(sources)} articles, {len(scored)} answerable questions")
    with tempfile.TemporaryDirectory() as folder:
        report = _measured(options, sources, scored, known, Path(folder))
    write_json(options.out / "quick.json", report)
    print(tables(report))
    print(f"\nWritten: {options.out / 'quick.json'}")


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--out", type=Path, default=Path("artifacts/bench"))
    parser.add_argument("--first", type=int, default=0, help="only so many questions; 0: all")
    parser.add_argument("--passes", type=int, default=1, help="how often ingestion is timed")
    given = parser.parse_args()
    if (given.articles is None) != (given.questions is None):
        raise BenchError(
            "ARTICLES and QUESTIONS belong together.", "Give both, or neither for squad-a."
        )
    if given.articles is None:
        given.articles, given.questions = _default_input()
    return Options(given.articles, given.questions, given.out, given.first, given.passes)


def _default_input() -> tuple[Path, Path]:
    if _SHARED.is_dir():
        return _SHARED / "articles", _SHARED / "questions.jsonl"
    say(f"{_SHARED} is not here: measuring on seeds/, two articles. The figures mean little.")
    return _SEEDS


def _measured(
    options: Options,
    sources: list[Source],
    scored: Sequence[Question],
    known: Sequence[Question],
    folder: Path,
) -> dict[str, Any]:
    models = folder / "byline" / "models"
    for make in (MiniLM(models).embed, MiniLM(models).encode):
        make(["built before the clock starts"])
    ours = BylineSystem(folder / "byline", options.articles)
    systems = [ours, *_peers(folder, sources, models), Floor(folder / "floor", sources, models)]
    build_seconds = {system.name: _build_seconds(system) for system in systems}
    trials = _asked(systems, scored, _warming(known))
    say("Learning the ranking anew without each feature ...")
    features = ranking_report(ours.byline.retriever, scored)
    ours.byline.archive.close()
    say("Timing ingestion, start and memory, in processes of their own ...")
    texts = tuple(one.question for one in known[:_MEMORY_QUESTIONS])
    return {
        "machine": machine(),
        "input": _described(options, sources, scored),
        "retrieval": [
            {"system": name, **summary(of_one), "build_s": build_seconds[name]}
            for name, of_one in trials.items()
        ],
        "features": features,
        "ingest": measure(options.articles, options.passes),
        "memory": perform("memory", Job(str(folder / "byline"), texts)),
        "disk": disk_parts(folder / "byline"),
        "start": start_times(folder / "byline", scored[0].question),
    }


def _peers(folder: Path, sources: list[Source], models: Path) -> list[System]:
    from bench.llama_peers import LlamaPeer

    return [
        LlamaPeer(
            folder / f"llama-{by_paragraph}-{fused}",
            sources,
            models,
            by_paragraph=by_paragraph,
            fused=fused,
        )
        for by_paragraph in (False, True)
        for fused in (False, True)
    ]


def _build_seconds(system: System) -> float:
    say(f"Building: {system.name}")
    begun = time.perf_counter()
    system.build()
    return time.perf_counter() - begun


def _asked(
    systems: Sequence[System], questions: Sequence[Question], warming: Sequence[str]
) -> dict[str, list[Trial]]:
    for system in systems:
        for text in warming:
            system.search(text)
    trials: dict[str, list[Trial]] = {system.name: [] for system in systems}
    order = list(systems)
    for done, question in enumerate(questions, start=1):
        # Another one first each time: whoever comes first finds colder caches.
        order = [*order[1:], order[0]]
        for system in order:
            begun = time.perf_counter()
            chunks = system.search(question.question)
            milliseconds = (time.perf_counter() - begun) * 1000
            trials[system.name].append(judged(chunks, question.gold, milliseconds))
        if done % _TELL_EVERY == 0:
            say(f"Asked {done:,} of {len(questions):,}")
    return trials


def _warming(known: Sequence[Question]) -> list[str]:
    # None of these is timed later.
    found = [one.question for one in known if not one.answerable][:_WARM_UP]
    return found or ["Which question only warms up?"] * _WARM_UP


def _described(
    options: Options, sources: list[Source], scored: Sequence[Question]
) -> dict[str, Any]:
    generic = options.articles.name == "articles"
    return {
        "set": (options.articles.parent if generic else options.articles).absolute().name,
        "number_of_articles": len(sources),
        "number_of_paragraphs": sum(len(source.paragraphs) for source in sources),
        "number_of_headlines": sum(len(one.paragraphs) - len(one.body) for one in sources),
        "number_of_questions": len(scored),
    }


if __name__ == "__main__":
    run(main)
