"""Two chats for all tests of the page: one quotes, one has a language model; and the browser."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.factory import Byline
from tests.browser.tab import Tab
from tests.support.archives import copy_home
from tests.support.chat_server import serving
from tests.support.llm_server import LLMServer, Reply

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NewTab = Callable[..., Tab]


@dataclass(frozen=True)
class Written:
    """A chat whose answers a language model writes, as the test tells it."""

    url: str
    home: Path
    model: LLMServer
    replies: list[Reply]

    def says(self, *replies: Reply) -> None:
        """Give these replies from now on, then the last one again and again."""
        self.replies[:] = replies
        self.model.requests.clear()


@pytest.fixture(scope="session")
def home(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_home(seeds, tmp_path_factory.mktemp("browser") / "home")


@pytest.fixture(scope="session")
def url(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture(scope="session")
def written(home: Path) -> Iterator[Written]:
    replies: list[Reply] = []
    with LLMServer(lambda _: replies.pop(0) if len(replies) > 1 else replies[0]) as model:
        settings = {"RAG_LLM_MODEL": "test", "OPENAI_BASE_URL": model.url}
        with serving(home, **settings) as address:
            yield Written(address, home, model, replies)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return Chromium; for a module, since its event loop would be in the way of other tests."""
    if CHROMIUM is None:
        print("\nNO CHROMIUM: THE PAGE IS NOT TESTED IN A BROWSER", file=sys.__stderr__)
        pytest.skip("no Chromium: the page was NOT tested in a browser; see `make browser`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def new_tab(browser: Any) -> Iterator[NewTab]:
    """Return what opens a tab that shares nothing with others; each must behave."""
    opened: list[Tab] = []

    def new(url: str, **options: Any) -> Tab:
        opened.append(Tab(browser, url, **options))
        return opened[-1]

    yield new
    for tab in opened:
        tab.context.close()
    assert [(tab.foreign, tab.complaints) for tab in opened] == [([], [])] * len(opened)


@pytest.fixture
def tab(new_tab: NewTab, url: str) -> Tab:
    return new_tab(url)
