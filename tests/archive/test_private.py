"""Nobody but its owner reads what lies in RAG_HOME."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.archive.private import make_private
from rag.factory import Byline
from tests.support.archives import SEEDS, sealed_settings


@pytest.fixture
def careless() -> Iterator[None]:
    """Let every file that is made be open to all."""
    before = os.umask(0)
    yield
    assert os.umask(before) == 0, "the process's own umask was changed"


def modes_below(home: Path) -> dict[str, str]:
    """Return the modes that are not what they should be."""
    wrong = {}
    for path in (home, *home.rglob("*")):
        mode = path.lstat().st_mode
        if stat.S_IMODE(mode) != (0o700 if stat.S_ISDIR(mode) else 0o600):
            wrong[str(path)] = oct(mode)
    return wrong


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize("existed", [False, True])
def test_all_of_a_home_is_private_after_an_ingestion_and_a_question(
    tmp_path: Path, seeds: Byline, existed: bool
) -> None:
    home = tmp_path / "home"
    if existed:
        home.mkdir(mode=0o755)
    byline = Byline(sealed_settings(home=home), shared_embedder=seeds.embedder)
    byline.ingest([SEEDS])
    assert modes_below(home) == {}
    byline.engine.answer(Request("Who is Bradley Bowman?"))
    assert modes_below(home) == {}


@pytest.mark.usefixtures("careless")
def test_what_is_not_byline_s_is_left_alone(tmp_path: Path) -> None:
    files = [tmp_path / "news.txt", tmp_path / "catalogue.sqlite3"]
    for path in files:
        path.touch(mode=0o644)
    (tmp_path / "models").symlink_to(SEEDS)
    before = SEEDS.stat().st_mode
    make_private(tmp_path)
    modes = [
        oct((tmp_path / name).stat().st_mode)[-3:] for name in ("news.txt", "catalogue.sqlite3")
    ]
    assert modes == ["644", "600"]
    assert SEEDS.stat().st_mode == before
    make_private(tmp_path / "nowhere")
