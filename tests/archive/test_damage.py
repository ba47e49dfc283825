"""Damaged indexes are noticed, rebuilt from the catalogue, and end no process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.damages import DAMAGES, GRAPH_DAMAGES, LARGE_DAMAGES

_ROOT = Path(__file__).parents[2]
_CASES = [("small", name) for name in DAMAGES] + [
    ("large", name) for name in (*GRAPH_DAMAGES, *LARGE_DAMAGES)
]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
Results = dict[tuple[str, str, str], dict[str, Any]]


def _worker(folder: Path, mode: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.damage_worker", str(folder), mode],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _said(worker: "subprocess.Popen[str]") -> list[dict[str, Any]]:
    output, errors = worker.communicate()
    assert worker.returncode == 0, errors
    return [json.loads(line) for line in output.splitlines()]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("damage")
    _said(_worker(folder, "make"))
    workers = {mode: _worker(folder, mode) for mode in ("fresh", "open")}
    return {
        (mode, line["size"], line["damage"]): line
        for mode, worker in workers.items()
        for line in _said(worker)
    }


@pytest.mark.parametrize(("size", "damage"), _CASES)
@pytest.mark.parametrize("mode", ["fresh", "open"])
def test_damage_is_healed(results: Results, mode: str, size: str, damage: str) -> None:
    result = results[mode, size, damage]
    assert result["error"] is None, result["error"]
    if size == "large" or damage not in GRAPH_DAMAGES:
        assert result["rebuilt"]
