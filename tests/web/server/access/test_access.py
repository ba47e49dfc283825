"""The log-in before an application in this process."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.types import ASGIApp

from rag.web.server.access import Logins
from rag.web.server.access.keys import Keys
from rag.web.server.exposure import Exposure
from rag.web.server.guard import Policy
from tests.support.asgi_client import OWN, Got, Inner, request, send_request
from tests.web.server.strangers import CHEAP

FORM = {**OWN, "content-type": "application/x-www-form-urlencoded"}
TOKEN = "x" * 43


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a try take no time; `test_keys` has the real ones."""
    monkeypatch.setattr("rag.web.server.access.keys._HASHER", CHEAP)


def site(keys: Keys, *, https: bool = False) -> ASGIApp:
    return Exposure(Policy(https=https), keys).guarded(Inner())


def log_in(app: ASGIApp, password: str, name: str = "") -> Got:
    body = urlencode({"name": name, "password": password}).encode()
    return request(app, "POST", "/login", headers=FORM, chunks=(body,))


def shown(got: Got) -> dict[str, str]:
    return {**OWN, "cookie": got.cookies[0].partition(";")[0]}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/config",
        "/assets/index.js",
        "/gradio_api/queue/data?session_hash=a",
        "/gradio_api/heartbeat/a",
        "/gradio_api/info",
        "/login",
        "/logout",
    ],
)
def test_without_a_log_in_there_is_nothing(path: str) -> None:
    got = request(site(Keys({}, TOKEN)), path=path)
    assert got.status == 401
    assert b"hello" not in got.body
    assert "content-security-policy" in got.headers


def test_no_body_is_read_of_who_is_not_in() -> None:
    headers = {**OWN, "content-type": "application/json"}
    got = request(site(Keys({}, TOKEN)), "POST", "/gradio_api/cancel", headers=headers, chunks=())
    assert got.status == 401


def test_health_needs_none() -> None:
    assert request(site(Keys({}, TOKEN)), path="/healthz").status == 200


def test_a_browser_is_shown_the_form_in_the_reply() -> None:
    got = request(site(Keys({}, TOKEN)), headers={**OWN, "accept": "text/html"})
    assert got.status == 401
    assert b'<form method="post" action="/login">' in got.body
    assert b"<script" not in got.body
    assert got.headers["referrer-policy"] == "same-origin"
    assert got.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("https", [False, True])
def test_who_logs_in_comes_in_until_logging_out(https: bool) -> None:
    app = site(Keys({}, TOKEN), https=https)
    got = log_in(app, TOKEN)
    assert (got.status, got.headers["location"]) == (303, "/")
    assert "; Path=/; HttpOnly; SameSite=Strict" in got.cookies[0]
    assert ("; Secure" in got.cookies[0]) is https
    assert TOKEN not in got.cookies[0]
    inside = shown(got)
    assert request(app, headers=inside).body == b"hello"
    form = {**FORM, **inside}
    out = request(app, "POST", "/logout", headers=form)
    assert "Max-Age=0" in out.cookies[0]
    assert request(app, headers=inside).status == 401


def test_a_program_shows_the_token_with_each_request() -> None:
    app = site(Keys({}, TOKEN))
    good = {**OWN, "authorization": f"Bearer {TOKEN}"}
    assert request(app, path="/config", headers=good).status == 200
    bad = {**OWN, "authorization": f"Bearer {TOKEN[1:]}"}
    assert request(app, path="/config", headers=bad).status == 401


def test_wrong_tries_are_slowed_to_ten_a_minute_even_at_once() -> None:
    app = site(Keys({"ann": CHEAP.hash("correct horse")}))

    async def tries(count: int) -> list[int]:
        body = urlencode({"name": "eve", "password": "guess"}).encode()
        asked = [send_request(app, "POST", "/login", FORM, (body,)) for _ in range(count)]
        return [got.status for got in await asyncio.gather(*asked)]

    statuses = asyncio.run(tries(30))
    assert sorted(statuses) == [401] * 10 + [429] * 20
    late = log_in(app, "correct horse", "ann")
    assert (late.status, late.headers["retry-after"]) == (429, "60")
    own_network = [(f"2001:db8::{number:x}", 1) for number in range(12)]
    tried = [request(app, "POST", "/login", headers=FORM, client=client) for client in own_network]
    assert [got.status for got in tried] == [401] * 10 + [429] * 2
    elsewhere = urlencode({"name": "ann", "password": "correct horse"}).encode()
    got = request(app, "POST", "/login", headers=FORM, chunks=(elsewhere,), client=("192.0.2.2", 1))
    assert got.status == 303


def test_a_failed_try_says_so_and_not_which_part_was_wrong() -> None:
    app = site(Keys({"ann": CHEAP.hash("correct horse")}))
    wrong = log_in(app, "guess", "ann"), log_in(app, "correct horse", "<b>eve</b>")
    assert [got.status for got in wrong] == [401, 401]
    assert wrong[0].body == wrong[1].body
    assert b'role="alert"' in wrong[0].body
    assert not wrong[0].cookies


def test_a_form_of_another_site_logs_nobody_in() -> None:
    app = site(Keys({}, TOKEN))
    foreign: dict[str, Any] = {**FORM, "origin": "https://evil.example"}
    body = urlencode({"password": TOKEN}).encode()
    assert request(app, "POST", "/login", headers=foreign, chunks=(body,)).status == 403
    assert request(app, "POST", "/login", headers=FORM, chunks=(b"x" * 9000,)).status == 413


def test_a_link_from_another_site_asks_once_more_before_it_asks_for_a_log_in() -> None:
    link = {**OWN, "accept": "text/html", "sec-fetch-site": "cross-site"}
    link |= {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    got = request(site(Keys({}, TOKEN)), path="/?p=abc", headers=link)
    assert got.status == 401
    assert b'http-equiv="refresh"' in got.body


def test_log_ins_end_by_time_and_by_number() -> None:
    now = [0.0]
    logins = Logins(lambda: now[0])
    first = logins.begin()
    assert logins.holds(first)
    now[0] = 12 * 3600.0
    assert not logins.holds(first)
    second = logins.begin()
    for _ in range(200):
        logins.begin()
    assert not logins.holds(second)
    assert not logins.holds("")
