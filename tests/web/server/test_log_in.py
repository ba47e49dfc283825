"""Where others can reach it: no start without a log-in, and then nothing without one."""

import json
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from rag.web.server.access.keys import line_for
from rag.web.server.exposure import Exposure
from rag.web.server.serving import options, serve
from tests.support.chat_server import serving
from tests.support.raw_http import Line
from tests.web.server.strangers import FORM, JSON, OPEN, PART, UPLOAD, filled

pytestmark = [pytest.mark.slow, pytest.mark.long]


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ([], "RAG_OPEN"),
        (["--hosts", "a.example"], "RAG_OPEN"),
        (["--auth", "token"], "--hosts"),
        (["--open"], "--hosts"),
    ],
)
def test_it_does_not_listen_elsewhere_by_accident(
    more: list[str], hint: str, bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def never(_: Exposure) -> ASGIApp:
        raise AssertionError

    given = ["--host", "0.0.0.0", *more]
    assert serve(given, never, warm=lambda: None, uploads=bare) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 2
    assert hint in err


def test_there_is_no_tunnel(bare: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        options().parse_args(["--share", "on"])
    assert caught.value.code == 2
    assert options().parse_args(["--share=off"]).share == "off"


def test_with_a_log_in_every_route_asks_for_it_and_uploads_are_private(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "auth").write_text(line_for("ann", "correct horse") + "\n")
    who = {"RAG_AUTH": str(tmp_path / "auth"), "RAG_HOST": "0.0.0.0", "RAG_HOSTS": "a.example"}
    with (
        serving(home, TMPDIR=str(tmp_path), **who) as address,
        Line(address.replace("0.0.0.0", "127.0.0.1")) as line,
    ):
        _locked(line)
        cookie = _logged_in(line)
        assert b"Joins citations" in line.send("GET", "/", cookie).body
        (folder,) = tmp_path.glob("byline-*")
        assert folder.stat().st_mode & 0o777 == 0o700
        got = line.send("POST", "/gradio_api/upload", {**UPLOAD, **cookie}, PART + b"--b--\r\n")
        (path,) = json.loads(got.body)
        assert Path(path).is_relative_to(folder)
        assert line.send("GET", f"/gradio_api/file={path}", cookie).status == 403
    assert not folder.exists()


def _logged_in(line: Line) -> dict[str, str]:
    """Log in after some wrong tries, then try on until that is slowed; return the cookie."""
    wrong, right = b"name=eve&password=x", b"name=ann&password=correct+horse"
    assert [line.send("POST", "/login", FORM, wrong).status for _ in range(3)] == [401] * 3
    got = line.send("POST", "/login", FORM, right)
    assert got.status == 303
    rest = [line.send("POST", "/login", FORM, wrong).status for _ in range(27)]
    assert rest == [401] * 7 + [429] * 20
    return {"Cookie": got.headers["set-cookie"].partition(";")[0]}


def _locked(line: Line) -> None:
    kinds = {"GET": {}, "HEAD": {}, "POST": JSON}
    for methods, path in OPEN:
        for method in methods.split(","):
            headers = UPLOAD if path == "/gradio_api/upload" else kinds[method]
            got = line.send(method, filled(path), headers, b"{}" if method == "POST" else b"")
            assert got.status in ({200, 503} if path == "/healthz" else {401}), path
    assert line.send("GET", "/gradio_api/queue/data?session_hash=s1").status == 401
