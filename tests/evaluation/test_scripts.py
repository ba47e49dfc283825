"""The scripts around `rag eval`, run as a person runs them."""

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


@pytest.mark.slow
@pytest.mark.usefixtures("rate")
def test_values_of_a_setting_are_compared_side_by_side() -> None:
    Path("q.jsonl").write_text("\n".join(LINES[30:42]), "utf-8")
    asked = ("--questions", "q.jsonl", "--articles", SEEDS)
    done = script("compare.py", "setting", "limit", 1, 6, *asked)
    assert (done.returncode, done.stderr) == (0, "limit 1 ...\nlimit 6 ...\n")
    assert done.stdout.startswith("| | limit 1 | limit 6 |\n")
    assert "limit 1 → limit 6" in done.stdout
    assert done.stdout.count("report.html") == 1


@pytest.mark.parametrize("name", ["compare.py", "readme_figures.py"])
def test_a_script_explains_itself(name: str, rate: Eval) -> None:
    done = script(name, "--help")
    assert done.returncode == 0
    assert "usage: " in done.stdout


def test_what_is_no_setting_is_wrong_usage(rate: Eval) -> None:
    assert script("compare.py", "setting", "temperature", 1).returncode == 2


def test_a_model_that_is_not_configured_is_said_plainly(rate: Eval) -> None:
    done = script("compare.py", "models", "small", "large")
    assert done.returncode == 1
    assert "Error: No language model is configured." in done.stderr
    assert "Traceback" not in done.stderr


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
