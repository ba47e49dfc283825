"""The archive panel: its list, what is added, what is removed; as HTML, for any web framework.

Everything that a browser sends here may have been made up: names are looked up, never trusted.
"""

import logging
import queue
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.archive.ingest import Progress
from rag.errors import BylineError
from rag.retrieval.filters import article_filter
from rag.web.archive_panel.shelf import add, browse, is_ours, publishers, remove
from rag.web.archive_panel.view import (
    added_html,
    asked_html,
    progress_html,
    removed_html,
    shelf_html,
)
from rag.web.conversation import Open
from rag.web.presentation import failure_html

_LOG = logging.getLogger("rag.web.archive_panel.panel")
_REMOVAL = re.compile(r"remove-([0-9a-f]{4,64})")
_WRONG = failure_html("Something went wrong here.", "Please try again.")


@dataclass(frozen=True, slots=True)
class Listing:
    """The archive panel's list, and the publishers to choose from."""

    html: str
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tending:
    """How far a change of the archive has come."""

    html: str
    running: bool = False


def listing(opened: Open, publisher: str, since: str, until: str, text: str) -> Listing:
    """Return the articles that pass a filter."""
    try:
        only = article_filter(publisher, since, until)
        catalogue = opened().archive.catalogue
        return Listing(shelf_html(browse(catalogue, only, text)), tuple(publishers(catalogue)))
    except BylineError as error:
        return Listing(failure_html(error.message, error.hint))


def ask_removal(opened: Open, wanted: str) -> tuple[str, str]:
    """Return the question that comes before a removal, and the article's id; else nothing."""
    found = _REMOVAL.fullmatch(wanted)
    try:
        byline = opened()
        article = byline.archive.catalogue.stored_article(found[1]) if found else None
        if article is None:
            return "", ""
        return asked_html(article, ours=is_ours(byline, article)), article.header.article_id
    except BylineError as error:
        return failure_html(error.message, error.hint), ""


def take_away(opened: Open, article_id: str) -> str:
    """Remove an article; return what to say of it."""
    try:
        return removed_html(remove(opened(), article_id))
    except BylineError as error:
        return failure_html(error.message, error.hint)


def take_in(opened: Open, files: Sequence[Path]) -> Iterator[Tending]:
    """Add files, one state after another; nothing that goes wrong is raised.

    Args:
        opened: Gives the archive.
        files: Where the uploads lie; they are deleted. Who leaves meanwhile stops nothing.
    """
    steps = queue.SimpleQueue[Tending]()

    def tell(stage: str, done: int, total: int) -> None:
        steps.put(Tending(progress_html(stage, done, total), running=True))

    def work() -> None:
        steps.put(Tending(_taken(opened, files, tell)))

    tell("read", 0, 0)
    threading.Thread(target=work, name="adding", daemon=True).start()
    while True:
        step = steps.get()
        while step.running and not steps.empty():  # what has been overtaken needn't be painted
            step = steps.get()
        yield step
        if not step.running:
            return


def _taken(opened: Open, files: Sequence[Path], tell: Progress) -> str:
    try:
        return added_html(add(opened(), files, tell))
    except BylineError as error:
        return failure_html(error.message, error.hint)
    except Exception:  # noqa: BLE001  # the reader would wait for ever
        _LOG.exception("Files could not be added.")
        return _WRONG
    finally:
        for path in files:
            path.unlink(missing_ok=True)
