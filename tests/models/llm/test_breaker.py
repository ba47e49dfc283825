"""An endpoint that keeps failing is left alone for a while."""

import threading
import time

import pytest

from rag.errors import LLMError
from rag.models.llm.breaker import Breaker
from tests.support.llm_calls import ASK, SAID, TEXT, bare_environment, failure, model
from tests.support.llm_server import LLMServer, Reply

__all__ = ["bare_environment"]

pytestmark = pytest.mark.usefixtures("bare_environment")
QUICK = {"llm_retries": 0, "llm_breaker_failures": 3, "llm_breaker_pause": 0.3}


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(LLMError, match="busy"), breaker.call():
            raise LLMError("It is busy.", "Wait.")


def test_after_five_failures_no_call_is_made() -> None:
    with LLMServer(Reply.failing(500)) as server:
        llm = model(server.url, llm_retries=0)
        for _ in range(5):
            failure(llm)
        error, seconds = failure(llm)
        assert len(server.requests) == 5
    assert seconds < 0.1
    assert "failed 5 times in a row and is not asked for another 30 s" in error.message
    assert "status 500" in error.message
    assert "OPENAI_BASE_URL" in error.hint


@pytest.mark.parametrize(
    "reply",
    [Reply.failing(401), Reply.failing(404), Reply(stall_after=0, chunks=("x",)), Reply(body="")],
)
def test_every_fault_counts(reply: Reply) -> None:
    with LLMServer(reply) as server:
        llm = model(server.url, **QUICK, llm_first_token_timeout=0.1)
        for _ in range(4):
            failure(llm)
        assert len(server.requests) == 3


def test_after_the_pause_one_success_closes_it() -> None:
    with LLMServer(*[Reply.failing(500)] * 3, SAID) as server:
        llm = model(server.url, **QUICK)
        for _ in range(4):
            failure(llm)
        time.sleep(0.35)
        assert [llm.complete(ASK) for _ in range(2)] == [TEXT, TEXT]
        assert len(server.requests) == 5


def test_after_the_pause_one_failure_starts_the_next() -> None:
    with LLMServer(Reply.failing(500)) as server:
        llm = model(server.url, **QUICK)
        for _ in range(4):
            failure(llm)
        time.sleep(0.35)
        for _ in range(3):
            failure(llm)
        assert len(server.requests) == 4


def test_a_success_between_failures_starts_the_count_anew() -> None:
    bad = Reply.failing(500)
    with LLMServer(bad, bad, SAID, bad, bad, bad) as server:
        llm = model(server.url, **QUICK)
        for sound in (False, False, True, False, False, False, False):
            assert llm.complete(ASK) == TEXT if sound else failure(llm)
        assert len(server.requests) == 6


def test_all_of_a_process_share_it_but_another_model_or_key_starts_afresh() -> None:
    with LLMServer(Reply.failing(401)) as server:
        for _ in range(3):
            failure(model(server.url, **QUICK, openai_api_key="sk-wrong"))
        failure(model(server.url, **QUICK, openai_api_key="sk-wrong"))
        assert len(server.requests) == 3
        failure(model(server.url, **QUICK, openai_api_key="sk-mended"))
        failure(model(server.url, **QUICK, openai_api_key="sk-wrong", llm_model="other"))
        assert len(server.requests) == 5


def test_zero_turns_it_off() -> None:
    with LLMServer(Reply.failing(401)) as server:
        llm = model(server.url, llm_breaker_failures=0)
        for _ in range(8):
            failure(llm)
        assert len(server.requests) == 8


def test_an_answer_that_nobody_waited_for_counts_as_nothing() -> None:
    with LLMServer(Reply(chunks=("word ",), endless=True)) as server:
        llm = model(server.url, **QUICK)
        for _ in range(5):
            stream = llm.stream(ASK)
            assert next(stream) == "word "
            stream.close()
        assert len(server.requests) == 5


def test_a_probe_that_is_given_up_lets_the_next_call_be_one() -> None:
    breaker = Breaker(1, 0.05)
    fail(breaker)
    time.sleep(0.06)
    with pytest.raises(GeneratorExit), breaker.call():
        raise GeneratorExit
    with breaker.call():
        pass
    with breaker.call():
        pass


def test_a_call_from_before_does_not_end_the_pause() -> None:
    breaker = Breaker(1, 30)
    given_up = breaker.call()
    given_up.__enter__()
    fail(breaker)
    assert not given_up.__exit__(GeneratorExit, GeneratorExit(), None)
    with pytest.raises(LLMError, match="not asked"), breaker.call():
        pass


def test_of_many_threads_one_probes() -> None:
    with LLMServer(*[Reply.failing(500)] * 3, Reply.failing(500)) as server:
        llm = model(server.url, **QUICK)
        for _ in range(3):
            failure(llm)
        time.sleep(0.35)
        together = threading.Barrier(8)

        def ask() -> None:
            together.wait()
            failure(llm)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.requests) == 4


def test_a_failure_keeps_no_prompt_alive() -> None:
    breaker = Breaker(1, 30)
    fail(breaker)
    assert breaker._last == ("It is busy.", "Wait.")
