"""Every reply tells the browser what it may do with it."""

import re

import pytest

from rag.web.server.guard.bodies import LARGEST_BODY
from tests.support.raw_http import Line
from tests.web.server.strangers import JSON

SECURITY = (
    "content-security-policy x-content-type-options referrer-policy permissions-policy "
    "cross-origin-opener-policy cross-origin-resource-policy x-frame-options"
).split()

pytestmark = [pytest.mark.slow, pytest.mark.long]


def test_every_status_has_the_security_headers(line: Line) -> None:
    asked: list[tuple[str, str, dict[str, str], bytes]] = [
        ("GET", "/", {}, b""),
        ("HEAD", "/", {}, b""),
        ("GET", "/config", {}, b""),
        ("GET", "/nowhere", {}, b""),
        ("GET", "/assets/nowhere.js", {}, b""),
        ("DELETE", "/", {}, b""),
        ("GET", "/", {"Host": "evil.example"}, b""),
        ("POST", "/gradio_api/queue/join", JSON, b"{"),
        ("POST", "/gradio_api/queue/join", {"Content-Type": "text/plain"}, b"x"),
        ("POST", "/gradio_api/queue/join", JSON, b" " * (LARGEST_BODY + 1)),
        ("POST", "/gradio_api/run/predict", JSON, b'{"data": [], "fn_index": 4711}'),
        ("GET", "/gradio_api/queue/data?session_hash=h1", {}, b""),
        ("GET", "/gradio_api/queue/data", {}, b""),
    ]
    statuses = set()
    for method, path, headers, body in asked:
        got = line.send(method, path, headers, body)
        line.hang_up()
        statuses.add(got.status)
        assert [name for name in SECURITY if name not in got.headers] == []
        assert not got.headers.keys() & {"server", "x-powered-by", "access-control-allow-origin"}
        assert got.headers["cache-control"] == "no-store"
    assert statuses >= {200, 400, 403, 404, 405, 413, 415}
    page = line.send("GET", "/").body.decode()
    script = re.search(r"(?:\./|/)(assets/[\w.-]+\.js)", page)
    assert script
    got = line.send("GET", f"/{script[1]}")
    assert got.status == 200
    assert [name for name in SECURITY if name not in got.headers] == []
