"""How the tests call the language model: with short limits and a bare environment."""

import time

import pytest

from rag.errors import LLMError
from rag.models.llm import LLM, Message
from rag.settings import load_settings
from tests.support.llm_server import Reply

ASK = [Message("system", "Be brief."), Message("user", "Did it rain?")]
SAID = Reply.saying("It rained on Monday [1].")
TEXT = "".join(SAID.chunks)


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.delenv(name, raising=False)


def model(url: str, **values: object) -> LLM:
    short = {
        "llm_connect_timeout": 0.3,
        "llm_first_token_timeout": 0.4,
        "llm_total_timeout": 0.8,
        "llm_retry_wait": 1.0,
    }
    values = {"llm_model": "test", "openai_base_url": url, **short, **values}
    return LLM(load_settings(_env_file=None, **values))


def failure(llm: LLM) -> tuple[LLMError, float]:
    started = time.monotonic()
    with pytest.raises(LLMError) as caught:
        llm.complete(ASK)
    seconds = time.monotonic() - started
    assert "\n" not in caught.value.message
    assert "\n" not in caught.value.hint
    return caught.value, seconds
