"""The language model's wrapper, through the real client, against a server that misbehaves."""

import json
import traceback

import pytest

from rag.errors import SettingsError
from tests.support.llm_calls import ASK, SAID, TEXT, bare_environment, failure, model
from tests.support.llm_server import LLMServer, Reply, event_object

__all__ = ["bare_environment"]

pytestmark = pytest.mark.usefixtures("bare_environment")
KEY = "sk-canary-0123456789"


def test_a_sound_answer_is_streamed_at_temperature_zero() -> None:
    with LLMServer(SAID) as server:
        pieces = list(model(server.url, llm_total_timeout=20).stream(ASK))
    # What may begin a secret is held back for a moment, so pieces needn't end where they came in.
    assert "".join(pieces) == "".join(SAID.chunks)
    assert len(pieces) > 1
    request = server.requests[0]
    assert request.messages == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Did it rain?"},
    ]
    assert (request.body["model"], request.body["temperature"]) == ("test", 0)
    assert request.body["stream"] is True
    assert "stream_options" not in request.body


def test_the_key_goes_to_the_endpoint_and_a_dummy_where_there_is_none() -> None:
    with LLMServer(SAID) as server:
        model(server.url, openai_api_key=f" {KEY}\n").complete(ASK)
        model(server.url).complete(ASK)
    sent = [request.headers["authorization"] for request in server.requests]
    assert sent[0] == f"Bearer {KEY}"
    assert KEY not in sent[1]


def test_no_model_is_a_settings_error() -> None:
    with pytest.raises(SettingsError, match="RAG_LLM_MODEL"):
        model("http://127.0.0.1:9/v1", llm_model=None)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(chunks=SAID.chunks, finish=None),
        Reply(chunks=SAID.chunks, finish="length"),
        Reply(chunks=SAID.chunks, finish="content_filter"),
        Reply(chunks=(*SAID.chunks, "more"), cut_after=len(SAID.chunks)),
    ],
)
def test_an_answer_that_does_not_end_properly_is_an_error_with_its_part(reply: Reply) -> None:
    with LLMServer(reply) as server:
        error, _ = failure(model(server.url))
    assert error.partial == TEXT
    assert error.retryable
    assert len(server.requests) == 1


def test_what_comes_after_the_finish_does_not_matter() -> None:
    with LLMServer(Reply(chunks=SAID.chunks, done=False, drip="body")) as server:
        assert model(server.url).complete(ASK) == TEXT


NULL = json.dumps(event_object({"content": None}))
STOP = json.dumps(event_object({}, "stop"))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(events=("{broken",)),
        Reply(events=("[1, 2]",)),
        Reply(events=("5",)),
        Reply(events=('"text"',)),
        Reply(events=('{"choices": 3}',)),
        Reply(events=('{"choices": [{}]}',)),
        Reply(events=('{"choices": [{"delta": 7}]}',)),
        Reply(events=("[" * 100_000,)),
        Reply(events=(json.dumps({"choices": []}),)),
        Reply(events=(NULL,)),
        Reply(events=(json.dumps(event_object({"content": ["a", "list"]})), STOP)),
        Reply(events=(json.dumps({"error": {"message": "overloaded"}}),)),
        Reply(body="<html><body>Welcome to the hotel network</body></html>"),
        Reply(body="{}"),
        Reply(body=""),
        Reply(chunks=("x",), headers={"content-encoding": "gzip"}),
    ],
)
def test_nonsense_is_one_typed_error(reply: Reply) -> None:
    with LLMServer(reply) as server:
        error, _ = failure(model(server.url))
    assert error.partial == ""


def test_null_content_and_thinking_are_skipped() -> None:
    thinking = json.dumps(event_object({"reasoning_content": "hm"}))
    rain = json.dumps(event_object({"content": "Rain."}))
    with LLMServer(Reply(events=(NULL, thinking, '{"choices": []}', rain, STOP))) as server:
        assert model(server.url).complete(ASK) == "Rain."


@pytest.mark.parametrize(
    ("status", "setting"),
    [
        (400, "RAG_LLM_MODEL"),
        (401, "OPENAI_API_KEY"),
        (403, "OPENAI_API_KEY"),
        (404, "RAG_LLM_MODEL"),
        (418, "OPENAI_BASE_URL"),
    ],
)
def test_a_refusal_names_the_setting_and_is_not_repeated(status: int, setting: str) -> None:
    reply = Reply.failing(status, f"Incorrect API key provided: {KEY}. Also {KEY[:6]}***")
    with LLMServer(reply) as server:
        error, _ = failure(model(server.url, openai_api_key=KEY))
    assert setting in error.hint
    assert not error.retryable
    assert len(server.requests) == 1
    assert KEY not in "".join(traceback.format_exception(error))
    assert str(status) in error.message


def test_redirects_are_not_followed_and_the_key_stays_home() -> None:
    with LLMServer(SAID) as sink:
        for status in (301, 302, 303, 307, 308):
            to = {"location": f"{sink.url}/chat/completions"}
            with LLMServer(Reply(status=status, body="", headers=to)) as server:
                error, _ = failure(model(server.url, openai_api_key=KEY))
            assert "OPENAI_BASE_URL" in error.hint
            assert len(server.requests) == 1
    assert sink.requests == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9/v1", "http://127.0.0.1:9", "ftp://127.0.0.1/", "http://[", "nonsense"],
)
def test_an_endpoint_that_is_not_there_names_its_setting(url: str) -> None:
    error, seconds = failure(model(url))
    assert "OPENAI_BASE_URL" in error.hint
    assert seconds < 3


def test_a_password_in_the_address_is_not_shown() -> None:
    error, _ = failure(model("http://user:secret@127.0.0.1:9/v1?token=secret"))
    assert "secret" not in str(error)


def test_a_key_that_comes_back_in_pieces_is_left_out() -> None:
    pieces = (f"Key {KEY[:4]}", KEY[4:9], f"{KEY[9:]} or {KEY[:5]}", "-nothing [1].")
    with LLMServer(Reply(chunks=pieces)) as server:
        llm = model(server.url, openai_api_key=KEY)
        assert "".join(llm.stream(ASK)) == f"Key *** or {KEY[:5]}-nothing [1]."


@pytest.mark.parametrize("key", ["ключ", "a\nb", f"{KEY}\u2028x"])
def test_a_key_with_odd_characters_is_an_error_that_does_not_show_it(key: str) -> None:
    with LLMServer(SAID) as server:
        error, _ = failure(model(server.url, openai_api_key=key))
    assert key.strip() not in "".join(traceback.format_exception(error))


def test_a_server_that_refuses_the_temperature_is_asked_without_it() -> None:
    refusal = Reply.failing(400, "Unsupported value: 'temperature' does not support 0.")
    with LLMServer(refusal, SAID) as server:
        llm = model(server.url, llm_retries=0)
        assert llm.complete(ASK) == TEXT
        assert llm.complete(ASK) == TEXT
    assert ["temperature" in request.body for request in server.requests] == [True, False, False]
