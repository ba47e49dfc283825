"""Settings come from the environment or `.env`; what can't be used is named."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.errors import SettingsError
from rag.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        for variable in (f"RAG_{name.upper()}", name.upper()):
            monkeypatch.delenv(variable, raising=False)


def test_the_defaults_need_no_key_and_no_file() -> None:
    settings = load_settings()
    assert (settings.home, settings.corpus) == (Path(".rag"), Path("seeds"))
    assert (settings.engine, settings.embeddings, settings.host) == ("auto", "minilm", "127.0.0.1")
    assert not settings.llm_configured


def test_the_environment_wins_over_the_file_and_an_argument_over_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("RAG_HOME=from-file\nRAG_CORPUS=news\nOPENAI_API_KEY=k\nOTHER=1\n")
    monkeypatch.setenv("RAG_HOME", "from-environment")
    assert load_settings().home == Path("from-environment")
    assert load_settings().corpus == Path("news")
    assert load_settings(home=Path("given")).home == Path("given")
    assert load_settings().openai_api_key is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RAG_ENGINE", "gpt"),
        ("RAG_EMBEDDINGS", "glove"),
        ("RAG_PORT", "0"),
        ("RAG_PORT", "http"),
        ("RAG_THREADS", "-1"),
        ("RAG_LLM_TOTAL_TIMEOUT", "0"),
        ("RAG_LLM_BREAKER_FAILURES", "-1"),
        ("RAG_LLM_BREAKER_PAUSE", "0"),
        ("RAG_MAX_FILE_MB", "-5"),
    ],
)
def test_a_wrong_value_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.message.startswith(f"{name}={value!r}: ")
    assert "\n" not in caught.value.message
    assert name in caught.value.hint


@pytest.mark.parametrize(
    ("values", "configured"),
    [
        ({}, False),
        ({"llm_model": "m"}, False),
        ({"openai_base_url": "http://127.0.0.1:1/v1"}, False),
        ({"llm_model": "m", "openai_base_url": "http://127.0.0.1:1/v1"}, True),
        ({"llm_model": "m", "openai_api_key": "k"}, True),
    ],
)
def test_a_model_needs_a_name_and_a_place(values: dict[str, object], *, configured: bool) -> None:
    assert load_settings(**values).llm_configured is configured


def test_the_key_is_never_shown() -> None:
    settings = load_settings(openai_api_key="sk-secret")
    assert "sk-secret" not in repr(settings)
    assert "sk-secret" not in str(settings.model_dump())


def test_settings_are_frozen_and_can_be_compared() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]  # that is what is tested
    assert settings == load_settings()
    assert hash(settings) == hash(load_settings())


def test_every_setting_says_what_it_is() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize("place", ["environment", "file"])
@pytest.mark.parametrize(
    ("name", "hint"),
    [("RAG_HOEM", "did you mean RAG_HOME?"), ("RAG_SOMETHING_ELSE", "`rag config` lists all.")],
)
def test_a_variable_that_is_no_setting_is_named_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    place: str,
    name: str,
    hint: str,
) -> None:
    monkeypatch.setattr("rag.settings._TOLD", set())
    if place == "file":
        Path(".env").write_text(f"{name}=x\nOTHER=1\n")
    else:
        monkeypatch.setenv(name, "x")
    load_settings()
    load_settings()
    assert caplog.messages == [f"{name} is no setting and is ignored; {hint}"]
