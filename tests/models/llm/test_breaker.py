"""An endpoint that keeps failing is left alone for a while."""

import threading
from dataclasses import dataclass

import pytest

from rag.errors import LLMError
from rag.models.llm import breaker as breaker_module
from rag.models.llm.breaker import Breaker
from tests.support.llm_calls import ASK, SAID, TEXT, bare_environment, failure, model
from tests.support.llm_server import LLMServer, Reply

__all__ = ["bare_environment"]

pytestmark = pytest.mark.usefixtures("bare_environment")
PAUSE = 30.0
QUICK = {
    "llm_retries": 0,
    "llm_breaker_failures": 3,
    "llm_breaker_pause": PAUSE,
    # What is refused at once is waited for: the machine may be busy.
    "llm_connect_timeout": 20,
    "llm_first_token_timeout": 20,
    "llm_total_timeout": 20,
}


@dataclass
class Clock:
    """The breaker's, moved by hand."""

    now: float = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(breaker_module, "time", made)
    return made


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(LLMError, match="busy"), breaker.call():
            raise LLMError("It is busy.", "Wait.")


def test_after_five_failures_no_call_is_made() -> None:
    with LLMServer(Reply.failing(500)) as server:
        llm = model(server.url, **{**QUICK, "llm_breaker_failures": 5})
        for _ in range(5):
            failure(llm)
        error, _ = failure(llm)
        assert server.count(5) == 5
    assert "failed 5 times in a row and is not asked for another 30 s" in error.message
    assert "status 500" in error.message
    assert "OPENAI_BASE_URL" in error.hint


@pytest.mark.parametrize(
    "reply",
    [Reply.failing(401), Reply.failing(404), Reply(stall_after=0, chunks=("x",)), Reply(body="")],
)
def test_every_fault_counts(reply: Reply) -> None:
    with LLMServer(reply) as server:
        llm = model(server.url, **{**QUICK, "llm_first_token_timeout": 0.1})
        for _ in range(4):
            failure(llm)
        assert server.count(3) == 3


def test_after_the_pause_one_success_closes_it(clock: Clock) -> None:
    with LLMServer(*[Reply.failing(500)] * 3, SAID) as server:
        llm = model(server.url, **QUICK)
        for _ in range(4):
            failure(llm)
        clock.now += PAUSE + 1
        assert [llm.complete(ASK) for _ in range(2)] == [TEXT, TEXT]
        assert server.count(5) == 5


def test_after_the_pause_one_failure_starts_the_next(clock: Clock) -> None:
    with LLMServer(Reply.failing(500)) as server:
        llm = model(server.url, **QUICK)
        for _ in range(4):
            failure(llm)
        clock.now += PAUSE + 1
        for _ in range(3):
            failure(llm)
        assert server.count(4) == 4


def test_a_success_between_failures_starts_the_count_anew() -> None:
    bad = Reply.failing(500)
    with LLMServer(bad, bad, SAID, bad, bad, bad) as server:
        llm = model(server.url, **QUICK)
        for sound in (False, False, True, False, False, False, False):
            assert llm.complete(ASK) == TEXT if sound else failure(llm)
        assert server.count(6) == 6


def test_all_of_a_process_share_it_but_another_model_or_key_starts_afresh() -> None:
    with LLMServer(Reply.failing(401)) as server:
        for _ in range(3):
            failure(model(server.url, **QUICK, openai_api_key="sk-wrong"))
        failure(model(server.url, **QUICK, openai_api_key="sk-wrong"))
        assert server.count(3) == 3
        failure(model(server.url, **QUICK, openai_api_key="sk-mended"))
        failure(model(server.url, **QUICK, openai_api_key="sk-wrong", llm_model="other"))
        assert server.count(5) == 5


def test_zero_turns_it_off() -> None:
    with LLMServer(Reply.failing(401)) as server:
        llm = model(server.url, **{**QUICK, "llm_breaker_failures": 0})
        for _ in range(8):
            failure(llm)
        assert server.count(8) == 8


def test_an_answer_that_nobody_waited_for_counts_as_nothing() -> None:
    with LLMServer(Reply(chunks=("word ",), endless=True)) as server:
        llm = model(server.url, **QUICK)
        for _ in range(5):
            stream = llm.stream(ASK)
            assert next(stream) == "word "
            stream.close()
        assert server.count(5) == 5


def test_a_probe_that_is_given_up_lets_the_next_call_be_one(clock: Clock) -> None:
    breaker = Breaker(1, PAUSE)
    fail(breaker)
    clock.now += PAUSE + 1
    with pytest.raises(GeneratorExit), breaker.call():
        raise GeneratorExit
    with breaker.call():
        pass
    with breaker.call():
        pass


def test_a_call_from_before_does_not_end_the_pause() -> None:
    breaker = Breaker(1, PAUSE)
    given_up = breaker.call()
    given_up.__enter__()
    fail(breaker)
    assert not given_up.__exit__(GeneratorExit, GeneratorExit(), None)
    with pytest.raises(LLMError, match="not asked"), breaker.call():
        pass


def test_of_many_threads_one_probes(clock: Clock) -> None:
    with LLMServer(*[Reply.failing(500)] * 3, Reply.failing(500)) as server:
        llm = model(server.url, **QUICK)
        for _ in range(3):
            failure(llm)
        clock.now += PAUSE + 1
        together = threading.Barrier(8)

        def ask() -> None:
            together.wait()
            failure(llm)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert server.count(4) == 4


def test_a_failure_keeps_no_prompt_alive() -> None:
    breaker = Breaker(1, PAUSE)
    fail(breaker)
    assert breaker._last == ("It is busy.", "Wait.")
