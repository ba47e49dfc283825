"""A tab of the browser, with a record of what it must not do."""

from pathlib import Path
from typing import Any

BOX = "#question textarea"
KREMLIN = "How many calls between Musk and Putin does the Kremlin admit to?"
WORLD_CUP = "Who won the 2026 World Cup?"
DESKTOP = {"width": 1360, "height": 860}
PHONE = {"width": 390, "height": 844}
SCREENS = Path(__file__).parents[2] / "artifacts" / "screens"
CHIP = "#chat .answer > p a.chip"
LIT_IN_VIEW = """() => {
  const lit = document.querySelector('#reader .lit');
  if (!lit) return false;
  const box = document.querySelector('#reader').getBoundingClientRect();
  const at = lit.getBoundingClientRect();
  return at.top >= box.top && at.bottom <= box.bottom;
}"""
GRADIOS_OWN = "Method not implemented."
"""A warning of Gradio's client whenever an upload ends: its event source can't be closed."""
LIT_FOCUSED = "() => document.activeElement.classList.contains('lit')"


class Tab:
    """A page in a context of its own."""

    def __init__(self, browser: Any, url: str, *, conversation: str = "", **options: Any) -> None:
        options = {"viewport": DESKTOP, "reduced_motion": "reduce", **options}
        self.context = browser.new_context(**options)
        if conversation:
            key = f"sessionStorage.setItem('byline-conversation', '{conversation}')"
            self.context.add_init_script(key)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.url = url
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.context.on("request", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("console", self._hear)

    def _note(self, request: Any) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.foreign.append(request.url)

    def _refuse(self, dialog: Any) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"} and message.text != GRADIOS_OWN:
            self.complaints.append(message.text)

    def open(self, path: str = "/") -> Any:
        """Open the page and wait until it can be used."""
        self.page.goto(self.url + path)
        self.page.wait_for_selector("#examples .example, #chat .answer")
        return self.page

    def ask(self, question: str) -> None:
        """Ask, and wait until the whole answer is there and the next can be asked."""
        seen = self.page.locator("#chat .origin").count()
        self.page.fill(BOX, question)
        self.page.press(BOX, "Enter")
        self.page.locator("#chat .origin").nth(seen).wait_for()
        self.settle()

    def settle(self) -> None:
        """Wait until what was begun is done: the page takes nothing new before."""
        self.page.wait_for_selector("#panels:not([data-waiting]) #ask:enabled")

    def shoot(self, name: str) -> None:
        """Keep a screenshot as an artefact, for a person to look at."""
        self.shoot_page(self.page, name)

    def shoot_page(self, page: Any, name: str) -> None:
        """The same for a page that this one opened."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png")
