"""Messages of wrong form, and those of other sessions."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.support.chat_server import ROOT, post
from tests.support.raw_http import Line
from tests.web.server.strangers import JSON, WITHIN, refused

pytestmark = [pytest.mark.slow, pytest.mark.long]


WRONG: list[dict[str, Any]] = [
    *({}, {"data": None}, {"data": {}}, {"data": []}, {"data": [1, 2, 3, 4, 5, 6, 7, 8]}),
    *({"data": [{"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}]},),
    *({"data": [[{"path": "/etc/passwd"}]]}, {"data": [{"path": "https://evil.example/x"}]}),
    *({"data": [5, None, ""]}, {"data": [["x"], None, ""]}, {"data": ["x" * 1_000_000, None, ""]}),
]


def test_wrong_messages_get_a_short_refusal(line: Line) -> None:
    """Where Gradio takes a message although it is wrong, the event ends without a word of why."""
    config = json.loads(line.send("GET", "/config").body)
    names = [each["id"] for each in config["dependencies"]]
    for index in (*names, 4711, -1, "0", None, 10**30):
        for wrong in WRONG:
            message = {"session_hash": "wrong1", "fn_index": index, **wrong}
            for route in ("queue/join", "run/predict"):
                body = json.dumps(message).encode()
                got = line.send("POST", f"/gradio_api/{route}", JSON, body)
                if got.status == 200:
                    assert index in names
                else:
                    refused(got, 400, 404, 413, 422)


def test_what_becomes_of_a_wrong_message_says_nothing_of_the_inside(url: str, log: Path) -> None:
    """Nor does the log repeat it: anybody could write lines of their own into it."""
    forged = "x\nERROR forged"
    wrong: tuple[list[Any], ...] = (
        [5, None, ""],
        [[forged], None, ""],
        [],
        [{forged: 1}, 2, 3, 4],
        [forged],
    )
    for number, data in enumerate(wrong):
        session = f"inside{number}"
        body = {"data": data, "fn_index": 0, "session_hash": session}
        post(f"{url}/gradio_api/queue/join", body)
        stream = f"{url}/gradio_api/queue/data?session_hash={session}"
        with urllib.request.urlopen(stream, timeout=20) as response:
            heard = response.read().decode()
        for leak in ("Traceback", ".py", str(ROOT), "site-packages"):
            assert leak not in heard
    logged = log.read_text()
    assert "ValueError at " in logged
    assert "forged" not in logged
    assert "Traceback" not in logged


def test_an_event_of_another_session_is_not_there(line: Line) -> None:
    page = line.send("GET", "/")
    cookie = {"Cookie": page.headers["set-cookie"].partition(";")[0]}
    body = json.dumps({**WITHIN, "session_hash": "mine1"}).encode()
    got = line.send("POST", "/gradio_api/queue/join", {**JSON, **cookie}, body)
    event = json.loads(got.body)["event_id"]
    steal = {"session_hash": "theirs1", "fn_index": 0, "event_id": event}
    refused(line.send("POST", "/gradio_api/cancel", JSON, json.dumps(steal).encode()), 404)
    refused(line.send("POST", "/gradio_api/queue/join", JSON, body), 404)
    refused(line.send("GET", "/gradio_api/queue/data?session_hash=mine1"), 404)
    refused(line.send("GET", "/gradio_api/heartbeat/mine1"), 404)
