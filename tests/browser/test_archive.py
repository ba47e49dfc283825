"""The archive panel: list, filter, add by dropping, remove; and hostile text wherever it can be."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.factory import Byline
from tests.browser.conftest import NewTab, Written
from tests.browser.tab import BOX, KREMLIN, Tab
from tests.support.archives import copy_home
from tests.support.chat_server import serving
from tests.support.llm_server import Reply

pytestmark = [pytest.mark.browser, pytest.mark.long]

EVIL = (
    "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> <script>alert(2)</script> "
    "[link](https://evil.example/b) https://evil.example/c www.evil.example ${alert(3)} "
    "{{constructor}} **bold** $$x$$ <a href='https://evil.example'>q</a> <svg onload=alert(4)> "
    "javascript:alert(5) <iframe src=//evil.example> <style>*{background:url(//evil.example)}"
)
ACTIVE = ":is(img, script, iframe, svg, style, code, .katex, a[href*=evil], a[href^=java])"

COUNT_ACTIVE = """(selector) => {
  window.pictures = window.active = 0;
  new MutationObserver(() => {
    window.pictures += document.querySelectorAll('#chat .working').length;
    window.active += document.querySelectorAll(selector).length;
  }).observe(document.querySelector('#chat'), {childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def own(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an archive that may be changed."""
    home = copy_home(seeds, tmp_path_factory.mktemp("shelf") / "home")
    with serving(home) as address:
        yield address


def test_files_are_added_found_and_removed_again(new_tab: NewTab, own: str, tmp_path: Path) -> None:
    bridge = tmp_path / "Vellum bridge.txt"
    bridge.write_text("The Vellum bridge in Quorndale was opened by Ada Fennimore on Tuesday.\n")
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG")
    tab = new_tab(own)
    page = tab.open()
    page.click("#archive-side")
    page.wait_for_selector("#articles .title")
    page.set_input_files("#drop input[type=file]", [bridge, empty, picture])
    page.wait_for_selector("#outcome .done:has-text('1 added')")
    assert "empty.txt: it has no text" in page.inner_text("#outcome")
    assert "photo.png: its type is not among" in page.inner_text("#outcome")
    page.wait_for_selector("#articles .title:has-text('vellum-bridge')")
    tab.shoot("archive-added")
    page.click("#chat-side")
    tab.ask("Who opened the Vellum bridge in Quorndale?")
    assert "Ada Fennimore" in page.inner_text("#chat .answer")
    page.click("#archive-side")
    page.locator("#articles li", has_text="vellum-bridge").locator(".remove").click()
    page.wait_for_selector("#confirm-removal #keep:focus")
    tab.shoot("archive-remove")
    page.click("#remove")
    page.wait_for_selector("#outcome .done:has-text('Removed')")
    page.wait_for_selector("#articles .title:has-text('vellum-bridge')", state="detached")
    page.click("#chat-side")
    tab.ask("Who opened the Vellum bridge in Quorndale?")
    page.wait_for_selector("#chat .abstained")


def test_articles_are_filtered_and_opened(tab: Tab) -> None:
    page = tab.open()
    page.click("#archive-side")
    page.wait_for_selector("#articles .title")
    assert page.locator("#articles .title").count() == 2
    page.fill("#words :is(textarea, input)", "elon musk participated")
    page.wait_for_function("() => document.querySelectorAll('#articles .title').length === 1")
    page.locator("#articles .title").click()
    page.wait_for_selector("#reader .paper")
    tab.shoot("archive-filtered")
    page.fill("#words :is(textarea, input)", "")
    page.wait_for_function("() => document.querySelectorAll('#articles .title').length === 2")
    page.fill("#since :is(textarea, input)", "nonsense")
    page.wait_for_selector("#articles .failure:has-text('not a date')")


def test_a_long_list_is_turned_page_by_page(new_tab: NewTab, own: str, tmp_path: Path) -> None:
    records = tmp_path / "cases.jsonl"
    lines = [
        {"id": str(n), "title": f"Case {n}", "text": f"It rained {n} times."} for n in range(60)
    ]
    records.write_text("\n".join(map(json.dumps, lines)))
    page = new_tab(own).open()
    page.click("#archive-side")
    page.set_input_files("#drop input[type=file]", records)
    page.wait_for_selector("#articles .title:has-text('Case 59')")
    assert page.locator("#articles .title").count() == 50
    page.click("#articles a:has-text('Older articles')")
    page.wait_for_selector("#articles .title:has-text('Case 9')")
    assert page.locator("#articles .title").count() == 12
    page.click("#articles a:has-text('Newest articles')")
    page.wait_for_selector("#articles .title:has-text('Case 59')")


def test_the_archive_in_the_dark_and_on_a_phone(new_tab: NewTab, url: str) -> None:
    for name, options in (("dark", {}), ("phone", {"viewport": {"width": 390, "height": 844}})):
        tab = new_tab(url, **options)
        page = tab.open("/?__theme=dark")
        page.click("#archive-side")
        page.wait_for_selector("#articles .title")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        tab.shoot(f"archive-{name}")


def test_a_hostile_model_writes_text_and_nothing_else(new_tab: NewTab, written: Written) -> None:
    written.says(Reply.saying(f"{EVIL} The Kremlin said no [1].", between=0.1))
    tab = new_tab(written.url)
    page = tab.open()
    page.evaluate(COUNT_ACTIVE, f"#chat .answer {ACTIVE}")
    tab.ask("What did the Kremlin say about Musk?")
    assert "<script>alert(2)</script>" in page.inner_text("#chat .answer")
    pictures, active = page.evaluate("[window.pictures, window.active]")
    assert pictures > 3  # it streamed
    assert active == 0


def test_hostile_questions_articles_and_file_names_are_text_everywhere(
    new_tab: NewTab, own: str, tmp_path: Path
) -> None:
    file = tmp_path / "<img src=x onerror=alert(9)> ![x](evil).txt"
    file.write_text(f"{EVIL}\n\nThe Zorbly ferry said {EVIL} on Monday in Quorndale.\n")
    tab = new_tab(own)
    page = tab.open()
    page.click("#archive-side")
    page.wait_for_selector("#articles .title")
    page.set_input_files("#drop input[type=file]", [file])
    page.wait_for_selector("#outcome .done:has-text('1 added')")
    page.wait_for_selector("#articles .title:has-text('img-src')")
    page.click("#chat-side")
    page.fill(BOX, f"What did the Zorbly ferry say in Quorndale? {EVIL}")
    page.press(BOX, "Enter")
    page.wait_for_selector("#chat .origin")
    tab.settle()
    page.locator("#chat a[href^='#cite-']").first.click()
    page.wait_for_selector("#reader .lit")
    tab.shoot("hostile")
    for place in ("#chat .message", "#reader", "#articles", "#outcome"):
        assert page.locator(f"{place} {ACTIVE}").count() == 0
    tab.ask(KREMLIN)  # the page still answers
