"""Ingestions killed with SIGKILL at random moments: nothing acknowledged is ever lost or halved."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[2]
_SEED = int(os.environ.get("BYLINE_SEED", "20261120"))
# 60 were right, too, on 20 Nov 2026.
_KILLS = int(os.environ.get("BYLINE_KILLS", "30"))
_FEW = 5
_HEAL_SECONDS = 30.0
_LARGE_SHARE = 0.15
"""Kills of the large archive: from about 1,000 paragraphs on Chroma writes its graph to disk."""


def _worker(folder: Path, seed: int, kills: int, articles: int) -> "subprocess.Popen[str]":
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.crash_worker"]
        + [str(value) for value in (folder, seed, kills, articles)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_nothing_is_lost_by_a_few_kills(tmp_path: Path) -> None:
    _check([_worker(tmp_path / "small", _SEED + 2, _FEW, 16)], _FEW)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_nothing_is_lost_by_kills(tmp_path: Path) -> None:
    large = max(1, int(_KILLS * _LARGE_SHARE))
    workers = [
        _worker(tmp_path / "small", _SEED, _KILLS - large, 16),
        _worker(tmp_path / "large", _SEED + 1, large, 140),
    ]
    _check(workers, _KILLS)


def _check(workers: "list[subprocess.Popen[str]]", kills: int) -> None:
    results: list[dict[str, Any]] = []
    for worker in workers:
        output, errors = worker.communicate()
        assert worker.returncode == 0, errors
        results += [json.loads(line) for line in output.splitlines()]
    phases = Counter(f"{result['kind']}/{result['phase']}" for result in results)
    longest = max(result["heal"] for result in results)
    print(f"\nseed {_SEED}: {len(results)} kills, longest repair {longest:.2f} s")
    print("killed in", dict(sorted(phases.items())))
    wrong = [result for result in results if result["error"]]
    assert not wrong, f"seed {_SEED}: {len(wrong)} of {len(results)}: {wrong[0]['error']}"
    assert len(results) == kills
    assert longest <= _HEAL_SECONDS
