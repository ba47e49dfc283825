"""How long, how often and how much: the limits of the language model's wrapper."""

import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from tests.support.llm_calls import ASK, SAID, TEXT, bare_environment, failure, model
from tests.support.llm_server import LLMServer, Reply, deaf_endpoint

__all__ = ["bare_environment"]

pytestmark = pytest.mark.usefixtures("bare_environment")


@pytest.fixture
def warm(bare_environment: None) -> None:
    """Import the client beforehand, where a test measures time."""
    with LLMServer(SAID) as server:
        model(server.url, llm_first_token_timeout=20, llm_total_timeout=20).complete(ASK)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_fault_is_tried_once_more(status: int) -> None:
    with LLMServer(Reply.failing(status), SAID) as server:
        assert model(server.url, llm_first_token_timeout=5).complete(ASK) == TEXT
        assert server.count(2) == 2
    with LLMServer(Reply.failing(status)) as server:
        error, seconds = failure(model(server.url, llm_first_token_timeout=5))
        assert server.count(2) == 2
    assert error.retryable
    assert seconds < 4


def test_a_connection_that_breaks_before_the_first_token_is_tried_once_more() -> None:
    with LLMServer(Reply(chunks=("x",), cut_after=0), SAID) as server:
        assert model(server.url, llm_first_token_timeout=5).complete(ASK) == TEXT
    assert server.count(2) == 2


@pytest.mark.parametrize("asked", ["50", "3600", "date"])
def test_an_endpoint_that_asks_for_too_much_patience_is_not_waited_for(asked: str) -> None:
    if asked == "date":
        asked = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    with LLMServer(Reply.failing(429, retry_after=asked)) as server:
        error, seconds = failure(model(server.url, llm_first_token_timeout=5))
    assert server.count(1) == 1
    assert seconds < 4
    assert error.retryable


@pytest.mark.parametrize("asked", ["-1", "soon", "nan", "0.2", "Thu, 99 Foo", ""])
def test_a_short_or_senseless_retry_after_costs_little(asked: str) -> None:
    with LLMServer(Reply.failing(429, retry_after=asked), SAID) as server:
        started = time.monotonic()
        assert model(server.url, llm_first_token_timeout=5).complete(ASK) == TEXT
    assert time.monotonic() - started < 2


def test_all_waits_together_stay_within_the_setting() -> None:
    reply = Reply.failing(429, retry_after="0.4")
    with LLMServer(reply) as server:
        _, seconds = failure(
            model(server.url, llm_retries=5, llm_first_token_timeout=5, llm_total_timeout=9)
        )
    assert server.count(3) == 3
    assert seconds < 4


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(
    ("reply", "setting", "limit", "partial"),
    [
        (Reply(before_headers=9), "RAG_LLM_FIRST_TOKEN_TIMEOUT", 0.4, ""),
        (Reply(stall_after=0, chunks=("x",)), "RAG_LLM_FIRST_TOKEN_TIMEOUT", 0.4, ""),
        (Reply(drip="headers"), "RAG_LLM_FIRST_TOKEN_TIMEOUT", 0.4, ""),
        (Reply(drip="body", finish=None), "RAG_LLM_FIRST_TOKEN_TIMEOUT", 0.4, ""),
        (Reply(chunks=("",), endless=True), "RAG_LLM_FIRST_TOKEN_TIMEOUT", 0.4, ""),
        (Reply(chunks=("a", "b"), stall_after=1), "RAG_LLM_FIRST_TOKEN_TIMEOUT", 0.4, "a"),
        (Reply(chunks=("a",), drip="body", finish=None), "RAG_LLM_TOTAL_TIMEOUT", 0.8, "a"),
    ],
)
def test_deadlines_hold_against_silence_and_drips(
    reply: Reply, setting: str, limit: float, partial: str
) -> None:
    with LLMServer(reply) as server:
        error, seconds = failure(model(server.url))
        assert server.requests[0].left.wait(2)
    assert setting in error.hint
    assert error.partial == partial
    assert limit * 0.9 <= seconds <= limit * 1.1 + 0.2
    assert server.count(1) == 1


@pytest.mark.usefixtures("warm")
def test_a_host_that_does_not_answer_is_given_up_at_the_connect_deadline() -> None:
    with deaf_endpoint() as url:
        error, seconds = failure(model(url))
    assert "RAG_LLM_CONNECT_TIMEOUT" in error.hint
    assert seconds <= 0.3 * 1.1 + 0.2


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("addresses", [0, 4])
def test_a_name_is_looked_up_and_all_its_addresses_tried_in_that_time(
    monkeypatch: pytest.MonkeyPatch, addresses: int
) -> None:
    known = socket.getaddrinfo

    def look_up(host: str, port: int, *given: int, **named: int) -> list[Any]:
        if not addresses:
            time.sleep(1)
        return known("127.0.0.1", port, *given, **named) * addresses

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with deaf_endpoint() as url:
        named = url.replace("127.0.0.1", "localhost")
        error, seconds = failure(model(named, llm_first_token_timeout=9, llm_total_timeout=9))
    assert "RAG_LLM_CONNECT_TIMEOUT" in error.hint
    assert 0.2 < seconds <= 0.3 * 1.1 + 0.2


@pytest.mark.usefixtures("warm")
def test_dripping_tokens_do_not_outlive_the_total_deadline() -> None:
    with LLMServer(Reply(chunks=("x",), endless=True, between=0.1)) as server:
        error, seconds = failure(model(server.url))
    assert "RAG_LLM_TOTAL_TIMEOUT" in error.hint
    assert seconds <= 0.8 * 1.1 + 0.2
    assert set(error.partial) == {"x"}


@pytest.mark.parametrize("piece", ["word ", " ", "x" * 5_000])
def test_an_endless_answer_is_cut_and_its_connection_closed(piece: str) -> None:
    with LLMServer(Reply(chunks=(piece,), endless=True)) as server:
        llm = model(server.url, llm_max_characters=2_000, llm_total_timeout=20)
        error, _ = failure(llm)
        assert server.requests[0].left.wait(2)
    assert error.partial == (piece * 2_000)[:2_000]
    assert "RAG_LLM_MAX_CHARACTERS" in error.hint


def test_a_line_without_end_is_not_collected() -> None:
    with LLMServer(Reply(events=("x" * 20_000_000,))) as server:
        error, seconds = failure(model(server.url, llm_max_characters=100, llm_total_timeout=9))
    assert "more data" in error.message
    assert seconds < 2
    assert server.count(1) == 1


def test_closing_the_generator_ends_the_request_at_once() -> None:
    with LLMServer(Reply(chunks=("word ",), endless=True, between=0.02)) as server:
        stream = model(server.url, llm_total_timeout=20).stream(ASK)
        assert next(stream) == "word "
        stream.close()
        assert server.requests[0].left.wait(1)


@pytest.mark.usefixtures("warm")
def test_a_letter_that_a_secret_begins_with_is_not_lost_to_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rag.errors._SECRETS", {"b-long-secret-value"})
    with LLMServer(Reply(chunks=("a", "b"), stall_after=2)) as server:
        error, _ = failure(model(server.url))
    assert error.partial == "ab"
