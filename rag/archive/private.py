"""What lies in `RAG_HOME` is for its owner's eyes alone: 0700 and 0600, whatever the umask."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

INDEX = "index"
_FOLDERS = (INDEX, "models", "added", "conversations", "eval", "runs")
_FILES = ("catalogue*.sqlite3*", "writer.lock", "feedback.jsonl")


def make_private(home: Path, *names: str) -> None:
    """Shut others out of a home, of what Byline has put there, and of all that lies below.

    SQLite, Chroma and tantivy choose the modes of their files themselves. What belongs to another
    user or lies on a read-only disk stays as it is. Given `names`, it looks at these entries alone.
    """
    _restrict(home)
    for name in names or (*_FOLDERS, *_FILES):
        for path in home.glob(name):
            for found in _below(path):
                _restrict(found)


def _below(path: Path) -> Iterator[Path]:
    yield path
    if not path.is_symlink():
        for folder, folders, files in os.walk(path):
            yield from (Path(folder, name) for name in (*folders, *files))


def _restrict(path: Path) -> None:
    with suppress(OSError):
        mode = path.lstat().st_mode
        wanted = 0o700 if stat.S_ISDIR(mode) else 0o600
        if stat.S_IMODE(mode) != wanted and not stat.S_ISLNK(mode):
            path.chmod(wanted)
