"""Settings → wired objects: one of each, and only what is needed is loaded."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.errors import ArchiveEmptyError, IndexMismatchError
from rag.factory import Byline, open_byline
from rag.settings import load_settings
from tests.support.archives import ROOT, SEEDS, share_model
from tests.support.fakes import FakeEmbedder

BOWMAN = "Who is Bradley Bowman?"
pytestmark = pytest.mark.usefixtures("bare")


def modules_after(code: str, *named: str, folder: Path) -> list[str]:
    """Return which of the named modules a fresh process has loaded after some code."""
    script = f"import sys\n{code}\nprint('loaded', *[n for n in {named!r} if n in sys.modules])"
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.splitlines()[-1].split()[1:]


def test_importing_the_package_costs_nothing(bare: Path) -> None:
    heavy = (
        "numpy chromadb gradio llama_index openai onnxruntime onnx pydantic tantivy typer rich "
        "rapidfuzz tokenizers httpx sqlite3 asyncio"
    ).split()
    assert modules_after("import rag", *heavy, folder=bare) == []
    assert modules_after("import rag, numpy", "numpy", folder=bare) == ["numpy"]


def test_an_answer_without_a_model_loads_neither_page_nor_client(
    bare: Path, seeds: Byline, seeds_home: Path
) -> None:
    seeds.embedder.question("Its graph is built once, which takes onnx.")
    code = (
        "from rag.interfaces.cli import main\n"
        f"import os; os.environ['RAG_HOME'] = {str(seeds_home)!r}\n"
        f"try: main(['ask', {BOWMAN!r}])\nexcept SystemExit as done: assert done.code == 0"
    )
    heavy = "gradio llama_index openai torch sentence_transformers onnx".split()
    assert modules_after(code, *heavy, "onnxruntime", folder=bare) == ["onnxruntime"]


def test_help_loads_no_engine(bare: Path) -> None:
    code = "from rag.interfaces.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    heavy = "numpy chromadb gradio openai onnxruntime tantivy".split()
    assert modules_after(code, *heavy, folder=bare) == []


def test_a_process_has_one_byline_for_equal_settings(bare: Path) -> None:
    first = open_byline(load_settings(home=Path("here")))
    assert open_byline(load_settings(home=bare / "here")) is first
    assert open_byline(load_settings(home=Path("there"))) is not first
    assert first.settings.home == bare / "here"
    assert not (bare / "here").exists()


def test_threads_share_what_is_made_slowly(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []

    def open_slowly(home: Path, **_: object) -> Path:
        made.append(home)
        time.sleep(0.1)
        return home

    monkeypatch.setattr("rag.factory.Archive", open_slowly)
    byline = Byline(load_settings(home=bare / "home"))
    with ThreadPoolExecutor(8) as threads:
        archives = list(threads.map(lambda _: id(byline.archive), range(8)))
    assert len(set(archives)) == len(made) == 1


def test_where_nobody_chose_a_home_the_corpus_is_ingested(bare: Path, seeds: Byline) -> None:
    told: list[str] = []
    share_model(seeds, bare / ".rag")
    byline = open_byline(load_settings(corpus=SEEDS), told.append)
    assert byline.fills_itself
    assert "West Point" in byline.engine.answer(Request(BOWMAN)).text
    assert told == [f"There was no archive yet; {SEEDS} has been ingested."]
    assert (bare / ".rag" / "catalogue.sqlite3").exists()


def test_where_there_is_no_corpus_nothing_is_filled(bare: Path, seeds: Byline) -> None:
    byline = open_byline(load_settings(corpus=Path("no-such-folder")))
    byline.__dict__["embedder"] = seeds.embedder
    with pytest.raises(ArchiveEmptyError):
        byline.engine.answer(Request(BOWMAN))
    assert not (bare / ".rag" / "catalogue.sqlite3").exists()


@pytest.mark.parametrize("how", ["argument", "environment", "file"])
def test_a_home_that_somebody_chose_is_never_filled(
    bare: Path, seeds: Byline, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "environment":
        monkeypatch.setenv("RAG_HOME", ".rag")
    elif how == "file":
        Path(".env").write_text("RAG_HOME=.rag\n")
    chosen = {"home": Path(".rag")} if how == "argument" else {}
    byline = open_byline(load_settings(corpus=SEEDS, **chosen))
    byline.__dict__["embedder"] = seeds.embedder
    assert not byline.fills_itself
    with pytest.raises(ArchiveEmptyError):
        byline.engine.answer(Request(BOWMAN))
    assert not (bare / ".rag" / "catalogue.sqlite3").exists()


def test_an_archive_of_another_model_is_refused_until_it_is_rebuilt(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "home")
    made = Byline(settings)
    made.__dict__["embedder"] = FakeEmbedder("one")
    made.ingest([SEEDS])
    now = Byline(settings)
    now.__dict__["embedder"] = FakeEmbedder("two")
    with pytest.raises(IndexMismatchError, match="embedding one; the settings now say two"):
        now.engine.search(Request(BOWMAN))
    with pytest.raises(IndexMismatchError):
        now.ingest([SEEDS])
    assert now.rebuild().embedded == 54
    assert now.engine.search(Request(BOWMAN))


def test_the_language_model_is_wired_when_it_is_configured(seeds: Byline) -> None:
    chosen = {"llm_model": "tiny", "openai_base_url": "http://127.0.0.1:9/v1"}
    byline = Byline(load_settings(home=seeds.settings.home, **chosen))
    byline.__dict__["embedder"] = seeds.embedder
    assert byline.engine.model == "tiny"
    assert seeds.engine.model is None
