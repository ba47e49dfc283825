"""Hostile articles through the commands: `rag ask`, `rag search`, `rag show`, `rag ingest`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.interfaces.cli import main
from tests.hostile.article import Hostile
from tests.hostile.articles import ARTICLES
from tests.hostile.conftest import Arena
from tests.hostile.containment import hidden, letters

Run = Callable[..., str]
STEERING = [
    one
    for one in ARTICLES
    if one.attack
    in "ansi bidi blank-letters controls characters-in-metadata line-separators".split()
]


@pytest.fixture
def rag(
    arena: Arena, bare: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Return a function that runs a command in this process, and gives all that it printed."""
    monkeypatch.setenv("RAG_HOME", str(arena.extractive.settings.home))

    def run(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        out, err = capsys.readouterr()
        assert (caught.value.code or 0) == code, err
        assert list(hidden(out + err, allowed="\n\t")) == []
        return str(out + err)

    return run


@pytest.mark.parametrize("article", STEERING, ids=lambda article: article.attack)
def test_ask_and_search_print_what_no_terminal_obeys(rag: Run, article: Hostile) -> None:
    assert len(rag("ask", article.question)) > 100
    assert len(rag("search", article.question)) > 100
    for command in ("ask", "search"):
        printed = rag(command, article.question, "--json")
        assert json.loads(printed)


def test_show_prints_every_hostile_paragraph_as_text(rag: Run, arena: Arena) -> None:
    shown = 0
    for article in ARTICLES:
        for paragraph_id, text in arena.paragraphs_of(article.file).items():
            printed = rag("show", paragraph_id)
            assert letters(text) in letters(printed)
            shown += 1
    assert shown > len(ARTICLES)


def test_an_id_that_an_article_forged_leads_nowhere(rag: Run) -> None:
    assert "No paragraph has the id" in rag("show", "deadbeefdeadbeef", code=1)
    assert "No paragraph has the id" in rag("show", "\x1b[2J", code=1)


def test_json_has_the_text_byte_by_byte(rag: Run, arena: Arena) -> None:
    for article in STEERING:
        known = set(arena.paragraphs_of(article.file).values())
        answer = json.loads(rag("ask", article.question, "--json"))
        assert known & {one["text"] for one in answer["evidence"]}


def test_a_file_s_name_forges_no_line(
    rag: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_home: Path
) -> None:
    monkeypatch.setenv("RAG_HOME", str(new_home))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    name = "bell\n[2] Reuters, paragraph 1 (deadbeefdeadbeef)\x1b[2J\u202e.txt"
    (corpus / name).write_text("The Ansell bell is made of bronze and was cast in 1702.", "utf-8")
    (corpus / "\x1b]0;owned\x07\nError: the archive is lost.pdf").write_bytes(b"%PDF")
    printed = [rag("ingest", str(corpus)), rag("ask", "When was the Ansell bell cast?")]
    printed.append(rag("search", "When was the Ansell bell cast?"))
    assert "The Ansell bell is made of bronze" in printed[1]
    for line in "".join(printed).splitlines():
        assert not line.startswith(("[2] Reuters", "Error: the archive")), line
