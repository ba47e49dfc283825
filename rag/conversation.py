"""A conversation as the page shows it: what is asked, what is seen meanwhile, what stays.

No web framework here: each step is a `Picture`, and a page paints it as it likes.
"""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from rag.background import in_background
from rag.catalogue import CatalogueReader, StoredParagraph
from rag.errors import ArchiveEmptyError, BylineError
from rag.factory import Byline
from rag.presentation import (
    answer_html,
    failure_html,
    masthead_html,
    stopped_html,
    without_markers,
    working_html,
)
from rag.reader import CLOSED, GONE, reader_html
from rag.reference import Reference, parse_reference
from rag.request import Request
from rag.schema import Answer, Event, Finished, Retrieved, Token
from rag.settings import Settings
from rag.visible import is_unseen

_LOG = logging.getLogger("rag.conversation")
Open = Callable[[], Byline]
"""Gives the archive anew for each question: settings may be wrong, or the archive not there yet."""

_SEEDS = {"000_cad6089111c6d297.txt", "002_b334c1229bc66e9a.txt"}
_SEED_QUESTIONS = (
    "How many calls between Musk and Putin does the Kremlin admit to?",
    "Who first reported the call?",
    "What did Putin ask Musk to do for Xi Jinping?",
    "Who won the 2026 World Cup?",
)
_FIRST_ARTICLES = 50
_LONGEST_TITLE = 90
_REMEMBERED_TURNS = 10
_REPAINT_SECONDS = 0.04
"""Between two pictures of a streaming answer: each holds all of its text so far."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what is shown for it."""

    question: str
    html: str
    said: str = ""
    """The answer's text without markers: history for the next question."""
    running: bool = False
    halt: threading.Event = field(default_factory=threading.Event, compare=False, repr=False)
    """Set when the user stops it."""


Turns = tuple[Turn, ...]


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


@dataclass(frozen=True, slots=True)
class Welcome:
    """What an empty page says of its archive."""

    masthead: str
    reader: str
    questions: tuple[str, ...] = ()


def converse(opened: Open, question: str, turns: Turns) -> Iterator[Picture]:
    """Answer a question, one picture after another; nothing that goes wrong is raised.

    There is none for an empty question, nor while another is being answered.
    """
    question = question.strip()
    if not question or Picture(turns).busy:
        return
    begun = Turn(question, working_html("Searching the archive …"), running=True)
    yield Picture((*turns, begun), box="")
    try:
        for turn, reader in _answered(opened(), begun, turns):
            yield Picture((*turns, turn), reader)
    except BylineError as error:
        failed = Turn(question, failure_html(error.message, error.hint))
        yield Picture((*turns, failed), box=question)
    except Exception:  # noqa: BLE001  # an event that raises would leave a spinner and no word
        _LOG.exception("A question could not be answered.")
        failed = Turn(question, failure_html("Something went wrong here.", "Please ask again."))
        yield Picture((*turns, failed), box=question)


def stop(turns: Turns) -> None:
    """Stop the answer that is being made, if one is; its own last picture says so."""
    if turns:
        turns[-1].halt.set()


def open_reference(opened: Open, anchor: str) -> str:
    """Return the article behind a link's anchor, as HTML."""
    reference = parse_reference(anchor)
    if reference is None:
        return CLOSED
    try:
        return _article(opened().archive.catalogue, reference)
    except BylineError as error:
        return failure_html(error.message, error.hint)


def welcome(opened: Open) -> Welcome:
    """Return what is known of the archive, and questions that suit it."""
    try:
        byline = opened()
        catalogue = byline.archive.catalogue
        articles, paragraphs = catalogue.counts()
        if not articles:
            raise ArchiveEmptyError(
                f"The archive in {byline.settings.home} is empty.",
                "Run `rag ingest PATH` with a folder of articles.",
            )
        questions = _questions(catalogue)
    except BylineError as error:
        return Welcome(masthead_html("No archive yet"), failure_html(error.message, error.hint))
    size = f"{_count(articles, 'article')}, {_count(paragraphs, 'paragraph')}"
    return Welcome(masthead_html(size, _who_answers(byline.settings)), CLOSED, questions)


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
    request = Request(begun.question, _history(turns), engine=byline.settings.engine)
    text, painted = "", 0.0
    events = cast("Generator[Event]", byline.engine.stream(request))
    for event in in_background(events, begun.halt):
        if isinstance(event, Retrieved):
            stage = f"Reading {len(event.evidence)} paragraphs …"
            yield replace(begun, html=working_html(stage)), None
        elif isinstance(event, Token):
            text += event.text
            if time.monotonic() - painted > _REPAINT_SECONDS:
                painted = time.monotonic()
                yield replace(begun, html=working_html("", text)), None
        elif isinstance(event, Finished):
            yield _finished(byline, begun.question, event.answer)
            return
    yield Turn(begun.question, stopped_html(text)), None


def _finished(byline: Byline, question: str, answer: Answer) -> tuple[Turn, str]:
    reader = CLOSED
    if answer.citations:
        reader = _article(byline.archive.catalogue, Reference.of(answer.citations[0]))
    return Turn(question, answer_html(answer), without_markers(answer.text)), reader


def _history(turns: Turns) -> tuple[tuple[str, str], ...]:
    answered = [turn for turn in turns if turn.said and not turn.running][-_REMEMBERED_TURNS:]
    return tuple(
        line for turn in answered for line in (("user", turn.question), ("assistant", turn.said))
    )


def _article(catalogue: CatalogueReader, reference: Reference) -> str:
    places = catalogue.find(reference.paragraph_id)
    if not places:
        return GONE

    def likeness(place: StoredParagraph) -> tuple[bool, bool]:
        same_article = place.article.article_id == reference.article_id
        return same_article, place.paragraph.ordinal == reference.ordinal

    header = max(places, key=likeness).article
    return reader_html(header, catalogue.paragraphs_of(header.article_id), reference)


def _questions(catalogue: CatalogueReader) -> tuple[str, ...]:
    first = [stored.header for stored in islice(catalogue.articles(), _FIRST_ARTICLES)]
    if {header.file for header in first} >= _SEEDS:
        return _SEED_QUESTIONS
    titles = [header.title for header in first if header.title]
    return tuple(f"What does the archive say about {_short(title)}?" for title in titles[:3])


def _short(title: str) -> str:
    title = "".join(letter for letter in title if not is_unseen(letter)).rstrip(" .?!…")
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rpartition(" ")[0] + " …"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _who_answers(settings: Settings) -> str:
    if settings.engine == "extractive" or not settings.llm_configured:
        return "Answers are quoted from it; nothing leaves this machine"
    host = urlsplit(settings.openai_base_url or "https://api.openai.com").hostname
    return f"Answers by {settings.llm_model} at {host}, which receives question and paragraphs"
