"""Kills ingestions and looks at what is left: run by `test_crash`, in a process of its own.

It imports everything once and forks, so that a kill costs no import; it never opens an archive
itself, so that what it forks is as good as a fresh process.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401  # before the fork
import tantivy  # noqa: F401

import rag.archive.building
import rag.archive.generations
import rag.archive.recovery
from rag.archive import Archive
from rag.archive.ingest import Ingestion
from rag.archive.lock import writer_lock
from rag.schema import ParagraphKind
from tests.support.archive_checks import (
    MAX_BYTES,
    articles_in_files,
    assert_sound,
    ids_in_files,
    ingest,
    paragraph_ids,
    stored_ids,
)
from tests.support.corpus import ChangingCorpus
from tests.support.fakes import FakeEmbedder

_STEPS = ["embed", "stored", "terms", "chroma", "seal", "publish", "open"]
_STEP_SECONDS = 0.03
_FRESH_EVERY = 6
"""So often the archive is begun anew, so that its making is killed too."""
_CLEAN_EVERY = 5
"""So often the healed archive is compared with one that was never killed."""


def main(folder: Path, seed: int, kills: int, articles: int) -> None:
    """Print a JSON line for each kill."""
    chance = random.Random(seed)
    home = folder / "home"
    corpus = ChangingCorpus(folder / "corpus", chance, articles)
    usual = {"fresh": 1.5, "update": 1.0}
    before: set[str] = set()
    killed = 0
    while killed < kills:
        kind = "fresh" if killed % _FRESH_EVERY == 0 and before else "update"
        if kind == "fresh" or not home.exists():
            kind, before = "fresh", set()
            shutil.rmtree(home, ignore_errors=True)
        else:
            corpus.change()
        # Half of them at any moment, half soon after a step that is over too fast to be hit.
        since = chance.choice([*["start"] * len(_STEPS), *_STEPS])
        longest = usual[kind] if since == "start" else _STEP_SECONDS * chance.random()
        delay = chance.uniform(0, longest)
        phase, seconds = _killed(lambda tell: _work(home, corpus.folder, tell), since, delay)
        if phase == "finished" and since == "start":
            # Later ones are killed within the time that this one took.
            usual[kind] = seconds
        now = ids_in_files(corpus.folder)
        look = partial(_inspect, home, corpus.folder, before & now, before | now)
        result = _forked(partial(look, is_compared=killed % _CLEAN_EVERY == 0))
        before = now
        result |= {"kind": kind, "phase": phase, "delay": round(delay, 3)}
        if phase != "finished" or result["error"]:
            killed += 1
            print(json.dumps(result), flush=True)


def _work(home: Path, corpus: Path, tell: Callable[[str], None]) -> None:
    _tell_when(Archive, "publish", "stored", tell)
    _tell_when(rag.archive.building, "TermIndex", "terms", tell)
    _tell_when(rag.archive.building, "open_folder", "chroma", tell)
    _tell_when(rag.archive.generations, "_seal", "seal", tell)
    _tell_when(Path, "rename", "publish", tell)
    _tell_when(rag.archive.recovery, "open_view", "open", tell)
    archive = Archive(home)
    with writer_lock(archive.lock_path, wait=0):
        progress = Ingestion(
            archive,
            FakeEmbedder(),
            max_bytes=MAX_BYTES,
            progress=lambda stage, done, total: tell(stage),
        )
        progress.run([corpus], prune=True)
    archive.close()


def _tell_when(owner: Any, name: str, phase: str, tell: Callable[[str], None]) -> None:
    original = getattr(owner, name)

    def telling(*values: Any, **named: Any) -> Any:
        tell(phase)
        return original(*values, **named)

    setattr(owner, name, telling)


def _killed(
    work: Callable[[Callable[[str], None]], None], since: str, delay: float
) -> tuple[str, float]:
    """Run something in a child, kill it a while after a step; return how far it had come."""
    reading, writing = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _leave(lambda: work(lambda phase: _told(writing, phase)))
    os.close(writing)
    phases = ["start"]
    due = started + delay if since == "start" else None
    # Woken by each step, so that the kill comes as soon after it as was drawn.
    while due is None or time.monotonic() < due:
        left = None if due is None else max(0.0, due - time.monotonic())
        if not select.select([reading], [], [], left)[0]:
            continue
        told = os.read(reading, 1000).decode().split()
        if not told:
            break
        if due is None and since in told:
            due = time.monotonic() + delay
        phases += told
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - started
    with os.fdopen(reading) as pipe:
        phases += pipe.read().split()
    if os.WIFSIGNALED(status):
        return phases[-1], seconds
    assert os.WEXITSTATUS(status) == 0, "the ingestion failed by itself"
    return "finished", seconds


def _told(pipe: int, phase: str) -> None:
    os.write(pipe, f"{phase} ".encode())


def _inspect(
    home: Path, corpus: Path, kept: set[str], possible: set[str], *, is_compared: bool
) -> dict[str, Any]:
    embedder = FakeEmbedder()
    archive = Archive(home)
    started = time.monotonic()
    heal = 0.0
    if archive.catalogue_path.exists() and not _is_empty(archive):
        archive.view()
        heal = time.monotonic() - started
        assert kept <= stored_ids(archive), "an acknowledged article is lost"
        assert stored_ids(archive) <= possible, "an article from nowhere"
        assert_sound(archive, embedder)
    else:
        assert not kept, "the whole archive is lost"
    ingest(archive, corpus, prune=True, embedder=embedder)
    assert_sound(archive, embedder)
    articles = articles_in_files(corpus)
    assert stored_ids(archive) == articles.keys()
    assert paragraph_ids(archive) == Counter(
        one.paragraph_id
        for item in articles.values()
        for one in item.paragraphs
        if one.kind is not ParagraphKind.FURNITURE
    )
    if is_compared:
        _compare(archive, corpus, embedder)
    assert not list(archive.index_folder.glob(".building*"))
    archive.close()
    return {"heal": heal, "paragraphs": sum(paragraph_ids(archive).values())}


def _compare(archive: Archive, corpus: Path, embedder: FakeEmbedder) -> None:
    clean = Archive(archive.home.with_name("clean"))
    ingest(clean, corpus, embedder=embedder)
    assert paragraph_ids(archive) == paragraph_ids(clean), "not what a clean ingestion gives"
    clean.close()
    shutil.rmtree(clean.home)


def _is_empty(archive: Archive) -> bool:
    from rag.errors import ArchiveEmptyError

    try:
        return archive.catalogue.is_empty
    except ArchiveEmptyError:
        return True


def _forked(inspect: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run something in a child and return what it returned, or how it failed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)

        def report() -> None:
            try:
                result = {"error": None, **inspect()}
            except BaseException:  # noqa: BLE001  # whatever it was, the test tells
                result = {"error": traceback.format_exc(), "heal": 0.0}
            os.write(writing, json.dumps(result).encode())

        _leave(report)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said else {"error": f"it died with status {status}", "heal": 0}


def _leave(work: Callable[[], None]) -> None:
    # Without running the exit handlers of the process that forked.
    try:
        work()
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(value) for value in sys.argv[2:]))
