"""Running `rag eval` in this process: a home that several tests share, and a model to ask."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag.evaluation.canned import canned
from rag.factory import Byline
from rag.interfaces.cli import main
from tests.support.archives import share_model
from tests.support.claims import sampled_lines
from tests.support.llm_server import Reply, Request

Rated = tuple[int, str, str]
Eval = Callable[..., Rated]

_QUESTION = re.compile(r"reader's words:\n(.*)\Z", re.DOTALL)
_CONDENSED = re.compile(r"New message:\n(.*)\Z", re.DOTALL)
_PARAGRAPH = re.compile(r"== paragraph (\d+)\n(.*?)\n==\w+== end of paragraph", re.DOTALL)
_WORD = re.compile(r"\w{4,}")


@pytest.fixture(scope="session")
def shared_home(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose archive of the canned articles is made once."""
    return share_model(seeds, tmp_path_factory.mktemp("eval") / "home")


@pytest.fixture
def rate(
    bare: Path,
    shared_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Eval:
    monkeypatch.setenv("RAG_HOME", str(shared_home))
    claims = bare.parent / "claims.jsonl"
    claims.write_text("\n".join(sampled_lines()), "utf-8")
    fewer = replace(canned(), claims=claims)
    monkeypatch.setattr("rag.evaluation.measure.canned", lambda: fewer)
    return lambda *arguments: run_eval(capsys, *arguments)


def run_eval(capsys: pytest.CaptureFixture[str], *arguments: object) -> Rated:
    """Return exit code, stdout and stderr of `rag eval`."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as caught:
        main(["eval", *map(str, arguments)])
    out, err = capsys.readouterr()
    return int(caught.value.code or 0), out, err


def obedient(request: Request) -> Reply:
    """Answer as a small model would that does what it is told, and nothing that it isn't.

    It quotes the sentence that shares most words with the question, and points to its paragraph
    if the instructions ask for that.
    """
    condensed = _CONDENSED.search(request.prompt)
    if condensed:
        return Reply.saying(condensed[1].strip())
    asked = _QUESTION.search(request.prompt)
    assert asked, request.prompt
    wanted = _words(asked[1])
    sentences = [
        (sentence.strip(" .\n"), number)
        for number, text in _PARAGRAPH.findall(request.prompt)
        for sentence in re.split(r"(?<=[.”])\s", text.rpartition("\n\n")[2] or text)
        if sentence.strip(" .\n")
    ]
    best, number = max(sentences, key=lambda one: len(wanted & _words(one[0])))
    system = request.messages[0]["content"]
    return Reply.saying(f"{best} [{number}]." if "in square brackets" in system else f"{best}.")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def copied_prompts(folder: Path, source: Path) -> Path:
    """Copy the prompts, to change one."""
    folder.mkdir()
    for path in source.glob("*.txt"):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    return folder
