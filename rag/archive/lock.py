"""One writer at a time: an advisory lock that dies with its process, however it dies."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rag.errors import LockHeldError, StorageError

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_SECONDS = 0.1
_PATIENCE_SECONDS = 0.3
"""A reader that looks whether anybody writes is in the way for microseconds: not worth a word."""


class WriterLock:
    """The lock of one archive; a context manager once acquired."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: BaseFileLock | None = None

    def try_acquire(self, wait: float = 0.0) -> bool:
        """Take the lock if nobody holds it, or lets it go within so many seconds.

        Raises:
            StorageError: The lock file can't be made, or its file system knows no locks.
        """
        from filelock import FileLock, Timeout

        # No soft lock, which the library falls back to by itself: it outlives a killed process.
        lock = FileLock(self._path, mode=0o600, thread_local=False, fallback_to_soft=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock.acquire(timeout=wait, poll_interval=_POLL_SECONDS)
        except Timeout:
            return False
        except OSError as error:
            raise StorageError(
                f"The archive {self._path.parent} can't be written ({error.strerror}).",
                "Check its permissions, or set RAG_HOME to a folder that can be written.",
            ) from error
        self._held = lock
        with suppress(OSError):  # a full disk keeps the name out, not the lock
            self._path.write_text(json.dumps({"pid": os.getpid()}))
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
        if self._held is not None:
            self._held.release()
            self._held = None

    def holder(self) -> str:
        """Return who holds the lock, as far as they could write it down."""
        try:
            return f"process {int(json.loads(self._path.read_text())['pid'])}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"

    def __enter__(self) -> Self:
        """Return the acquired lock."""
        return self

    def __exit__(self, *error: object) -> None:
        """Release the lock."""
        self.release()


@contextmanager
def writer_lock(
    path: Path, *, wait: float, on_wait: Callable[[str], None] | None = None
) -> Iterator[WriterLock]:
    """Hold the writer lock of an archive; `on_wait` is told once who is being waited for.

    Raises:
        LockHeldError: Another process still holds it after `wait` seconds.
        StorageError: The lock file can't be made.
    """
    lock = WriterLock(path)
    held = lock.try_acquire(_PATIENCE_SECONDS)
    if not held and wait > _PATIENCE_SECONDS:
        if on_wait:
            on_wait(f"waiting for {lock.holder()}, which is writing to the archive")
        held = lock.try_acquire(wait - _PATIENCE_SECONDS)
    if not held:
        raise LockHeldError(
            f"{lock.holder().capitalize()} is writing to the archive {path.parent}.",
            "Wait until it has finished, then run the command again.",
        )
    with lock:
        yield lock
