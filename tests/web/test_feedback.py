"""Votes as lines that the evaluation reads; nothing that a browser made up is one."""

import json
import logging
import stat
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import SettingsError, StorageError
from rag.evaluation import load_feedback
from rag.factory import Byline
from rag.web import feedback
from rag.web.feedback import explain, record, vote
from rag.web.turns import voted
from tests.support.archives import copy_home, sealed_settings
from tests.support.pages import ANSWER, KREMLIN, WORLD_CUP, turns_of


def test_a_judgement_is_a_question_of_the_evaluation(seeds: Byline, tmp_path: Path) -> None:
    file = tmp_path / "home" / "feedback.jsonl"
    answers = [seeds.engine.answer(Request(question)) for question in (KREMLIN, WORLD_CUP)]
    turns = turns_of(*answers)
    turns = voted(voted(turns, turns[0].identity, "up"), turns[1].identity, "down")
    record(file, turns, turns[0].identity)
    record(file, turns, turns[1].identity, "  It is there.\nLook again.  ")
    praised, blamed = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    assert set(praised) == {
        *("id", "question", "history", "standalone_question", "answer"),
        *("citations", "verdict", "reason", "at"),
    }
    assert praised["citations"][0]["file"] == answers[0].citations[0].file
    assert blamed["history"][0] == ["user", KREMLIN]
    assert (blamed["verdict"], blamed["reason"]) == ("down", "It is there.\nLook again.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first, second = load_feedback(file).questions
    assert (first.question, first.kind) == (KREMLIN, "feedback-up")
    assert first.gold[0].quote == answers[0].citations[0].quote
    assert (second.question, second.kind) == (WORLD_CUP, "feedback-down")
    assert second.history[0] == ("user", KREMLIN)


def test_without_a_vote_nothing_is_written(seeds: Byline, tmp_path: Path) -> None:
    turns = turns_of(seeds.engine.answer(Request(WORLD_CUP)))
    record(tmp_path / "f", turns, turns[0].identity)
    record(tmp_path / "f", voted(turns, turns[0].identity, "up"), "0" * 16)
    assert not (tmp_path / "f").exists()


def test_a_full_file_and_a_bad_place_are_told(
    seeds: Byline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = turns_of(seeds.engine.answer(Request(WORLD_CUP)))
    turns = voted(turns, turns[0].identity, "up")
    record(tmp_path / "f", turns, turns[0].identity)
    monkeypatch.setattr(feedback, "_LARGEST_BYTES", 10)
    with pytest.raises(StorageError, match="is full"):
        record(tmp_path / "f", turns, turns[0].identity)
    with pytest.raises(StorageError, match="could not be written"):
        record(tmp_path / "f" / "below", turns, turns[0].identity)


@pytest.fixture
def own(seeds: Byline, tmp_path: Path) -> Byline:
    home = copy_home(seeds, tmp_path / "home")
    return Byline(sealed_settings(home=home), shared_embedder=seeds.embedder)


def test_a_vote_is_written_and_then_its_reason(own: Byline) -> None:
    turns = turns_of(ANSWER)
    identity = turns[0].identity
    turns, voted_turn = vote(lambda: own, f"vote-down-{identity}", turns)
    assert (voted_turn, turns[0].vote) == (identity, "down")
    explain(lambda: own, turns, voted_turn, "Too long.")
    lines = (own.settings.home / "feedback.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in lines] == ["", "Too long."]
    assert len({json.loads(line)["id"] for line in lines}) == 1


@pytest.mark.parametrize(
    "anchor", ["", "vote-", "vote-sideways-" + "0" * 16, "vote-up-../x", "vote-up-" + "0" * 16]
)
def test_a_made_up_vote_changes_nothing(anchor: str, own: Byline) -> None:
    turns = turns_of(ANSWER)
    assert vote(lambda: own, anchor, turns) == (turns, "")
    assert not (own.settings.home / "feedback.jsonl").exists()


def test_a_vote_that_cannot_be_written_is_logged_and_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken() -> Byline:
        raise SettingsError("RAG_PORT is wrong.", "Correct it.")

    turns = turns_of(ANSWER)
    with caplog.at_level(logging.WARNING):
        changed, voted_turn = vote(broken, f"vote-up-{turns[0].identity}", turns)
    assert (changed[0].vote, voted_turn) == ("up", turns[0].identity)
    assert "RAG_PORT is wrong" in caplog.text
