"""Hasty users and slow servers: what is pressed before the page has caught up."""

from typing import Any

import pytest

from tests.browser.conftest import NewTab
from tests.browser.tab import BOX, KREMLIN, WORLD_CUP, Tab
from tests.browser.test_chat import questions

pytestmark = [pytest.mark.browser, pytest.mark.long]

XI = "What did Putin ask Musk to do for Xi Jinping?"


def hold(page: Any, request: str, holding: str = "") -> list[Any]:
    """Keep the next such request with this in its body back; return where it comes to lie."""
    held: list[Any] = []

    def keep(route: Any) -> None:
        if held or holding not in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)

    page.route(f"**/{request}*", keep)
    return held


def test_an_edit_that_is_typed_before_the_server_knows_of_it_is_not_lost(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    tab.ask(WORLD_CUP)
    held = hold(page, "run/predict")
    page.click("#edit")
    assert page.input_value(BOX) == WORLD_CUP
    page.fill(BOX, XI)
    page.press(BOX, "Enter")
    held[0].continue_()
    page.wait_for_selector("#chat .abstained", state="detached")
    tab.settle()
    assert questions(page) == [KREMLIN, XI]


def test_an_edit_is_not_begun_while_the_question_is_about_to_be_asked_again(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    tab.ask(WORLD_CUP)
    held = hold(page, "queue/join")
    page.click("#retry")
    page.click("#edit")
    assert page.input_value(BOX) == ""
    held[0].continue_()
    tab.settle()
    assert "Rewrite it below" not in page.inner_text("#chat")
    assert questions(page) == [KREMLIN, WORLD_CUP]


def test_a_question_is_asked_once_however_often_enter_is_pressed(tab: Tab) -> None:
    page = tab.open()
    page.fill(BOX, KREMLIN)
    for _ in range(3):
        page.press(BOX, "Enter")
    tab.settle()
    assert questions(page) == [KREMLIN]


def test_a_first_question_that_is_quicker_than_the_memory_stays(new_tab: NewTab, url: str) -> None:
    identity = "0" * 32
    tab = new_tab(url, conversation=identity)
    held = hold(tab.page, "run/predict", f'"data":["{identity}"]')
    page = tab.open()
    tab.ask(KREMLIN)
    with page.expect_response("**/run/predict*"):
        held[0].continue_()
    tab.ask(WORLD_CUP)
    assert questions(page) == [KREMLIN, WORLD_CUP]
