"""A conversation as it goes on: a question becomes a running turn, and then its answer.

No web framework and no HTML here: each step is a `Picture`, and the page renders it.
"""

import logging
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import cast

from rag.answering.request import Request
from rag.errors import BylineError
from rag.factory import Byline
from rag.schema import Event, Evidence, Finished, Retrieved, Token
from rag.web.background import in_background
from rag.web.links import NOWHERE, Reference
from rag.web.turns import (
    Failed,
    Stopped,
    Turn,
    Turns,
    Working,
    answered,
    begun,
    history,
    is_busy,
    unanswered,
)

_LOG = logging.getLogger("rag.web.conversation")
OpenByline = Callable[[], Byline]
"""Returns the archive and its engine; raises where the settings are wrong or it can't be opened."""

_REPAINT_SECONDS = 0.04
"""Between two pictures of a streaming answer: each holds all of its text so far."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page shows; null leaves a part as it is."""

    turns: Turns
    source: Reference | None = None
    """What the reader opens; `NOWHERE` closes it."""
    box: str | None = None
    """What stands in the text box."""


def converse(opened: OpenByline, question: str, turns: Turns) -> Iterator[Picture]:
    """Answer a question, one picture after another; no error is raised.

    There is none for an empty question, nor while another is being answered.
    """
    question = question.strip()
    if not question or is_busy(turns):
        return
    *before, turn = begun(turns, question)
    yield Picture((*before, turn), box="")
    try:
        for step in _steps(opened(), turn, tuple(before)):
            # The question of a stopped edit would be lost: the old one stands there again.
            box = question if step.question != question else None
            yield Picture((*before, step), _first_source(step), box)
    except BylineError as error:
        failed = Failed(error.message, error.hint)
    except Exception:  # noqa: BLE001  # an event that raises would leave a spinner and no word
        _LOG.exception("A question could not be answered.")
        failed = Failed("Something went wrong here.", "Please ask again.")
    else:
        return
    yield Picture((*before, unanswered(turn, failed)), box=question)


def stop(turns: Turns) -> None:
    """Stop the answer that is being made, if one is; its own last picture says so."""
    if turns:
        turns[-1].halt.set()


def warm(opened: OpenByline) -> None:
    """Load the model and open the index, so that the first question needn't."""
    try:
        opened().embedder.question("Who reported it?")
        opened().engine.search(Request("Who reported it?", limit=1))
    except BylineError as error:
        _LOG.info("Not warmed: %s", error.message)
    except Exception:  # noqa: BLE001  # it would end a thread that nobody waits for
        _LOG.exception("Warming failed; the first question will show why.")


def _steps(byline: Byline, turn: Turn, before: Turns) -> Iterator[Turn]:
    request = Request(turn.question, history(before), engine=byline.settings.engine)
    text, painted, found = "", 0.0, dict[str, Evidence]()
    events = cast("Generator[Event]", byline.engine.stream(request))
    for event in in_background(events, turn.halt):
        if isinstance(event, Retrieved):
            found = {evidence.paragraph_id: evidence for evidence in event.evidence}
            yield replace(turn, attempt=Working(len(found)))
        elif isinstance(event, Token):
            text += event.text
            if time.monotonic() - painted > _REPAINT_SECONDS:
                painted = time.monotonic()
                yield replace(turn, attempt=Working(len(found), text, _cited(event, found)))
        elif isinstance(event, Finished):
            yield answered(turn, event.answer)
            return
    yield unanswered(turn, Stopped(text))


def _cited(event: Token, found: dict[str, Evidence]) -> dict[int, Reference]:
    """Return where the markers of a text in the making lead; their quotes are not known yet."""
    return {
        marker: Reference(identity, found[identity].ordinal)
        for marker, identity in enumerate(event.cited, 1)
        if identity in found
    }


def _first_source(turn: Turn) -> Reference | None:
    """Return where the reader opens when an answer is there; null before."""
    if turn.answer is None or turn.attempt is not None:
        return None
    citations = turn.answer.citations
    return Reference.of(citations[0]) if citations else NOWHERE
