"""Each embedder keeps the contract."""

import numpy as np
import pytest

from rag.models.embedder import Embedder
from rag.models.minilm.embedder import MiniLMEmbedder
from rag.models.minilm.graph import Precision
from rag.models.minilm.model import MiniLM
from rag.reading.paragraphs import split_paragraphs
from tests.contracts.embedder import EmbedderContract
from tests.support.fakes import FakeEmbedder


@pytest.fixture(scope="module")
def minilm(tmp_path_factory: pytest.TempPathFactory) -> MiniLMEmbedder:
    return MiniLMEmbedder(MiniLM(tmp_path_factory.mktemp("models"), threads=2))


class TestFake(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return FakeEmbedder()


class TestMiniLM(EmbedderContract):
    @pytest.fixture
    def embedder(self, minilm: MiniLMEmbedder) -> Embedder:
        return minilm

    def test_a_common_word_is_whole_and_a_misspelt_one_in_pieces(
        self, minilm: MiniLMEmbedder
    ) -> None:
        known = minilm.whole_words("Who opened the Gigafactry on Fridday?")
        assert {"who", "opened", "the", "on"} <= known
        assert not {"gigafactry", "fridday", "gi", "fri"} & known

    def test_passages_are_int8_and_questions_int8_in_blocks(self, minilm: MiniLMEmbedder) -> None:
        text = "The mayor opened the new bridge on Friday."
        (paragraph,) = split_paragraphs(text)
        (stored,), asked = minilm.passages([paragraph]), minilm.question(text)
        (exact,) = minilm._model.encode([text], precision=Precision.BLOCKS)
        (rounded,) = minilm._model.encode([text], precision=Precision.INT8)
        assert np.array_equal(asked.question, exact.vector)
        assert np.array_equal(stored.paragraph, rounded.vector)
        assert 0.95 < float(stored.paragraph @ asked.question) < 0.9999
        assert minilm.name == "all-MiniLM-L6-v2/53aa5117/int8/tokens128"
