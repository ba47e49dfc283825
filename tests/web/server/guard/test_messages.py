"""What a message to the page's events looks like."""

import json
import time
from pathlib import Path

import pytest

from rag.web.server.guard.messages import DEEPEST, Message, MessageError, parse


def test_a_message_says_whose_it_is() -> None:
    body = {"data": ["x", None], "fn_index": 3, "session_hash": "ab1", "event_id": "e-1"}
    assert parse(json.dumps(body).encode(), None) == Message("ab1", "e-1")
    assert parse(b"{}", None) == Message()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"x"',
        b"{",
        b"\xff",
        b'{"data": {}}',
        b'{"data": "x"}',
        b'{"fn_index": "0"}',
        b'{"fn_index": true}',
        b'{"fn_index": -1}',
        b'{"fn_index": 1e9}',
        b'{"fn_index": 99999999999999999999}',
        b'{"session_hash": 5}',
        b'{"session_hash": "a/b"}',
        b'{"session_hash": ""}',
        b'{"session_hash": "' + b"x" * 65 + b'"}',
        b'{"event_id": ["e"]}',
        b'{"data": ' + b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1) + b"}",
        b'{"data": ' + b"[" * 400_000,
    ],
)
def test_what_no_page_sends_is_refused(body: bytes) -> None:
    with pytest.raises(MessageError):
        parse(body, None)


def message(path: object, **more: object) -> bytes:
    file = {"path": path, "meta": {"_type": "gradio.FileData"}, **more}
    return json.dumps({"data": [[file]]}).encode()


def test_a_file_is_one_that_was_uploaded(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "link").symlink_to("/etc")
    parse(message(str(uploads / "a" / "x.txt")), uploads)
    others = ["/etc/passwd", f"{uploads}/../x", "https://evil.example/x", "x.txt", 5, "\x00"]
    for other in (*others, str(uploads / "link" / "passwd"), f"{uploads}x/y"):
        with pytest.raises(MessageError):
            parse(message(other), uploads)
    with pytest.raises(MessageError):
        parse(message(str(uploads / "x.txt")), None)


@pytest.mark.parametrize(
    "paths",
    [["a/" * 400_000], ["/tmp/" + "../tmp/" * 100_000], ["{uploads}/a/b/c/d"] * 20_000],
    ids="long upward many".split(),
)
def test_paths_are_not_followed_for_long(tmp_path: Path, paths: list[str]) -> None:
    """One message of a megabyte held the server for minutes."""
    files = [{"path": path.format(uploads=tmp_path)} for path in paths]
    begun = time.process_time()
    with pytest.raises(MessageError):
        parse(json.dumps({"data": files}).encode(), tmp_path)
    assert time.process_time() - begun < 2
