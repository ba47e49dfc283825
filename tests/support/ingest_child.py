"""Ingests in a process of its own: `python -m tests.support.ingest_child HOME CORPUS WAIT`."""

import sys
from pathlib import Path

from rag.archive import Archive
from rag.archive.lock import writer_lock
from rag.errors import LockHeldError
from tests.support.archive_checks import ingest


def main(home: Path, corpus: Path, wait: float) -> int:
    archive = Archive(home)
    try:
        with writer_lock(archive.lock_path, wait=wait):
            print(f"embedded {ingest(archive, corpus).embedded}")
    except LockHeldError as error:
        print(error.message)
        return 75
    finally:
        archive.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
