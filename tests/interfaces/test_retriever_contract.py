"""Byline's retriever keeps the contract of LlamaIndex's retrievers, whatever the archive holds."""

from pathlib import Path
from typing import Any

import pytest

from rag.archive.catalogue import ArticleFilter
from rag.errors import ArchiveEmptyError
from rag.factory import Byline
from tests.contracts.retriever import Make, RetrieverContract
from tests.support.archives import byline_of, sealed_settings
from tests.support.fakes import FakeEmbedder

adapter: Any = pytest.importorskip("rag.interfaces.llama_index")
ARTICLES = {
    "bridge.txt": "The mayor opened the bridge.\n\nThe bridge cost $40 million.\n\nRead More",
    "storm.txt": "A storm closed the bridge.\n\nTwo schools stayed open.",
    "letters.txt": "Zürich’s café owners — 人 😀 — saw no bridge.",
}


@pytest.fixture(scope="module")
def byline(tmp_path_factory: pytest.TempPathFactory) -> Byline:
    return byline_of(tmp_path_factory.mktemp("contract"), ARTICLES, FakeEmbedder())


class TestBylineRetriever(RetrieverContract):
    @pytest.fixture
    def question(self) -> str:
        return "Who opened the bridge?"

    @pytest.fixture
    def make(self, byline: Byline) -> Make:
        return lambda limit: adapter.BylineRetriever(byline.retriever, limit=limit)


def test_no_furniture_is_found_and_every_paragraph_can_be(byline: Byline) -> None:
    nodes = adapter.BylineRetriever(byline.retriever, limit=50).retrieve("bridge schools owners")
    expected = [part for text in ARTICLES.values() for part in text.split("\n\n")]
    assert sorted(node.text for node in nodes) == sorted({*expected} - {"Read More"})


def test_a_filter_that_nothing_passes_finds_nothing(byline: Byline) -> None:
    only = ArticleFilter("Nobody's Paper")
    assert adapter.BylineRetriever(byline.retriever, only=only).retrieve("bridge") == []


@pytest.mark.parametrize("question", ["?", "😀", "x" * 5000, "\u202eegdirb", "' OR 1=1 --", "*"])
def test_an_odd_question_is_no_trouble(byline: Byline, question: str) -> None:
    nodes = adapter.BylineRetriever(byline.retriever, limit=2).retrieve(question)
    assert len(nodes) <= 2


def test_an_empty_archive_says_what_to_do(tmp_path: Path) -> None:
    empty = Byline(sealed_settings(home=tmp_path / "home"), shared_embedder=FakeEmbedder())
    with pytest.raises(ArchiveEmptyError) as caught:
        adapter.BylineRetriever(empty.retriever).retrieve("Who opened the bridge?")
    assert "ingest" in caught.value.hint
