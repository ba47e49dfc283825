import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rag.archive.lock import WriterLock, writer_lock
from rag.errors import LockHeldError, StorageError

_HOLDER = """
import sys, time
from pathlib import Path
from rag.archive.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
assert lock.try_acquire()
exec(sys.argv[2])
print("held", flush=True)
time.sleep(60)
"""


def _hold_elsewhere(path: Path, then: str = "") -> "subprocess.Popen[str]":
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(path), then],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    first, second = WriterLock(tmp_path / "lock"), WriterLock(tmp_path / "lock")
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    assert second.try_acquire()
    second.release()


def test_the_holder_is_named_and_its_death_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "home" / "lock"
    process = _hold_elsewhere(path)
    told: list[str] = []
    with (
        pytest.raises(LockHeldError, match=f"Process {process.pid} is writing") as error,
        writer_lock(path, wait=0.6, on_wait=told.append),
    ):
        pass
    assert "Wait until" in error.value.hint
    assert told == [f"waiting for process {process.pid}, which is writing to the archive"]
    assert WriterLock(path).is_held()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    assert not WriterLock(path).is_held()
    with writer_lock(path, wait=0) as lock:
        assert lock.holder() == f"process {os.getpid()}"


def test_a_child_of_a_killed_writer_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = _hold_elsewhere(path, "import os\nif os.fork() == 0: time.sleep(5); os._exit(0)")
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    with writer_lock(path, wait=0):
        pass


def test_one_thread_that_writes_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with (
        writer_lock(path, wait=1),
        pytest.raises(LockHeldError, match=f"Process {os.getpid()}"),
        writer_lock(path, wait=0.4),
    ):
        pass


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first = WriterLock(path)
    assert first.try_acquire()
    threading.Timer(0.4, first.release).start()
    started = time.monotonic()
    with writer_lock(path, wait=5):
        assert time.monotonic() - started >= 0.3


def test_looking_neither_makes_the_file_nor_signs_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not WriterLock(path).is_held()
    assert not path.exists()
    path.write_text('{"pid": 1}')
    assert not WriterLock(path).is_held()
    assert path.read_text() == '{"pid": 1}'


def test_a_reader_that_looks_disturbs_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.005):
            WriterLock(path).is_held()

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    told: list[str] = []
    try:
        for _ in range(50):
            with writer_lock(path, wait=0, on_wait=told.append):
                pass
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert not told


@pytest.mark.parametrize("content", ["", "garbage", "[]", '{"pid": "x"}'])
def test_an_unsigned_lock_has_an_unknown_holder(tmp_path: Path, content: str) -> None:
    (tmp_path / "lock").write_text(content)
    assert WriterLock(tmp_path / "lock").holder() == "another process"


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="can't be written"):
        WriterLock(tmp_path / "file" / "lock").try_acquire()
