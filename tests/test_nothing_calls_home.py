"""No file in HOME, no name looked up, no connection: whichever way Byline is started."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.chat_server import ROOT

NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]


def may_have_a_network_of_its_own() -> bool:
    if not all(map(shutil.which, ("unshare", "ip"))):
        return False
    return not subprocess.run(
        [*NAMESPACE, "ip", "link"], capture_output=True, check=False
    ).returncode


@pytest.mark.skipif(
    not may_have_a_network_of_its_own(), reason="no `ip`, or `unshare --net` is not permitted here"
)
@pytest.mark.long
def test_nothing_leaves_the_machine_and_home_stays_empty(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    watched = [sys.executable, "-m", "tests.support.watched_network", str(tmp_path / "archive")]
    done = subprocess.run(
        [*NAMESPACE, *watched],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"reached": [], "files": []}


def test_gradio_is_silenced_before_the_page_imports_it(tmp_path: Path) -> None:
    code = "import os, sys; sys.exit(os.environ.get('HF_HUB_DISABLE_TELEMETRY'))"
    (tmp_path / "gradio.py").write_text(code)
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", "import ui"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == "1\n"
