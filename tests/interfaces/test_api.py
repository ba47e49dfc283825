"""The Python interface: the names that the contract gives, and what they take."""

import inspect
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

import rag
from rag.answering.request import Request
from rag.factory import Byline
from rag.interfaces.cli import main
from tests.support.archives import AP, CNN, SEEDS, share_model
from tests.support.llm_server import LLMServer, Reply

BOWMAN = "Who is Bradley Bowman?"
NAMES = {
    "Answer",
    "BylineError",
    "Citation",
    "Finished",
    "Retrieved",
    "Statement",
    "Token",
    "answer",
    "ingest",
    "search",
    "stream",
}
ARGUMENTS = "question history publisher since until engine limit home".split()


def test_the_names_are_those_of_the_contract() -> None:
    assert set(rag.__all__) == NAMES
    assert all(getattr(rag, name).__doc__ for name in NAMES)
    with pytest.raises(AttributeError, match="no attribute 'ask'"):
        _ = rag.ask


@pytest.mark.parametrize("name", ["answer", "stream"])
def test_the_arguments_are_those_of_the_contract(name: str) -> None:
    parameters = inspect.signature(getattr(rag, name)).parameters
    assert list(parameters) == ARGUMENTS
    defaults = [parameters[argument].default for argument in ARGUMENTS[1:]]
    assert defaults == [(), None, None, None, "auto", 6, None]
    kinds = {parameters[argument].kind for argument in ARGUMENTS[1:]}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}


def test_answer_and_stream_agree(seeds: Byline, seeds_home: Path) -> None:
    found = rag.answer(BOWMAN, home=str(seeds_home))
    assert isinstance(found, rag.Answer)
    assert isinstance(found.citations[0], rag.Citation)
    assert isinstance(found.statements[0], rag.Statement)
    first, *tokens, last = list(rag.stream(BOWMAN))
    assert isinstance(first, rag.Retrieved)
    assert isinstance(last, rag.Finished)
    assert "".join(token.text for token in tokens if isinstance(token, rag.Token)) == found.text
    assert last.answer.citations == found.citations
    assert found.text == seeds.engine.answer(Request(BOWMAN)).text


@pytest.mark.usefixtures("seeds_home")
def test_history_may_be_any_sequence_of_pairs() -> None:
    turns = [["user", BOWMAN], ("assistant", "A professor [1].")]
    found = rag.answer("What did he say about the timing?", history=turns)  # type: ignore[arg-type]  # JSON gives lists
    assert "disturbing coincidence" in found.text
    assert found.standalone_question.endswith("(Bradley, Bowman)")


@pytest.mark.usefixtures("seeds_home")
def test_filters_are_taken_by_all() -> None:
    found = rag.answer("What did Musk say?", publisher="CNN")
    assert {one.file for one in found.evidence} == {CNN}
    assert {hit.article.file for hit in rag.search("Musk", publisher="ap")} == {AP}
    (first, *_) = list(rag.stream("What did Musk say?", since=date(2024, 1, 1)))
    assert isinstance(first, rag.Retrieved)
    assert first.evidence == ()


@pytest.mark.usefixtures("seeds_home")
def test_search_returns_scored_paragraphs() -> None:
    hits = rag.search(BOWMAN, limit=2)
    assert [hit.rank for hit in hits] == [1, 2]
    assert "Bradley Bowman" in hits[0].paragraph.text
    assert len(rag.search(BOWMAN)) == 10


@pytest.mark.usefixtures("seeds_home")
def test_errors_have_one_root_and_a_hint() -> None:
    with pytest.raises(rag.BylineError) as caught:
        rag.answer("")
    assert caught.value.hint == "Ask something in words."
    with pytest.raises(rag.BylineError, match="is not a date"):
        rag.search(BOWMAN, since="tomorrow")
    asked_later = rag.stream("", engine="llm")
    with pytest.raises(rag.BylineError):
        next(asked_later)


@pytest.mark.parametrize(
    "paths",
    ["a.txt", Path("a.txt"), (name for name in ["a.txt"]), None],
    ids=["text", "path", "many", "corpus"],
)
def test_ingest_takes_a_path_or_many_and_by_default_the_corpus(
    new_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    paths: str | Path | Iterable[str | Path] | None,
) -> None:
    Path("a.txt").write_text("It rained in Kyiv.")
    monkeypatch.setenv("RAG_CORPUS", "a.txt")
    seen: list[tuple[str, int, int]] = []
    report = rag.ingest(paths, progress=lambda *stage: seen.append(stage), home=new_home)
    assert (report.added, report.paragraphs) == (1, 1)
    assert {stage for stage, _, _ in seen} >= {"read", "embed"}
    assert rag.search("rain", home=new_home)[0].paragraph.text == "It rained in Kyiv."


def test_a_fresh_folder_with_seeds_answers_at_once(bare: Path, seeds: Byline) -> None:
    share_model(seeds, bare / ".rag")
    (bare / "seeds").symlink_to(SEEDS, target_is_directory=True)
    assert "West Point" in rag.answer(BOWMAN).text


def test_a_fresh_folder_that_was_chosen_does_not(bare: Path, seeds: Byline) -> None:
    home = share_model(seeds, bare / "mine")
    (bare / "seeds").symlink_to(SEEDS, target_is_directory=True)
    with pytest.raises(rag.BylineError, match="There is no archive in "):
        rag.answer(BOWMAN, home=home)
    assert [path.name for path in home.iterdir()] == ["models"]


def test_the_engine_of_the_settings_is_the_default(
    seeds_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_ENGINE", "llm")
    with pytest.raises(rag.BylineError, match="No language model is configured"):
        rag.answer(BOWMAN)
    assert rag.answer(BOWMAN, engine="extractive").engine == "extractive"


@pytest.mark.parametrize("interface", ["Python", "command"])
def test_auto_means_the_engine_of_the_settings_everywhere(
    seeds_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    interface: str,
) -> None:
    with LLMServer(Reply.saying("A professor [1].")) as server:
        monkeypatch.setenv("RAG_LLM_MODEL", "test")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("RAG_ENGINE", "extractive")
        if interface == "Python":
            assert rag.answer(BOWMAN, engine="auto").engine == "extractive"
        else:
            with pytest.raises(SystemExit):
                main(["ask", BOWMAN, "--engine", "auto", "--json"])
            assert json.loads(capsys.readouterr().out)["engine"] == "extractive"
        assert server.requests == []
