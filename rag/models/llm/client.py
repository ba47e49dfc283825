"""One call of a language model: streamed, bounded in time and size, complete or an error."""

import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from rag.errors import LLMError, SettingsError, begun_secret, redacted
from rag.models.llm.breaker import breaker_of
from rag.models.llm.clock import CallClock
from rag.settings import Settings

if TYPE_CHECKING:
    import ssl

    import openai
    from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam

PROMPT_CHARACTERS = 24_000
"""The longest prompt: some 6,000 tokens, which small local models still take."""
_BACKOFF = 0.25
_HARMLESS = 3
"""So many first characters of a secret give nothing of it away."""
_NO_KEY = "not-needed"
"""The client insists on a key; servers that need none ignore it."""
_INCOMPLETE = {
    None: "The connection ended before the answer did.",
    "length": "The language model ran out of its token limit.",
    "content_filter": "The endpoint's content filter stopped the answer.",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation with the model."""

    role: Literal["system", "user", "assistant"]
    content: str


class LLM:
    """A language model behind an OpenAI-compatible endpoint.

    Raises:
        SettingsError: No model is set.
    """

    def __init__(self, settings: Settings) -> None:
        if settings.llm_model is None:
            raise SettingsError(
                "No language model is set.", "Set RAG_LLM_MODEL, or use the extractive engine."
            )
        self.model = settings.llm_model
        self._settings = settings
        self._breaker = breaker_of(settings)
        self._sends_temperature = True

    def complete(self, messages: Sequence[Message]) -> str:
        """Return the whole answer.

        Raises:
            LLMError: There is no complete answer.
        """
        return "".join(self.stream(messages))

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """Yield the answer in pieces as they come; closing the generator ends the request.

        A fault that passes is tried again before the first piece, never after it. An answer that
        breaks off, or is longer than RAG_LLM_MAX_CHARACTERS, is yielded as far as it goes and
        then raises. After several calls that failed no more is tried for a while.

        Raises:
            LLMError: There is no complete answer; `partial` is what was yielded.
        """
        with self._breaker.call():
            yield from self._tried(messages)

    def _tried(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        from rag.models.llm.faults import FAULTS, explain, safe_cause

        clock = CallClock(self._settings)
        received: list[str] = []
        waits = _Waits(self._settings, clock)
        while True:
            try:
                with closing(self._attempt(messages, clock)) as pieces:
                    for piece in self._cut(_without_secrets(pieces)):
                        received.append(piece)
                        yield piece
            except LLMError as error:
                error.partial = "".join(received)
                raise
            except FAULTS as error:
                fault = error
            else:
                return
            # Outside the handler, so that an error which quotes the key isn't even the context.
            if received or not self._may_retry(fault, waits):
                shown = explain(fault, self._settings, clock)
                shown.partial = "".join(received)
                raise shown from safe_cause(fault)

    def _may_retry(self, fault: Exception, waits: "_Waits") -> bool:
        from rag.models.llm.faults import rejects_temperature

        if self._sends_temperature and rejects_temperature(fault):
            self._sends_temperature = False
            return True
        return waits.wait_after(fault)

    def _cut(self, pieces: Iterable[str]) -> Iterator[str]:
        limit = left = self._settings.llm_max_characters
        for piece in pieces:
            if len(piece) > left:
                yield piece[:left]
                raise LLMError(
                    f"The answer was cut at {limit} characters.",
                    "Raise RAG_LLM_MAX_CHARACTERS if such answers are wanted.",
                )
            left -= len(piece)
            yield piece

    def _attempt(self, messages: Sequence[Message], clock: CallClock) -> Generator[str, None, None]:
        import openai

        with self._client(clock) as client:
            completions = client.chat.completions
            clock.begin_attempt()
            with completions.create(
                model=self.model,
                messages=cast(
                    "list[ChatCompletionMessageParam]", [asdict(message) for message in messages]
                ),
                stream=True,
                temperature=0 if self._sends_temperature else openai.omit,
            ) as chunks:
                # A few compressed bytes can stand for gigabytes, and none were asked for.
                if chunks.response.headers.get("content-encoding", "identity") != "identity":
                    raise TypeError
                yield from _pieces(chunks, clock)

    def _client(self, clock: CallClock) -> "openai.OpenAI":
        """Return a client for one attempt: its connection runs under this call's clock."""
        import httpx
        import openai

        from rag.models.llm.faults import base_url

        limits = self._settings
        timeout = httpx.Timeout(
            limits.llm_first_token_timeout,
            connect=max(0.001, min(limits.llm_connect_timeout, clock.total_left())),
        )
        try:
            http_client = httpx.Client(
                timeout=timeout,
                follow_redirects=False,
                verify=_certificates(),
                event_hooks={"request": [clock.watch]},
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            raise LLMError(
                "The proxy that the environment names can't be used.",
                "Set ALL_PROXY, HTTP_PROXY and HTTPS_PROXY to an http:// address, or unset them.",
            ) from None  # its address may hold a password
        key = limits.openai_api_key
        return openai.OpenAI(
            api_key=(key.get_secret_value().strip() if key else "") or _NO_KEY,
            base_url=base_url(limits),
            max_retries=0,
            timeout=timeout,
            default_headers={"Accept-Encoding": "identity"},
            http_client=http_client,
        )


class _Waits:
    """The retries of one call and the time that may be spent waiting for them."""

    def __init__(self, settings: Settings, clock: CallClock) -> None:
        self._retries = settings.llm_retries
        self._seconds = settings.llm_retry_wait
        self._next = _BACKOFF
        self._clock = clock

    def wait_after(self, fault: Exception) -> bool:
        """Wait as the endpoint asks, else a moment; False when there is no further try."""
        from rag.models.llm.faults import is_passing, retry_after

        asked = retry_after(fault)
        seconds = self._next if asked is None else asked
        # An endpoint that asks for more time than there is would refuse an earlier try as well.
        if (
            self._retries == 0
            or self._clock.flooded
            or not is_passing(fault)
            or seconds > min(self._seconds, self._clock.total_left())
        ):
            return False
        time.sleep(seconds)
        self._retries -= 1
        self._seconds -= seconds
        self._next *= 2
        return True


def _without_secrets(pieces: Iterable[str]) -> Iterator[str]:
    """Redact what an endpoint echoes, also where a secret comes in several pieces."""
    text = ""
    try:
        for piece in pieces:
            text = redacted(text + piece)
            shown = len(text) - begun_secret(text)
            if shown:
                yield text[:shown]
                text = text[shown:]
    except Exception:
        # What came before the fault is part of the answer, unless a secret had visibly begun.
        if 0 < len(text) <= _HARMLESS:
            yield text
        raise
    if text:
        yield text


def _pieces(chunks: "Iterable[ChatCompletionChunk]", clock: CallClock) -> Iterator[str]:
    """Yield the text; raise unless the model says that it has finished."""
    reason: str | None = None
    for chunk in chunks:
        clock.check()
        if not chunk.choices:
            continue
        choice = chunk.choices[0]
        text = _text(choice.delta.content)
        if text or _is_thinking(choice.delta):
            clock.token_seen()
        if text:
            yield text
        reason = choice.finish_reason
        if reason is not None:
            break
    if reason in _INCOMPLETE:
        raise LLMError(_INCOMPLETE[reason], "Ask again, or check the endpoint.", retryable=True)


def _text(content: object) -> str:
    """Return the text of a delta; the client passes on whatever JSON there was."""
    if content is None:
        return ""
    if not isinstance(content, str):
        raise TypeError
    return content


def _is_thinking(delta: object) -> bool:
    """Whether a reasoning model is at work before its first word of the answer."""
    return bool(getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None))


@cache
def _certificates() -> "ssl.SSLContext":
    """Return the trusted certificates, read once: it takes longer than a request."""
    import httpx

    return httpx.create_ssl_context()
