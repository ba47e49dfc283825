"""The vectors on a Chroma server instead of the folder; the catalogue stays the truth."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.archive import Archive
from tests.support.archive_checks import assert_sound, ingest
from tests.support.corpus import paragraph, write_texts
from tests.support.fakes import FakeEmbedder

_COMMAND = Path(sys.executable).with_name("chroma")
_EMBEDDER = FakeEmbedder()
pytestmark = [
    pytest.mark.skipif(not _COMMAND.exists(), reason="the command chroma is not there"),
    # Chroma's client leaves its connections to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


class _Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [str(_COMMAND), "run", "--path", str(self.folder), "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        pytest.fail("the Chroma server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[_Server]:
    made = _Server(tmp_path / "server")
    made.start()
    yield made
    made.stop()


def _finds(archive: Archive, number: int) -> bool:
    text = paragraph(f"{number}/0", 12)
    keys, _ = archive.nearest(archive.view(), _EMBEDDER.vector(text), 1)
    return [one.paragraph.text for one in archive.catalogue.paragraphs(keys).values()] == [text]


@pytest.mark.slow
def test_a_server_is_filled_searched_lost_and_filled_again(server: _Server, tmp_path: Path) -> None:
    corpus, messages = tmp_path / "corpus", list[str]()
    write_texts(corpus, range(6), paragraphs=3, words=12)
    archive = Archive(tmp_path / "home", chroma_url=server.url, notify=messages.append)
    ingest(archive, corpus, embedder=_EMBEDDER)
    assert_sound(archive, _EMBEDDER)
    (corpus / "00000.txt").unlink()
    write_texts(corpus, range(6, 9), paragraphs=3, words=12)
    ingest(archive, corpus, embedder=_EMBEDDER, prune=True)
    assert_sound(archive, _EMBEDDER)
    assert not messages

    server.stop()
    assert all(_finds(archive, number) for number in range(1, 9)), "exact search takes over"
    assert archive.view().degraded
    fresh = Archive(tmp_path / "home", chroma_url=server.url)
    assert _finds(fresh, 7)
    fresh.close()

    shutil.rmtree(server.folder)
    server.start()
    archive._recovery._retry_at = 0.0
    assert _finds(archive, 8)
    assert_sound(archive, _EMBEDDER)
    archive.close()
