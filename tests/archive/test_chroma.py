import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.archive.chroma import VectorIndex, open_folder, open_server
from rag.errors import IndexDamagedError, SettingsError
from rag.models.embedder import Floats
from tests.support.archives import ROOT


def _vectors(count: int, dimension: int = 384) -> Floats:
    made = np.random.default_rng(1).standard_normal((count, dimension)).astype(np.float32)
    unit: Floats = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = open_folder(tmp_path / "chroma", create=True)
    yield opened
    opened.close()


def _names(keys: range) -> list[str]:
    return [f"p{key}" for key in keys]


def test_what_was_added_is_found(index: VectorIndex) -> None:
    vectors = _vectors(50)
    index.add(range(100, 150), _names(range(50)), vectors)
    keys, cosines = index.nearest(vectors[7], 5)
    assert keys[0] == 107
    assert cosines[0] == pytest.approx(1.0, abs=1e-5)
    assert np.allclose(cosines, sorted(vectors @ vectors[7], reverse=True)[:5], atol=1e-5)
    assert len(index) == 50
    assert index.keys().tolist() == list(range(100, 150))


def test_an_empty_index_answers(index: VectorIndex) -> None:
    keys, cosines = index.nearest(_vectors(1)[0], 5)
    assert keys.size == cosines.size == 0
    assert index.vectors([]) == {}
    assert index.keys().size == 0
    assert index.keys().dtype == np.int64
    index.remove([])
    index.add([], [], _vectors(0))
    assert len(index) == 0


def test_a_limit_above_the_number_gives_all(index: VectorIndex) -> None:
    index.add(range(3), _names(range(3)), _vectors(3))
    assert index.nearest(_vectors(3)[0], 300)[0].size == 3
    assert index.nearest(_vectors(3)[0], 0)[0].size == 0


def test_removed_ones_are_not_found_and_strangers_are_ignored(index: VectorIndex) -> None:
    vectors = _vectors(10)
    index.add(range(10), _names(range(10)), vectors)
    index.remove([3, 4, 77])
    assert 3 not in index.nearest(vectors[3], 10)[0]
    assert index.vectors([3, 5]).keys() == {5}
    assert len(index) == 8


def test_adding_again_overwrites(index: VectorIndex) -> None:
    vectors = _vectors(4)
    index.add(range(2), _names(range(2)), vectors[:2])
    index.add(range(2), _names(range(2)), vectors[2:])
    assert np.allclose(index.vectors([1])[1], vectors[3], atol=1e-6)
    assert len(index) == 2


def test_more_than_chroma_takes_at_once_survives_closing(tmp_path: Path) -> None:
    vectors = _vectors(5600, 8)
    opened = open_folder(tmp_path / "chroma", create=True)
    opened.add(range(5600), _names(range(5600)), vectors)
    opened.remove(range(5500))
    opened.close()
    again = open_folder(tmp_path / "chroma")
    assert again.keys().tolist() == list(range(5500, 5600))
    assert again.nearest(vectors[5555], 1)[0].tolist() == [5555]
    again.close()


def test_another_dimension_is_damage(index: VectorIndex) -> None:
    index.add(range(2), _names(range(2)), _vectors(2))
    with pytest.raises(IndexDamagedError):
        index.nearest(_vectors(1, 64)[0], 1)


def test_a_missing_or_broken_folder_is_damage_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="missing"):
        open_folder(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "chroma.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(IndexDamagedError):
        open_folder(tmp_path / "broken")


def test_two_may_have_it_open_and_close_it_in_turn(tmp_path: Path) -> None:
    vectors = _vectors(5)
    first = open_folder(tmp_path / "chroma", create=True)
    first.add(range(5), _names(range(5)), vectors)
    second = open_folder(tmp_path / "chroma")
    first.close()
    assert second.nearest(vectors[2], 1)[0].tolist() == [2]
    second.close()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://", ""])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="is not an address"):
        open_server(url, "byline-x")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="No Chroma server answers") as error:
        open_server("http://127.0.0.1:9", "byline-x")
    assert "chroma run" in error.value.hint


def test_a_user_without_a_home_has_chroma_all_the_same() -> None:
    code = (
        "import os, pwd\n"
        "def unknown(uid): raise KeyError(uid)\n"
        "pwd.getpwuid = unknown\n"
        "from rag.archive.chroma import load\n"
        "print(load().__name__, 'HOME' in os.environ)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "chromadb False\n", done.stderr
