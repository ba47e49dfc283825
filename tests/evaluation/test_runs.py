"""Runs on disk: what is kept, and what a killed process leaves behind."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from rag.errors import StorageError
from rag.evaluation import Run, RunWriter
from rag.evaluation.runs import LINES, RunError, new_folder
from tests.evaluation.makers import HEADER, kept_run, line


def test_a_run_is_read_as_it_was_kept(tmp_path: Path) -> None:
    run = kept_run(tmp_path / "run", line("b"), line("a"))
    assert run.header == HEADER
    assert [one["id"] for one in run.lines()] == ["b", "a"]
    assert [record.id for record in run.records()] == ["b", "a"]
    assert run.line("a") == next(one for one in run.lines() if one["id"] == "a")
    assert run.line("c") is None
    assert (len(run), run.name) == (2, "run")


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    kept_run(tmp_path / "run", line("a"))
    assert stat.S_IMODE((tmp_path / "run" / LINES).stat().st_mode) == 0o600


def test_the_later_line_of_a_question_counts_and_the_order_stays(tmp_path: Path) -> None:
    kept_run(tmp_path, line("a", error="Gone."), line("b"))
    writer = RunWriter(tmp_path, None)
    writer.append(line("a", position=0))
    writer.close()
    run = Run(tmp_path)
    assert [(one["id"], one["error"]) for one in run.lines()] == [("a", None), ("b", None)]


@pytest.mark.parametrize("torn", [b'{"id": "c", "pos', b"{"])
def test_half_a_line_is_neither_read_nor_kept(tmp_path: Path, torn: bytes) -> None:
    kept_run(tmp_path, line("a"))
    with (tmp_path / LINES).open("ab") as file:
        file.write(torn)
    assert [one["id"] for one in Run(tmp_path).lines()] == ["a"]
    writer = RunWriter(tmp_path, None)
    writer.append(line("b", position=1))
    writer.close()
    assert [one["id"] for one in Run(tmp_path).lines()] == ["a", "b"]


def test_the_digest_sees_everything_but_timings(tmp_path: Path) -> None:
    def digest(name: str, **more: Any) -> str:
        return kept_run(tmp_path / name, line("a", **more)).digest()

    same = digest("1")
    assert digest("2", timings_ms={"wall": 99.0}) == same
    assert digest("3", question="Another?") != same
    assert digest("4", scores={"right": 0.0}) != same


@pytest.mark.parametrize("text", ["", "{}\n", "not JSON\n", '{"run": 1}\n{\n', "[1]\n"])
def test_what_is_no_run_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / LINES).write_text(text)
    with pytest.raises(RunError, match=str(tmp_path)):
        Run(tmp_path)
    with pytest.raises(RunError, match="nowhere"):
        Run(tmp_path / "nowhere")


def test_a_run_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"run\.jsonl"):
        RunWriter(tmp_path / "file" / "run", HEADER)


def test_a_new_folder_never_is_an_old_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a-2").mkdir()
    assert new_folder(tmp_path, "a") == tmp_path / "a-3"
    assert new_folder(tmp_path, "b") == tmp_path / "b"


def test_a_line_survives_odd_characters(tmp_path: Path) -> None:
    run = kept_run(tmp_path, line("a", question="\ud800 \u2028 \x00"))
    assert run.line("a") == json.loads(json.dumps(next(run.lines())))
