"""The chat in Chromium: what a reader sees, by mouse, by keyboard, and with a hostile model."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.factory import Byline
from tests.archives import copy_home
from tests.chat_server import serving
from tests.llm_server import LLMServer, Reply

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
BOX = "#question textarea"
KREMLIN = "How many calls between Musk and Putin does the Kremlin admit to?"
IN_VIEW = """() => {
  const box = document.querySelector('#reader').getBoundingClientRect();
  const lit = document.querySelector('#reader .lit').getBoundingClientRect();
  return lit.top >= box.top && lit.bottom <= box.bottom;
}"""
EVIL = (
    "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> <script>alert(2)</script> "
    "[link](https://evil.example/b) https://evil.example/c www.evil.example ${alert(3)} "
    "{{constructor}} **bold** $$x$$ <a href='https://evil.example'>q</a> The Kremlin said no [1]."
)


class Tab:
    """A page with a record of what it must not do."""

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.page = browser.new_context(**options).new_page()
        self.url = url
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        self.page.on("console", self._hear)

    def _note(self, request: Any) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.foreign.append(request.url)

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def open(self, path: str = "/") -> Any:
        self.page.goto(self.url + path)
        self.page.wait_for_selector("#examples .example")
        return self.page

    def ask(self, question: str) -> None:
        seen = self.page.locator("#chat .origin").count()
        self.page.fill(BOX, question)
        self.page.press(BOX, "Enter")
        self.page.locator("#chat .origin").nth(seen).wait_for()


@dataclass(frozen=True)
class Written:
    """A chat whose answers a language model writes, as the test tells it."""

    url: str
    model: LLMServer
    replies: list[Reply]

    def says(self, *replies: Reply) -> None:
        """Give these replies from now on, then the last one again and again."""
        self.replies[:] = replies
        self.model.requests.clear()


@pytest.fixture(scope="module")
def home(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_home(seeds, tmp_path_factory.mktemp("browser") / "home")


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def written(home: Path) -> Iterator[Written]:
    replies: list[Reply] = []
    with LLMServer(lambda _: replies.pop(0) if len(replies) > 1 else replies[0]) as model:
        settings = {"RAG_LLM_MODEL": "test", "OPENAI_BASE_URL": model.url}
        with serving(home, **settings) as address:
            yield Written(address, model, replies)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        print("\nNO CHROMIUM: THE PAGE IS NOT TESTED IN A BROWSER", file=sys.__stderr__)
        pytest.skip("no Chromium: the page was NOT tested in a browser; see `make browser`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def new_tab(browser: Any) -> Iterator[Callable[..., Tab]]:
    """Return what opens a tab that shares nothing with others; each must behave."""
    opened: list[Tab] = []

    def new(url: str, **options: Any) -> Tab:
        opened.append(Tab(browser, url, **options))
        return opened[-1]

    yield new
    for tab in opened:
        tab.page.context.close()
    assert [(tab.foreign, tab.complaints) for tab in opened] == [([], [])] * len(opened)


@pytest.fixture
def tab(new_tab: Callable[..., Tab], url: str) -> Tab:
    return new_tab(url, viewport={"width": 1360, "height": 860})


def test_an_answer_opens_its_first_source_with_the_quote_marked(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    page.wait_for_selector("#reader mark")
    assert "only one phone call" in page.inner_text("#reader mark")
    page.wait_for_function(IN_VIEW)
    assert page.locator("#chat .sources li").count() >= 1
    assert page.locator("#chat [role=log][aria-live=polite]").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"


def test_a_chip_opens_its_paragraph_by_keyboard_and_escape_returns(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    tab.ask("What did Putin ask Musk to do for Xi Jinping?")
    chip = page.locator("#chat .answer p a.chip").first
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.classList.contains('lit')")
    assert "only one phone call" in page.inner_text("#reader .lit mark")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "chip"
    assert page.url == f"{tab.url}/"


def test_a_second_click_brings_a_paragraph_back_that_was_scrolled_away(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    chip = page.locator("#chat .answer p a.chip").first
    for _ in range(2):
        page.evaluate("document.querySelector('#reader').scrollTop = 0")
        chip.click()
        page.wait_for_function(IN_VIEW)


def test_an_abstention_leads_to_the_nearest_paragraphs(tab: Tab) -> None:
    page = tab.open()
    page.locator("#examples .example", has_text="World Cup").click()
    page.wait_for_selector("#chat .abstained .origin")
    assert page.locator("#examples .example:visible").count() == 0
    page.locator("#chat .nearest a").first.click()
    page.wait_for_selector("#reader .lit")


def test_an_empty_question_does_nothing_and_a_new_chat_forgets(tab: Tab) -> None:
    page = tab.open()
    page.press(BOX, "Enter")
    tab.ask(KREMLIN)
    assert page.locator("#chat .question").count() == 1
    page.click("#fresh")
    page.wait_for_selector("#examples .example")
    assert page.locator("#chat .question").count() == 0


def test_two_tabs_know_nothing_of_each_other(new_tab: Callable[..., Tab], tab: Tab) -> None:
    tab.open()
    tab.ask(KREMLIN)
    assert new_tab(tab.url).open().locator("#chat .question").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling(
    new_tab: Callable[..., Tab], url: str, theme: str
) -> None:
    phone = new_tab(url, viewport={"width": 390, "height": 844})
    page = phone.open(f"/?__theme={theme}")
    phone.ask(KREMLIN)
    page.locator("#chat .answer p a.chip").first.click()
    page.wait_for_function("() => document.activeElement.classList.contains('lit')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#reader a.back")
    assert page.evaluate("document.activeElement.className") == "chip"


def test_a_hostile_model_writes_text_and_nothing_else(
    new_tab: Callable[..., Tab], written: Written
) -> None:
    written.says(Reply.saying(EVIL, between=0.01))
    tab = new_tab(written.url)
    page = tab.open()
    tab.ask("What did the Kremlin say about Musk?")
    assert "<script>alert(2)</script>" in page.inner_text("#chat .answer")
    active = "#chat .answer :is(img, script, code, .katex, p strong, a:not([href^='#cite-']))"
    assert page.locator(active).count() == 0


def test_stop_hangs_up_on_the_model_and_the_chat_goes_on(
    new_tab: Callable[..., Tab], written: Written
) -> None:
    slow = Reply.saying("The Kremlin denied it and went on and on [1]. " * 20, between=0.03)
    written.says(slow, Reply.saying("It denied it [1]."))
    tab = new_tab(written.url)
    page = tab.open()
    page.fill(BOX, "What did the Kremlin say about Musk?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#chat .working p:not(.stage)")
    page.click("#stop")
    page.wait_for_selector("#chat .stopped")
    assert written.model.requests[0].left.wait(5)
    tab.ask("What did the Kremlin say about Musk?")
    assert page.locator("#chat .stopped").count() == 1
