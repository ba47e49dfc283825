"""Each embedder keeps the contract."""

import pytest

from rag.embedding import Embedder
from rag.minilm import MiniLM
from rag.minilm_embedder import MiniLMEmbedder
from tests.contracts.embedder import EmbedderContract
from tests.fakes import FakeEmbedder


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
