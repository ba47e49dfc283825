"""Damages healthy archives and looks how a process takes it: run by `test_damage`.

Each victim is forked, so that its end, if it comes to that, is only noted.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chromadb  # noqa: F401  # before the fork
import numpy as np
import tantivy  # noqa: F401

from rag.archive import Archive
from rag.archive.catalogue import EVERY_ARTICLE
from rag.archive.generations import newest
from tests.support.archive_checks import assert_indexes_agree, ingest
from tests.support.corpus import write_texts
from tests.support.damages import CASES, DAMAGES
from tests.support.fakes import FakeEmbedder

_QUESTIONS = 12
_SIZES = {"small": 20, "large": 210, "other": 20}
"""In articles of five paragraphs: below and above the 1,000 where Chroma writes its graph."""


def main(folder: Path, mode: str, count: str) -> None:
    """Make the archives if the mode is `make`, else print a JSON line for each damage.

    Args:
        folder: Where the archives are.
        mode: `make`, `fresh` to damage before a process opens, or `open` while it is open.
        count: `few` or `many` damages.
    """
    if mode == "make":
        for size in sorted({size for size, _ in CASES[count]} | {"other"}):
            _make(folder / size, _SIZES[size])
        return
    for size, name in CASES[count]:
        home = folder / f"victim {mode}"
        shutil.copytree(folder / size / "home", home)
        line = _forked(lambda: _victim(folder, home, name, mode))  # noqa: B023  # run at once
        print(json.dumps({"size": size, "damage": name, **line}), flush=True)
        shutil.rmtree(home)


def _make(folder: Path, articles: int) -> None:
    is_other = folder.name == "other"
    embedder = FakeEmbedder("other", 64) if is_other else FakeEmbedder()
    # Other articles, too: the first ones would have the same keys and terms.
    write_texts(
        folder / "corpus", range(1000, 1000 + articles) if is_other else range(articles), 4, 12
    )
    archive = Archive(folder / "home")
    ingest(archive, folder / "corpus", embedder=embedder)
    archive.close()


def _victim(folder: Path, home: Path, name: str, mode: str) -> dict[str, Any]:
    messages: list[str] = []
    archive = Archive(home, notify=messages.append)
    generation = newest(archive.index_folder)
    other = newest(folder / "other" / "home" / "index")
    assert generation is not None
    assert other is not None
    expected = _expected(archive)
    before = generation.folder.stat().st_ctime_ns
    if mode == "open":
        assert _answers(archive) == expected
    DAMAGES[name](generation.folder, other.folder)
    after = _answers(archive)
    assert after == expected, "other results than before"
    assert_indexes_agree(archive)
    published = newest(archive.index_folder)
    assert published is not None
    is_other = published.folder != generation.folder
    rebuilt = is_other or published.folder.stat().st_ctime_ns != before
    archive.close()
    return {"rebuilt": rebuilt, "messages": messages}


def _answers(archive: Archive) -> list[list[int]]:
    answers = []
    for key, vector, text in _questions(archive):
        view = archive.view()
        assert view.terms is not None
        keys, _ = archive.nearest(view, vector, 3)
        number = view.terms.terms(text)[-1]
        found, _ = view.terms.search([(number, 1.0)], 1, title_weight=0.0)
        answers.append([key, *keys.tolist(), *found.tolist()])
    return answers


def _expected(archive: Archive) -> list[list[int]]:
    return [
        [key, *archive.nearest_among(vector, EVERY_ARTICLE, 3)[0].tolist(), key]
        for key, vector, _ in _questions(archive)
    ]


def _questions(archive: Archive) -> list[tuple[int, Any, str]]:
    everything = archive.catalogue.stamped_keys()[:, 0]
    bodies = [
        (key, one.paragraph.text)
        for key, one in archive.catalogue.paragraphs(everything).items()
        if one.paragraph.text.endswith(".")
    ]
    chosen = np.linspace(0, len(bodies) - 1, _QUESTIONS).astype(int)
    embedder = FakeEmbedder()
    return [(bodies[i][0], embedder.vector(bodies[i][1]), bodies[i][1]) for i in chosen]


def _forked(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            result = {"error": None, **work()}
        except BaseException:  # noqa: BLE001  # whatever it was, the test tells
            result = {"error": traceback.format_exc()}
        os.write(writing, json.dumps(result).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return json.loads(said) if said else {"error": f"it died with status {status}"}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
