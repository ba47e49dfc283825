"""Files: none of this machine's, none from elsewhere, and not too much of what is brought."""

import socket
import threading
import time
import urllib.request
from pathlib import Path
from typing import Self

import pytest

from rag.web.server.guard.bodies import LARGEST_UPLOAD, MOST_PARTS
from tests.support.chat_server import ROOT
from tests.support.raw_http import Line, pour
from tests.web.server.strangers import CANARY, PART

pytestmark = [pytest.mark.slow, pytest.mark.long]


ELSEWHERE = [
    *("http://{sink}/x", "https://{sink}/x", "//{sink}/x", "\\\\{sink}\\x", "HTTP://{sink}/x"),
    *("http:%2F%2F{sink}%2Fx", "http%3A//{sink}/x", "http%3A%2F%2F{sink}%2Fx", "hTTp:/{sink}/x"),
    *("%68ttp://{sink}/x", "http:/%2F{sink}/x", "http:\\\\{sink}\\x", "%2f%2f{sink}/x"),
    *("%5c%5c{sink}/x", "http://user@{sink}/x", "http://{sink}#.png", "http%253A%252F%252F{sink}"),
    *("ftp://{sink}/x", "file:///etc/passwd", "data:text/html,x"),
]


def test_no_route_fetches_anything_from_elsewhere(line: Line) -> None:
    with socket.socket() as sink:
        sink.bind(("127.0.0.1", 0))
        sink.listen()
        sink.settimeout(0.3)
        address = f"127.0.0.1:{sink.getsockname()[1]}"
        for root in ("/gradio_api/file=", "/gradio_api/proxy=", "/gradio_api/file/"):
            for wanted in ELSEWHERE:
                for method in ("GET", "HEAD"):
                    got = line.send(method, root + wanted.format(sink=address))
                    assert got.status in {400, 403}, wanted
        with pytest.raises(TimeoutError):
            sink.accept()


def test_no_path_leads_to_files_of_this_machine(line: Line, home: Path) -> None:
    targets = [str(home / "canary.txt"), "/etc/passwd", str(ROOT / "ui.py"), ".env"]
    ups = ["../", "..%2f", "%2e%2e/", "%252e%252e/", "..\\", "....//"]
    roots = ["/static/", "/assets/", "/gradio_api/file=", "/svelte/", "/gradio_api/upload/"]
    asked = 0
    for root in roots:
        for up in ("", *ups):
            for target in targets:
                got = line.send("GET", root + up * 12 + target.lstrip("/").replace(" ", "%20"))
                assert got.status in {400, 403, 404}, got
                assert CANARY.encode() not in got.body
                assert b"root:" not in got.body
                asked += 1
    assert asked >= 60


class Heart:
    """Beats while something else is going on, and measures the longest wait."""

    def __init__(self, url: str) -> None:
        self.longest = 0.0
        self._url = url
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat)

    def _beat(self) -> None:
        while not self._done.is_set():
            begun = time.monotonic()
            with urllib.request.urlopen(f"{self._url}/healthz", timeout=10):
                self.longest = max(self.longest, time.monotonic() - begun)
            time.sleep(0.02)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def upload_head(line: Line, length: str, boundary: str = "b") -> str:
    return (
        f"POST /gradio_api/upload HTTP/1.1\r\nHost: {line.host}:{line.port}\r\n"
        f"Content-Type: multipart/form-data; boundary={boundary}\r\n{length}\r\n\r\n"
    )


CHUNKED = "Transfer-Encoding: chunked"


def chunked(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


def test_no_upload_is_too_much(url: str, line: Line) -> None:
    million = b"x" * 1_000_000
    endless = [chunked(PART), *[chunked(million)] * 30, b"0\r\n\r\n"]
    many = [chunked(PART * (MOST_PARTS * 50)), b"0\r\n\r\n"]
    begun = time.monotonic()
    with Heart(url) as heart:
        assert pour(url, upload_head(line, CHUNKED), endless).startswith(b"HTTP/1.1 413")
        assert pour(url, upload_head(line, CHUNKED), many).startswith(b"HTTP/1.1 413")
        lying = f"Content-Length: {LARGEST_UPLOAD + 1}"
        assert pour(url, upload_head(line, lying), [PART]).startswith(b"HTTP/1.1 413")
        negative = "Content-Length: -5"
        assert pour(url, upload_head(line, negative), [PART]).startswith(b"HTTP/1.1 400")
        huge = upload_head(line, CHUNKED, "b" * 1_000_000)
        assert pour(url, huge, []).startswith((b"HTTP/1.1 4", b""))
        assert line.send("GET", "/healthz").status == 200
    assert time.monotonic() - begun < 2
    assert heart.longest < 0.5


def test_pieces_are_not_asked_for(line: Line) -> None:
    begun = time.monotonic()
    got = line.send("GET", "/theme.css", {"Range": "bytes=" + "0-0," * 10_000})
    assert got.status == 200
    assert time.monotonic() - begun < 0.1
