"""What an archive takes: bytes on disk by part, resident memory, and the time to start."""

import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bench.faults import BenchError
from rag.archive.building import CHROMA, TERMS
from rag.archive.generations import newest

CATALOGUE = "catalogue.sqlite3"
SERVER = "server"
"""Where a benchmark's Chroma server keeps its files, inside the archive that it serves."""
_SMALL = 0.01
"""Columns below this share of the catalogue are summed up."""


def disk_parts(home: Path) -> dict[str, int]:
    """Return bytes by part, largest column first; the model's cache is not the archive's."""
    index = home / "index"
    generation = newest(index)
    if generation is None:
        raise BenchError(f"{home} has no index.", "Run the benchmark again with FRESH=1.")
    parts = _catalogue_parts(home / CATALOGUE)
    chroma, terms = generation.folder / CHROMA, generation.folder / TERMS
    parts["Chroma"] = _size(chroma) + _size(home / SERVER)
    parts["terms"] = _size(terms)
    parts["index, other files"] = _size(generation.folder) - _size(chroma) - _size(terms)
    parts["index, the generation before"] = _size(index) - _size(generation.folder)
    return {name: size for name, size in parts.items() if size > 0}


def _catalogue_parts(path: Path) -> dict[str, int]:
    """Split by what columns hold; the rest is SQLite's own: keys, indexes, free space, pages."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        columns = dict(_column_sizes(connection))
    whole = sum(_size(one) for one in path.parent.glob(f"{path.name}*"))
    large = {name: size for name, size in columns.items() if size >= _SMALL * whole}
    ordered = dict(sorted(large.items(), key=lambda item: -item[1]))
    return ordered | {"catalogue: the rest": whole - sum(large.values())}


def _column_sizes(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    # By introspection, so that a new layout of the catalogue is measured as it is.
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        sums = ", ".join(f"sum({_bytes_of(name)})" for name in names)
        row = connection.execute(f'SELECT {sums} FROM "{table}"').fetchone()  # noqa: S608
        yield from (
            (f"catalogue: {table}.{name}", int(size or 0))
            for name, size in zip(names, row, strict=True)
        )


def _bytes_of(column: str) -> str:
    # The length of a blob stands in the row's header; that of a text counts characters. Numbers
    # take a few bytes at most and stay with the rest.
    return (
        f'CASE typeof("{column}") WHEN \'blob\' THEN length("{column}") '
        f"WHEN 'text' THEN length(CAST(\"{column}\" AS BLOB)) ELSE 0 END"
    )


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
