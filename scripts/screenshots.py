"""Make README's two screenshots (docs/chat-light.png, docs/chat-dark.png) from the seeds.

    .venv/bin/python scripts/screenshots.py

Needs Chromium (`make browser`).
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image  # gradio brings it

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import ARGUMENTS, CHROMIUM  # noqa: E402  # the root is found above
from tests.browser.tab import KREMLIN, Tab  # noqa: E402
from tests.support.chat_server import ingest, serving  # noqa: E402

SIZE = {"width": 1280, "height": 860}


def main() -> int:
    """Ingest the seeds, serve them, ask, and take a picture in each theme."""
    if CHROMIUM is None:
        print("There is no Chromium: see `make browser`.", file=sys.stderr)
        return 1
    from playwright.sync_api import sync_playwright

    (ROOT / "docs").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        ingest(home, ROOT / "seeds")
        with serving(home) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for theme in ("light", "dark"):
                shoot(browser, url, theme)
            browser.close()
    return 0


def shoot(browser: Any, url: str, theme: str) -> None:
    """Take one picture: an answer, its sources, and the paragraph behind the first one."""
    tab = Tab(browser, url, viewport=SIZE)
    page = tab.open(f"/?__theme={theme}")
    tab.ask(KREMLIN)
    page.wait_for_selector("#reader mark")
    page.locator("#question textarea").blur()
    path = ROOT / "docs" / f"chat-{theme}.png"
    page.screenshot(path=path)
    tab.context.close()
    # A repository keeps every version: 128 colours are enough for paper and ink.
    Image.open(path).convert("RGB").quantize(128).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
