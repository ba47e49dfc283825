import asyncio
from typing import Any

import pytest

from rag.guard import LARGEST_BODY, Guard, Message, Receive, Scope, Send

OWN = {"host": "127.0.0.1:7860"}


class Inner:
    """An application that says hello, and what it was asked."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.bodies.append((await receive()).get("body", b""))
            headers = [(b"Access-Control-Allow-Origin", b"*"), (b"Server", b"x")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"hello"})


def request(
    method: str = "GET",
    path: str = "/",
    headers: dict[str, str] | None = None,
    chunks: tuple[bytes, ...] = (b"",),
    kind: str = "http",
) -> tuple[int, dict[str, str], Inner]:
    raw = [(k.encode(), v.encode()) for k, v in (OWN if headers is None else headers).items()]
    inner, sent = Inner(), list[Message]()
    left = list(chunks)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": kind, "method": method, "path": path, "headers": raw}
    asyncio.run(Guard(inner, ["byline.example"])(scope, receive, send))
    start = sent[0]
    got = {k.decode(): v.decode() for k, v in start.get("headers", ())}
    return start.get("status", start.get("code", 0)), got, inner


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:7860", "localhost:1", "LOCALHOST", "[::1]:80", "[::1]"]
)
def test_own_names_are_served(host: str) -> None:
    assert request(headers={"host": host})[0] == 200


def test_a_configured_name_is_served() -> None:
    assert request(headers={"host": "byline.example:443"})[0] == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1.evil.example", "127.0.0.1:x", "127.0.0.1@evil:80", "::1"],
)
def test_foreign_names_are_refused(host: str) -> None:
    status, headers, inner = request(headers={"host": host})
    assert status == 400
    assert not inner.bodies
    assert "content-security-policy" in headers


def test_no_name_is_refused() -> None:
    assert request(headers={})[0] == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1.evil.example:7860"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_other_sites_are_refused(method: str, headers: dict[str, str]) -> None:
    assert request(method, headers={**OWN, **headers})[0] == 403


def test_a_link_from_another_site_opens_the_page_but_posts_nothing() -> None:
    link = {**OWN, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    link["sec-fetch-dest"] = "document"
    assert request(headers=link)[0] == 200
    assert request("POST", headers=link)[0] == 403
    assert request(headers={**link, "sec-fetch-dest": "iframe"})[0] == 403


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:7860"}, {"sec-fetch-site": "same-origin"}],
)
def test_the_page_itself_may_post(headers: dict[str, str]) -> None:
    status, _, inner = request("POST", headers={**OWN, **headers}, chunks=(b"a", b"b"))
    assert status == 200
    assert inner.bodies == [b"ab"]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=https://evil.example/x",
        "/gradio_api/file=//evil.example/x",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=https%3A%2F%2Fevil.example",
        "/gradio_api/FILE=HTTPS://evil.example",
        "/gradio_api\\file=https://evil.example",
        "/gradio_api/file/x",
        "/gradio_api/proxy=https://evil.example",
        "/gradio_api/upload",
        "/gradio_api/component_server",
        "//gradio_api/file=/etc/passwd",
        "/gradio_api/queue/../file=/etc/passwd",
        "/static/../../etc/passwd",
        "/static/%252e%252e/x",
        "/login",
        "/docs",
        "/monitoring",
        "/openapi.json",
    ],
)
def test_what_the_page_does_not_need_is_closed(path: str) -> None:
    assert request(path=path)[0] == 403


@pytest.mark.parametrize("path", ["/", "/healthz", "/theme.css", "/gradio_api/queue/data"])
def test_what_the_page_needs_is_open(path: str) -> None:
    assert request(path=path)[0] == 200


def test_every_reply_has_the_security_headers_and_no_others_of_the_kind() -> None:
    _, headers, _ = request()
    assert "'unsafe-eval'" not in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert not {name.lower() for name in headers} & {"server", "access-control-allow-origin"}


def test_large_bodies_are_refused_whatever_length_they_claim() -> None:
    half = b"x" * (LARGEST_BODY // 2 + 1)
    assert request("POST", chunks=(half, half))[0] == 413
    claimed = {**OWN, "content-length": str(LARGEST_BODY + 1)}
    assert request("POST", headers=claimed)[0] == 413


def test_web_sockets_are_closed() -> None:
    assert request(kind="websocket")[0] == 1008
