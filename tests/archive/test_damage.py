"""Damaged indexes are noticed, rebuilt from the catalogue, and end no process."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.damages import CASES, GRAPH_DAMAGES

_ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
Results = dict[tuple[str, str, str], dict[str, Any]]


def _worker(folder: Path, mode: str, count: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.damage_worker", str(folder), mode, count],
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


def _results(folder: Path, count: str) -> Results:
    _said(_worker(folder, "make", count))
    workers = {mode: _worker(folder, mode, count) for mode in ("fresh", "open")}
    return {
        (mode, line["size"], line["damage"]): line
        for mode, worker in workers.items()
        for line in _said(worker)
    }


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return _results(tmp_path_factory.mktemp("few"), "few")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return _results(tmp_path_factory.mktemp("many"), "many")


@pytest.mark.parametrize(("size", "damage"), CASES["few"])
@pytest.mark.parametrize("mode", ["fresh", "open"])
def test_damage_is_healed(few: Results, mode: str, size: str, damage: str) -> None:
    _check(few[mode, size, damage], size, damage)


@pytest.mark.long
@pytest.mark.parametrize(("size", "damage"), CASES["many"])
@pytest.mark.parametrize("mode", ["fresh", "open"])
def test_every_other_damage_is_healed(many: Results, mode: str, size: str, damage: str) -> None:
    _check(many[mode, size, damage], size, damage)


def _check(result: dict[str, Any], size: str, damage: str) -> None:
    assert result["error"] is None, result["error"]
    if size == "large" or damage not in GRAPH_DAMAGES:
        assert result["rebuilt"]
