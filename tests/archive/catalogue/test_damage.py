"""A catalogue that is missing, damaged or another version's says what to do."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.archive.catalogue import CatalogueReader, CatalogueWriter
from rag.errors import ArchiveEmptyError, CatalogueError, StorageError
from tests.support.catalogues import TEXT, store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "catalogue.sqlite3"


def test_without_a_file_the_archive_is_empty(path: Path) -> None:
    with pytest.raises(ArchiveEmptyError, match="There is no archive") as error:
        CatalogueReader(path)
    assert "rag ingest" in error.value.hint


def test_a_file_left_by_a_kill_at_creation_is_empty_and_can_be_used(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with pytest.raises(ArchiveEmptyError):
        CatalogueReader(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(ArchiveEmptyError):
        CatalogueReader(path)
    CatalogueWriter(path).close()
    CatalogueReader(path).close()


def _read_everything(path: Path) -> None:
    opened = CatalogueReader(path)
    list(opened.articles())
    opened.paragraphs(opened.stamped_keys()[:, 0])
    opened.close()


def _garbage(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def _truncated(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _emptied(path: Path) -> None:
    path.write_bytes(b"")
    (path.parent / "index" / "00000001").mkdir(parents=True)


def _tables_of_others(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (name)")
    connection.close()


@pytest.mark.parametrize("damage", [_garbage, _truncated, _emptied, _tables_of_others])
def test_a_damaged_file_says_what_where_and_what_to_do(
    tmp_path: Path, path: Path, damage: Callable[[Path], None]
) -> None:
    made = CatalogueWriter(path)
    store(made, tmp_path, "\n".join(f"Paragraph {number} says so." for number in range(300)))
    made.close()
    damage(path)
    with pytest.raises(CatalogueError, match="is damaged") as error:
        _read_everything(path)
    assert str(path) in error.value.message
    assert "rag ingest" in error.value.hint
    if damage is not _truncated:  # which SQLite notices only where it reads
        with pytest.raises(CatalogueError):
            CatalogueWriter(path)


@pytest.mark.parametrize("column", ["header", "sentences", "words"])
def test_a_garbled_row_is_damage(tmp_path: Path, path: Path, column: str) -> None:
    made = CatalogueWriter(path)
    store(made, tmp_path, TEXT)
    made.close()
    table = "article" if column == "header" else "paragraph"
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE {table} SET {column} = '[[1'")
    connection.commit()
    connection.close()
    opened = CatalogueReader(path)
    with pytest.raises(CatalogueError, match="is damaged"):
        _ = opened.candidates(range(10)), opened.paragraphs(range(10))
    opened.close()


@pytest.mark.parametrize("layout", ["1", "99"])
def test_another_layout_is_named(path: Path, layout: str) -> None:
    CatalogueWriter(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = ? WHERE name = 'layout'", (layout,))
    connection.commit()
    connection.close()
    with pytest.raises(CatalogueError, match=f"layout {layout}"):
        CatalogueReader(path)


def test_a_home_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="can't be made"):
        CatalogueWriter(tmp_path / "file" / "catalogue.sqlite3")
