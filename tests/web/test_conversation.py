"""What the page shows while it answers, over a scripted engine."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from rag.answering.request import Request
from rag.errors import ArchiveEmptyError, LLMError
from rag.factory import Byline
from rag.schema import Answer, Event, Finished, Retrieved, Status, Token
from rag.settings import Settings
from rag.web.conversation import converse, open_reference, stop
from rag.web.reader import CLOSED
from rag.web.turns import Turn
from rag.web.welcome import welcome


class Pause:
    """Here the engine waits until it is told to go on."""


class ScriptedEngine:
    """Yields what it was given, and remembers what it was asked."""

    def __init__(self, *script: Event | Exception | Pause) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.closed, self.go_on = threading.Event(), threading.Event()

    def stream(self, request: Request) -> Iterator[Event]:
        self.requests.append(request)
        try:
            for step in self.script:
                if isinstance(step, Exception):
                    raise step
                if isinstance(step, Pause):
                    self.go_on.wait(10)
                else:
                    yield step
        finally:
            self.closed.set()


def byline(engine: ScriptedEngine) -> Byline:
    archive = SimpleNamespace(catalogue=None)
    made: Any = SimpleNamespace(engine=engine, archive=archive, settings=Settings(_env_file=None))
    return cast("Byline", made)


def finished(text: str) -> Finished:
    return Finished(Answer("q", "q", Status.ANSWERED, "extractive", None, text, (), (), ()))


def test_the_final_text_takes_the_place_of_what_was_streamed() -> None:
    engine = ScriptedEngine(Retrieved("q", (), "llm"), Token("Draft."), finished("Final [1]."))
    pictures = list(converse(lambda: byline(engine), " q ", ()))
    assert [picture.busy for picture in pictures] == [True, True, True, False]
    assert pictures[0].box == ""
    assert "Draft" in pictures[2].turns[0].html
    assert "Draft" not in pictures[-1].turns[0].html
    assert pictures[-1].turns[0].said == "Final."


def test_earlier_turns_go_along_without_markers_and_without_failures() -> None:
    engine = ScriptedEngine(finished("No."))
    turns = (Turn("one?", "", "One."), Turn("broken?", "", ""))
    list(converse(lambda: byline(engine), "two?", turns))
    assert engine.requests[0].history == (("user", "one?"), ("assistant", "One."))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LLMError("It is down.", "Try later."), ("It is down&#46;", "Try later&#46;")),
        (RuntimeError("secret path"), ("Something went wrong here&#46;", "Please ask again&#46;")),
    ],
)
def test_what_goes_wrong_is_told_and_the_question_kept(
    error: Exception, told: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    last = list(converse(lambda: byline(ScriptedEngine(Token("x"), error)), "q?", ()))[-1]
    assert all(line in last.turns[0].html for line in told)
    assert "secret" not in last.turns[0].html
    assert last.box == "q?"
    assert not last.busy
    assert ("secret path" in caplog.text) == isinstance(error, RuntimeError)


def test_nothing_is_shown_for_nothing_or_while_busy() -> None:
    engine = ScriptedEngine(finished("x"))
    assert list(converse(lambda: byline(engine), "  ", ())) == []
    assert list(converse(lambda: byline(engine), "q", (Turn("p", "", running=True),))) == []
    assert engine.requests == []


def test_leaving_closes_the_engines_stream() -> None:
    engine = ScriptedEngine(Token("a"), *[Token("b")] * 1000, finished("x"))
    pictures = converse(lambda: byline(engine), "q", ())
    next(pictures)
    next(pictures)
    cast("Any", pictures).close()
    assert engine.closed.wait(5)


def test_a_stopped_answer_keeps_its_words_and_says_so() -> None:
    engine = ScriptedEngine(Token("It rai"), Pause(), Token("ned."), finished("x"))
    pictures = converse(lambda: byline(engine), "q", ())
    next(pictures)
    running = next(pictures)
    begun = time.monotonic()
    stop(running.turns)
    last = list(pictures)[-1]
    assert time.monotonic() - begun < 1  # although the engine waits for much longer
    assert not last.busy
    assert "It rai" in last.turns[0].html
    assert "Stopped" in last.turns[0].html
    assert last.turns[0].said == ""
    engine.go_on.set()
    assert engine.closed.wait(5)
    stop(())


def test_without_an_archive_the_page_says_what_to_do(tmp_path: Path) -> None:
    def missing() -> Byline:
        raise ArchiveEmptyError(f"There is no archive in {tmp_path} yet.", "Run `rag ingest PATH`.")

    shown = welcome(missing)
    assert "No archive yet" in shown.masthead
    assert "rag ingest PATH" in shown.reader
    assert shown.questions == ()
    assert open_reference(missing, "nonsense") == CLOSED
    assert "rag ingest PATH" in open_reference(missing, "cite-aaaa-1-0-0-")
