"""Whether the archive can be asked, in one word."""

from pathlib import Path

import pytest

from rag.errors import BylineError, IndexMismatchError, ModelError, SettingsError
from rag.factory import Byline
from rag.web.server.health import Health
from tests.support.archives import sealed_settings, share_model


def test_an_archive_that_answers_is_well(seeds: Byline) -> None:
    assert Health(lambda: seeds).fault() == ""


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

    health = Health(opened, lambda: now[0])
    assert [health.fault() for _ in range(3)] == ["model"] * 3
    now[0] = 5.0
    assert [health.fault() for _ in range(3)] == [""] * 3
    assert calls == [0.0, 5.0]
