"""What an answer looks like: verdicts, conflicts, dark, on a phone, without a mouse."""

import secrets
from pathlib import Path

import pytest

from rag.factory import Byline
from rag.web.conversation_store import Conversations
from tests.browser.conftest import NewTab
from tests.browser.tab import BOX, CHIP, KREMLIN, LIT_FOCUSED, PHONE, WORLD_CUP, Tab
from tests.support.pages import of_every_verdict, turns_of

pytestmark = [pytest.mark.browser, pytest.mark.long]

TOP = "() => document.querySelector('#reader').getBoundingClientRect().left === 0"
NAMELESS = """() => [...document.querySelectorAll('a, button, input, textarea, summary')]
  .filter((found) => found.offsetParent && !found.closest('[aria-hidden=true]'))
  .filter((found) => !(found.textContent.trim() || found.getAttribute('aria-label') ||
    found.title || (found.labels && found.labels.length) || found.closest('label')))
  .map((found) => found.outerHTML.slice(0, 120))"""


@pytest.fixture
def doubtful(seeds: Byline, home: Path) -> str:
    identity = secrets.token_hex(16)
    Conversations(home / "conversations").save(identity, turns_of(of_every_verdict(seeds)))
    return identity


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_verdicts_have_a_sign_a_word_and_a_reason_and_conflicts_two_sides(
    new_tab: NewTab, url: str, doubtful: str, theme: str
) -> None:
    tab = new_tab(url, conversation=doubtful)
    page = tab.open(f"/?__theme={theme}")
    shown = page.locator("#chat .checks").first.inner_text()
    for sign, word in (
        ("✓", "Supported"),
        ("◐", "Partly supported"),
        ("✕", "Not supported"),
        ("○", "Not checked"),
    ):
        assert f"{sign} {word}" in shown
    assert "It names no date." in shown
    assert "1 of 4 statements verified" in page.inner_text("#chat .checked summary")
    assert page.locator("#chat .answer > p .verdict").count() == 4
    page.locator("#chat .answer > p .verdict.partial").focus()
    page.wait_for_selector("#peek:not([hidden])")
    assert "names no date" in page.inner_text("#peek")
    page.locator(BOX).focus()
    first, second = page.locator("#chat .conflict .sides > li").all()
    assert "The Harbour Post, 25 October 2024" in first.inner_text()
    assert "Levee Times, 8 November 2024" in second.inner_text()
    boxes = first.bounding_box(), second.bounding_box()
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]
    tab.shoot(f"verdicts-{theme}")
    page.locator("#chat .conflict").scroll_into_view_if_needed()
    tab.shoot(f"conflict-{theme}")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_reader_slides_over_the_chat(new_tab: NewTab, url: str, theme: str) -> None:
    tab = new_tab(url, viewport=PHONE)
    page = tab.open(f"/?__theme={theme}")
    tab.shoot(f"phone-empty-{theme}")
    tab.ask(KREMLIN)
    assert not page.locator("#reader").is_visible()
    tab.shoot(f"phone-answer-{theme}")
    page.locator(CHIP).first.click()
    page.wait_for_function(LIT_FOCUSED)
    page.wait_for_function(TOP)
    assert page.evaluate("document.querySelector('#conversation').inert")
    tab.shoot(f"phone-reader-{theme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.click("#reader a.back")
    assert page.evaluate("document.activeElement.className") == "chip"
    assert not page.locator("#reader").is_visible()


def test_everything_is_done_by_keyboard_alone(tab: Tab) -> None:
    page = tab.open()
    page.keyboard.type(KREMLIN)  # the box has the focus
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .origin")
    page.wait_for_selector("#reader .lit")
    tab.settle()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('#chat .answer > p a.chip')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_function(LIT_FOCUSED)
    page.keyboard.press("Escape")
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName === 'summary'"):
            break
    page.keyboard.press("Enter")
    assert page.locator("#chat .checked .checks").is_visible()


def test_whatever_can_be_pressed_has_a_name(tab: Tab) -> None:
    page = tab.open()
    tab.ask(WORLD_CUP)
    assert page.evaluate(NAMELESS) == []
    page.click("#archive-side")
    page.wait_for_selector("#articles .title")
    assert page.evaluate(NAMELESS) == []
