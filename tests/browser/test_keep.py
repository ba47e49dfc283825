"""What stays: conversations after a reload, files to take along, permalinks, judgements."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.evaluation import load_feedback
from tests.browser.conftest import NewTab
from tests.browser.tab import CHIP, KREMLIN, Tab
from tests.browser.test_chat import questions

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_a_conversation_survives_a_reload_and_goes_on(new_tab: NewTab, tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    page.reload()
    page.wait_for_selector("#chat .origin")
    assert questions(page) == [KREMLIN]
    assert "Musk" in page.inner_text("#chat .answer")
    tab.ask("Who first reported the call?")
    assert len(questions(page)) == 2
    page.locator(CHIP).first.click()
    page.wait_for_selector("#reader mark")
    page.click("#fresh")
    page.wait_for_selector("#examples .example")
    page.reload()
    page.wait_for_selector("#examples .example")
    assert questions(page) == []
    stranger = new_tab(tab.url)
    assert questions(stranger.open()) == []


def test_a_permalink_opens_the_reader_there(new_tab: NewTab, tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    page.locator("#reader .lit a.number").click()
    page.wait_for_url("**/?p=*")
    other = new_tab(tab.url)
    opened = other.open(page.url.removeprefix(tab.url))
    opened.wait_for_selector("#reader .lit")
    assert "only one phone call" in opened.inner_text("#reader .lit")
    assert opened.locator("#reader mark").count() == 0


def test_a_conversation_is_taken_along_as_a_file_or_printed(
    new_tab: NewTab, tab: Tab, tmp_path: Path
) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    markdown = saved(page, "#markdown", tmp_path)
    assert markdown.startswith("# Byline")
    assert "[^1-1]: Elon Musk participated" in markdown
    told = json.loads(saved(page, "#json", tmp_path))
    link = told["turns"][0]["answer"]["citations"][0]["permalink"]
    assert link.startswith(f"{tab.url}/?p=")
    assert link in markdown
    with page.expect_popup() as popup:
        page.click("#print")
    printed = popup.value
    printed.wait_for_selector("mark")
    assert "only one phone call" in printed.inner_text("#note-1-1 mark")
    assert link in printed.content()
    tab.shoot_page(printed, "export")
    assert new_tab(tab.url).open(link.removeprefix(tab.url)).wait_for_selector("#reader .lit")


def test_a_judgement_is_kept_for_the_evaluation(tab: Tab, home: Path) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    page.locator("#chat .vote", has_text="Bad answer").click()
    page.wait_for_selector("#reason :is(textarea, input):focus")
    page.keyboard.type("It leaves out 2022.")
    tab.shoot("feedback")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reasons", state="hidden")
    assert page.locator("#chat .vote.chosen").count() == 1
    lines = (home / "feedback.jsonl").read_text("utf-8").splitlines()
    last = json.loads(lines[-1])
    assert (last["verdict"], last["reason"]) == ("down", "It leaves out 2022.")
    asked = [one.question for one in load_feedback(home / "feedback.jsonl").questions]
    assert KREMLIN in asked


def saved(page: Any, button: str, folder: Path) -> str:
    with page.expect_download() as download:
        page.click(button)
    path: Path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_text("utf-8")
