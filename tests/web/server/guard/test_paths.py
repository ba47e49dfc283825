"""What can be asked for."""

import pytest

from rag.web.server.guard.paths import is_open

OUT = (
    "../etc/passwd",
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e/etc/passwd",
    "%25252e%25252e/etc/passwd",
    "..\\..\\etc\\passwd",
    "..%5c..%5cetc%5cpasswd",
    "./x/../../.env",
    "//etc/passwd",
    "a//b",
    "x\x00.png",
    "x%00.png",
    "..;/x",
    "\ufffd/x",
    "https://evil.example/x",
    "https%3A%2F%2Fevil.example",
)


@pytest.mark.parametrize("out", OUT)
@pytest.mark.parametrize("root", ["static", "assets", "gradio_api", "gradio_api/run", "config"])
def test_no_path_leads_out(root: str, out: str) -> None:
    assert not is_open(f"/{root}/{out}")


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=https://evil.example/x",
        "/gradio_api/file=//evil.example/x",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/FILE=HTTPS://evil.example",
        "/gradio_api\\file=https://evil.example",
        "/gradio_api/file/x",
        "/gradio_api/proxy=https://evil.example",
        "/gradio_api/component_server",
        "/gradio_api/call/ask",
        "/gradio_api/run/a/b",
        "/gradio_api",
        "//gradio_api/file=/etc/passwd",
        "/gradio_api/queue/../file=/etc/passwd",
        "/Config",
        "/login",
        "/logout",
        "/docs",
        "/monitoring",
        "/openapi.json",
        "/healthz/x",
        "config",
        "",
    ],
)
def test_what_the_page_does_not_need_is_closed(path: str) -> None:
    assert not is_open(path)


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/theme.css", "/gradio_api/queue/data", "/assets/a-b_1.js", "/config"],
)
def test_what_the_page_needs_is_open(path: str) -> None:
    assert is_open(path)


def test_the_log_in_is_open_where_there_is_one() -> None:
    assert is_open("/login", login=True)
    assert not is_open("/login/", login=True)
