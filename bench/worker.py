"""What must be measured in a process of its own; prints one JSON object.

Usage: python -m bench.worker {forward|ingest|memory|latency} JOB.json
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.faults import BenchError, run, say
from bench.footprint import peak_mb, resident_mb
from bench.scoring import times
from bench.systems import LIMIT, embedded_settings
from rag.answering.request import Request
from rag.factory import Byline

_WARM_UP = 20
_BATCH = 256
_TELL_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class Job:
    """An archive, and what to do with it."""

    home: str
    questions: tuple[str, ...] = ()
    chroma_url: str | None = None
    articles: str = ""
    """What is ingested."""

    def byline(self) -> Byline:
        """Open the archive."""
        return Byline(embedded_settings(Path(self.home), self.chroma_url))


def perform(task: str, job: Job) -> dict[str, Any]:
    """Do a job in a fresh process and return what it measured."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "job.json"
        path.write_text(json.dumps(asdict(job)), encoding="utf-8")
        command = [sys.executable, "-m", "bench.worker", task, str(path)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BenchError(
            f"The {task} process failed ({done.returncode}).",
            "See what it said above.",
        )
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def main() -> None:
    """Do the job named on the command line."""
    values = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    job = Job(**values | {"questions": tuple(values["questions"])})
    print(json.dumps(_TASKS[sys.argv[1]](job)))


def _forward(job: Job) -> dict[str, Any]:
    """Embed the texts of a JSON list, and do nothing else."""
    from rag.models.minilm.model import MiniLM

    texts = json.loads(Path(job.articles).read_text(encoding="utf-8"))
    model = MiniLM(Path(job.home) / "models")
    model.encode(["warm"])
    begun = time.perf_counter()
    for start in range(0, len(texts), _BATCH):
        model.encode(texts[start : start + _BATCH])
    return {"paragraphs": len(texts), "seconds": time.perf_counter() - begun}


def _ingest(job: Job) -> dict[str, Any]:
    byline = job.byline()
    byline.embedder.question("opens the model before the clock starts")
    begun = time.perf_counter()
    report = byline.ingest([Path(job.articles)], progress=_teller())
    seconds = time.perf_counter() - begun
    byline.archive.close()
    return {
        "paragraphs": report.paragraphs,
        "embedded": report.embedded,
        "seconds": seconds,
        "paragraphs_a_second": report.embedded / seconds,
        "peak_mb": peak_mb(),
    }


def _teller() -> Callable[[str, int, int], None]:
    told = time.monotonic()

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _TELL_EVERY_S:
            told = time.monotonic()
            say(f"    {stage}: {done:,}" + (f" of {total:,}" if total else ""))

    return tell


def _memory(job: Job) -> dict[str, Any]:
    engine = job.byline().engine
    for question in job.questions:
        engine.search(Request(question, limit=LIMIT))
    return {"resident_mb": resident_mb(os.getpid()), "peak_mb": peak_mb()}


def _latency(job: Job) -> dict[str, Any]:
    engine = job.byline().engine

    def ours(question: str) -> object:
        return engine.search(Request(question, limit=LIMIT))

    return interleaved({"byline": ours, "floor": _floor(job)}, job.questions)


def interleaved(
    contenders: Mapping[str, Callable[[str], object]], questions: Sequence[str]
) -> dict[str, Any]:
    """Put each question to all contenders in turn, another one first each time.

    The first questions only warm up: nothing is timed that was asked before.
    """
    for ask in contenders.values():
        for question in questions[:_WARM_UP]:
            ask(question)
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    order = list(contenders)
    for question in questions[_WARM_UP:]:
        order = [*order[1:], order[0]]
        for name in order:
            begun = time.perf_counter()
            contenders[name](question)
            taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: times(values) for name, values in taken.items()}


def _floor(job: Job) -> Callable[[str], object]:
    """Return the forward pass and the query of the archive's own collection, nothing else."""
    from rag.models.minilm.model import MiniLM

    collection = _collection(job)
    model = MiniLM(Path(job.home) / "models")

    def ask(question: str) -> object:
        return collection.query(query_embeddings=model.embed([question]), n_results=LIMIT)

    return ask


def _collection(job: Job) -> Any:
    import chromadb
    from chromadb.config import Settings

    from rag.archive.building import CHROMA, collection_name
    from rag.archive.generations import newest

    options = Settings(anonymized_telemetry=False)
    archive = job.byline().archive
    if job.chroma_url:
        host, _, port = job.chroma_url.removeprefix("http://").partition(":")
        server = chromadb.HttpClient(host, int(port), settings=options)
        return server.get_collection(collection_name(archive.catalogue.catalogue_id))
    generation = newest(archive.index_folder)
    if generation is None:
        raise BenchError(f"{job.home} has no index.", "Ingest something first.")
    # Another spelling of the path: else Chroma would share one index in memory with Byline.
    client = chromadb.PersistentClient(f"{generation.folder / CHROMA}/./.", settings=options)
    (collection,) = client.list_collections()
    return collection


_TASKS = {"forward": _forward, "ingest": _ingest, "memory": _memory, "latency": _latency}

if __name__ == "__main__":
    run(main)
