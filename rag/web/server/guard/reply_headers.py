"""What a browser may do with a reply: the security headers, on every route and every status."""

from rag.web.server.guard.asgi import Message, Send

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'self'; frame-src 'none'; "
    "frame-ancestors {framed_by}; form-action 'self'"
)
"""Gradio starts from an inline script and sets the base to its own root. It needs 'unsafe-eval'
for `gr.HTML` and `js=` only, and the page uses neither."""

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_LASTING = ("/assets/", "/static/")
"""Gradio names these by their content; all else changes, or is nobody's business."""

_REMOVED = ("access-control-", "x-frame-options", "server", "x-powered-by")


def security_headers(*, framed_by: str = "", https: bool = False) -> dict[str, str]:
    """Return the headers of every reply.

    Args:
        framed_by: The origin of the one site that may show the page in a frame, if any.
        https: Whether browsers reach the page by TLS, and so may be told to stay there.
    """
    headers = {"content-security-policy": _POLICY.format(framed_by=framed_by or "'none'")}
    headers |= _HEADERS
    if not framed_by:
        headers["x-frame-options"] = "DENY"
    if https:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


def with_headers(headers: dict[str, str], path: str, send: Send) -> Send:
    """Return what sends replies with these headers in place of any others of the kind."""
    lasting = path.startswith(_LASTING)

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            added = dict(headers)
            if not lasting or message["status"] >= 400:
                added["cache-control"] = "no-store"
            given = [(k.lower().decode("latin-1"), v) for k, v in message.get("headers", ())]
            if ("referrer-policy", b"same-origin") in given:
                # A form that works without scripts must be able to say where it comes from.
                added["referrer-policy"] = "same-origin"
            message["headers"] = [
                *((k.encode("latin-1"), v) for k, v in given if not _is_ours(k, added)),
                *((k.encode(), v.encode()) for k, v in added.items()),
            ]
        await send(message)

    return sending


def _is_ours(name: str, added: dict[str, str]) -> bool:
    return name in added or name.startswith(_REMOVED)
