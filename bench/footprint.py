"""What an archive takes: bytes on disk by part, resident memory, and the time to start."""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.faults import BenchError
from rag.archive.building import CHROMA, TERMS
from rag.archive.generations import newest

CATALOGUE = "catalogue.sqlite3"
SERVER = "server"
"""Where a benchmark's Chroma server keeps its files, inside the archive that it serves."""


def disk_parts(home: Path) -> dict[str, int]:
    """Return bytes by part; the model's cache is not the archive's."""
    index = home / "index"
    generation = newest(index)
    if generation is None:
        raise BenchError(f"{home} has no index.", "Ingest something first.")
    chroma, terms = generation.folder / CHROMA, generation.folder / TERMS
    parts = {
        "catalogue": sum(_size(file) for file in home.glob(f"{CATALOGUE}*")),
        "Chroma": _size(chroma) + _size(home / SERVER),
        "terms": _size(terms),
        "index, other files": _size(generation.folder) - _size(chroma) - _size(terms),
        "index, the generation before": _size(index) - _size(generation.folder),
    }
    return {name: size for name, size in parts.items() if size > 0}


def _size(path: Path) -> int:
    if path.is_file():
        return path.stat().st_size
    # Hard links to one file count once.
    files = {one.stat().st_ino: one.stat().st_size for one in path.rglob("*") if one.is_file()}
    return sum(files.values())


def resident_mb(pid: int) -> float:
    """Return what a process has in memory now."""
    status = _status(pid)
    if "VmRSS" in status:
        return status["VmRSS"] / 1024
    command = ["ps", "-o", "rss=", "-p", str(pid)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return int(done.stdout) / 1024


def peak_mb() -> float:
    """Return the most memory that this process was ever resident with."""
    status = _status(os.getpid())
    # Not `getrusage` on Linux: there a process starts with the peak of the one that started it.
    if "VmHWM" in status:
        return status["VmHWM"] / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # bytes on macOS


def _status(pid: int) -> dict[str, int]:
    path = Path(f"/proc/{pid}/status")
    lines = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    fields = (line.split() for line in lines.splitlines())
    return {one[0].rstrip(":"): int(one[1]) for one in fields if one[-1:] == ["kB"]}


def start_times(home: Path, question: str, repeats: int = 5) -> dict[str, float]:
    """Return medians, in seconds: importing `rag`, and a cold `rag ask` in all."""
    environment = os.environ | {"RAG_HOME": str(home), "RAG_EMBEDDINGS": "minilm"}
    for name in ("PYTHONDONTWRITEBYTECODE", "RAG_CHROMA_URL", "RAG_LLM_MODEL"):
        environment.pop(name, None)
    python = [sys.executable, "-c"]
    imported = "import time; t = time.perf_counter(); import rag; print(time.perf_counter() - t)"
    asked = [sys.executable, "-m", "rag.interfaces.cli", "ask", question]
    # The first run of each compiles what was never imported: it isn't counted.
    imports = [float(_output([*python, imported], environment)) for _ in range(repeats + 1)]
    asks = [_seconds(asked, environment) for _ in range(repeats + 1)]
    return {
        "import_rag_s": statistics.median(imports[1:]),
        "cold_ask_s": statistics.median(asks[1:]),
    }


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    _output(command, environment)
    return time.perf_counter() - begun


def _output(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchError(f"{' '.join(command[:4])} … failed.", done.stderr.strip()[-500:])
    return done.stdout
