"""Conversations in files: what comes back, for whom, and for how long."""

import json
import os
import stat
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import SettingsError
from rag.factory import Byline
from rag.web import conversation_store
from rag.web.conversation_store import Conversations, recall, remember
from rag.web.turns import Failed, Stopped, Turn, begun, retrying, voted
from tests.support.archives import copy_home, sealed_settings
from tests.support.pages import ANSWER, KREMLIN, WORLD_CUP, of_every_verdict, turns_of

NAME, OTHER = "0123456789abcdef" * 2, "f" * 32
STOPPED = (Turn("q", attempt=Stopped()),)


def test_a_conversation_comes_back_as_it_was(seeds: Byline, tmp_path: Path) -> None:
    answers = [seeds.engine.answer(Request(question)) for question in (KREMLIN, WORLD_CUP)]
    turns = turns_of(*answers, of_every_verdict(seeds))
    turns = voted(turns, turns[0].identity, "down")
    turns += (
        Turn("s", attempt=Stopped("It rai")),
        Turn("f", attempt=Failed("Down.", "Wait.")),
        Turn("kept", ANSWER, Stopped("New")),
        Turn("kept", ANSWER, Failed("Down.", "Wait.")),
    )
    store = Conversations(tmp_path / "conversations")
    store.save(NAME, turns)
    assert store.load(NAME) == turns
    assert [turn.identity for turn in store.load(NAME)] == [turn.identity for turn in turns]


def test_only_the_name_opens_it_and_the_folder_does_not_tell_the_name(tmp_path: Path) -> None:
    store = Conversations(tmp_path / "conversations")
    store.save(NAME, (Turn("secret?", attempt=Stopped()),))
    assert store.load(OTHER) == ()
    (file,) = (tmp_path / "conversations").iterdir()
    assert NAME not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["", "../x", NAME.upper(), NAME + "0", "0" * 31])
def test_what_is_no_name_keeps_and_opens_nothing(name: str, tmp_path: Path) -> None:
    store = Conversations(tmp_path / "conversations")
    store.save(name, STOPPED)
    assert store.load(name) == ()
    assert not (tmp_path / "conversations").exists()


def test_a_running_turn_is_kept_as_a_stopped_one(tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, begun((), "q"))
    assert store.load(NAME) == STOPPED


def test_while_a_question_is_asked_again_its_old_answer_is_kept(tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, begun(retrying(turns_of(ANSWER)), ANSWER.question))
    assert store.load(NAME) == (Turn(ANSWER.question, ANSWER, Stopped()),)


def test_what_is_kept_is_data_and_no_markup(tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, (*turns_of(ANSWER), Turn("f", attempt=Failed("Down.", "Wait."))))
    (file,) = tmp_path.iterdir()
    first, second = json.loads(file.read_bytes())
    assert first["answer"] == json.loads(json.dumps(ANSWER.to_dict()))
    assert (second["question"], second["failure"]) == ("f", ["Down.", "Wait."])
    assert "<" not in file.read_text("ascii")


def test_a_conversation_of_an_earlier_release_is_read(tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, STOPPED)
    (file,) = tmp_path.iterdir()
    answer = ANSWER.to_dict()
    for new in ("fallback", "usage", "confidence"):
        answer.pop(new, None)
    answer["since_gone"] = 1
    last = {"id": "1" * 16, "question": "q", "answer": answer, "html": "<p>", "vote": "up"}
    file.write_text(json.dumps([last]))
    assert store.load(NAME) == (Turn("q", ANSWER, vote="up"),)
    answer["statements"][0]["verdict"] = "since_renamed"
    file.write_text(json.dumps([last]))
    assert store.load(NAME) == ()


@pytest.mark.parametrize("damage", ["", "null", '[{"id": "a"}]', '{"id"', "[1]", "\x00"])
def test_a_damaged_file_is_no_conversation(damage: str, tmp_path: Path) -> None:
    store = Conversations(tmp_path)
    store.save(NAME, STOPPED)
    next(tmp_path.iterdir()).write_text(damage)
    assert store.load(NAME) == ()


def test_an_empty_conversation_and_old_ones_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation_store, "_MOST_CONVERSATIONS", 3)
    store = Conversations(tmp_path)
    names = [f"{number:032x}" for number in range(6)]
    for age, name in enumerate(reversed(names)):
        store.save(name, STOPPED)
        path = max(tmp_path.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        os.utime(path, (path.stat().st_mtime - 1000 + age,) * 2)
    assert [bool(store.load(name)) for name in names] == [True, True, True, False, False, False]
    store.save(names[0], ())
    assert store.load(names[0]) == ()


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Conversations(tmp_path / "file" / "below").save(NAME, STOPPED)


def test_conversations_are_kept_in_the_home(seeds: Byline, tmp_path: Path) -> None:
    home = copy_home(seeds, tmp_path / "home")
    own = Byline(sealed_settings(home=home), shared_embedder=seeds.embedder)
    remember(lambda: own, NAME, turns_of(ANSWER))
    assert recall(lambda: own, NAME) == turns_of(ANSWER)
    assert recall(lambda: own, OTHER) == ()


def test_with_unusable_settings_there_is_nothing_to_recall() -> None:
    def broken() -> Byline:
        raise SettingsError("RAG_PORT is wrong.", "Correct it.")

    remember(broken, NAME, ())
    assert recall(broken, NAME) == ()
