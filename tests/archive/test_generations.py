import json
import os
import shutil
from pathlib import Path

import pytest

from rag.archive.generations import (
    Generation,
    Seal,
    newest,
    newest_number,
    publish,
    unchanged,
    verify,
)
from rag.errors import IndexDamagedError, StorageError

_SEAL = Seal("catalogue", 3, "model", 2)


def _build(folder: Path) -> None:
    (folder / "part").mkdir()
    (folder / "part" / "one.bin").write_bytes(b"one" * 1000)
    (folder / "part" / "index_metadata.pickle").write_bytes(b"flushed")
    (folder / "two").write_bytes(b"two")
    (folder / "chroma.sqlite3").write_bytes(b"grows")


def _published(tmp_path: Path) -> Generation:
    return publish(tmp_path / "index", _SEAL, _build)


def test_a_published_generation_is_the_newest_and_sound(tmp_path: Path) -> None:
    generation = _published(tmp_path)
    found = newest(tmp_path / "index")
    assert found == generation
    assert found is not None
    assert found.number == newest_number(tmp_path / "index") == 1
    assert found.seal == _SEAL
    assert unchanged(verify(generation))


def test_without_any_there_is_none(tmp_path: Path) -> None:
    assert newest(tmp_path / "index") is None
    assert newest_number(tmp_path / "index") == 0


def test_the_newest_and_the_one_before_are_kept(tmp_path: Path) -> None:
    for _ in range(4):
        _published(tmp_path)
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == ["00000003", "00000004"]


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    _published(tmp_path)

    def fail(folder: Path) -> None:
        _build(folder)
        raise OSError(28, "No space left on device")

    with pytest.raises(StorageError, match="No space left on device"):
        publish(tmp_path / "index", _SEAL, fail)
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["00000001"]


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "index" / ".building-00000007" / "x").mkdir(parents=True)
    _published(tmp_path)
    assert [path.name for path in (tmp_path / "index").iterdir()] == ["00000001"]


@pytest.mark.parametrize("name", ["part/one.bin", "two", "part/index_metadata.pickle"])
def test_a_changed_file_is_noticed(tmp_path: Path, name: str) -> None:
    generation = _published(tmp_path)
    stamps = verify(generation)
    path = generation.folder / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert not unchanged(stamps)
    with pytest.raises(IndexDamagedError, match=path.name):
        verify(generation)


def test_a_flipped_bit_with_size_and_time_kept_is_noticed_when_reading_all(tmp_path: Path) -> None:
    generation = _published(tmp_path)
    path = generation.folder / "two"
    before = path.stat()
    path.write_bytes(b"twp")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    verify(generation, thorough=False)
    with pytest.raises(IndexDamagedError):
        verify(generation)


def test_a_missing_file_is_noticed(tmp_path: Path) -> None:
    generation = _published(tmp_path)
    stamps = verify(generation)
    (generation.folder / "two").unlink()
    assert not unchanged(stamps)
    with pytest.raises(IndexDamagedError, match="missing"):
        verify(generation)


def test_chromas_own_file_may_grow_but_not_shrink(tmp_path: Path) -> None:
    generation = _published(tmp_path)
    stamps = verify(generation)
    (generation.folder / "chroma.sqlite3").write_bytes(b"grows and grows")
    assert unchanged(stamps)
    verify(generation)
    (generation.folder / "chroma.sqlite3").write_bytes(b"")
    assert not unchanged(stamps)
    with pytest.raises(IndexDamagedError, match="cut short"):
        verify(generation)


def test_a_copied_home_is_as_sound(tmp_path: Path) -> None:
    _published(tmp_path)
    shutil.copytree(tmp_path / "index", tmp_path / "copy", copy_function=shutil.copyfile)
    copied = newest(tmp_path / "copy")
    assert copied is not None
    verify(copied)


def test_a_manifest_that_was_exchanged_is_noticed(tmp_path: Path) -> None:
    generation = _published(tmp_path)
    stamps = verify(generation)
    path = generation.folder / "manifest.json"
    path.write_bytes(path.read_bytes() + b" ")
    assert not unchanged(stamps)


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[]", b"{}", b'{"seal": 1, "files": 2}'])
def test_a_broken_manifest_is_damage(tmp_path: Path, content: bytes) -> None:
    generation = _published(tmp_path)
    (generation.folder / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="manifest"):
        newest(tmp_path / "index")
    with pytest.raises(IndexDamagedError, match="manifest"):
        verify(generation)


def test_a_generation_of_another_layout_is_built_anew(tmp_path: Path) -> None:
    generation = _published(tmp_path)
    path = generation.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"layout": 0}))
    with pytest.raises(IndexDamagedError, match="another version"):
        newest(tmp_path / "index")


def test_files_that_chroma_has_not_flushed_are_not_sealed(tmp_path: Path) -> None:
    def build(folder: Path) -> None:
        (folder / "header.bin").write_bytes(b"x")
        (folder / "writer.lock").write_bytes(b"")

    generation = publish(tmp_path / "index", _SEAL, build)
    (generation.folder / "header.bin").write_bytes(b"another")
    stamps = verify(generation)
    assert list(stamps.files) == [str(generation.folder / "manifest.json")]
    assert not stamps.least
