"""What the archive panel does: lists, adds and removes articles; as HTML, for any web framework.

Everything that a browser sends here may have been made up: names are looked up, never trusted.
"""

import logging
import queue
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.answering.request import article_filter
from rag.archive.catalogue import EVERY_ARTICLE
from rag.archive.ingest import Progress
from rag.errors import BylineError
from rag.web.archive_panel import view
from rag.web.archive_panel.changes import add, remove
from rag.web.chat_view import failure_html
from rag.web.conversation import OpenByline

_LOG = logging.getLogger("rag.web.archive_panel.panel")
_REMOVAL = re.compile(r"remove-([0-9a-f]{4,64})")
_OLDER = re.compile(r"older-([0-9]{1,18})")
_PAGE_SIZE = 50
_MOST_PUBLISHERS = 200
_WRONG = failure_html("Something went wrong here.", "Please try again.")


@dataclass(frozen=True, slots=True)
class Listing:
    """The archive panel's list, and the publishers to choose from."""

    html: str
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddingState:
    """How far the adding of files has come."""

    html: str
    running: bool = False


def listing(
    opened: OpenByline, publisher: str, since: str, until: str, text: str, wanted: str = ""
) -> Listing:
    """Return the articles that pass a filter; `wanted` is the link to a page after the first."""
    try:
        only = replace(article_filter(publisher, since, until), text=text)
        catalogue = opened().archive.catalogue
        after = int(found[1]) if (found := _OLDER.fullmatch(wanted)) else 0
        articles = catalogue.page(only, limit=_PAGE_SIZE + 1, after=after or None)
        has_more = len(articles) > _PAGE_SIZE
        is_whole = not after and not has_more
        page = view.Page(
            articles[:_PAGE_SIZE],
            len(articles) if is_whole else catalogue.count(only),
            catalogue.count(EVERY_ARTICLE),
            is_first=not after,
            has_more=has_more,
        )
        return Listing(view.page_html(page), tuple(catalogue.outlets()[:_MOST_PUBLISHERS]))
    except BylineError as error:
        return Listing(failure_html(error.message, error.hint))


def confirm_removal(opened: OpenByline, wanted: str) -> tuple[str, str]:
    """Return the question that comes before a removal, and the article's id; else nothing."""
    found = _REMOVAL.fullmatch(wanted)
    try:
        byline = opened()
        article = byline.archive.catalogue.stored_article(found[1]) if found else None
        if article is None:
            return "", ""
        is_copy = byline.added_here(article)
        return view.confirmation_html(article, is_copy=is_copy), article.header.article_id
    except BylineError as error:
        return failure_html(error.message, error.hint), ""


def remove_article(opened: OpenByline, article_id: str) -> str:
    """Remove an article; return the result in words."""
    try:
        return view.removed_html(remove(opened(), article_id))
    except BylineError as error:
        return failure_html(error.message, error.hint)


def add_files(opened: OpenByline, files: Sequence[Path]) -> Iterator[AddingState]:
    """Add uploads, one state after another, and delete them; nothing that goes wrong is raised.

    Who leaves meanwhile stops nothing.
    """
    states = queue.SimpleQueue[AddingState]()

    def report(stage: str, done: int, total: int) -> None:
        states.put(AddingState(view.progress_html(stage, done, total), running=True))

    def work() -> None:
        states.put(AddingState(_added(opened, files, report)))

    report("read", 0, 0)
    threading.Thread(target=work, name="adding", daemon=True).start()
    running = True
    while running:
        state = states.get()
        while state.running and not states.empty():  # what has been overtaken needn't be painted
            state = states.get()
        yield state
        running = state.running


def _added(opened: OpenByline, files: Sequence[Path], progress: Progress) -> str:
    try:
        return view.added_html(add(opened(), files, progress))
    except BylineError as error:
        return failure_html(error.message, error.hint)
    except Exception:  # noqa: BLE001  # the reader would wait for ever
        _LOG.exception("Files could not be added.")
        return _WRONG
    finally:
        for path in files:
            path.unlink(missing_ok=True)
