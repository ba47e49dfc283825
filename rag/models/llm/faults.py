"""What the OpenAI client may raise → one line for the user, and which setting to look at."""

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import openai.resources.chat  # loaded at its first use otherwise, while a call's clock runs

from rag.errors import LLMError, redacted
from rag.models.llm.clock import CallClock
from rag.settings import Settings
from rag.text.unseen import one_line

FAULTS: tuple[type[Exception], ...] = (
    openai.OpenAIError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    # A reply that isn't what the API promises makes the client itself fail, in these ways.
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    OSError,
)
_TOO_MANY_REQUESTS = 429
_LONGEST_DETAIL = 200
_OFFICIAL = "https://api.openai.com/v1"
_CHECK_ADDRESS = "Check OPENAI_BASE_URL; most servers want it to end in /v1."
_STATUS_HINTS = {
    400: "Check RAG_LLM_MODEL; the endpoint may not take this request for it.",
    401: "Check OPENAI_API_KEY.",
    403: "Check that OPENAI_API_KEY may use the model of RAG_LLM_MODEL.",
    404: "Check RAG_LLM_MODEL and OPENAI_BASE_URL.",
    413: "The prompt is too long for it: choose another RAG_LLM_MODEL.",
    422: "Check RAG_LLM_MODEL; the endpoint may not take this request for it.",
    429: "Wait a while, or check the limits of the account behind OPENAI_API_KEY.",
}


def base_url(settings: Settings) -> str:
    """Return the endpoint's address.

    Always given to the client, or it would look into the environment by itself.
    """
    return settings.openai_base_url or _OFFICIAL


def is_passing(error: Exception) -> bool:
    """Whether the same call is worth a second try: too busy, broken inside, not reached.

    A timeout isn't: it has used up its time.
    """
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return False
    if isinstance(error, openai.RateLimitError | openai.InternalServerError):
        return True
    return isinstance(error, openai.APIConnectionError | httpx.TransportError)


def rejects_temperature(error: Exception) -> bool:
    """Whether the endpoint refused the request because of its temperature."""
    return isinstance(error, openai.BadRequestError) and "temperature" in str(error).lower()


def retry_after(error: Exception) -> float | None:
    """Return the seconds that the endpoint asks to wait; None when it says nothing usable."""
    if not isinstance(error, openai.APIStatusError):
        return None
    value = error.response.headers.get("retry-after", "")
    try:
        seconds = float(value)
    except ValueError:
        try:
            at = parsedate_to_datetime(value)
        except ValueError:
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        seconds = max(0.0, (at - datetime.now(UTC)).total_seconds())
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def explain(error: Exception, settings: Settings, clock: CallClock) -> LLMError:
    """Return the error to show: one line what, one line what to do, and never the key."""
    where = _origin(base_url(settings))
    limit = _explain_limit(settings, clock, where)
    if limit is not None:
        return limit
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error, where)
    if isinstance(error, openai.APIConnectionError | httpx.HTTPError):
        return _explain_connection(error, settings, where)
    return _explain_reply(error, where)


def safe_cause(error: Exception) -> Exception | None:
    """Return the error for chaining; nothing when a traceback of it would show a secret."""
    link: BaseException | None = error
    while link is not None:
        shown = f"{link} {link!r}"
        if redacted(shown) != shown:
            return None
        link = link.__cause__ or link.__context__
    return error


def _explain_limit(settings: Settings, clock: CallClock, where: str) -> LLMError | None:
    if clock.flooded:
        return LLMError(f"{where} sent far more data than an answer needs.", _CHECK_ADDRESS)
    if clock.first_token_late:
        return LLMError(
            f"The language model gave no word for {settings.llm_first_token_timeout:g} s.",
            "Raise RAG_LLM_FIRST_TOKEN_TIMEOUT, or choose a faster RAG_LLM_MODEL.",
            retryable=True,
        )
    if clock.total_late:
        return LLMError(
            f"The language model was not done after {settings.llm_total_timeout:g} s.",
            "Raise RAG_LLM_TOTAL_TIMEOUT, or choose a faster RAG_LLM_MODEL.",
            retryable=True,
        )
    return None


def _explain_status(error: openai.APIStatusError, where: str) -> LLMError:
    status = error.status_code
    if httpx.codes.is_redirect(status):
        return LLMError(
            f"{where} redirects ({status}); that is not followed.",
            "Set OPENAI_BASE_URL to the final address.",
        )
    # A refusal of the key often quotes a part of it, so nothing of it is repeated.
    named = error.body.get("message") if isinstance(error.body, dict) else None
    detail = _one_line(str(named)) if named and status not in {401, 403} else ""
    return LLMError(
        f"{where} refused with status {status}{': ' if detail else ''}{detail}.",
        _STATUS_HINTS.get(status, "Try again later, or check OPENAI_BASE_URL."),
        retryable=status == _TOO_MANY_REQUESTS or httpx.codes.is_server_error(status),
    )


def _explain_connection(error: Exception, settings: Settings, where: str) -> LLMError:
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(cause, httpx.ConnectTimeout):
        return LLMError(
            f"{where} didn't answer within {settings.llm_connect_timeout:g} s.",
            "Check OPENAI_BASE_URL, or raise RAG_LLM_CONNECT_TIMEOUT.",
            retryable=True,
        )
    if isinstance(cause, httpx.TimeoutException):
        return LLMError(
            f"{where} fell silent for {settings.llm_first_token_timeout:g} s.",
            "Raise RAG_LLM_FIRST_TOKEN_TIMEOUT, or choose a faster RAG_LLM_MODEL.",
            retryable=True,
        )
    detail = _one_line(str(cause or "no reason given"))
    return LLMError(
        f"The connection to {where} failed: {detail}.",
        "Check OPENAI_BASE_URL and that the server runs.",
        retryable=True,
    )


def _explain_reply(error: Exception, where: str) -> LLMError:
    if isinstance(error, openai.APIError):
        detail = _one_line(error.message)
        return LLMError(
            f"{where} broke its answer off: {detail}.", "Try again later.", retryable=True
        )
    if isinstance(error, UnicodeEncodeError):
        return LLMError("The request can't be encoded.", "Check OPENAI_API_KEY for odd characters.")
    if isinstance(error, httpx.InvalidURL):
        return LLMError("The endpoint's address is no URL.", _CHECK_ADDRESS)
    return LLMError(f"{where} sent something that is no chat completion.", _CHECK_ADDRESS)


def _origin(url: str) -> str:
    """Return scheme, host and port only: user, password and query may be secret."""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "The endpoint"
    return f"{parts.scheme}://{parts.hostname}{port}" if parts.hostname else "The endpoint"


def _one_line(text: str) -> str:
    return " ".join(one_line(redacted(text)).split())[:_LONGEST_DETAIL].rstrip(".")
