"""What several test files share: the seeds, ingested once with the real model."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from rag.factory import Byline
from rag.models.minilm import graph as minilm_graph
from rag.models.minilm.graph import Precision
from rag.settings import Settings
from tests.support.archives import SEEDS, sealed_settings, share_model

# Machines are noisy: a test that hypothesis runs fails for what it finds, never for its time.
hypothesis_settings.register_profile("untimed", deadline=None, max_examples=60)
hypothesis_settings.load_profile("untimed")

_MEMORY = Path("/dev/shm")
_ENOUGH = 2 << 30
"""Bytes: the model's graphs take 150 MB a copy. Docker gives 64 MB, which is too little."""


def pytest_configure(config: pytest.Config) -> None:
    """Put temporary files into memory where there is room: on a disk `fsync` is half of the time.

    No test pulls the plug, and what a killed process wrote is there with and without `fsync`.
    """
    chosen = config.option.basetemp or os.environ.get("TMPDIR")
    if not chosen and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free >= _ENOUGH:
        folder = _MEMORY / f"byline-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["TMPDIR"] = str(folder)
        tempfile.tempdir = None


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Byline:
    """Return the archive of `seeds/`; it is shared, so read it only."""
    home = tmp_path_factory.mktemp("seeds") / "home"
    byline = Byline(sealed_settings(home=home, corpus=SEEDS))
    byline.ingest([SEEDS])
    return byline


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the model's fp32 graph."""
    folder = tmp_path_factory.mktemp("models")
    minilm_graph.model(folder, Precision.FP32)
    return folder


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Go to an empty folder, and forget what the environment says of Byline and of proxies."""
    for name in Settings.model_fields:
        for variable in (f"RAG_{name.upper()}", name.upper()):
            monkeypatch.delenv(variable, raising=False)
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def seeds_home(seeds: Byline, bare: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Choose the archive of the seeds with `RAG_HOME`."""
    monkeypatch.setenv("RAG_HOME", str(seeds.settings.home))
    return seeds.settings.home


@pytest.fixture
def new_home(seeds: Byline, bare: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Choose a home with `RAG_HOME` that holds the model's cache and nothing else."""
    home = share_model(seeds, bare.parent / "home")
    monkeypatch.setenv("RAG_HOME", str(home))
    return home
