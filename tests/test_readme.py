"""The README is run, not trusted."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.factory import Byline
from rag.interfaces.cli import main
from tests.support.archives import ROOT, copy_home

README = ROOT / "README.md"
LONGEST = 200
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|HELDOUT|PLACEHOLDER)\b")


def text() -> str:
    return README.read_text(encoding="utf-8")


def blocks(*languages: str) -> Iterator[str]:
    """Yield the fenced blocks of some languages."""
    yield from (body for language, body in FENCE.findall(text()) if language in languages)


def commands() -> list[str]:
    """Return every shell command, whether in a script or behind a prompt."""
    scripts = [line for body in blocks("sh", "bash", "shell") for line in body.splitlines()]
    typed = [
        line.removeprefix("$ ")
        for body in blocks("console")
        for line in body.splitlines()
        if line.startswith("$ ")
    ]
    kept = (line.split(" #")[0].strip() for line in [*scripts, *typed])
    return list(dict.fromkeys(line for line in kept if line))


def run_rag(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return int(caught.value.code or 0)


@pytest.fixture
def checkout(seeds: Byline, bare: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder that looks like the repository to a command; return it."""
    monkeypatch.setenv("RAG_HOME", str(copy_home(seeds, bare.parent / "home")))
    for name in ("seeds", "tests"):
        (bare / name).symlink_to(ROOT / name, target_is_directory=True)
    return bare


def test_the_readme_is_short_and_finished() -> None:
    assert len(text().splitlines()) <= LONGEST
    assert text().startswith("# Byline\n")


def test_the_readme_has_no_placeholders() -> None:
    assert PLACEHOLDER.findall(text()) == []


def test_the_two_commands_of_the_start_are_there() -> None:
    assert {"make chat", "make test"} <= set(commands())


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_every_make_target_exists() -> None:
    for command in commands():
        if command.startswith("make "):
            done = subprocess.run(
                [*shlex.split(command), "--dry-run"], cwd=ROOT, capture_output=True, check=False
            )
            assert done.returncode == 0, (command, done.stderr)


@pytest.mark.usefixtures("checkout")
@pytest.mark.long
def test_every_rag_command_works() -> None:
    done = [shlex.split(command) for command in commands() if command.startswith("rag ")]
    assert {"ingest", "ask", "search", "show", "eval", "config", "doctor"} <= {c[1] for c in done}
    for words in done:
        if words[1] != "serve":
            assert run_rag(words[1:]) == 0, words


def test_every_shell_command_is_of_a_known_kind() -> None:
    known = ("make ", "rag ", "export ", "python ui.py", ".venv/bin/rag ")
    assert [command for command in commands() if not command.startswith(known)] == []


def test_the_settings_it_exports_exist() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for command in commands():
        if command.startswith("export "):
            assert f"# {command.split()[1].split('=')[0]}=" in example


def test_what_it_shows_is_what_is_printed(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = [body for body in blocks("console") if body.startswith("$ rag ")]
    assert shown
    for body in shown:
        command, expected = body.removeprefix("$ ").split("\n", maxsplit=1)
        assert run_rag(shlex.split(command)[1:]) == 0
        assert expected.strip() in capsys.readouterr().out, command


def test_the_python_example_runs(checkout: Path) -> None:
    for body in blocks("python"):
        done = subprocess.run(
            [sys.executable, "-c", body],
            cwd=checkout,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "RAG_HOME": os.environ["RAG_HOME"]},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.strip()


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_ids_it_shows_are_those_of_the_seeds(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for found in set(re.findall(r"(?<!_)\b[0-9a-f]{16}\b", text())):
        assert run_rag(["show", found]) == 0, found
    capsys.readouterr()
