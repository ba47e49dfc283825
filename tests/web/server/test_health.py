"""Whether the archive can be asked, in one word."""

import threading
import time
from pathlib import Path

import pytest

from rag.errors import BylineError, IndexMismatchError, ModelError, SettingsError
from rag.factory import Byline
from rag.models.embedder import QuestionVectors
from rag.web.server.health import Health
from tests.support.archives import byline_of, sealed_settings, share_model
from tests.support.fakes import FakeEmbedder


def test_an_archive_that_answers_is_well(seeds: Byline) -> None:
    assert Health(lambda: seeds, patience=60).fault() == ""


def test_an_archive_without_articles_says_so(seeds: Byline, tmp_path: Path) -> None:
    byline = Byline(sealed_settings(home=share_model(seeds, tmp_path / "home")))
    assert Health(lambda: byline).fault() == "empty"


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (SettingsError("RAG_PORT", "x"), "settings"),
        (ModelError("/secret/path", "x"), "model"),
        (IndexMismatchError("x", "x"), "index"),
        (BylineError("x", "x"), "archive"),
        (RuntimeError("/secret/path"), "archive"),
    ],
)
def test_a_fault_is_one_word(error: Exception, word: str) -> None:
    def opened() -> Byline:
        raise error

    assert Health(opened).fault() == word


def test_it_is_asked_every_five_seconds_at_most_and_mends(seeds: Byline) -> None:
    now, calls = [0.0], list[float]()

    def opened() -> Byline:
        calls.append(now[0])
        if len(calls) == 1:
            raise ModelError("x", "x")
        return seeds

    health = Health(opened, lambda: now[0], patience=60)
    assert [health.fault() for _ in range(3)] == ["model"] * 3
    now[0] = 5.0
    assert [health.fault() for _ in range(3)] == [""] * 3
    assert calls == [0.0, 5.0]


def test_a_request_does_not_wait_for_the_archive_to_be_loaded() -> None:
    loaded = threading.Event()

    def opened() -> Byline:
        loaded.wait(30)
        raise ModelError("x", "x")

    health = Health(opened, patience=0.05)
    assert health.fault() == "starting"
    assert health.fault() == "starting"
    loaded.set()
    while health.fault() == "starting":
        time.sleep(0.01)
    assert health.fault() == "model"


def test_an_archive_that_answers_is_asked_again_only_when_it_has_changed(tmp_path: Path) -> None:
    """Each look was a question: with vectors over HTTP, one to pay for every five seconds."""
    now, asked = [0.0], list[str]()

    class Counting(FakeEmbedder):
        def question(self, text: str) -> QuestionVectors:
            asked.append(text)
            return super().question(text)

    byline = byline_of(tmp_path, {"a.txt": "Ann called at noon."}, Counting())
    health = Health(lambda: byline, lambda: now[0], patience=60)
    for _ in range(3):
        assert health.fault() == ""
        now[0] += 5
    assert len(asked) == 1
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.txt").write_text("Bob called at one.", "utf-8")
    byline.ingest([tmp_path / "more"])
    assert health.fault() == ""
    assert len(asked) == 2
