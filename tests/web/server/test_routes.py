"""Which routes there are, and to whom they are closed: other names, other sites."""

import json
import re
import subprocess
import sys

import pytest

from tests.support.chat_server import ROOT
from tests.support.raw_http import Line
from tests.web.server.strangers import JSON, OPEN, PART, ROUTES, UPLOAD, WITHIN, filled, refused

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_the_routes_are_those_of_the_list() -> None:
    """A route that an upgrade adds stays closed; this test is how it is noticed.

    `python -m tests.support.page_routes` prints the list for `routes.txt`.
    """
    command = [sys.executable, "-W", "ignore", "-m", "tests.support.page_routes"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:-1] == [f"{methods} {path}" for _, methods, path in ROUTES]


@pytest.mark.long
def test_closed_routes_are_closed_and_open_ones_are_there(line: Line) -> None:
    for state, methods, path in ROUTES:
        for method in methods.split(","):
            got = line.send(method, filled(path), JSON, b"{}" if method == "POST" else b"")
            if state == "closed":
                refused(got, 403)
            else:
                assert got.status != 403, path


@pytest.mark.parametrize(
    "path", ["/docs", "/redoc", "/openapi.json", "/gradio_api/openapi.json", "/monitoring", "/mcp"]
)
def test_nothing_describes_or_watches_the_server(line: Line, path: str) -> None:
    refused(line.send("GET", path), 403)


HOSTS = [
    *("", "evil.example", "evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil"),
    *("127.0.0.1@evil.example", "evil.example#127.0.0.1", "0.0.0.0:{port}", "127.1:{port}"),
    *("[::ffff:127.0.0.1]:{port}", "2130706433", "127.0.0.1:{port}, evil.example"),
]
SITES = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
]
KINDS = [
    ("application/json", json.dumps(WITHIN).encode()),
    ("text/plain", json.dumps(WITHIN).encode()),
    ("application/x-www-form-urlencoded", b"session_hash=strange1&fn_index=0"),
    (UPLOAD["Content-Type"], PART + b"--b--\r\n"),
]


@pytest.mark.parametrize("host", HOSTS)
def test_every_route_is_refused_to_other_names(line: Line, host: str) -> None:
    named = {"Host": host.format(port=line.port)}
    for _, methods, path in ROUTES:
        for method in methods.split(","):
            if method == "POST":
                for kind, body in KINDS:
                    refused(
                        line.send(method, filled(path), {**named, "Content-Type": kind}, body), 400
                    )
            else:
                assert line.send(method, filled(path), named).status == 400


@pytest.mark.parametrize("site", SITES)
def test_every_route_is_refused_to_other_sites(line: Line, site: dict[str, str]) -> None:
    for _, methods, path in ROUTES:
        for method in methods.split(","):
            for kind, body in KINDS if method == "POST" else [("", b"")]:
                headers = {**site, "Content-Type": kind} if kind else site
                assert line.send(method, filled(path), headers, body).status == 403
    heard = line.send("GET", "/gradio_api/queue/data?session_hash=strange1")
    assert heard.status == 200  # the session is still nobody's
    line.hang_up()


@pytest.mark.parametrize(
    "own", [{}, {"Origin": "http://{host}"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_the_own_page_is_served(line: Line, own: dict[str, str]) -> None:
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{line.port}"
        headers = {key: value.format(host=host) for key, value in own.items()} | {"Host": host}
        for methods, path in OPEN:
            if "GET" in methods and not re.search("{|upload|queue", path):
                assert line.send("GET", path, headers).status == 200, path
        body = json.dumps({**WITHIN, "session_hash": f"own{name[:3]}", "data": ["", None, ""]})
        got = line.send("POST", "/gradio_api/queue/join", {**headers, **JSON}, body.encode())
        assert "event_id" in json.loads(got.body)
