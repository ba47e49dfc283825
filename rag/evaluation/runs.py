"""Runs on disk: `run.jsonl` holds how it was made in its first line, then a line a question.

Lines are only ever appended, so a run that was killed can go on where it stopped; of two lines
for one question the later one counts.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

from rag.errors import BylineError, StorageError
from rag.evaluation.record import TIMINGS, Line, Record

LINES, SUMMARY = "run.jsonl", "summary.json"
_HINT = "Name the folder of a run, as `rag eval` prints it."


class RunError(BylineError):
    """A folder holds no run, or one that can't be gone on with."""


class Run:
    """A run that was kept in a folder; only the places of its lines are held in memory.

    Raises:
        RunError: There is none, or its first line can't be read.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / LINES
        try:
            with self._path.open("rb") as file:
                self.header: Mapping[str, Any] = json.loads(file.readline())["run"]
                self._places = self._found(file)
        except OSError as error:
            raise RunError(f"{folder}: holds no run ({error.strerror}).", _HINT) from error
        except (ValueError, TypeError, KeyError) as error:
            raise RunError(f"{self._path}: is no run, or a damaged one.", _HINT) from error

    def __len__(self) -> int:
        """Return the number of questions."""
        return len(self._places)

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.resolve().name

    def lines(self) -> Iterator[Line]:
        """Return the lines of the questions in the order of the dataset."""
        return self._at(self._places.values())

    def line(self, question: str) -> Line | None:
        """Return the line of a question, by its id."""
        place = self._places.get(question)
        return None if place is None else next(self._at([place]))

    def records(self) -> tuple[Record, ...]:
        """Return the numbers of all questions."""
        return tuple(map(Record.of, self.lines()))

    def digest(self) -> str:
        """Return a hash of all that two equal runs have in common: everything but timings."""
        seen = blake2b(digest_size=8)
        for line in self.lines():
            line.pop(TIMINGS)
            seen.update(json.dumps(line, sort_keys=True).encode())
        return seen.hexdigest()

    def _at(self, places: Iterable[int]) -> Iterator[Line]:
        with self._path.open("rb") as file:
            for place in places:
                file.seek(place)
                yield json.loads(file.readline())

    def _found(self, file: BinaryIO) -> dict[str, int]:
        """Return where each question's last line begins; half a line at the end is left out."""
        found: dict[str, tuple[int, int]] = {}
        place = file.tell()
        for raw in file:
            if raw.endswith(b"\n"):
                line = json.loads(raw)
                found[line["id"]] = (line["position"], place)
            place += len(raw)
        ordered = sorted(found.items(), key=lambda one: one[1])
        return {name: where for name, (_, where) in ordered}


class RunWriter:
    """Appends to a run.

    Args:
        folder: A new one, or that of a run which stopped.
        header: How the run is made; null to go on with what is there.

    Raises:
        StorageError: It can't be written.
    """

    def __init__(self, folder: Path, header: Mapping[str, Any] | None) -> None:
        self.folder = folder
        self._path = folder / LINES
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if header is None:
                _cut_half_line(self._path)
            # Questions may be private: the file is its owner's alone.
            flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if header is None else os.O_TRUNC)
            self._file = os.fdopen(os.open(self._path, flags, 0o600), "wb")
        except OSError as error:
            raise unwritable(self._path, error) from error
        if header is not None:
            self.append({"run": dict(header)})

    def append(self, line: Mapping[str, Any]) -> None:
        """Write a line, so that it survives the death of this process.

        Raises:
            StorageError: It can't be written.
        """
        try:
            self._file.write(json.dumps(line).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise unwritable(self._path, error) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def new_folder(runs: Path, name: str) -> Path:
    """Return a folder for a run that doesn't exist yet."""
    count, folder = 1, runs / name
    while folder.exists():
        count += 1
        folder = runs / f"{name}-{count}"
    return folder


def _cut_half_line(path: Path) -> None:
    with path.open("r+b") as file:
        end = 0
        for raw in file:
            if raw.endswith(b"\n"):
                end += len(raw)
        file.truncate(end)


def unwritable(path: Path, error: OSError) -> StorageError:
    """Return the error for a file of a run that can't be written."""
    return StorageError(f"{path}: can't be written ({error.strerror}).", "Choose another folder.")
