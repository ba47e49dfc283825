"""One writer at a time: an advisory lock that dies with its process, however it dies."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from rag.errors import LockHeldError, StorageError

_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 0.3
"""A reader that looks whether anybody writes is in the way for microseconds: not worth a word."""


class WriterLock:
    """The lock of one archive; a context manager once acquired."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def try_acquire(self) -> bool:
        """Take the lock if nobody holds it.

        Raises:
            StorageError: The lock file can't be made, or its file system knows no locks.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._unusable(error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError as error:
            os.close(descriptor)
            raise self._unusable(error) from error
        self._file = descriptor
        self._sign()
        return True

    def is_held(self) -> bool:
        """Tell whether anybody is writing, without making the file or leaving a name in it."""
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        else:
            return False
        finally:
            os.close(descriptor)

    def release(self) -> None:
        """Let the next writer in."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def holder(self) -> str:
        """Return who holds the lock, as far as they could write it down."""
        try:
            return f"process {int(json.loads(self._path.read_text())['pid'])}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"

    def __enter__(self) -> Self:
        """Return the acquired lock."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Release the lock."""
        self.release()

    def _sign(self) -> None:
        if self._file is None:
            return
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, json.dumps({"pid": os.getpid()}).encode(), 0)
        except OSError:
            # A full disk keeps the name out, not the lock.
            return

    def _unusable(self, error: OSError) -> StorageError:
        return StorageError(
            f"The archive {self._path.parent} can't be written ({error.strerror}).",
            "Check its permissions, or set RAG_HOME to a folder that can be written.",
        )


@contextmanager
def writer_lock(
    path: Path, *, wait: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[WriterLock]:
    """Hold the writer lock of an archive.

    Args:
        path: The lock file.
        wait: Seconds to wait for another writer.
        on_wait: Told once who is being waited for.

    Raises:
        LockHeldError: Another process still holds it after `wait` seconds.
        StorageError: The lock file can't be made.
    """
    lock = WriterLock(path)
    started = time.monotonic()
    told = False
    while not lock.try_acquire():
        waited = time.monotonic() - started
        if waited >= max(wait, _PATIENCE_SECONDS):
            raise LockHeldError(
                f"{lock.holder().capitalize()} is writing to the archive {path.parent}.",
                "Wait until it has finished, then run the command again.",
            )
        if on_wait and not told and waited >= _PATIENCE_SECONDS:
            on_wait(f"waiting for {lock.holder()}, which is writing to the archive")
            told = True
        time.sleep(_POLL_SECONDS)
    with lock:
        yield lock
