"""Byline's retriever and embedding as parts of a LlamaIndex application."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from rag.answering.request import Request, article_filter
from rag.factory import Byline
from rag.reading.paragraphs import split_paragraphs
from tests.support.archives import AP, CNN

adapter: Any = pytest.importorskip("rag.interfaces.llama_index")
BOWMAN = "Who is Bradley Bowman?"
TEXT = "Bowman is a former professor. He taught at West Point."


def test_a_node_is_a_paragraph_cut_out_of_its_article(seeds: Byline) -> None:
    nodes = adapter.BylineRetriever(seeds.retriever, limit=4).retrieve(BOWMAN)
    hits = seeds.engine.search(Request(BOWMAN, limit=4))
    assert [node.node_id for node in nodes] == [hit.paragraph.paragraph_id for hit in hits]
    assert [node.score for node in nodes] == [hit.score for hit in hits]
    for found, hit in zip(nodes, hits, strict=True):
        article = seeds.archive.catalogue.article(found.node.metadata["article_id"])
        assert article is not None
        sliced = article.text[found.node.start_char_idx : found.node.end_char_idx]
        assert sliced == found.text == hit.paragraph.text
        assert found.node.metadata["ordinal"] == hit.paragraph.ordinal
    assert nodes[0].node.metadata["file"] == AP


def test_what_is_known_of_an_article_stays_out_of_embeddings(seeds: Byline) -> None:
    from llama_index.core.schema import MetadataMode

    (node,) = adapter.BylineRetriever(seeds.retriever, limit=1).retrieve(BOWMAN)
    assert node.node.get_content(MetadataMode.EMBED) == node.text
    assert AP in node.node.get_content(MetadataMode.ALL)


def test_it_can_be_awaited(seeds: Byline) -> None:
    retriever = adapter.BylineRetriever(seeds.retriever, limit=3)
    awaited = asyncio.run(retriever.aretrieve(BOWMAN))
    assert [node.node_id for node in awaited] == [n.node_id for n in retriever.retrieve(BOWMAN)]


def test_a_filter_bounds_it(seeds: Byline) -> None:
    only = article_filter("CNN", None, None)
    nodes = adapter.BylineRetriever(seeds.retriever, only=only).retrieve("Musk and Putin")
    assert {node.node.metadata["file"] for node in nodes} == {CNN}
    assert len(nodes) == 10


def test_it_works_inside_a_query_engine(seeds: Byline) -> None:
    from llama_index.core.llms import MockLLM
    from llama_index.core.query_engine import RetrieverQueryEngine

    retriever = adapter.BylineRetriever(seeds.retriever, limit=2)
    response = RetrieverQueryEngine.from_args(retriever, llm=MockLLM()).query(BOWMAN)
    assert [node.node_id for node in response.source_nodes] == [
        hit.paragraph.paragraph_id for hit in seeds.engine.search(Request(BOWMAN, limit=2))
    ]
    assert "Bradley Bowman" in str(response)


def test_the_embedding_gives_the_vectors_of_the_archive(seeds: Byline, tmp_path: Path) -> None:
    embedding = adapter.BylineEmbedding(seeds.embedder)
    assert embedding.model_name == seeds.embedder.name
    question = seeds.embedder.question(BOWMAN).question
    assert embedding.get_query_embedding(BOWMAN) == pytest.approx(question.tolist())
    (paragraph,) = split_paragraphs(TEXT)
    vector = seeds.embedder.passages([paragraph])[0].paragraph
    assert embedding.get_text_embedding(TEXT) == pytest.approx(vector.tolist(), abs=1e-5)
    both = embedding.get_text_embedding_batch([TEXT, "It rained."])
    assert both[0] == pytest.approx(vector.tolist(), abs=1e-5)
    assert both[1] != pytest.approx(vector.tolist(), abs=1e-2)
    assert asyncio.run(embedding.aget_query_embedding(BOWMAN)) == pytest.approx(question.tolist())
    assert asyncio.run(embedding.aget_text_embedding(TEXT)) == pytest.approx(both[0], abs=1e-5)


def test_the_embedded_model_can_be_had_without_an_archive(seeds: Byline) -> None:
    embedding = adapter.BylineEmbedding.minilm(seeds.settings.home / "models")
    assert embedding.get_query_embedding("It rained.") == pytest.approx(
        seeds.embedder.question("It rained.").question.tolist(), abs=1e-5
    )
    assert embedding.class_name() == "BylineEmbedding"
