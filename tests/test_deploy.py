"""The files for a container: no engine is asked, so what they promise is read in them."""

import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest

from rag.settings import Settings
from tests.support.chat_server import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_all_that_is_copied_is_there_and_not_ignored() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    sent = [line[1:] for line in ignored if line.startswith("!")]
    for line in re.findall(r"^COPY (?!--from)(.*)$", DOCKERFILE, flags=re.MULTILINE):
        *sources, _ = [part for part in line.split() if not part.startswith("--")]
        for source in sources:
            assert (ROOT / source).exists(), source
            assert any(fnmatch(source, pattern) for pattern in sent), source


def test_it_runs_as_nobody_in_particular_and_is_watched() -> None:
    last = DOCKERFILE.rpartition("FROM ")[2]
    assert last.index("USER byline") < last.index("CMD [")
    assert "HEALTHCHECK" in last
    assert "/healthz" in last
    assert "VOLUME /data" in last
    assert "--require-hashes" in DOCKERFILE


def test_the_settings_are_ours() -> None:
    known = {f"RAG_{name.upper()}" for name in Settings.model_fields}
    start = (ROOT / "deploy" / "start").read_text("utf-8")
    assert set(re.findall(r"\bRAG_[A-Z_]+", DOCKERFILE + start)) <= known


def test_the_space_is_a_container_at_our_port() -> None:
    front = (ROOT / "deploy" / "space" / "README.md").read_text("utf-8").split("---")[1]
    values = dict(line.split(": ", 1) for line in front.strip().splitlines())
    assert (values["sdk"], values["app_port"]) == ("docker", "7860")
    assert len(values["short_description"]) <= 60


@pytest.mark.skipif(shutil.which("sh") is None, reason="no shell")
@pytest.mark.parametrize("space", [False, True])
def test_the_start_ingests_then_serves(tmp_path: Path, space: bool) -> None:
    fake = tmp_path / "rag"
    fake.write_text('#!/bin/sh\necho "$* open=${RAG_OPEN:-} hosts=${RAG_HOSTS:-}"\n')
    fake.chmod(0o755)
    more = {"SPACE_HOST": "ann-byline.hf.space"} if space else {"RAG_HOSTS": "localhost"}
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", str(ROOT / "deploy" / "start")],
        env={"PATH": path, "RAG_CORPUS": str(tmp_path / "no"), **more},
        capture_output=True,
        text=True,
        check=True,
    )
    reached = "open=1 hosts=ann-byline.hf.space" if space else "open= hosts=localhost"
    assert done.stdout == f"ingest /seeds {reached}\nserve {reached}\n"
