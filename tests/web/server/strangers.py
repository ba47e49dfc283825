"""What the tests of the server share: the list of its routes, and what a refusal looks like."""

import re
from typing import Any

from argon2 import PasswordHasher

from tests.support.chat_server import ROOT
from tests.support.raw_http import Reply

ROUTES = [
    tuple(line.split())
    for line in (ROOT / "tests" / "web" / "server" / "routes.txt").read_text().splitlines()
]
"""Whether the guard lets it through, its methods, its path."""
OPEN = [(methods, path) for state, methods, path in ROUTES if state == "open"]
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
UPLOAD = {"Content-Type": "multipart/form-data; boundary=b"}
PART = b'--b\r\nContent-Disposition: form-data; name="files"; filename="x.txt"\r\n\r\nx\r\n'
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes at once; `test_keys` has a real one."""
CANARY = "canary-7f3a"
WITHIN: dict[str, Any] = {"session_hash": "strange1", "fn_index": 0, "data": ["Who?", None, ""]}
"""A question as the page asks it."""


def filled(path: str) -> str:
    """Return a path of the list with something for each parameter."""
    return re.sub(r"{.*?}", "x", path)


def refused(got: Reply, *statuses: int) -> None:
    """Fail unless a reply is a short refusal that tells nothing."""
    assert got.status in statuses
    assert len(got.body) < 100
    assert got.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in got.headers
    for leak in (b"event_id", b"Traceback", b".py", b"/home", str(ROOT).encode()):
        assert leak not in got.body
