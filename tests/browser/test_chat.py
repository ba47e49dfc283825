"""The chat in Chromium: what a reader sees, by mouse, by keyboard, and with a hostile model."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chat_server import ROOT, ingest, serving
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


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "home"
    ingest(folder, ROOT / "seeds")
    return folder


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture
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
def tab(browser: Any, url: str) -> Iterator[Tab]:
    opened = Tab(browser, url, viewport={"width": 1360, "height": 860})
    yield opened
    assert opened.foreign == []
    assert opened.complaints == []


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


def test_two_tabs_know_nothing_of_each_other(browser: Any, tab: Tab) -> None:
    tab.open()
    tab.ask(KREMLIN)
    other = Tab(browser, tab.url)
    assert other.open().locator("#chat .question").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling(browser: Any, url: str, theme: str) -> None:
    phone = Tab(browser, url, viewport={"width": 390, "height": 844})
    page = phone.open(f"/?__theme={theme}")
    phone.ask(KREMLIN)
    page.locator("#chat .answer p a.chip").first.click()
    page.wait_for_function("() => document.activeElement.classList.contains('lit')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#reader a.back")
    assert page.evaluate("document.activeElement.className") == "chip"
    assert phone.foreign == phone.complaints == []


def test_a_hostile_model_writes_text_and_nothing_else(browser: Any, home: Path) -> None:
    with LLMServer(Reply.saying(EVIL, between=0.01)) as model:
        settings = {"RAG_LLM_MODEL": "evil", "OPENAI_BASE_URL": model.url}
        with serving(home, **settings) as address:
            tab = Tab(browser, address)
            page = tab.open()
            tab.ask("What did the Kremlin say about Musk?")
            assert "<script>alert(2)</script>" in page.inner_text("#chat .answer")
            active = (
                "#chat .answer :is(img, script, code, .katex, p strong, a:not([href^='#cite-']))"
            )
            assert page.locator(active).count() == 0
            assert tab.foreign == tab.complaints == []


def test_stop_hangs_up_on_the_model_and_the_chat_goes_on(browser: Any, home: Path) -> None:
    slow = Reply.saying("The Kremlin denied it and went on and on [1]. " * 20, between=0.03)
    with LLMServer(slow, Reply.saying("It denied it [1].")) as model:
        settings = {"RAG_LLM_MODEL": "slow", "OPENAI_BASE_URL": model.url}
        with serving(home, **settings) as address:
            tab = Tab(browser, address)
            page = tab.open()
            page.fill(BOX, "What did the Kremlin say about Musk?")
            page.press(BOX, "Enter")
            page.wait_for_selector("#chat .working p:not(.stage)")
            page.click("#stop")
            page.wait_for_selector("#chat .stopped")
            assert model.requests[0].left.wait(5)
            tab.ask("What did the Kremlin say about Musk?")
            assert page.locator("#chat .stopped").count() == 1
            assert tab.complaints == []
