"""Time an ingestion against the bare forward passes of the same paragraphs, on the same machine.

Usage: python bench/ingest.py ARTICLES [PASSES]

Prints one JSON object. `ratio` is the median over the passes of ingest seconds by forward seconds;
forward passes and ingestions alternate, so that a machine whose speed drifts doesn't favour one.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rag.articles import Skipped, find_files, read_articles
from rag.minilm import MiniLM
from rag.schema import ParagraphKind

_BATCH = 256


def main() -> None:
    """Alternate forward passes and ingestions, each in a process of its own."""
    if sys.argv[1] == "--forward":
        print(json.dumps(_forward(Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    if sys.argv[1] == "--ingest":
        print(json.dumps(_ingest(Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    passes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        MiniLM(models).embed(["built before the clock starts"])
        runs = [
            (_child("--forward", sys.argv[1], models), _child("--ingest", sys.argv[1], models))
            for _ in range(passes)
        ]
    ratios = [ingest["seconds"] / forward["seconds"] for forward, ingest in runs]
    report = {"ratio": statistics.median(ratios), "forward": runs[-1][0], "ingest": runs[-1][1]}
    print(json.dumps(report, indent=2))


def _child(mode: str, articles: str, models: Path) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603  # this very file
        [sys.executable, __file__, mode, articles, str(models)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _forward(articles: Path, models: Path) -> dict[str, float]:
    texts = list(
        dict.fromkeys(
            block.text
            for file in find_files([articles])
            if not isinstance(file, Skipped)
            for article in read_articles(file, max_bytes=1_000_000_000)
            if not isinstance(article, Skipped)
            for block in article.paragraphs
            if block.kind is not ParagraphKind.FURNITURE
        )
    )
    model = MiniLM(models)
    model.embed(["warm"])
    begun = time.perf_counter()
    for start in range(0, len(texts), _BATCH):
        model.encode(texts[start : start + _BATCH])
    return {"paragraphs": len(texts), "seconds": time.perf_counter() - begun}


def _ingest(articles: Path, models: Path) -> dict[str, float]:
    from rag.factory import Byline
    from rag.settings import load_settings

    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "models").symlink_to(models)
        byline = Byline(load_settings(home=Path(home)))
        begun = time.perf_counter()
        report = byline.ingest([articles])
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    megabytes = peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return {"paragraphs": report.paragraphs, "seconds": seconds, "peak_mb": round(megabytes)}


if __name__ == "__main__":
    main()
