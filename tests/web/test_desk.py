"""What the buttons under an answer do; nothing that a browser made up does anything."""

import base64
import json
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import SettingsError
from rag.factory import Byline
from rag.web.desk import explain, parcel, recall, remember, vote
from tests.support.archives import copy_home, sealed_settings
from tests.support.pages import KREMLIN, turns_of

NAME = "0123456789abcdef" * 2


@pytest.fixture
def own(seeds: Byline, tmp_path: Path) -> Byline:
    home = copy_home(seeds, tmp_path / "home")
    return Byline(sealed_settings(home=home), shared_embedder=seeds.embedder)


def test_a_vote_is_written_and_then_its_reason(own: Byline) -> None:
    turns = turns_of(own.engine.answer(Request(KREMLIN)))
    identity = turns[0].identity
    turns, judged = vote(lambda: own, f"vote-down-{identity}", turns)
    assert (judged, turns[0].vote) == (identity, "down")
    explain(lambda: own, turns, judged, "Too long.")
    lines = (own.settings.home / "feedback.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in lines] == ["", "Too long."]
    assert len({json.loads(line)["id"] for line in lines}) == 1


@pytest.mark.parametrize("wanted", ["", "vote-", "vote-sideways-" + "0" * 16, "vote-up-../x"])
def test_a_made_up_vote_changes_nothing(wanted: str, own: Byline) -> None:
    turns = turns_of(own.engine.answer(Request(KREMLIN)))
    assert vote(lambda: own, wanted, turns) == (turns, "")
    assert vote(lambda: own, "vote-up-" + "0" * 16, turns) == (turns, "")
    assert not (own.settings.home / "feedback.jsonl").exists()


def test_conversations_are_kept_in_the_home(own: Byline) -> None:
    turns = turns_of(own.engine.answer(Request(KREMLIN)))
    remember(lambda: own, NAME, turns)
    assert recall(lambda: own, NAME) == turns
    assert recall(lambda: own, "f" * 32) == ()


def test_with_unusable_settings_there_is_nothing_to_recall() -> None:
    def broken() -> Byline:
        raise SettingsError("RAG_PORT is wrong.", "Correct it.")

    remember(broken, NAME, ())
    assert recall(broken, NAME) == ()
    explain(broken, (), "", "")


def test_a_parcel_is_a_file_in_letters_and_digits(own: Byline) -> None:
    turns = turns_of(own.engine.answer(Request(KREMLIN)))
    wrapped = parcel(turns, "JSON", "http://127.0.0.1:1")
    content = wrapped.split(">")[1].split("<")[0]
    assert json.loads(base64.b64decode(content))["turns"][0]["question"] == KREMLIN
    assert 'title="byline.json application/json"' in wrapped
    assert parcel(turns, "Print", "") != parcel(turns, "Print", "")
    assert parcel(turns, "../x", "") == ""
