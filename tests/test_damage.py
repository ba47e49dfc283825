"""Damaged indexes are noticed, rebuilt from the catalogue, and end no process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.damages import DAMAGES, GRAPH_DAMAGES, LARGE_DAMAGES

_ROOT = Path(__file__).parents[1]
_CASES = [("small", name) for name in DAMAGES] + [
    ("large", name) for name in (*GRAPH_DAMAGES, *LARGE_DAMAGES)
]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
Results = dict[tuple[str, str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    workers = {
        mode: subprocess.Popen(
            [sys.executable, "-m", "tests.damage_worker", str(tmp_path_factory.mktemp(mode)), mode],
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for mode in ("fresh", "open")
    }
    found: Results = {}
    for mode, worker in workers.items():
        output, errors = worker.communicate()
        assert worker.returncode == 0, errors
        for line in map(json.loads, output.splitlines()):
            found[mode, line["size"], line["damage"]] = line
    return found


@pytest.mark.parametrize(("size", "damage"), _CASES)
@pytest.mark.parametrize("mode", ["fresh", "open"])
def test_damage_is_healed(results: Results, mode: str, size: str, damage: str) -> None:
    result = results[mode, size, damage]
    assert result["error"] is None, result["error"]
    if size == "large" or damage not in GRAPH_DAMAGES:
        assert result["rebuilt"]
