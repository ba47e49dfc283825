"""A sample of the hostile articles in Chromium, with a sink where all of their links lead."""

import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.tab import Tab
from tests.hostile.articles import ARTICLES
from tests.hostile.conftest import KEY, Arena
from tests.support.chat_server import serving

pytestmark = [pytest.mark.browser, pytest.mark.long]

SAMPLE = frozenset(
    "script image-onerror frames forms svg styles breaking-out markdown-image autolinks "
    "javascript-links linked-metadata characters-in-metadata".split()
)
ACTIVE = ", ".join(
    f"{place} :is(img, picture, video, audio, script, style, link, base, meta, iframe, object,"
    " embed, form, input, textarea, svg, math, template, code, pre,"
    " table:not(.why table), .katex, [style],"
    f" [onerror], a:not([href^='#cite-'], [href='#chat'], [href^='#vote-'], [href^='/?p='],"
    " [href^='https://news.example/']))"
    for place in ("#chat .answer", "#reader .paper")
)


def alive(page: Any) -> list[str]:
    """Return the elements in answer and reader that could run, load or lead away."""
    return list(page.locator(ACTIVE).evaluate_all("all => all.map(one => one.outerHTML)"))


class Sink:
    """Takes whatever connects to it, and counts."""

    def __init__(self) -> None:
        self.hits = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    counting = Sink()
    yield counting
    counting.close()


@pytest.fixture
def browser(sink: Sink) -> Iterator[Any]:
    if CHROMIUM is None:
        print("\nNO CHROMIUM: HOSTILE TEXT IS NOT TESTED IN A BROWSER", file=sys.__stderr__)
        pytest.skip("no Chromium: hostile text was NOT tested in a browser; see `make browser`")
    from playwright.sync_api import sync_playwright

    # Only names of the articles: Chromium itself calls home, and is not what is tested here.
    everywhere = f"--host-resolver-rules=MAP *.example 127.0.0.1:{sink.port}"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*ARGUMENTS, everywhere]
        )
        yield launched
        launched.close()


def test_nothing_hostile_comes_to_life_in_a_browser(arena: Arena, browser: Any, sink: Sink) -> None:
    sample = [article for article in ARTICLES if article.attack in SAMPLE]
    assert len(sample) == len(SAMPLE)
    settings = {"OPENAI_BASE_URL": arena.opponent.url, "OPENAI_API_KEY": KEY}
    home = arena.extractive.settings.home
    with serving(home, RAG_LLM_MODEL="obedient", **settings) as address:
        tab = Tab(browser, address)
        page = tab.open()
        obeyed = 0
        for article in sample:
            tab.ask(article.question)
            page.wait_for_selector("#reader :is(.paper, .shut)")
            assert alive(page) == [], article.attack
            assert KEY not in page.content()
            obeyed += "Language model obedient" in page.inner_text("#chat .origin")
            page.click("#fresh")
            page.wait_for_selector("#chat .question", state="detached")
        assert obeyed > len(sample) / 2
        assert (tab.foreign, tab.complaints, sink.hits) == ([], [], 0)
        # The sink does count: a browser that is sent there arrives.
        with pytest.raises(Exception, match="net::ERR"):
            page.goto("http://sink.example/")
        assert sink.hits > 0
