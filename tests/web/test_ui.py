"""The chat as a program: started, asked by HTTP, refused, ended."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.factory import Byline
from tests.support.archives import copy_home
from tests.support.chat_server import ROOT, ask, environment, ingest, post, serving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_home(seeds, tmp_path_factory.mktemp("chat") / "home")


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    hostile = {
        "GRADIO_SHARE": "1",
        "GRADIO_SERVER_NAME": "0.0.0.0",
        "GRADIO_ROOT_PATH": "/elsewhere",
        "GRADIO_MCP_SERVER": "true",
        "GRADIO_SSR_MODE": "true",
        "GRADIO_RUN_HISTORY": "true",
        "GRADIO_ALLOWED_PATHS": "/",
        "GRADIO_ANALYTICS_ENABLED": "True",
    }
    with serving(home, **hostile) as address:
        yield address


def get(url: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as response:
            return int(response.status), bytes(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_it_says_that_it_is_well(url: str) -> None:
    status, body = get(f"{url}/healthz")
    while b"starting" in body:
        time.sleep(0.1)
        status, body = get(f"{url}/healthz")
    assert (status, json.loads(body)) == (200, {"status": "ok"})


def test_the_page_is_byline_and_loads_from_here_alone(url: str) -> None:
    status, body = get(url)
    assert status == 200
    assert b"Joins citations to the reader" in body
    config = json.loads(get(f"{url}/config")[1])
    assert config["title"] == "Byline"
    assert config["root"] == url
    assert config["footer_links"] == []
    assert not config["analytics_enabled"]
    assert not config["run_history"]


def test_no_endpoint_is_public(url: str) -> None:
    info = json.loads(get(f"{url}/gradio_api/info")[1])
    assert info["named_endpoints"] == {}
    assert info["unnamed_endpoints"] == {}


def test_an_answer_comes_with_links_and_the_lit_paragraph(url: str) -> None:
    received = ask(url, "How many calls between Musk and Putin does the Kremlin admit to?", "a1")
    assert "only one phone call between Musk and Putin" in received
    assert "#cite-" in received
    assert "<mark>" in received
    assert "Quoted by the embedded engine" in received


def test_a_question_that_is_too_long_is_answered_by_a_hint(url: str) -> None:
    received = ask(url, "x" * 5000, "a2")
    assert "Shorten it to what you want to know" in received


def test_strangers_are_refused(url: str) -> None:
    assert get(url, Host="evil.example")[0] == 400
    assert get(f"{url}/gradio_api/file=/etc/passwd")[0] == 403
    body = {"data": ["x", None], "fn_index": 0, "session_hash": "b"}
    with pytest.raises(urllib.error.HTTPError, match="403"):
        post(f"{url}/gradio_api/queue/join", body, Origin="https://evil.example")


def test_what_is_ingested_meanwhile_is_found_without_a_restart(
    url: str, home: Path, tmp_path: Path
) -> None:
    article = tmp_path / "bridge.txt"
    article.write_text("The Vellum bridge in Quorndale was opened by Ada Fennimore on Tuesday.\n")
    ingest(home, article)
    assert "Ada Fennimore" in ask(url, "Who opened the Vellum bridge in Quorndale?", "c1")


@pytest.mark.long
def test_a_taken_port_is_named_and_the_next_one_used(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "ui.py", "--port", str(port)],
            env=environment(home),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        begun = time.monotonic()
        line = process.stdout.readline()
        started = time.monotonic() - begun
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    assert line.strip().startswith("Byline is at http://127.0.0.1:")
    assert not line.strip().endswith(f":{port}")
    assert told.splitlines() == [f"Port {port} is taken; trying the next one."]
    assert process.returncode == 0
    print(f"started in {started:.1f} s")


@pytest.mark.long
def test_a_host_that_others_can_reach_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "ui.py", "--host", "0.0.0.0"],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "can be reached by others" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.long
def test_without_an_archive_the_page_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path / "none") as address:
        config = json.loads(get(f"{address}/config")[1])
        load = next(d for d in config["dependencies"] if d["targets"][0][1] == "load")
        body = {"data": [], "fn_index": load["id"], "session_hash": "d"}
        shown = post(f"{address}/gradio_api/run/predict", body).decode()
        assert "No archive yet" in shown
        assert "rag ingest PATH" in shown.replace("&#96;", "")
        received = ask(address, "Who?", "e")
        assert "There is no archive in" in received
