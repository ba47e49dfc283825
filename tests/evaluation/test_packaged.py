"""`rag eval` without an argument works where only the package is installed."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from rag.factory import Byline
from tests.support.archives import ROOT, share_model


@pytest.mark.long
def test_the_canned_questions_come_with_the_wheel(
    seeds: Byline, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(site)
    assert not [name for name in names if "heldout" in name or name.startswith("tests/")]
    home = share_model(seeds, tmp_path / "home")
    work = tmp_path_factory.mktemp("elsewhere")
    script = (
        # Before the checkout, which an editable install has put on the path.
        f"import sys; sys.path.insert(0, {str(site)!r}); import rag; "
        f"assert rag.__file__.startswith({str(site)!r}), rag.__file__; "
        "from rag.interfaces.cli import main; main(['eval', '--json', 'figures.json'])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=work,
        env={"PATH": os.environ["PATH"], "RAG_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "claims judged rightly" in done.stdout
    figures = json.loads((work / "figures.json").read_text("utf-8"))
    assert figures["n"] == len((ROOT / "tests/eval/seeds.jsonl").read_text("utf-8").splitlines())
