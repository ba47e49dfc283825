"""`scripts/readme_figures.py`, run as a person runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.archives import ROOT, SEEDS
from tests.support.eval_support import Eval, rate, shared_home

__all__ = ["rate", "shared_home"]

LINES = (ROOT / "tests" / "eval" / "seeds.jsonl").read_text("utf-8").splitlines()


def script(name: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    kept = {key: os.environ[key] for key in ("PATH", "RAG_HOME")}
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / name), *map(str, arguments)],
        env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


@pytest.mark.long
def test_figures_are_written_between_their_comments_alone(rate: Eval) -> None:
    Path("q.jsonl").write_text("\n".join(LINES[2:5]), "utf-8")
    assert rate("q.jsonl", "--articles", SEEDS, "--run", "r")[0] == 0
    readme = Path("README.md")
    readme.write_text(
        "# Byline\n<!-- figures: q -->\nold\n<!-- end of figures -->\nrest\n", "utf-8"
    )
    assert script("readme_figures.py", "q=r", "--check").returncode == 1
    assert script("readme_figures.py", "q=r").returncode == 0
    text = readme.read_text("utf-8")
    assert text.startswith("# Byline\n<!-- figures: q -->\n3 questions, engine extractive, ")
    assert text.endswith("\n<!-- end of figures -->\nrest\n")
    assert "| a right paragraph cited | 1.000 | 1.000 to 1.000 |" in text
    assert script("readme_figures.py", "q=r", "--check").returncode == 0
    assert "there are no lines" in script("readme_figures.py", "other=r").stderr
