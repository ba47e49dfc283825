"""The guard before an application in this process: who is let through, and what comes back."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp, Message

from rag.web.server.exposure import Exposure
from rag.web.server.guard import Policy, bodies
from rag.web.server.guard.isolation import CLIENT
from tests.support.asgi_client import OWN, Got, Inner, request, send_request

JSON = {"content-type": "application/json"}
RUN = "/gradio_api/run/predict"


def guarded(inner: ASGIApp, policy: Policy | None = None) -> ASGIApp:
    return Exposure(policy or Policy()).guarded(inner)


def ask(method: str = "GET", path: str = "/", **more: Any) -> tuple[Got, Inner]:
    inner = Inner()
    policy = more.pop("policy", Policy(hosts=("byline.example",)))
    return request(guarded(inner, policy), method, path, **more), inner


def post(headers: dict[str, str], *chunks: bytes, path: str = RUN) -> tuple[Got, Inner]:
    return ask("POST", path, headers={**OWN, **JSON, **headers}, chunks=chunks or (b"{}",))


# --- who asks ---


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:7860", "localhost:1", "LOCALHOST", "[::1]:80", "[::1]"]
)
def test_own_names_are_served(host: str) -> None:
    assert ask(headers={"host": host})[0].status == 200


def test_a_configured_name_is_served() -> None:
    assert ask(headers={"host": "byline.example:443"})[0].status == 200


@pytest.mark.parametrize(
    "host",
    [
        *("", "evil.example", "127.0.0.1.evil.example", "127.0.0.1:x", "127.0.0.1@evil:80", "::1"),
        *("localhost.", "localhost:", "localhost:80:80", "[::ffff:127.0.0.1]", "[::1", "[::1]x"),
        *("www.byline.example", "byline.example, evil.example", "under_score", "*", "127.1"),
    ],
)
def test_foreign_names_are_refused(host: str) -> None:
    got, inner = ask(headers={"host": host})
    assert got.status == 400
    assert not inner.bodies
    assert "content-security-policy" in got.headers


def test_no_name_is_refused() -> None:
    assert ask(headers={})[0].status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1.evil.example:7860"},
        {"origin": "http://[127.0.0.1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
def test_other_sites_are_refused(method: str, headers: dict[str, str]) -> None:
    assert ask(method, headers={**OWN, **headers})[0].status == 403


def test_a_link_from_another_site_opens_the_page_but_posts_nothing() -> None:
    link = {**OWN, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    link["sec-fetch-dest"] = "document"
    assert ask(headers=link)[0].status == 200
    assert ask("POST", headers=link)[0].status == 403
    framed = {**link, "sec-fetch-dest": "iframe"}
    assert ask(headers=framed)[0].status == 403
    allowed = Policy(framed_by="https://intranet.example", https=True)
    got, _ = ask(headers=framed, policy=allowed)
    assert got.status == 200
    assert "frame-ancestors https://intranet.example;" in got.headers["content-security-policy"]
    assert "x-frame-options" not in got.headers
    assert "SameSite=None; Partitioned; Secure" in got.cookies[0]


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:7860"}, {"sec-fetch-site": "same-origin"}],
)
def test_the_page_itself_may_post(headers: dict[str, str]) -> None:
    got, inner = post(headers, b'{"data"', b": []}")
    assert got.status == 200
    assert inner.bodies == [b'{"data": []}']


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT"])
def test_other_methods_have_no_use(method: str) -> None:
    assert ask(method)[0].status == 405


def test_the_application_hears_of_no_proxy_and_learns_who_asks() -> None:
    forged = {"x-forwarded-host": "evil.example", "x-gradio-server": "https://evil.example"}
    forged |= {CLIENT: "somebody else", "range": "bytes=0-0," * 10_000}
    _, inner = ask(headers={**OWN, **forged})
    assert all(inner.header(name) is None for name in forged if name != CLIENT)
    assert inner.header(CLIENT) == "192.0.2.1"
    assert inner.scopes[-1]["scheme"] == "http"
    _, inner = ask(policy=Policy(https=True))
    assert inner.scopes[-1]["scheme"] == "https"


def test_web_sockets_are_closed_and_the_lifespan_is_not() -> None:
    assert ask(type="websocket")[0].status == 1008
    inner = Inner()

    async def start() -> None:
        await guarded(inner)({"type": "lifespan"}, _nothing, _ignored)

    asyncio.run(start())
    assert inner.scopes == [{"type": "lifespan"}]


async def _nothing() -> Message:
    return {"type": "lifespan.startup"}


async def _ignored(message: Message) -> None:
    raise AssertionError(message)


# --- what comes back ---


def test_every_reply_has_the_security_headers_and_no_others_of_the_kind() -> None:
    headers = ask()[0].headers
    assert "'unsafe-eval'" not in headers["content-security-policy"]
    assert "connect-src 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers
    assert not {name.lower() for name in headers} & {"server", "access-control-allow-origin"}
    assert "strict-transport-security" in ask(policy=Policy(https=True))[0].headers


def test_what_gradio_says_of_a_wrong_message_is_cut_short() -> None:
    told = b'{"detail": "Traceback: /home/somebody/secret.py"}'
    for status in (404, 422, 500):
        got = request(
            guarded(Inner(status, told)), "POST", RUN, headers={**OWN, **JSON}, chunks=(b"{}",)
        )
        assert got.status == (422 if status == 500 else status)
        assert b"secret" not in got.body
        assert json.loads(got.body)["detail"]


# --- how much ---


def test_large_bodies_are_refused_whatever_length_they_claim() -> None:
    half = b"x" * (bodies.LARGEST_BODY // 2 + 1)
    assert post({}, half, half)[0].status == 413
    assert post({"content-length": str(bodies.LARGEST_BODY + 1)})[0].status == 413
    assert post({"content-length": "9" * 5000})[0].status == 413
    assert post({"content-length": "-1"})[0].status == 400


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.01)

    async def stalled() -> Message:
        await asyncio.sleep(10)
        raise AssertionError

    async def ask_it() -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        raw = [(k.encode(), v.encode()) for k, v in {**OWN, **JSON}.items()]
        scope = {"type": "http", "method": "POST", "path": RUN, "headers": raw}
        await guarded(Inner())(scope, stalled, send)
        return sent

    assert asyncio.run(ask_it())[0]["status"] == 408


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_a_message_is_json(kind: str) -> None:
    assert post({"content-type": kind})[0].status == 415


def test_more_posts_than_can_be_served_are_told_so_at_once() -> None:
    class Slow(Inner):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await asyncio.sleep(0.2)
            await super().__call__(scope, receive, send)

    async def flood() -> list[Got]:
        guard = guarded(Slow())
        headers = {**OWN, **JSON}
        asked = [send_request(guard, "POST", RUN, headers, (b"{}",)) for _ in range(150)]
        return await asyncio.gather(*asked)

    got = asyncio.run(flood())
    assert [one.status for one in got].count(503) == 150 - 128
    assert "busy" in json.loads(next(one.body for one in got if one.status == 503))["detail"]


# --- files ---


def upload(folder: Path | None, body: bytes, kind: str = "multipart/form-data; boundary=b") -> Got:
    policy = Policy(uploads=folder)
    chunks = [body[at : at + 300_000] for at in range(0, len(body), 300_000)]
    headers = {**OWN, "content-type": kind}
    return ask("POST", "/gradio_api/upload", headers=headers, chunks=chunks, policy=policy)[0]


def test_an_upload_arrives_whole(tmp_path: Path) -> None:
    inner = Inner()
    body = b"--b\r\n" + bytes(range(256)) * 4096 + b"\r\n--b--"
    headers = {**OWN, "content-type": "multipart/form-data; boundary=b"}
    guard = guarded(inner, Policy(uploads=tmp_path))
    chunks = [body[:500_000], b"", body[500_000:]]
    assert (
        request(guard, "POST", "/gradio_api/upload", headers=headers, chunks=chunks).status == 200
    )
    assert inner.bodies == [body]


def test_an_upload_is_refused_before_anybody_reads_it(tmp_path: Path) -> None:
    part = b"--b\r\n\r\n"
    assert upload(None, part).status == 403
    assert upload(tmp_path, b"x" * (bodies.LARGEST_UPLOAD + 1)).status == 413
    assert upload(tmp_path, part * 1000).status == 413
    assert upload(tmp_path, part, f"multipart/form-data; boundary={'b' * 1_000_000}").status == 400
    assert upload(tmp_path, part, "multipart/form-data").status == 400
    assert upload(tmp_path, part, "application/json").status == 415
    assert upload(tmp_path, part).status == 200


def test_parts_are_counted_across_pieces(tmp_path: Path) -> None:
    body = b"--b\r\n\r\n" * 40
    headers = {**OWN, "content-type": "multipart/form-data; boundary=b"}
    guard = guarded(Inner(), Policy(uploads=tmp_path))
    chunks = [body[at : at + 1] for at in range(len(body))]
    got = request(guard, "POST", "/gradio_api/upload", headers=headers, chunks=chunks)
    assert got.status == 413


def test_a_full_folder_takes_no_more(tmp_path: Path) -> None:
    with (tmp_path / "much").open("wb") as file:
        file.truncate(200_000_001)
    assert upload(tmp_path, b"--b\r\n\r\n").status == 503


# --- sessions ---


def cookie_of(guard: ASGIApp) -> dict[str, str]:
    got = request(guard)
    return {**OWN, **JSON, "cookie": got.cookies[0].partition(";")[0]}


def said(guard: ASGIApp, headers: dict[str, str], path: str, **message: object) -> int:
    body = json.dumps(message).encode()
    return request(guard, "POST", path, headers=headers, chunks=(body,)).status


def test_a_session_is_its_browsers_own() -> None:
    guard = guarded(Inner())
    ann, bob, nobody = cookie_of(guard), cookie_of(guard), {**OWN, **JSON}
    join = "/gradio_api/queue/join"
    assert said(guard, ann, join, session_hash="a1", data=[]) == 200
    hears = "/gradio_api/queue/data?session_hash=a1"
    assert request(guard, path=hears, headers=ann).status == 200
    for other in (bob, nobody):
        assert said(guard, other, join, session_hash="a1", data=[]) == 404
        assert request(guard, path=hears, headers=other).status == 404
        assert request(guard, path=f"{hears}&session_hash=b", headers=other).status == 404
        assert request(guard, path="/gradio_api/heartbeat/a1", headers=other).status == 404
    assert request(guard, path="/gradio_api/queue/data", headers=ann).status == 404


def test_an_event_can_be_cancelled_by_who_asked_alone() -> None:
    guard = guarded(Inner(body=b'{"event_id":"e1"}'))
    ann, bob = cookie_of(guard), cookie_of(guard)
    assert said(guard, ann, "/gradio_api/queue/join", session_hash="a1", data=[]) == 200
    cancel = "/gradio_api/cancel"
    for event in ("e1", "e2"):
        assert said(guard, bob, cancel, session_hash="b1", fn_index=0, event_id=event) == 404
    assert said(guard, ann, cancel, session_hash="a1", fn_index=0, event_id="e1") == 200


def test_two_tabs_that_open_at_once_do_not_lose_their_sessions() -> None:
    guard = guarded(Inner())
    first, second = cookie_of(guard), cookie_of(guard)
    join = "/gradio_api/queue/join"
    assert said(guard, first, join, session_hash="a1", data=[]) == 200
    both = {**first, "cookie": f"{first['cookie']}; other=1; {second['cookie']}"}
    assert said(guard, both, join, session_hash="a1", data=[]) == 200


def test_a_name_of_an_earlier_start_counts_for_nothing_and_the_oldest_are_taken_away() -> None:
    old = [cookie_of(guarded(Inner()))["cookie"] for _ in range(18)]
    headers = {**OWN, "cookie": "; ".join(old)}
    got = request(guarded(Inner()), headers=headers)
    removed = [cookie.partition("=")[0] for cookie in got.cookies[1:]]
    assert removed == [cookie.partition("=")[0] for cookie in old[:2]]
    assert all("=; Max-Age=0;" in cookie for cookie in got.cookies[1:])
    assert all("HttpOnly; SameSite=Strict" in cookie for cookie in got.cookies)
    assert not request(guarded(Inner()), path="/config", headers=headers).cookies


def test_two_servers_on_one_machine_leave_each_other_their_names() -> None:
    """Cookies don't know of ports: to open the second page ended the first one's sessions."""
    first, second = guarded(Inner()), guarded(Inner())
    name = cookie_of(first)
    got = request(second, headers=name)
    assert len(got.cookies) == 1
    both = {**name, "cookie": f"{name['cookie']}; {got.cookies[0].partition(';')[0]}"}
    for server in (first, second):
        assert not request(server, headers=both).cookies


def test_empty_files_fill_the_folder_too(tmp_path: Path) -> None:
    for number in range(12_300):
        (tmp_path / str(number)).touch()
    assert upload(tmp_path, b"--b\r\n\r\n").status == 503
