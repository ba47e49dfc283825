"""A conversation as the page shows it: what is asked, what is seen meanwhile, what stays.

No web framework here: each step is a `Picture`, and a page paints it as it likes.
"""

import logging
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import cast

from rag.answering.request import Request
from rag.archive.catalogue import CatalogueReader, StoredParagraph
from rag.errors import BylineError
from rag.factory import Byline
from rag.schema import Answer, Event, Evidence, Finished, Retrieved, Token
from rag.web.background import in_background
from rag.web.links import NOWHERE, Reference, parse_article, parse_reference
from rag.web.presentation import failure_html, working_html
from rag.web.reader import CLOSED, GONE, reader_html
from rag.web.turns import Turn, Turns, answered, failed, history, kept, stopped

_LOG = logging.getLogger("rag.web.conversation")
Open = Callable[[], Byline]
"""Gives the archive anew for each question: settings may be wrong, or the archive not there yet."""

_REPAINT_SECONDS = 0.04
"""Between two pictures of a streaming answer: each holds all of its text so far."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page shows; null leaves a part as it is."""

    turns: Turns
    reader: str | None = None
    box: str | None = None
    """What stands in the text box."""

    @property
    def busy(self) -> bool:
        """Whether an answer is being made."""
        return bool(self.turns) and self.turns[-1].running


def converse(opened: Open, question: str, turns: Turns) -> Iterator[Picture]:
    """Answer a question, one picture after another; nothing that goes wrong is raised.

    There is none for an empty question, nor while another is being answered.
    """
    question = question.strip()
    if not question or Picture(turns).busy:
        return
    turns = kept(turns, question)
    begun = Turn(question, working_html("Searching the archive …"), running=True)
    yield Picture((*turns, begun), box="")
    try:
        for turn, reader in _answered(opened(), begun, turns):
            yield Picture((*turns, turn), reader)
    except BylineError as error:
        yield Picture((*turns, failed(begun, error.message, error.hint)), box=question)
    except Exception:  # noqa: BLE001  # an event that raises would leave a spinner and no word
        _LOG.exception("A question could not be answered.")
        wrong = failed(begun, "Something went wrong here.", "Please ask again.")
        yield Picture((*turns, wrong), box=question)


def stop(turns: Turns) -> None:
    """Stop the answer that is being made, if one is; its own last picture says so."""
    if turns:
        turns[-1].halt.set()


def open_reference(opened: Open, anchor: str) -> str:
    """Return the article behind a link's anchor, as HTML."""
    reference, article_id = parse_reference(anchor), parse_article(anchor)
    try:
        if reference is not None:
            return _at_paragraph(opened().archive.catalogue, reference)
        if article_id is not None:
            return _from_the_top(opened().archive.catalogue, article_id)
    except BylineError as error:
        return failure_html(error.message, error.hint)
    return CLOSED


def warm(opened: Open) -> None:
    """Load the model and open the index, so that the first question needn't."""
    try:
        opened().embedder.question("Who reported it?")
        opened().engine.search("Who reported it?", limit=1)
    except BylineError as error:
        _LOG.info("Not warmed: %s", error.message)
    except Exception:  # noqa: BLE001  # it would end a thread that nobody waits for
        _LOG.exception("Warming failed; the first question will show why.")


def _answered(byline: Byline, begun: Turn, turns: Turns) -> Iterator[tuple[Turn, str | None]]:
    request = Request(begun.question, history(turns), engine=byline.settings.engine)
    text, painted = "", 0.0
    found: dict[str, Evidence] = {}
    events = cast("Generator[Event]", byline.engine.stream(request))
    for event in in_background(events, begun.halt):
        if isinstance(event, Retrieved):
            found = {evidence.paragraph_id: evidence for evidence in event.evidence}
            stage = f"Reading {len(event.evidence)} paragraphs …"
            yield replace(begun, html=working_html(stage)), None
        elif isinstance(event, Token):
            text += event.text
            if time.monotonic() - painted > _REPAINT_SECONDS:
                painted = time.monotonic()
                yield replace(begun, html=working_html("", text, _cited(event, found))), None
        elif isinstance(event, Finished):
            yield answered(begun, event.answer), _first_source(byline, event.answer)
            return
    yield stopped(begun, text), None


def _cited(event: Token, found: dict[str, Evidence]) -> dict[int, Reference]:
    """Return where the markers of a text in the making lead; their quotes are not known yet."""
    return {
        marker: Reference(identity, found[identity].ordinal)
        for marker, identity in enumerate(event.cited, 1)
        if identity in found
    }


def _first_source(byline: Byline, answer: Answer) -> str:
    if not answer.citations:
        return CLOSED
    return _at_paragraph(byline.archive.catalogue, Reference.of(answer.citations[0]))


def _at_paragraph(catalogue: CatalogueReader, reference: Reference) -> str:
    places = catalogue.find(reference.paragraph_id)
    if not places:
        return GONE

    def likeness(place: StoredParagraph) -> tuple[bool, bool]:
        same_article = place.article.article_id == reference.article_id
        return same_article, place.paragraph.ordinal == reference.ordinal

    header = max(places, key=likeness).article
    return reader_html(header, catalogue.paragraphs_of(header.article_id), reference)


def _from_the_top(catalogue: CatalogueReader, article_id: str) -> str:
    article = catalogue.article(article_id)
    if article is None:
        return GONE
    return reader_html(article.header, catalogue.paragraphs_of(article_id), NOWHERE)
