"""One server for all tests of how a stranger is treated; what ends or floods it starts its own."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.factory import Byline
from tests.support.archives import copy_home
from tests.support.chat_server import serving
from tests.support.raw_http import Line
from tests.web.server.strangers import CANARY


@pytest.fixture(scope="session")
def home(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_home(seeds, tmp_path_factory.mktemp("server") / "home")
    (folder / "canary.txt").write_text(CANARY)
    return folder


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "stderr"


@pytest.fixture(scope="session")
def url(home: Path, log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(home, str(log), TMPDIR=str(tmp_path_factory.mktemp("temp"))) as address:
        with Line(address) as line:
            while line.send("GET", "/healthz").status != 200:
                time.sleep(0.05)
        yield address


@pytest.fixture
def line(url: str) -> Iterator[Line]:
    with Line(url) as opened:
        yield opened
