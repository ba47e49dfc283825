"""Judgements as lines that the evaluation reads."""

import json
import stat
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import StorageError
from rag.evaluation import load_feedback
from rag.factory import Byline
from rag.web import feedback
from rag.web.feedback import record
from rag.web.turns import judged
from tests.support.pages import KREMLIN, WORLD_CUP, turns_of


def test_a_judgement_is_a_question_of_the_evaluation(seeds: Byline, tmp_path: Path) -> None:
    file = tmp_path / "home" / "feedback.jsonl"
    answers = [seeds.engine.answer(Request(question)) for question in (KREMLIN, WORLD_CUP)]
    turns = turns_of(*answers)
    turns = judged(judged(turns, turns[0].identity, "up"), turns[1].identity, "down")
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
    record(tmp_path / "f", judged(turns, turns[0].identity, "up"), "0" * 16)
    assert not (tmp_path / "f").exists()


def test_a_full_file_and_a_bad_place_are_told(
    seeds: Byline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = turns_of(seeds.engine.answer(Request(WORLD_CUP)))
    turns = judged(turns, turns[0].identity, "up")
    record(tmp_path / "f", turns, turns[0].identity)
    monkeypatch.setattr(feedback, "_LARGEST_BYTES", 10)
    with pytest.raises(StorageError, match="is full"):
        record(tmp_path / "f", turns, turns[0].identity)
    with pytest.raises(StorageError, match="could not be written"):
        record(tmp_path / "f" / "below", turns, turns[0].identity)
