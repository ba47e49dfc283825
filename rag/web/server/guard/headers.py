"""What a browser may do with a reply: the security headers, on every route and every status."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.web.server.guard import Policy

_CONTENT_POLICY = (
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
"""Gradio names these by their content; all else changes, or is private."""

_REMOVED = ("access-control-", "x-frame-options", "server", "x-powered-by")


class SecurityHeaders:
    """Middleware that sends every reply with the headers, in place of any others of the kind."""

    def __init__(self, app: ASGIApp, policy: Policy) -> None:
        self.app = app
        framed_by = policy.framed_by or "'none'"
        policy_header = _CONTENT_POLICY.format(framed_by=framed_by)
        self._headers = {"content-security-policy": policy_header, **_HEADERS}
        if not policy.framed_by:
            self._headers["x-frame-options"] = "DENY"
        if policy.https:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                lasting = scope["path"].startswith(_LASTING) and message["status"] < 400
                message["headers"] = self._with_ours(message.get("headers", ()), lasting=lasting)
            await send(message)

        await self.app(scope, receive, sending)

    def _with_ours(
        self, headers: list[tuple[bytes, bytes]], *, lasting: bool
    ) -> list[tuple[bytes, bytes]]:
        added = dict(self._headers)
        if not lasting:
            added["cache-control"] = "no-store"
        given = [(name.lower().decode("latin-1"), value) for name, value in headers]
        if ("referrer-policy", b"same-origin") in given:
            # A form that works without scripts must be able to say where it comes from.
            added["referrer-policy"] = "same-origin"
        return [
            *(
                (name.encode("latin-1"), value)
                for name, value in given
                if name not in added and not name.startswith(_REMOVED)
            ),
            *((name.encode(), value.encode()) for name, value in added.items()),
        ]
