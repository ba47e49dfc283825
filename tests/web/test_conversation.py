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
from rag.web.conversation import converse, stop, warm
from rag.web.links import NOWHERE, Reference
from rag.web.turns import Failed, Stopped, Turn, Working, is_busy, retrying, rewriting
from rag.web.welcome import welcome
from tests.support.pages import ANSWER, turns_of


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
    assert [is_busy(picture.turns) for picture in pictures] == [True, True, True, False]
    assert pictures[0].box == ""
    assert [picture.turns[0].attempt for picture in pictures] == [
        Working(),
        Working(0),
        Working(0, "Draft."),
        None,
    ]
    answer = pictures[-1].turns[0].answer
    assert answer is not None
    assert answer.text == "Final [1]."


def test_markers_of_a_text_in_the_making_lead_to_what_was_found() -> None:
    engine = ScriptedEngine(
        Retrieved("q", ANSWER.evidence, "llm"),
        Token("One [1] two [2].", (ANSWER.evidence[0].paragraph_id, "unknown")),
        Finished(ANSWER),
    )
    *_, streamed, last = converse(lambda: byline(engine), "q", ())
    cited = {1: Reference(ANSWER.evidence[0].paragraph_id, ANSWER.evidence[0].ordinal)}
    assert streamed.turns[0].attempt == Working(1, "One [1] two [2].", cited)
    assert streamed.source is None
    assert last.source == Reference.of(ANSWER.citations[0])


def test_an_answer_without_sources_closes_the_reader() -> None:
    *_, last = converse(lambda: byline(ScriptedEngine(finished("No."))), "q", ())
    assert last.source is NOWHERE


RETRY_ENDS = [
    ((Token("New"), LLMError("It is down.", "Try later.")), Failed("It is down.", "Try later.")),
    ((Token("New"),), Stopped("New")),
]


@pytest.mark.parametrize(("script", "attempt"), RETRY_ENDS)
def test_retry_keeps_the_old_answer_until_the_new_one_is_finished(
    script: tuple[Event | Exception, ...], attempt: Failed | Stopped
) -> None:
    old = turns_of(ANSWER, ANSWER)
    engine = ScriptedEngine(*script)
    pictures = list(converse(lambda: byline(engine), ANSWER.question, retrying(old)))
    for picture in pictures[:-1]:
        assert picture.turns[-1].replaced == old[-1]
    assert pictures[-1].turns == (old[0], Turn(ANSWER.question, ANSWER, attempt))
    assert pictures[-1].source is None
    assert engine.requests[0].history == (
        ("user", ANSWER.question),
        ("assistant", "There was one call.\n\nIt was short."),
    )


def test_a_retry_that_is_finished_takes_the_old_answers_place() -> None:
    engine = ScriptedEngine(finished("New."))
    (turn,) = list(converse(lambda: byline(engine), "q?", retrying(turns_of(ANSWER))))[-1].turns
    assert turn.answer is not None
    assert (turn.answer.text, turn.replaced, turn.attempt) == ("New.", None, None)


def test_a_stopped_edit_brings_the_old_answer_back_and_leaves_the_question_in_the_box() -> None:
    engine = ScriptedEngine(Token("New"))
    last = list(converse(lambda: byline(engine), "New?", rewriting(turns_of(ANSWER))))[-1]
    assert last.turns == (Turn(ANSWER.question, ANSWER, Stopped("New")),)
    assert last.box == "New?"


def test_earlier_turns_go_along_without_markers_and_without_failures() -> None:
    engine = ScriptedEngine(finished("No."))
    turns = (*turns_of(ANSWER), Turn("broken?", attempt=Failed("Down.", "Wait.")))
    list(converse(lambda: byline(engine), "two?", turns))
    assert engine.requests[0].history == (
        ("user", ANSWER.question),
        ("assistant", "There was one call.\n\nIt was short."),
    )


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LLMError("It is down.", "Try later."), Failed("It is down.", "Try later.")),
        (RuntimeError("secret path"), Failed("Something went wrong here.", "Please ask again.")),
    ],
)
def test_what_goes_wrong_is_told_and_the_question_kept(
    error: Exception, told: Failed, caplog: pytest.LogCaptureFixture
) -> None:
    last = list(converse(lambda: byline(ScriptedEngine(Token("x"), error)), "q?", ()))[-1]
    assert last.turns == (Turn("q?", attempt=told),)
    assert last.box == "q?"
    assert ("secret path" in caplog.text) == isinstance(error, RuntimeError)


def test_nothing_is_shown_for_nothing_or_while_busy() -> None:
    engine = ScriptedEngine(finished("x"))
    assert list(converse(lambda: byline(engine), "  ", ())) == []
    assert list(converse(lambda: byline(engine), "q", (Turn("p", attempt=Working()),))) == []
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
    assert last.turns == (Turn("q", attempt=Stopped("It rai")),)
    assert last.box is None
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
    warm(missing)


def test_warming_that_fails_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    warm(lambda: cast("Byline", object()))
    assert "Warming failed" in caplog.text
