"""The Python interface: four functions, each with the settings of the environment by default."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rag.answering.request import Request, article_filter
from rag.archive.ingest import IngestReport, Progress
from rag.errors import SettingsError
from rag.factory import Byline, open_byline
from rag.schema import Answer, EngineName, Event, ScoredParagraph
from rag.settings import load_settings

_LOG = logging.getLogger("rag")
History = Sequence[tuple[str, str]]
Day = str | date | None


def answer(
    question: str,
    *,
    history: History = (),
    publisher: str | None = None,
    since: Day = None,
    until: Day = None,
    engine: EngineName = "auto",
    limit: int = 6,
    home: str | Path | None = None,
) -> Answer:
    """Answer a question from the archive, each sentence with the paragraph it rests on.

    Args:
        question: At most 4,000 characters.
        history: Earlier turns as (role, text), roles `user` and `assistant`, oldest first.
        publisher: Answer from this publisher or agency alone.
        since: Answer from articles of this day (YYYY-MM-DD) or later.
        until: Answer from articles of this day or earlier.
        engine: `auto` is what `RAG_ENGINE` says, by default the language model when one is
            configured, else `extractive`.
        limit: How many paragraphs the answer may rest on, 1 to 100.
        home: The archive's folder; by default `RAG_HOME`.

    Returns:
        The answer; `status` is `abstained` when the archive doesn't answer.

    Raises:
        BylineError: With a hint at what to do: no archive, an empty question, …
    """
    request = Request(question, history, article_filter(publisher, since, until), engine, limit)
    return _open(home).engine.answer(request)


def stream(
    question: str,
    *,
    history: History = (),
    publisher: str | None = None,
    since: Day = None,
    until: Day = None,
    engine: EngineName = "auto",
    limit: int = 6,
    home: str | Path | None = None,
) -> Iterator[Event]:
    """Yield the events of an answer: `Retrieved`, `Token` …, `Finished`.

    Takes what `answer` takes, and raises what it raises, when the first event is asked for.
    """
    request = Request(question, history, article_filter(publisher, since, until), engine, limit)
    yield from _open(home).engine.stream(request)


def search(
    question: str,
    *,
    publisher: str | None = None,
    since: Day = None,
    until: Day = None,
    limit: int = 10,
    home: str | Path | None = None,
) -> tuple[ScoredParagraph, ...]:
    """Return the paragraphs that fit a question best, best first.

    Takes the arguments of `answer` that bear on finding, and raises what it raises.
    """
    request = Request(question, only=article_filter(publisher, since, until), limit=limit)
    return _open(home).engine.search(request)


def ingest(
    paths: str | Path | Iterable[str | Path] | None = None,
    *,
    prune: bool = False,
    progress: Progress | None = None,
    home: str | Path | None = None,
) -> IngestReport:
    """Bring the archive into agreement with files and folders; what is unchanged costs nothing.

    Args:
        paths: Files and folders; by default `RAG_CORPUS`.
        prune: Remove articles whose file is gone.
        progress: Told (stage, done, total) as it goes on.
        home: The archive's folder; by default `RAG_HOME`.

    Raises:
        BylineError: A path doesn't exist, another process is writing, the disk is full, …
    """
    byline = _open(home)
    if paths is None:
        chosen = [byline.settings.corpus]
    elif isinstance(paths, str | Path):
        chosen = [Path(paths)]
    else:
        chosen = [Path(path) for path in paths]
    return byline.ingest(chosen, prune=prune, progress=progress)


def _open(home: Any) -> Byline:
    if home is None:
        return open_byline(load_settings(), _LOG.warning)
    if not isinstance(home, str | Path) or not str(home).strip() or "\0" in str(home):
        raise SettingsError(
            f"home={home!r} names no folder.", "Give its path, as a text or a Path."
        )
    return open_byline(load_settings(home=Path(home)), _LOG.warning)
