"""Conversations in files: what comes back, for whom, and for how long."""

import os
import stat
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.factory import Byline
from rag.web import conversation_store as keeping
from rag.web.conversation_store import Conversations
from rag.web.turns import Turn, failed, judged, stopped
from tests.support.pages import KREMLIN, WORLD_CUP, of_every_verdict, turns_of

NAME, OTHER = "0123456789abcdef" * 2, "f" * 32


def test_a_conversation_comes_back_as_it_was(seeds: Byline, tmp_path: Path) -> None:
    answers = [seeds.engine.answer(Request(question)) for question in (KREMLIN, WORLD_CUP)]
    turns = turns_of(*answers, of_every_verdict(seeds))
    turns = judged(turns, turns[0].identity, "down")
    turns += (stopped(Turn("s", ""), "It rai"), failed(Turn("f", ""), "Down.", "Wait."))
    store = Conversations(tmp_path / "conversations")
    store.save(NAME, turns)
    assert store.load(NAME) == turns
    assert [turn.identity for turn in store.load(NAME)] == [turn.identity for turn in turns]


def test_only_the_name_opens_it_and_the_folder_does_not_tell_the_name(tmp_path: Path) -> None:
    store = Conversations(tmp_path / "conversations")
    store.save(NAME, (stopped(Turn("secret?", ""), ""),))
    assert store.load(OTHER) == ()
    (file,) = (tmp_path / "conversations").iterdir()
    assert NAME not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "../x", NAME.upper(), NAME + "0", "0" * 31])
def test_what_is_no_name_keeps_and_opens_nothing(name: str, tmp_path: Path) -> None:
    store = Conversations(tmp_path / "conversations")
    store.save(name, (stopped(Turn("q", ""), ""),))
    assert store.load(name) == ()
    assert not (tmp_path / "conversations").exists()


def test_a_running_turn_is_kept_as_a_stopped_one(tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, (Turn("q", "…", running=True),))
    (turn,) = store.load(NAME)
    assert (turn.running, turn.stopped) == (False, "")
    assert "Stopped" in turn.html


@pytest.mark.parametrize("damage", ["", "null", '[{"id": "a"}]', '{"id"', "[1]", "\x00"])
def test_a_damaged_file_is_no_conversation(damage: str, tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, (stopped(Turn("q", ""), ""),))
    next(tmp_path.iterdir()).write_text(damage)
    assert store.load(NAME) == ()


def test_an_empty_conversation_and_old_ones_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_MOST_CONVERSATIONS", 3)
    store = Conversations(tmp_path)
    names = [f"{number:032x}" for number in range(6)]
    for age, name in enumerate(reversed(names)):
        store.save(name, (stopped(Turn("q", ""), ""),))
        path = max(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(path, (path.stat().st_mtime - 1000 + age,) * 2)
    assert [bool(store.load(name)) for name in names] == [True, True, True, False, False, False]
    store.save(names[0], ())
    assert store.load(names[0]) == ()


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Conversations(tmp_path / "file" / "below").save(NAME, (stopped(Turn("q", ""), ""),))
