"""Asking: what is streamed, what is opened, what the buttons do with the last question."""

from collections.abc import Callable
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import pytest

from tests.browser.conftest import Written
from tests.browser.tab import BOX, CHIP, KREMLIN, LIT_FOCUSED, LIT_IN_VIEW, WORLD_CUP, Tab
from tests.support.llm_server import Reply

pytestmark = [pytest.mark.browser, pytest.mark.long]

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
BOX_HOLDS = "([box, text]) => document.querySelector(box).value.includes(text)"
NEWEST_VOTE = "#chat .message-row:last-child .vote"
WATCH = """(box) => {
  const seen = document.querySelectorAll('#chat .origin').length;
  const field = document.querySelector(box);
  window.shown = new Promise((done) => {
    let pressed = 0;
    field.addEventListener('keydown', (event) => { pressed = event.timeStamp; }, {once: true});
    new MutationObserver((_, watch) => {
      if (document.querySelectorAll('#chat .origin').length <= seen) return;
      watch.disconnect();
      requestAnimationFrame((now) => done(now - pressed));
    }).observe(document.querySelector('#conversation'), {childList: true, subtree: true});
  });
}"""
"""Measures from the key's press to the frame that paints the whole answer."""


def going_on(sentence: str) -> Reply:
    """Return a reply of 80 s; what says the same again and again is cut as a loop within two."""
    return Reply(tuple(f"{sentence} It went on {n} times. " for n in range(200)), between=0.4)


def test_an_answer_opens_its_first_source_with_the_quote_marked(tab: Tab) -> None:
    page = tab.open()
    tab.shoot("empty-light")
    tab.ask(KREMLIN)
    page.wait_for_selector("#reader mark")
    assert "only one phone call" in page.inner_text("#reader mark")
    page.wait_for_function(LIT_IN_VIEW)
    assert page.locator("#chat .sources li").count() >= 1
    assert "4 of 4 statements verified" in page.inner_text("#chat .checked summary")
    assert page.locator("#chat [role=log][aria-live=polite]").count() == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    tab.shoot("answer-light")


def test_a_chip_opens_its_paragraph_by_keyboard_and_escape_returns(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    tab.ask("What did Putin ask Musk to do for Xi Jinping?")
    chip = page.locator(CHIP).first
    chip.focus()
    page.wait_for_selector("#peek:not([hidden])")
    assert "only one phone call" in page.inner_text("#peek")
    page.keyboard.press("Enter")
    page.wait_for_function(LIT_FOCUSED)
    assert "only one phone call" in page.inner_text("#reader .lit mark")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "chip"
    assert page.url == f"{tab.url}/"


def test_pointing_at_a_chip_shows_its_quote(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    page.locator(CHIP).first.hover()
    page.wait_for_selector("#peek:not([hidden])")
    assert "only one phone call" in page.inner_text("#peek .quote")
    tab.shoot("quote-on-hover")
    page.mouse.move(5, 5)
    page.wait_for_selector("#peek", state="hidden")


def test_a_second_click_brings_a_paragraph_back_that_was_scrolled_away(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    chip = page.locator(CHIP).first
    for _ in range(2):
        page.evaluate("document.querySelector('#reader').scrollTop = 0")
        chip.click()
        page.wait_for_function(LIT_IN_VIEW)


def test_an_abstention_leads_to_the_nearest_paragraphs(tab: Tab) -> None:
    page = tab.open()
    page.locator("#examples .example", has_text="World Cup").click()
    page.wait_for_selector("#chat .abstained .origin")
    assert "Not in the archive" in page.inner_text("#chat .abstained .ruling")
    assert page.locator("#examples .example:visible").count() == 0
    tab.shoot("abstention")
    page.locator("#chat .nearest a").first.click()
    page.wait_for_selector("#reader .lit")


def test_the_ranks_and_scores_are_shown_on_demand(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    table = page.locator("#chat .why table")
    assert not table.is_visible()
    page.locator("#chat .why summary").click()
    assert table.locator("tbody tr").count() >= 2
    assert "[1]" in table.inner_text()
    tab.shoot("why-these-paragraphs")


def test_retry_edit_and_undo_change_the_last_turn_alone(tab: Tab) -> None:
    page = tab.open()
    tab.ask(KREMLIN)
    tab.ask(WORLD_CUP)
    before = page.get_attribute(NEWEST_VOTE, "href")
    page.click("#retry")
    tab.settle()
    assert page.get_attribute(NEWEST_VOTE, "href") != before  # another answer
    assert questions(page) == [KREMLIN, WORLD_CUP]
    page.click("#edit")
    page.wait_for_selector("#chat .question:has-text('Rewrite it below')")
    assert page.input_value(BOX) == WORLD_CUP
    tab.shoot("edit")
    page.fill(BOX, "What did Putin ask Musk to do for Xi Jinping?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#chat .question:has-text('Xi Jinping')")
    tab.settle()
    assert page.locator("#chat .abstained").count() == 0
    assert page.locator("#chat .question").count() == 2
    page.click("#undo")
    page.wait_for_function("() => document.querySelectorAll('#chat .question').length === 1")
    assert "Kremlin" in page.inner_text("#chat .question")


def test_an_empty_question_does_nothing_and_a_new_chat_forgets(tab: Tab) -> None:
    page = tab.open()
    page.press(BOX, "Enter")
    tab.ask(KREMLIN)
    assert page.locator("#chat .question").count() == 1
    page.click("#fresh")
    page.wait_for_selector("#examples .example")
    assert page.locator("#chat .question").count() == 0


def test_an_error_is_a_sentence_and_the_question_stays_in_the_box(tab: Tab) -> None:
    page = tab.open()
    page.fill(BOX, "x" * 4100)
    page.press(BOX, "Enter")
    page.wait_for_selector("#chat .failure")
    assert "Shorten it" in page.inner_text("#chat .failure")
    page.wait_for_function(BOX_HOLDS, arg=[BOX, "x" * 4100])
    tab.shoot("error")


def test_markers_are_live_while_the_answer_streams_and_stop_hangs_up(
    new_tab: Callable[..., Tab], written: Written
) -> None:
    written.says(going_on("The Kremlin denied it [1]."), Reply.saying("It denied it [1]."))
    tab = new_tab(written.url)
    page = tab.open()
    page.fill(BOX, "What did the Kremlin say about Musk?")
    page.press(BOX, "Enter")
    page.wait_for_selector("#chat .working a.chip")
    tab.shoot("streaming")
    page.evaluate("document.querySelector('#chat .working a.chip').click()")
    page.wait_for_selector("#reader .lit")
    assert page.locator("#chat .working").count() == 1
    page.click("#stop")
    page.wait_for_selector("#chat .stopped")
    tab.settle()
    assert written.model.requests[0].left.wait(5)
    tab.ask("What did the Kremlin say about Musk?")
    assert page.locator("#chat .stopped").count() == 1


def test_a_stopped_retry_leaves_the_earlier_answer_where_it_was(
    new_tab: Callable[..., Tab], written: Written
) -> None:
    question = "What did the Kremlin say about Musk?"
    answer, condensed = Reply.saying("The Kremlin denied it [1]."), Reply.saying(question)
    written.says(answer, condensed, answer, condensed, going_on("Never again."))
    tab = new_tab(written.url)
    page = tab.open()
    tab.ask(question)
    tab.ask(question)
    assert page.locator("#chat .vote").first.is_visible()
    vote = page.get_attribute(NEWEST_VOTE, "href")
    page.click("#retry")
    page.wait_for_selector("#chat .working:has-text('Never again')")
    assert "denied it" in page.inner_text("#chat .earlier .answer")
    assert not page.locator("#chat .vote").first.is_visible()  # a vote would be painted over
    tab.shoot("retry")
    page.click("#stop")
    page.wait_for_selector("#chat .attempt:has-text('Stopped. The earlier answer stays.')")
    tab.settle()
    tab.shoot("retry-stopped")
    assert page.get_attribute(NEWEST_VOTE, "href") == vote
    page.reload()
    page.wait_for_selector("#chat .attempt")
    assert page.locator("#chat .answer .origin").count() == 2
    assert "Never again" not in page.inner_text("#chat")


def test_the_page_and_the_answer_are_there_at_once(
    new_tab: Callable[..., Tab], url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    paints, crowds = [], []
    for _ in range(3):
        tab = new_tab(url)
        page = tab.open()
        paints.append(page.evaluate(FIRST_PAINT))
    tab.ask(WORLD_CUP)
    answers = []
    for _ in range(5):
        tab.settle()
        page.fill(BOX, KREMLIN)
        page.evaluate(WATCH, BOX)
        page.press(BOX, "Enter")
        answers.append(page.evaluate("window.shown"))
        crowds.append(crowding())
    paint, answer, crowd = median(paints), median(answers), median(crowds)
    with capsys.disabled():
        print(f"\nfirst paint {paint:.0f} ms, answer {answer:.0f} ms, crowded {crowd:.1f}", end=" ")
    # The promise is for cores that nobody else keeps busy; it holds as it stands where crowd is 1.
    assert paint <= 1500 * crowd
    assert answer <= 300 * crowd


def test_two_tabs_know_nothing_of_each_other(new_tab: Callable[..., Tab], tab: Tab) -> None:
    page = tab.open()
    other = new_tab(tab.url)
    other.open()
    tab.ask(KREMLIN)
    other.ask(WORLD_CUP)
    assert questions(page) == [KREMLIN]
    assert questions(other.page) == [WORLD_CUP]


def crowding() -> float:
    """How many times as long as on a core of its own does work take here, just now?"""
    begun, work = perf_counter(), thread_time()
    while thread_time() - work < 0.05:
        pass
    return (perf_counter() - begun) / 0.05


def questions(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("#chat .question").all_inner_texts()]
