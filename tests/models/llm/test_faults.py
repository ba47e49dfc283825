"""Faults of an endpoint in words: what happened, where, what to do, and no secret in it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import openai
import pytest
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from rag.errors import LLMError
from rag.models.llm.clock import CallClock
from rag.models.llm.faults import (
    FAULTS,
    base_url,
    explain,
    is_passing,
    rejects_temperature,
    retry_after,
    safe_cause,
)
from rag.settings import Settings, load_settings
from rag.text.unseen import is_unseen
from tests.support.llm_calls import ASK, bare_environment, failure, model
from tests.support.llm_server import LLMServer, Reply

__all__ = ["bare_environment"]

pytestmark = pytest.mark.usefixtures("bare_environment")
URL = "http://user:sk-inside-the-url@llm.example:8080/v1?token=sk-inside-the-url"
REQUEST = httpx.Request("POST", URL)


def settings(**values: object) -> Settings:
    return load_settings(_env_file=None, **{"openai_base_url": URL, **values})


def refusal(status: int, message: str = "no", **headers: str) -> openai.APIStatusError:
    """Return what the client raises for a reply with this status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx.Response(status, headers=named, request=REQUEST)
    kinds = {400: openai.BadRequestError, 429: openai.RateLimitError}
    kind = kinds.get(status, openai.InternalServerError if status >= 500 else openai.APIStatusError)
    return kind(message, response=response, body={"message": message})


def explained(error: Exception, **values: object) -> LLMError:
    chosen = settings(**values)
    return explain(error, chosen, CallClock(chosen))


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (refusal(429), True),
        (refusal(500), True),
        (refusal(503), True),
        (openai.APIConnectionError(request=REQUEST), True),
        (httpx.ConnectError("refused"), True),
        (httpx.RemoteProtocolError("cut"), True),
        (refusal(400), False),
        (refusal(401), False),
        (refusal(404), False),
        (openai.APITimeoutError(request=REQUEST), False),
        (httpx.ReadTimeout("slow"), False),
        (ValueError("no JSON"), False),
        (RecursionError(), False),
    ],
)
def test_only_what_may_pass_is_worth_a_second_try(error: Exception, passing: bool) -> None:
    assert isinstance(error, FAULTS)
    assert is_passing(error) is passing
    if passing:
        assert explained(error).retryable


@pytest.mark.parametrize(("asked", "seconds"), [("0", 0.0), ("2.5", 2.5), (" 7 ", 7.0)])
def test_an_endpoint_may_ask_for_seconds(asked: str, seconds: float) -> None:
    assert retry_after(refusal(429, retry_after=asked)) == seconds


def test_an_endpoint_may_name_the_time() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert retry_after(refusal(503, retry_after=soon)) == pytest.approx(60, abs=5)
    assert retry_after(refusal(503, retry_after="Mon, 01 Jan 2001 00:00:00 GMT")) == 0


@pytest.mark.parametrize("asked", ["", "soon", "-3", "nan", "inf", "1e999", "Thu, 99 Foo"])
def test_a_wait_that_means_nothing_is_none(asked: str) -> None:
    assert retry_after(refusal(429, retry_after=asked)) is None


@given(st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=30))
def test_any_header_is_a_wait_of_some_seconds_or_none(asked: str) -> None:
    response = httpx.Response(429, headers={b"retry-after": asked.encode("latin-1")})
    response.request = REQUEST
    seconds = retry_after(openai.RateLimitError("no", response=response, body=None))
    assert seconds is None or 0 <= seconds < float("inf")


def test_what_is_no_reply_asks_for_no_wait() -> None:
    assert retry_after(httpx.ConnectError("refused")) is None
    assert retry_after(ValueError("7")) is None


def test_a_refused_temperature_is_told_from_other_refusals() -> None:
    assert rejects_temperature(refusal(400, "Unsupported value: 'Temperature' must be 1."))
    assert not rejects_temperature(refusal(400, "Unknown model."))
    assert not rejects_temperature(refusal(500, "temperature"))


@pytest.mark.parametrize(
    ("error", "what", "hint"),
    [
        (refusal(413), "status 413", "too long"),
        (refusal(422), "status 422", "RAG_LLM_MODEL"),
        (refusal(429, "slow down"), "slow down", "limits of the account"),
        (refusal(502), "status 502", "Try again later"),
        (refusal(307), "redirects (307)", "final address"),
        (httpx.ConnectTimeout("x"), "didn't answer within 3 s", "RAG_LLM_CONNECT_TIMEOUT"),
        (httpx.ReadTimeout("x"), "fell silent for 9 s", "RAG_LLM_FIRST_TOKEN_TIMEOUT"),
        (httpx.ConnectError("Name or service not known"), "not known", "the server runs"),
        (httpx.InvalidURL("x"), "no URL", "/v1"),
        (TypeError("x"), "no chat completion", "/v1"),
        (UnicodeEncodeError("ascii", "ü", 0, 1, "x"), "can't be encoded", "OPENAI_API_KEY"),
    ],
)
def test_each_fault_says_what_happened_and_what_to_do(
    error: Exception, what: str, hint: str
) -> None:
    shown = explained(error, llm_connect_timeout=3, llm_first_token_timeout=9)
    assert what in shown.message
    assert hint in shown.hint
    assert shown.message.endswith(".")
    assert not shown.message.endswith("..")


def test_the_endpoint_is_named_without_what_may_be_secret_in_its_address() -> None:
    for error in (refusal(500), httpx.ConnectError("refused"), TypeError("x")):
        shown = explained(error)
        assert "http://llm.example:8080" in shown.message
        assert "sk-inside-the-url" not in str(shown)
        assert "user" not in str(shown)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_is_not_repeated_not_even_in_part(status: int) -> None:
    shown = explained(refusal(status, "Incorrect API key provided: sk-abc***xyz"))
    assert "sk-abc" not in str(shown)
    assert "OPENAI_API_KEY" in shown.hint


@settings_of_hypothesis(max_examples=50)
@given(st.text(max_size=60).map(lambda text: text * 5))
def test_whatever_an_endpoint_says_the_message_is_one_short_visible_line(said: str) -> None:
    for error in (refusal(500, said), httpx.ConnectError(said), openai.OpenAIError(said)):
        shown = explained(error)
        assert not any(map(is_unseen, shown.message))
        assert len(shown.message) < 300


def test_a_cause_that_quotes_the_key_is_not_chained() -> None:
    key = "sk-of-a-cause-0123"
    load_settings(_env_file=None, openai_api_key=key)
    plain, quoting = ValueError("no JSON"), ValueError(f"bad header Bearer {key}")
    assert safe_cause(plain) is plain
    assert safe_cause(quoting) is None
    outer = ValueError("bad header")
    outer.__cause__ = quoting
    assert safe_cause(outer) is None


def test_without_an_address_the_official_endpoint_is_asked_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = settings(openai_base_url=None)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
    assert "elsewhere" not in base_url(chosen)
    assert base_url(settings()) == URL


def test_the_reason_of_a_refusal_reaches_the_reader_through_the_client() -> None:
    with LLMServer(
        Reply.failing(413, "This model's\n maximum context\u202e is 512 tokens.")
    ) as server:
        error, _ = failure(model(server.url, llm_first_token_timeout=20, llm_total_timeout=20))
    assert "This model's maximum context is 512 tokens" in error.message
    assert "another RAG_LLM_MODEL" in error.hint
    assert not error.retryable


@pytest.mark.parametrize(
    "body", ["", "<html>Bad gateway</html>", "[1]", '{"error": "plain"}', '{"error": null}', "null"]
)
def test_a_refusal_in_any_form_is_told_by_its_status(body: str) -> None:
    with LLMServer(Reply(status=404, body=body)) as server:
        error, _ = failure(model(server.url, llm_first_token_timeout=20, llm_total_timeout=20))
        assert server.requests[0].messages[-1]["content"] == ASK[-1].content
    assert "status 404" in error.message
    assert "OPENAI_BASE_URL" in error.hint
