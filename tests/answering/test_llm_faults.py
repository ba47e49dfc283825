"""Every fault of a language model ends in the extractive answer, in time, with a notice.

Through `Engine.stream` over the seeds and the real client, over HTTP; what the client makes of
each fault by itself is in test_llm.py and test_llm_limits.py.
"""

import json
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rag.answering.engine import Engine
from rag.answering.prompting import LLMWriter
from rag.answering.request import Request
from rag.factory import Byline
from rag.models.llm import LLM
from rag.models.llm.prompts import load_prompts
from rag.schema import Answer, Finished, Retrieved, Timings, Token
from tests.support.archives import markers_in, sealed_settings
from tests.support.llm_server import LLMServer, Reply, deaf_endpoint, event_object

SPENT = "How much money did Musk's political action committee put into the 2024 campaign?"
WAIT = 0.3
SHORT = {
    "llm_connect_timeout": WAIT,
    "llm_first_token_timeout": WAIT,
    "llm_total_timeout": 2 * WAIT,
    "llm_retry_wait": 0.5,
}
SLACK = 0.25
"""Seconds beyond the timeout, on a machine that does other things too."""
KEY = "sk-canary-0123456789"
NEVER_TIMED = Timings(0, 0, 0, 0)

pytestmark = pytest.mark.usefixtures("bare")


def engine(seeds: Byline, url: str, **values: object) -> Engine:
    chosen = sealed_settings(llm_model="test", openai_base_url=url, **{**SHORT, **values})
    return Engine(seeds.retriever, LLMWriter(LLM(chosen), load_prompts()))


@pytest.fixture(scope="module")
def quoted(seeds: Byline) -> Answer:
    """Return the extractive answer; the client is imported on the way, and its caches are warm."""
    with LLMServer(Reply.failing(404)) as server:
        engine(seeds, server.url).answer(Request(SPENT))
    return Engine(seeds.retriever, None).answer(Request(SPENT))


def fallen_back(asked: Engine, quoted: Answer, question: str = SPENT) -> tuple[str, str, float]:
    """Ask; check that the answer is the extractive one; return notice, tokens and seconds."""
    begun = time.monotonic()
    first, *events = asked.stream(Request(question))
    seconds = time.monotonic() - begun
    assert isinstance(first, Retrieved)
    assert isinstance(events[-1], Finished)
    answer = events[-1].answer
    assert answer.fallback is not None
    notice = answer.fallback.notice
    assert replace(answer, fallback=None, timings_ms=NEVER_TIMED) == replace(
        quoted, timings_ms=NEVER_TIMED
    )
    shown = "".join(event.text for event in events if isinstance(event, Token))
    assert shown.endswith(answer.text)
    return notice, shown.removesuffix(answer.text), seconds


# --- Not reached, too slow ---


def test_connection_refused(seeds: Byline, quoted: Answer) -> None:
    with LLMServer() as server:
        url = server.url
    notice, shown, seconds = fallen_back(engine(seeds, url), quoted)
    assert "Connection refused. Check OPENAI_BASE_URL" in notice
    assert (shown, seconds < 1) == ("", True)


def test_a_host_that_does_not_exist(seeds: Byline, quoted: Answer) -> None:
    notice, _, seconds = fallen_back(engine(seeds, "http://host.invalid/v1"), quoted)
    assert "Check OPENAI_BASE_URL" in notice
    assert seconds < 5


def test_an_endpoint_without_a_certificate(seeds: Byline, quoted: Answer) -> None:
    with LLMServer() as server:
        url = server.url.replace("http://", "https://")
        notice, _, seconds = fallen_back(engine(seeds, url), quoted)
        assert server.requests == []
    assert "Check OPENAI_BASE_URL" in notice
    assert seconds < 2


def test_a_host_that_does_not_answer(seeds: Byline, quoted: Answer) -> None:
    with deaf_endpoint() as url:
        asked = engine(seeds, url, llm_first_token_timeout=9, llm_total_timeout=9)
        notice, _, seconds = fallen_back(asked, quoted)
    assert "RAG_LLM_CONNECT_TIMEOUT" in notice
    assert seconds < WAIT + SLACK


MIDDLE = ("Musk paid about", " $3 million [1]", " to the", " campaign")
SLOW = {
    "before the headers": (Reply(before_headers=9), "FIRST_TOKEN", 1),
    "before the first token": (Reply(stall_after=0, chunks=("x",)), "FIRST_TOKEN", 1),
    "headers drip": (Reply(drip="headers"), "FIRST_TOKEN", 1),
    "mid-stream": (Reply(chunks=MIDDLE, stall_after=2), "FIRST_TOKEN", 1),
    "body drips": (Reply(chunks=MIDDLE, drip="body", finish=None), "TOTAL", 2),
    "words drip": (Reply(chunks=MIDDLE * 9, between=0.05), "TOTAL", 2),
}


@pytest.mark.parametrize("fault", SLOW)
def test_too_slow(seeds: Byline, quoted: Answer, fault: str) -> None:
    reply, setting, waits = SLOW[fault]
    with LLMServer(reply) as server:
        notice, _, seconds = fallen_back(engine(seeds, server.url), quoted)
        assert server.requests[0].left.wait(2)
        assert len(server.requests) == 1
    assert f"RAG_LLM_{setting}_TIMEOUT" in notice
    assert WAIT * waits * 0.9 < seconds < WAIT * waits + 2 * SLACK


@pytest.mark.parametrize("fault", ["connect", "before the headers", "mid-stream", "words drip"])
def test_the_fallback_takes_little_more_than_the_timeout(
    seeds: Byline, quoted: Answer, fault: str
) -> None:
    def seconds_of(url: str) -> list[float]:
        asked = engine(seeds, url, llm_breaker_failures=0)
        return [fallen_back(asked, quoted)[2] for _ in range(3)]

    if fault == "connect":
        with deaf_endpoint() as url:
            taken, waits = seconds_of(url), 1
    else:
        reply, _, waits = SLOW[fault]
        with LLMServer(reply) as server:
            taken = seconds_of(server.url)
    assert statistics.median(taken) - WAIT * waits < SLACK


# --- Refused by the endpoint ---


@pytest.mark.parametrize(
    ("status", "setting", "calls"),
    [
        (400, "RAG_LLM_MODEL", 1),
        (401, "OPENAI_API_KEY", 1),
        (403, "OPENAI_API_KEY", 1),
        (404, "RAG_LLM_MODEL", 1),
        (413, "RAG_LLM_MODEL", 1),
        (500, "OPENAI_BASE_URL", 2),
        (502, "OPENAI_BASE_URL", 2),
        (503, "OPENAI_BASE_URL", 2),
    ],
)
def test_a_status(seeds: Byline, quoted: Answer, status: int, setting: str, calls: int) -> None:
    with LLMServer(Reply.failing(status, f"model or key {KEY} not found")) as server:
        asked = engine(seeds, server.url, openai_api_key=KEY)
        notice, _, seconds = fallen_back(asked, quoted)
        assert len(server.requests) == calls
    assert f"status {status}" in notice
    assert setting in notice
    assert KEY not in notice
    assert seconds < 3


def retry_after(asked_for: str | int) -> str:
    """Return a header; a number is that many seconds from now, as a date."""
    if isinstance(asked_for, str):
        return asked_for
    return format_datetime(datetime.now(UTC) + timedelta(seconds=asked_for), usegmt=True)


@pytest.mark.parametrize(
    ("asked_for", "calls"),
    [
        ("0.2", 2),
        ("50", 1),
        ("3600", 1),
        ("-1", 2),
        ("soon", 2),
        ("", 2),
        (-50, 2),
        (50, 1),
        (5_000, 1),
    ],
)
def test_too_many_requests(seeds: Byline, quoted: Answer, asked_for: str | int, calls: int) -> None:
    with LLMServer(Reply.failing(429, retry_after=retry_after(asked_for))) as server:
        notice, _, seconds = fallen_back(engine(seeds, server.url), quoted)
        assert len(server.requests) == calls
    assert "status 429" in notice
    assert seconds < 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_stays_home(
    seeds: Byline, quoted: Answer, status: int
) -> None:
    with LLMServer() as sink:
        to = {"location": sink.url.replace("127.0.0.1", "localhost") + "/chat/completions"}
        with LLMServer(Reply(status=status, body="", headers=to)) as server:
            asked = engine(seeds, server.url, openai_api_key=KEY)
            notice, _, _ = fallen_back(asked, quoted)
            assert len(server.requests) == 1
        assert sink.requests == []
    assert "redirects" in notice
    assert KEY not in notice


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://user:secret@127.0.0.1:9"])
def test_a_proxy_that_cannot_be_used(
    seeds: Byline, quoted: Answer, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with LLMServer() as server:
        notice, _, _ = fallen_back(engine(seeds, server.url), quoted)
        assert server.requests == []
    assert "ALL_PROXY" in notice
    assert "secret" not in notice


# --- A reply that is no chat completion, or no whole one ---


@pytest.mark.parametrize(
    "reply",
    [
        Reply(events=("{broken",)),
        Reply(events=('{"choices": [{}]}',)),
        Reply(events=(json.dumps({"error": {"message": "overloaded"}}),)),
        Reply(events=(json.dumps(event_object({"content": ["a", "list"]})),)),
        Reply(body="<html><body>Welcome to the hotel network</body></html>"),
        Reply(body="{}"),
    ],
)
def test_a_malformed_stream(seeds: Byline, quoted: Answer, reply: Reply) -> None:
    with LLMServer(reply) as server:
        notice, shown, seconds = fallen_back(engine(seeds, server.url), quoted)
    assert "http://127.0.0.1" in notice or "connection" in notice
    assert (shown, seconds < 1) == ("", True)


def test_a_stream_that_turns_into_nonsense(seeds: Byline, quoted: Answer) -> None:
    said = json.dumps(event_object({"content": "Musk paid about $3 million to the"}))
    with LLMServer(Reply(events=(said, "{broken"))) as server:
        _, shown, _ = fallen_back(engine(seeds, server.url), quoted)
    assert shown.startswith("Musk paid about")


@pytest.mark.parametrize("pieces", [(), ("",), (" ", "\n", "\t \n"), ("\u200b", "\u2060")])
def test_an_empty_answer(seeds: Byline, quoted: Answer, pieces: tuple[str, ...]) -> None:
    with LLMServer(Reply(chunks=pieces)) as server:
        notice, shown, _ = fallen_back(engine(seeds, server.url), quoted)
    assert "RAG_LLM_MODEL" in notice
    assert shown.strip() == ""


@pytest.mark.parametrize("finish", [None, "length", "content_filter"])
def test_an_answer_that_does_not_finish(seeds: Byline, quoted: Answer, finish: str | None) -> None:
    with LLMServer(Reply(chunks=MIDDLE, finish=finish)) as server:
        notice, shown, _ = fallen_back(engine(seeds, server.url), quoted)
    assert any(words in notice for words in ("ended before", "token limit", "content filter"))
    assert shown.startswith("Musk paid about")


def test_an_endless_answer(seeds: Byline, quoted: Answer) -> None:
    numbers = tuple(f"The committee paid ${number} to the campaign. " for number in range(400))
    with LLMServer(Reply(chunks=numbers, endless=True)) as server:
        asked = engine(seeds, server.url, llm_max_characters=3_000, llm_total_timeout=5)
        notice, shown, _ = fallen_back(asked, quoted)
        assert server.requests[0].left.wait(2)
    assert "RAG_LLM_MAX_CHARACTERS" in notice
    assert len(shown) <= 3_000


@pytest.mark.parametrize("piece", ["Musk paid about $3 million to the campaign. ", "the "])
def test_an_answer_that_repeats_itself(seeds: Byline, quoted: Answer, piece: str) -> None:
    with LLMServer(Reply(chunks=(piece,), endless=True)) as server:
        asked = engine(seeds, server.url, llm_total_timeout=5)
        notice, shown, _ = fallen_back(asked, quoted)
        assert server.requests[0].left.wait(2)
    assert "repeated itself" in notice
    assert len(shown) < 400


# --- An answer that is none ---


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("I'm sorry, as an AI language model I can't discuss elections.", "refused"),
        ("I cannot assist with that request.", "refused"),
        ("Der Ausschuss hat 118 Millionen Dollar für die Kampagne ausgegeben [1].", "language"),
        ("Комитет потратил на кампанию 118 миллионов долларов [1].", "language"),
        ("该委员会在竞选中花费了1.18亿美元 [1]。", "language"),
        ('{"answer": "It spent $118 million [1].", "sources": [1]}', "code or data"),
        ("```json\n[1]\n```", "code or data"),
    ],
)
def test_words_that_are_no_answer_are_never_shown(
    seeds: Byline, quoted: Answer, said: str, what: str
) -> None:
    with LLMServer(Reply.saying(said)) as server:
        notice, shown, _ = fallen_back(engine(seeds, server.url), quoted)
    assert what in notice
    assert "RAG_LLM_MODEL" in notice
    assert shown == ""


SPENT_118 = "Musk's committee spent more than $118 million on the 2024 campaign [1]"
FORMS = {
    "heading": f"# Answer\n\n{SPENT_118}.",
    "bold": f"**Answer:** {SPENT_118}.",
    "list": f"- {SPENT_118}.\n- It is pro-Trump [1].",
    "numbered": f"1. {SPENT_118}.\n2. It is pro-Trump [1].",
    "table": f"| What | Who |\n|---|---|\n| {SPENT_118} | Musk |",
    "sources": f"{SPENT_118}.\n\nSources:\n[1] CNN\n[2] AP",
    "no marker": SPENT_118.replace(" [1]", "."),
    "other markers": SPENT_118.replace("[1]", "(paragraph 1)."),
    "thoughts": f"<think>\nThe user wants [2] and [9].\n</think>\n\n{SPENT_118}.",
}


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_in_another_form_is_still_one(seeds: Byline, form: str) -> None:
    with LLMServer(Reply.saying(FORMS[form])) as server:
        answer = engine(seeds, server.url).answer(Request(SPENT))
    assert (answer.engine, answer.status) == ("llm", "answered")
    assert "$118 million" in answer.text
    assert "CNN" not in answer.text
    assert "think" not in answer.text
    assert [one.marker for one in answer.citations] == sorted(set(markers_in(answer.text)))
    assert all(one.verdict for one in answer.statements)


def test_a_model_that_finds_nothing_in_its_own_words_abstains(seeds: Byline) -> None:
    said = "The provided paragraphs do not mention how much the committee spent."
    with LLMServer(Reply.saying(said)) as server:
        answer = engine(seeds, server.url).answer(Request(SPENT))
    assert (answer.engine, answer.status, answer.notices) == ("llm", "abstained", ())
    assert answer.evidence


# --- Conversations ---

TURNS = (("user", "Who is Bradley Bowman?"), ("assistant", "A former professor [1]."))


@pytest.mark.parametrize(
    "reply", [Reply.failing(401), Reply(before_headers=9)], ids=["refused", "silent"]
)
def test_a_follow_up_waits_for_a_fault_once(seeds: Byline, quoted: Answer, reply: Reply) -> None:
    question = "What did he say about the timing?"
    with LLMServer(reply) as server:
        begun = time.monotonic()
        answer = engine(seeds, server.url).answer(Request(question, TURNS))
        seconds = time.monotonic() - begun
        assert len(server.requests) == 1
    assert seconds < WAIT + 2 * SLACK
    assert (answer.question, answer.engine) == (question, "extractive")
    assert "disturbing coincidence" in answer.text
    assert answer.fallback is not None
    assert answer.notices == ("The last turn's names were carried over.",)


@pytest.mark.parametrize(
    "said", ["I'm sorry, but I can't help with that.", "Что он сказал о времени звонков?"]
)
def test_a_follow_up_that_is_rewritten_to_no_question_is_asked_as_it_is(
    seeds: Byline, said: str
) -> None:
    replies = Reply.saying(said), Reply.saying("He called it a disturbing coincidence [1].")
    with LLMServer(*replies) as server:
        answer = engine(seeds, server.url).answer(Request("What did he say about timing?", TURNS))
    assert answer.standalone_question == "What did he say about timing? (Bradley, Bowman)"
    assert answer.engine == "llm"
