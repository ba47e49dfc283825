"""What is said when a request is refused, and what is changed of Gradio's replies."""

import re
from collections.abc import Iterable

from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

from rag.web.server.guard.sessions import Browser, Owners

_REASONS = {
    400: "Not understood.",
    404: "Not found.",
    408: "Too slow.",
    413: "Too large.",
    415: "Not understood.",
    422: "Not understood.",
    429: "Too many questions; wait a minute.",
    503: "Byline is busy; ask again in a moment.",
}
_EVENT = re.compile(rb'\s*{\s*"event_id"\s*:\s*"([\w-]{1,64})"')


async def refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    """Send a status with a sentence, as JSON: Gradio's page shows the `detail`."""
    reason = JSONResponse({"detail": _REASONS.get(status, "Refused.")}, status)
    await reason(scope, receive, send)


def with_cookies(cookies: Iterable[str], send: Send) -> Send:
    """Return what sends a reply with cookies, unless it is a refusal."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 400:
            added = [(b"set-cookie", cookie.encode()) for cookie in cookies]
            message["headers"] = [*message.get("headers", ()), *added]
        await send(message)

    return sending


def noting(owners: Owners, browser: Browser, send: Send) -> Send:
    """Return what remembers whose an event is when Gradio tells its name."""

    async def sending(message: Message) -> None:
        if found := _EVENT.match(message.get("body", b"")):
            owners.claim(found[1].decode(), browser)
        await send(message)

    return sending


def without_details(scope: Scope, receive: Receive, send: Send) -> Send:
    """Return what sends a refusal of Gradio's as a short one: its own repeats what it was given.

    It answers 500 to a message whose values have the wrong types: nothing of ours raises there.
    """
    refused = False

    async def sending(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start":
            status = message["status"]
            refused = status >= 400 and scope["path"].startswith("/gradio_api/")
            if refused:
                await refuse(422 if status == 500 else status, scope, receive, send)
        if not refused:
            await send(message)

    return sending
