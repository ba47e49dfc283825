"""An archive that is used while it changes, and on disks that fail."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.archive import Archive, View
from rag.archive.catalogue import CatalogueWriter
from rag.archive.chroma import VectorIndex
from rag.archive.lock import WriterLock, writer_lock
from rag.errors import ArchiveEmptyError, CatalogueError, IndexDamagedError, StorageError
from tests.support.archive_checks import assert_sound, ingest, paragraph_ids, stored_ids
from tests.support.corpus import paragraph, write_texts
from tests.support.fakes import FakeEmbedder

_ROOT = Path(__file__).parents[2]
_EMBEDDER = FakeEmbedder()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_texts(tmp_path / "corpus", range(8), paragraphs=3, words=12)
    return tmp_path / "corpus"


def _child(home: Path, corpus: Path, wait: float) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.ingest_child", str(home), str(corpus), str(wait)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def _text(number: int) -> str:
    return paragraph(f"{number}/0", 12)


def _finds(archive: Archive, text: str) -> bool:
    keys, _ = archive.nearest(archive.view(), _EMBEDDER.vector(text), 1)
    found = archive.catalogue.paragraphs(keys)
    return [one.paragraph.text for one in found.values()] == [text]


def test_before_anything_is_ingested_it_says_so(archive: Archive) -> None:
    with pytest.raises(ArchiveEmptyError, match="There is no archive"):
        archive.view()
    assert not archive.home.exists(), "looking makes nothing"


def test_what_another_process_ingests_is_found(archive: Archive, corpus: Path) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    assert _finds(archive, _text(1))
    write_texts(corpus, range(100, 110), paragraphs=3, words=12)
    with _child(archive.home, corpus, 5) as child:
        while child.poll() is None:
            assert _finds(archive, _text(2)), "searching goes on meanwhile"
            time.sleep(0.02)
        assert child.returncode == 0
    started = time.monotonic()
    view = archive.view()
    assert view.vectors is not None
    for number in range(100, 110):
        keys, _ = view.vectors.nearest(_EMBEDDER.vector(_text(number)), 1)
        assert archive.catalogue.paragraphs(keys)[int(keys[0])].paragraph.text == _text(number)
    assert time.monotonic() - started < 5


def test_two_ingestions_at_once_end_as_one_after_the_other(archive: Archive, corpus: Path) -> None:
    write_texts(corpus.with_name("other"), range(50, 60), paragraphs=3, words=12)
    with (
        _child(archive.home, corpus, 30) as first,
        _child(archive.home, corpus.with_name("other"), 30) as second,
    ):
        assert (first.wait(), second.wait()) == (0, 0)
    assert archive.catalogue.counts()[0] == 18
    assert_sound(archive, _EMBEDDER)


def test_who_does_not_want_to_wait_is_told_the_holder(archive: Archive, corpus: Path) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    with WriterLock(archive.lock_path) as lock:
        assert lock.try_acquire()
        with _child(archive.home, corpus, 0) as child:
            said, _ = child.communicate()
        assert child.returncode == 75
        assert said.startswith(f"Process {os.getpid()} is writing to the archive")


def test_threads_search_while_one_ingests(archive: Archive, corpus: Path) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    stop, errors, searches = threading.Event(), [], [0]

    def search() -> None:
        try:
            while not stop.is_set():
                for number in range(8):
                    assert _finds(archive, _text(number))
                    searches[0] += 1
        except BaseException as error:  # noqa: BLE001  # reported by the test
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(5):
            start = 200 + turn * 10
            write_texts(corpus, range(start, start + 10), paragraphs=3, words=12)
            with writer_lock(archive.lock_path, wait=5):
                ingest(archive, corpus, embedder=_EMBEDDER)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not errors
    assert searches[0] > 100
    assert_sound(archive, _EMBEDDER)


def test_another_reader_keeps_up_with_generations_that_go_fast(
    archive: Archive, corpus: Path
) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    messages: list[str] = []
    reader = Archive(archive.home, notify=messages.append)
    for turn in range(6):
        write_texts(corpus, range(300 + turn, 301 + turn), paragraphs=3, words=12)
        ingest(archive, corpus, embedder=_EMBEDDER)
        if turn % 3 == 2:
            assert _finds(reader, _text(300 + turn))
    reader.close()
    assert messages == []


def test_an_index_that_fails_in_use_is_replaced(
    archive: Archive, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    before = archive.view()

    def fail(self: VectorIndex, vector: object, limit: int) -> None:
        raise IndexDamagedError("The vector index can't be read.", "It is rebuilt.")

    with monkeypatch.context() as patched:
        patched.setattr(VectorIndex, "nearest", fail)
        keys, cosines = archive.nearest(before, _EMBEDDER.vector(_text(3)), 4)
    assert archive.catalogue.paragraphs(keys[:1])[int(keys[0])].paragraph.text == _text(3)
    assert np.all(np.diff(cosines) <= 0)
    after = archive.view()
    assert after.generation is not None
    assert before.generation is not None
    assert after.generation.number > before.generation.number
    assert _finds(archive, _text(3))


def test_an_exact_search_gives_what_the_index_gives(archive: Archive, corpus: Path) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    for number in range(8):
        vector = _EMBEDDER.vector(_text(number))
        exact, cosines = archive.nearest(View(None, None, None), vector, 5)
        indexed, others = archive.nearest(archive.view(), vector, 5)
        assert exact.tolist() == indexed.tolist()
        assert np.allclose(cosines, others, atol=1e-5)


def test_an_archive_that_was_begun_anew_is_noticed(archive: Archive, corpus: Path) -> None:
    import shutil

    ingest(archive, corpus, embedder=_EMBEDDER)
    assert _finds(archive, _text(1))
    shutil.rmtree(archive.home)
    with pytest.raises(ArchiveEmptyError):
        archive.view()
    other = Archive(archive.home)
    write_texts(corpus.with_name("other"), range(70, 75), paragraphs=3, words=12)
    ingest(other, corpus.with_name("other"), embedder=_EMBEDDER)
    other.close()
    assert _finds(archive, _text(71))
    assert_sound(archive, _EMBEDDER)


def test_a_catalogue_that_breaks_is_named_while_it_is_open(archive: Archive, corpus: Path) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    assert _finds(archive, _text(1))
    archive.close()
    size = archive.catalogue_path.stat().st_size
    archive.catalogue_path.write_bytes(os.urandom(size))
    with pytest.raises(CatalogueError, match="is damaged"):
        archive.view()
    with pytest.raises(CatalogueError, match="is damaged"):
        ingest(archive, corpus, embedder=_EMBEDDER)


def test_a_half_written_publication_is_tried_again_but_not_at_every_question(
    archive: Archive, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(archive, corpus, embedder=_EMBEDDER)
    assert _finds(archive, _text(2))
    writer = CatalogueWriter(archive.catalogue_path)
    (first, *_) = archive.catalogue.articles()
    writer.remove([first.article_key])
    writer.close()
    builds = []

    def fail(*values: object, **named: object) -> None:
        builds.append(values)
        raise StorageError("The disk is full.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr("rag.archive.recovery.build_generation", fail)
        for number in range(2, 8):
            assert _finds(archive, _text(number)), "what was indexed before stays searchable"
        assert len(builds) == 1
        assert archive.view().degraded
        archive._recovery._retry_at = 0.0
        assert archive.view().degraded
        assert len(builds) == 2
    archive._recovery._retry_at = 0.0
    assert not archive.view().degraded
    assert_sound(archive, _EMBEDDER)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 24 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk takes root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _remount(disk: Path, mode: str) -> None:
    # Chroma's threads may hold a file a moment longer than the archive is open.
    command = ["mount", "-o", f"remount,{mode}", str(disk)]
    deadline = time.monotonic() + 20
    while subprocess.run(command, capture_output=True, check=False).returncode:
        assert time.monotonic() < deadline, "a file is still open for writing"
        time.sleep(0.05)


def _fill(disk: Path, left: int) -> Path:
    filler = disk / "filler"
    free = os.statvfs(disk)
    with filler.open("wb") as file:
        file.write(b"\0" * max(0, free.f_bavail * free.f_bsize - left))
    return filler


@pytest.mark.parametrize("left", [0, 100_000, 1_500_000])
def test_a_full_disk_leaves_what_was_there_searchable(
    small_disk: Path, corpus: Path, left: int
) -> None:
    archive = Archive(small_disk / "home")
    ingest(archive, corpus, embedder=_EMBEDDER)
    before = stored_ids(archive)
    filler = _fill(small_disk, left)
    write_texts(corpus, range(500, 600), paragraphs=5, words=30)
    with pytest.raises(StorageError) as error:
        ingest(archive, corpus, embedder=_EMBEDDER)
    assert "Free some disk space" in error.value.hint
    assert before <= stored_ids(archive)
    assert _finds(archive, _text(3))
    archive.close()
    fresh = Archive(small_disk / "home")
    assert _finds(fresh, _text(4))
    filler.unlink()
    ingest(fresh, corpus, embedder=_EMBEDDER)
    assert_sound(fresh, _EMBEDDER)
    fresh.close()


def test_a_read_only_home_is_searched_and_refuses_ingestion(small_disk: Path, corpus: Path) -> None:
    archive = Archive(small_disk / "home")
    ingest(archive, corpus, embedder=_EMBEDDER)
    ids = paragraph_ids(archive)
    archive.close()
    _remount(small_disk, "ro")
    messages: list[str] = []
    archive = Archive(small_disk / "home", notify=messages.append)
    for number in range(8):
        assert _finds(archive, _text(number))
    assert paragraph_ids(archive) == ids
    terms = archive.view().terms
    assert terms is not None, "terms are searched all the same"
    term = terms.terms(_text(3))[-1]
    found, _ = terms.search([(term, 1.0)], 1, title_weight=0.3)
    assert archive.catalogue.paragraphs(found)[int(found[0])].paragraph.text == _text(3)
    assert any("Read-only file system" in message for message in messages)
    with (
        pytest.raises(StorageError, match="can't be written") as error,
        writer_lock(archive.lock_path, wait=0),
    ):
        pass
    assert "RAG_HOME" in error.value.hint
    with pytest.raises(StorageError):
        ingest(archive, corpus, embedder=_EMBEDDER)
    _remount(small_disk, "rw")
    write_texts(corpus, range(500, 505), paragraphs=3, words=12)
    ingest(archive, corpus, embedder=_EMBEDDER)
    assert _finds(archive, _text(502))
    assert_sound(archive, _EMBEDDER)
    archive.close()
