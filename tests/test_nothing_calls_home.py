"""No file in HOME, no name looked up, no connection: whichever way Byline is started."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rag.factory import Byline
from tests.support.archives import ROOT, share_model

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
def test_nothing_leaves_the_machine_and_home_stays_empty(seeds: Byline, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    archive = share_model(seeds, tmp_path / "archive")
    done = subprocess.run(
        [*NAMESPACE, sys.executable, "-m", "tests.support.watched_network", str(archive)],
        env={"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {"reached": [], "files": []}
