"""The clock of one call: what is late, what is too much, and when nobody waits any more."""

import json
from dataclasses import dataclass

import pytest

from rag.models.llm import clock as clock_module
from rag.models.llm.clock import CallClock
from rag.settings import load_settings
from tests.support.llm_calls import ASK, bare_environment, failure, model
from tests.support.llm_server import LLMServer, Reply

__all__ = ["bare_environment"]

FIRST, TOTAL = 5.0, 20.0


@dataclass
class Time:
    """The clock's own, moved by hand."""

    now: float = 50.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock_module, "time", made)
    return made


@pytest.fixture
def clock(time: Time) -> CallClock:
    return CallClock(
        load_settings(_env_file=None, llm_first_token_timeout=FIRST, llm_total_timeout=TOTAL)
    )


def test_nobody_waits_for_a_word_before_the_attempt_begins(clock: CallClock, time: Time) -> None:
    time.now += FIRST + 1
    assert not clock.first_token_late
    clock.check()


def test_a_word_is_late_after_its_time_and_not_before(clock: CallClock, time: Time) -> None:
    clock.begin_attempt()
    time.now += FIRST - 1
    clock.check()
    time.now += 1
    assert clock.first_token_late
    assert not clock.total_late
    with pytest.raises(TimeoutError):
        clock.check()


def test_after_the_first_word_only_the_whole_answer_can_be_late(
    clock: CallClock, time: Time
) -> None:
    clock.begin_attempt()
    clock.token_seen()
    time.now += TOTAL - 1
    clock.check()
    time.now += 1
    assert clock.total_late
    assert not clock.first_token_late
    with pytest.raises(TimeoutError):
        clock.check()


def test_each_attempt_waits_anew_for_its_word_but_the_call_ends_when_it_would_have(
    clock: CallClock, time: Time
) -> None:
    for _ in range(4):
        clock.begin_attempt()
        time.now += FIRST - 0.5
        clock.check()
    assert clock.total_left() == pytest.approx(TOTAL - 4 * (FIRST - 0.5))
    clock.begin_attempt()
    time.now += FIRST - 0.5
    assert clock.total_left() < 0
    assert clock.total_late


@pytest.mark.usefixtures("bare_environment")
def test_a_long_answer_in_tiny_pieces_is_no_flood() -> None:
    with LLMServer(Reply(chunks=tuple("a b" * 1_000))) as server:
        llm = model(
            server.url, llm_max_characters=3_000, llm_first_token_timeout=20, llm_total_timeout=20
        )
        assert llm.complete(ASK) == "a b" * 1_000


@pytest.mark.usefixtures("bare_environment")
def test_a_flood_of_nothing_ends_before_the_time_does() -> None:
    padding = json.dumps({"choices": [], "padding": "x" * 200_000})
    with LLMServer(Reply(events=(padding,) * 40)) as server:
        error, seconds = failure(
            model(
                server.url,
                llm_max_characters=10,
                llm_first_token_timeout=20,
                llm_total_timeout=20,
                llm_retries=3,
            )
        )
        assert server.count(1) == 1
    assert "far more data" in error.message
    assert "OPENAI_BASE_URL" in error.hint
    assert not error.retryable
    assert seconds < 10


@pytest.mark.usefixtures("bare_environment")
def test_a_model_that_thinks_aloud_is_not_silent() -> None:
    thought = '{"choices": [{"index": 0, "delta": {"reasoning_content": "hm"}}]}'
    said = '{"choices": [{"index": 0, "delta": {"content": "Rain."}, "finish_reason": "stop"}]}'
    events = (*[thought] * 5, said)
    with LLMServer(Reply(events=events, between=0.3)) as server:
        llm = model(server.url, llm_first_token_timeout=1.0, llm_total_timeout=20)
        assert llm.complete(ASK) == "Rain."
