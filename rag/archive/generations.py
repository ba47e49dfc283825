"""Derived indexes in numbered folders: built aside, sealed with checksums, published by rename.

A published folder is never written again by us, so a reader can't see half of an update, and any
later change to it is damage. The catalogue can always build the next one.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import blake2b, file_digest
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.errors import IndexDamagedError, StorageError

_NUMBERED = re.compile(r"\d{8}")
_MANIFEST = "manifest.json"
_LAYOUT = 1
"""Raised whenever something else is put into the indexes, such as another field of terms."""
_KEPT = 2
"""The newest, and the one that a reader may be opening at this moment."""


@dataclass(frozen=True, slots=True)
class Stamps:
    """What the files of a generation were like when they were verified, by path."""

    files: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """Size, time and inode of those that never change."""
    least: Mapping[str, int] = field(default_factory=dict)
    """Size below which those that may grow have been cut."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a generation was built from."""

    catalogue_id: str
    revision: int
    fingerprint: str
    removed: int = 0
    """Vectors taken out since it was last built from nothing; they still weigh on the graph."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A published folder of derived indexes."""

    folder: Path
    seal: Seal

    @property
    def number(self) -> int:
        """Its place in the sequence."""
        return int(self.folder.name)

    def is_of(self, state: tuple[int, str]) -> bool:
        """Tell whether it was built from this state of a catalogue: its revision and id."""
        return (self.seal.revision, self.seal.catalogue_id) == state


@dataclass(frozen=True, slots=True)
class _Manifest:
    seal: Seal
    files: dict[str, tuple[int, str]]
    """Size and digest of each file that never changes again."""
    growing: dict[str, int]
    """Size of each file that Chroma writes to even when it only reads; it never shrinks."""
    layout: int


def newest_number(index_folder: Path) -> int:
    """Return the number of the newest generation, whether sound or not; 0 without any."""
    return max((int(folder.name) for folder in _folders(index_folder)), default=0)


def newest(index_folder: Path) -> Generation | None:
    """Return the newest generation; null without any.

    Raises:
        IndexDamagedError: Its manifest can't be read.
    """
    folders = _folders(index_folder)
    return Generation(folders[-1], _read_manifest(folders[-1]).seal) if folders else None


def verify(generation: Generation, *, thorough: bool = True) -> Stamps:
    """Compare every sealed file with what was published, byte by byte or the sizes alone.

    Returns:
        What `unchanged` needs, to tell later whether any file was touched.

    Raises:
        IndexDamagedError: Something is missing or has changed; the message names it.
    """
    manifest = _read_manifest(generation.folder)
    least = {str(generation.folder / name): size for name, size in manifest.growing.items()}
    for path, size in least.items():
        if _stamp(path)[0] < size:
            raise IndexDamagedError(f"The index file {path} has been cut short.")
    described = str(generation.folder / _MANIFEST)
    files = {described: _stamp(described)}
    for name, (size, digest) in manifest.files.items():
        path = str(generation.folder / name)
        files[path] = _stamp(path)
        if files[path][0] != size or (thorough and _digest(Path(path)) != digest):
            raise IndexDamagedError(f"The index file {path} has been altered.")
    return Stamps(files, least)


def unchanged(stamps: Stamps) -> bool:
    """Tell, without reading any file, whether all are as they were when they were verified."""
    try:
        return all(_stamp(path)[0] >= size for path, size in stamps.least.items()) and all(
            _stamp(path) == stamp for path, stamp in stamps.files.items()
        )
    except IndexDamagedError:
        return False


def publish(index_folder: Path, seal: Seal, build: Callable[[Path], None]) -> Generation:
    """Build a generation aside and make it the newest one; the caller holds the writer lock.

    `build` fills the empty folder that it is given, and closes all that it opened.

    Raises:
        StorageError: The disk is full or can't be written.
    """
    number = newest_number(index_folder) + 1
    building = index_folder / f".building-{number:08d}"
    folder = index_folder / f"{number:08d}"
    try:
        clear_unfinished(index_folder)
        building.mkdir(parents=True, mode=0o700)
        build(building)
        _seal(building, seal)
        building.rename(folder)
        _sync(index_folder)
    except OSError as error:
        raise unwritable(index_folder, error.strerror or str(error)) from error
    finally:
        # Gone by renaming; what is left of a failure would only fill the disk.
        shutil.rmtree(building, ignore_errors=True)
    for old in _folders(index_folder)[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return Generation(folder, seal)


def unwritable(index_folder: Path, reason: str) -> StorageError:
    """Return the error for an index that can't be stored."""
    return StorageError(
        f"The index in {index_folder} could not be written ({reason}).",
        "Free some disk space and run the command again; what was indexed before is intact.",
    )


def clear_unfinished(index_folder: Path) -> None:
    """Remove what a killed build left behind; the caller holds the writer lock."""
    for leftover in index_folder.glob(".building-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _folders(index_folder: Path) -> list[Path]:
    try:
        return sorted(path for path in index_folder.iterdir() if _NUMBERED.fullmatch(path.name))
    except OSError:
        return []


def _seal(folder: Path, seal: Seal) -> None:
    files: dict[str, tuple[int, str]] = {}
    growing: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        _sync(path)
        name = path.relative_to(folder).as_posix()
        if path.name == "chroma.sqlite3":
            growing[name] = path.stat().st_size
        elif path.is_file() and not _changes_on_reading(path):
            files[name] = (path.stat().st_size, _digest(path))
    manifest = folder / _MANIFEST
    manifest.write_text(json.dumps(asdict(_Manifest(seal, files, growing, _LAYOUT)), indent=1))
    _sync(manifest)
    _sync(folder)


def _changes_on_reading(path: Path) -> bool:
    # Seen with Chroma 1.5.9: opening writes to its SQLite file, and it makes the graph files anew
    # as long as it has not flushed them, which index_metadata.pickle is the sign of.
    if path.name.startswith("chroma.sqlite3") or path.name.endswith(".lock"):
        return True
    return path.suffix == ".bin" and not (path.parent / "index_metadata.pickle").exists()


@cache
def _manifest_reader() -> TypeAdapter[_Manifest]:
    return TypeAdapter(_Manifest)  # takes some milliseconds


def _read_manifest(folder: Path) -> _Manifest:
    try:
        manifest = _manifest_reader().validate_json((folder / _MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamagedError(f"The index {folder} has no readable manifest.") from error
    if manifest.layout != _LAYOUT:
        raise IndexDamagedError(f"The index {folder} was built by another version.")
    return manifest


def _stamp(path: str) -> tuple[int, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116  # asked for each file and question
    except OSError as error:
        raise IndexDamagedError(f"The index file {path} is missing.") from error
    return found.st_size, found.st_mtime_ns, found.st_ino


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
    except OSError as error:
        raise IndexDamagedError(f"The index file {path} can't be read.") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
