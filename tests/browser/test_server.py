"""The log-in in Chromium: a form that needs no script, then the page as ever."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.factory import Byline
from rag.web.server.access.keys import line_for
from tests.support.archives import copy_home
from tests.support.chat_server import serving

pytestmark = [pytest.mark.browser, pytest.mark.long]

BOX = "#question textarea"


@pytest.fixture(scope="module")
def url(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("log-in")
    (folder / "auth").write_text(line_for("ann", "correct horse") + "\n")
    home = copy_home(seeds, folder / "home")
    with serving(home, RAG_AUTH=str(folder / "auth")) as address:
        yield address


def log_in(page: Any, password: str) -> None:
    page.fill("[name=name]", "ann")
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_form_works_with_and_without_scripts(browser: Any, url: str, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(url)
    assert page.title() == "Byline: log in"
    log_in(page, "wrong horse")
    assert page.inner_text("[role=alert]") == "That is not right."
    log_in(page, "correct horse")
    page.wait_for_url(f"{url}/")
    page.wait_for_load_state("domcontentloaded")
    assert "gradio_config" in page.content()
    page.context.close()


def test_who_is_in_asks_as_ever_and_another_browser_is_not_in(browser: Any, url: str) -> None:
    page = browser.new_context().new_page()
    page.goto(url)
    log_in(page, "correct horse")
    page.fill(BOX, "Who first reported the call?")
    page.press(BOX, "Enter")
    page.locator("#chat .origin").wait_for()
    cookies = page.context.cookies()
    assert all(one["httpOnly"] and one["sameSite"] == "Strict" for one in cookies)
    assert page.evaluate("document.cookie") == ""
    stranger = browser.new_context().new_page()
    stranger.goto(url)
    assert stranger.title() == "Byline: log in"
    page.context.close()
    stranger.context.close()


def test_a_link_from_another_site_finds_who_is_in(browser: Any, url: str, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url)
    log_in(page, "correct horse")
    page.wait_for_url(f"{url}/")
    # Another name of the same machine is another site to a browser.
    context.route(
        "http://elsewhere.localhost/**",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<a href="{url}/?p=none">a permalink</a>'
        ),
    )
    page.goto("http://elsewhere.localhost/")
    page.click("a")
    page.wait_for_selector(BOX)
    context.close()
