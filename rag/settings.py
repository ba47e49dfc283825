"""The settings: one flat, frozen class, read once from the environment or `.env`."""

import logging
import os
import re
from base64 import b64encode
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, unquote

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import SettingsError, conceal
from rag.schema import EngineName

_LOG = logging.getLogger("rag.settings")
_LOG.setLevel(logging.WARNING)  # the commands show errors alone, and these
_TOLD: set[str] = set()
_SHORTEST, _SHORTEST_WORD = 6, 12


class Settings(BaseSettings):
    """Every setting with its default; the environment name is `RAG_` and the field's name."""

    model_config = SettingsConfigDict(
        env_prefix="RAG_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    home: Path = Field(Path(".rag"), description="catalogue, indexes, model cache, feedback")
    corpus: Path = Field(Path("seeds"), description="what `rag ingest` reads when given no path")
    engine: EngineName = Field("auto", description="auto: the LLM when one is configured")
    embeddings: Literal["minilm", "openai"] = Field("minilm", description="who makes vectors")
    embedding_model: str = Field(
        "text-embedding-3-small", description="model name when RAG_EMBEDDINGS=openai"
    )
    chroma_url: str | None = Field(None, description="a Chroma server instead of the embedded one")
    threads: int = Field(0, ge=0, le=256, description="cores for embedding; 0: all of them")

    llm_model: str | None = Field(None, description="model name; setting it turns the LLM on")
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("OPENAI_API_KEY"), description="key for the endpoint"
    )
    openai_base_url: str | None = Field(
        None,
        validation_alias=AliasChoices("OPENAI_BASE_URL"),
        description="any OpenAI-compatible server; no key needed there",
    )
    llm_connect_timeout: float = Field(5.0, gt=0, description="seconds to reach the endpoint")
    llm_first_token_timeout: float = Field(30.0, gt=0, description="seconds to the first token")
    llm_total_timeout: float = Field(120.0, gt=0, description="seconds for a whole answer")
    llm_retries: int = Field(1, ge=0, le=5, description="further tries after a passing fault")
    llm_retry_wait: float = Field(10.0, ge=0, description="most seconds to wait before a retry")
    llm_max_characters: int = Field(16_000, gt=0, description="where an endless answer is cut")
    llm_breaker_failures: int = Field(
        5, ge=0, description="failed calls in a row until the LLM is left alone; 0: never"
    )
    llm_breaker_pause: float = Field(30.0, gt=0, description="seconds for which it is left alone")
    verify: Literal["rules", "llm"] = Field(
        "rules", description="llm: a second opinion of the LLM on what the rules leave open"
    )
    strict: bool = Field(
        default=False, description="leave out what the LLM says and no paragraph supports"
    )

    lock_wait: float = Field(30.0, ge=0, description="seconds to wait for another writer")
    max_file_mb: float = Field(100.0, gt=0, description="larger files are skipped and reported")
    max_upload_mb: float = Field(20.0, gt=0, description="the same for files added in the chat")
    host: str = Field("127.0.0.1", description="where the web chat listens")
    port: int = Field(7860, ge=1, le=65535, description="its first port to try")
    auth: str = Field("", description="a file by `rag password`, or: token; who may come in")
    open: bool = Field(default=False, description="let everybody in who can reach the page")
    hosts: str = Field("", description="names under which others ask for the page, by commas")
    https: bool = Field(default=False, description="a proxy before the page speaks TLS")
    framed_by: str = Field("", description="a site that may show the page in a frame")

    def model_post_init(self, _context: object) -> None:
        """Conceal the secrets."""
        key = self.openai_api_key
        if key:
            conceal(_lone_secrets([key.get_secret_value().strip()]))
        for url in (self.openai_base_url, self.chroma_url):
            if url:
                conceal(_secrets_in(url))

    @property
    def llm_configured(self) -> bool:
        """Whether enough is set to reach a language model."""
        return self.llm_model is not None and bool(self.openai_api_key or self.openai_base_url)


def load_settings(**overrides: object) -> Settings:
    """Read the settings.

    Args:
        **overrides: Field values that win over the environment.

    Raises:
        SettingsError: A value can't be used; the message names the setting.
    """
    _warn_of_unknown(overrides.get("_env_file", ".env"))
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic validates them
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = field if field.startswith("OPENAI") else f"RAG_{field.upper()}"
        raise SettingsError(
            f"{name}={first['input']!r}: {first['msg']}",
            f"Correct {name} in the environment or in .env; `rag config` lists all settings.",
        ) from error


def _warn_of_unknown(env_file: object) -> None:
    """Name each variable that looks like a setting and is none, once in a process."""
    given = {name.upper() for name in os.environ}
    if isinstance(env_file, str) and Path(env_file).is_file():
        given |= {name.upper() for name in dotenv_values(env_file)}
    named = {name.removeprefix("RAG_") for name in given if name.startswith("RAG_")}
    known = {name.upper() for name in Settings.model_fields}
    for name in sorted(named - known - _TOLD):
        _TOLD.add(name)
        near = get_close_matches(name, known, 1)
        hint = f"did you mean RAG_{near[0]}?" if near else "`rag config` lists all."
        _LOG.warning("RAG_%s is no setting and is ignored; %s", name, hint)


def _secrets_in(url: str) -> Iterator[str]:
    """Yield the credentials in an address, in each form in which a log may show them."""
    beyond = url.partition("://")[2]
    given = re.split("[/?#]", beyond, maxsplit=1)[0].rpartition("@")[0]
    plain = unquote(given)
    if ":" in given:
        yield from (given, plain, b64encode(plain.encode()).decode())
    lone = [given, given.partition(":")[2], plain.partition(":")[2]]
    yield from _lone_secrets([*lone, *(value for _, value in parse_qsl(beyond.partition("?")[2]))])


def _lone_secrets(values: list[str]) -> Iterator[str]:
    # A short plain word, such as the `ollama` that some clients want as a key, is in any article.
    for value in values:
        if len(value) >= _SHORTEST and not (value.isalpha() and len(value) < _SHORTEST_WORD):
            yield value
