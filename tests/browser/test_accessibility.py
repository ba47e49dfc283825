"""What axe-core finds: nothing serious on any side of the page, in any light, on any screen.

Colours don't depend on the screen nor the order of things on the light: two of the four pairs do.
"""

import secrets
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from rag.factory import Byline
from rag.web.conversation_store import Conversations
from tests.browser.conftest import NewTab
from tests.browser.tab import CHIP, DESKTOP, KREMLIN, LIT_FOCUSED, PHONE, WORLD_CUP, Tab
from tests.support.pages import of_every_verdict, turns_of

pytestmark = [pytest.mark.browser, pytest.mark.long]

FOUND = """async () => {
  const found = await axe.run(document);
  return found.violations
    .filter(({impact}) => impact === 'serious' || impact === 'critical')
    .flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
      `${id} at ${target.join(' ')}: ${failureSummary.replace(/\\s+/g, ' ')}`));
}"""

PALE = "() => { document.querySelector('.masthead h1').style.color = '#eee'; }"


@cache
def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(tab: Tab) -> list[str]:
    """Evaluated by the debugger: the page's CSP has no say, and no network is needed."""
    tab.page.evaluate(axe())
    found: list[str] = tab.page.evaluate(FOUND)
    return found


@pytest.fixture
def differing(seeds: Byline, home: Path) -> str:
    identity = secrets.token_hex(16)
    Conversations(home / "conversations").save(identity, turns_of(of_every_verdict(seeds)))
    return identity


@pytest.mark.parametrize(
    ("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_nothing_on_the_page_is_a_serious_barrier(
    new_tab: NewTab, url: str, differing: str, theme: str, size: Any
) -> None:
    found = {}
    tab = new_tab(url, viewport=size)
    page = tab.open(f"/?__theme={theme}")
    found["empty"] = violations(tab)
    tab.ask(KREMLIN)
    page.locator(CHIP).first.click()
    page.wait_for_function(LIT_FOCUSED)
    found["answer, reader open"] = violations(tab)
    page.keyboard.press("Escape")
    tab.ask(WORLD_CUP)
    page.locator("#chat .why summary").last.click()
    found["abstention"] = violations(tab)
    page.click("#archive-side")
    page.wait_for_selector("#articles .title")
    page.locator("#articles .remove").first.click()
    page.wait_for_selector("#confirm-removal #keep:focus")
    found["archive"] = violations(tab)
    tab = new_tab(url, viewport=size, conversation=differing)
    page = tab.open(f"/?__theme={theme}")
    page.wait_for_selector("#chat .conflict .sides")
    found["conflict"] = violations(tab)
    assert {side: barriers for side, barriers in found.items() if barriers} == {}


def test_a_barrier_would_be_found(tab: Tab) -> None:
    page = tab.open()
    page.evaluate(PALE)
    (barrier,) = violations(tab)
    assert barrier.startswith("color-contrast at h1")
