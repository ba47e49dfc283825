"""Byline's retriever and embedding as LlamaIndex parts, for any LlamaIndex application.

Importing this module imports LlamaIndex (a second or two); nothing else in `rag` does.
"""

import asyncio
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.archive.catalogue import ArticleFilter
from rag.models.embedder import Embedder
from rag.models.minilm.embedder import MiniLMEmbedder
from rag.models.minilm.model import MiniLM
from rag.reading.paragraphs import paragraph_id
from rag.retrieval.hybrid import HybridRetriever
from rag.schema import Paragraph, ScoredParagraph
from rag.text.sentences import split_sentences


class BylineRetriever(BaseRetriever):
    """Dense and lexical retrieval with reranking, one node a paragraph.

    Args:
        retriever: What finds the paragraphs, such as `open_byline(load_settings()).retriever`.
        limit: How many paragraphs at most.
        only: Which articles may be searched; null for all.
    """

    def __init__(
        self, retriever: HybridRetriever, *, limit: int = 10, only: ArticleFilter | None = None
    ) -> None:
        self._retriever = retriever
        self._limit = limit
        self._only = only
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._retriever.retrieve(query_bundle.query_str, limit=self._limit, only=self._only)
        return [
            NodeWithScore(node=paragraph_node(hit.scored), score=hit.scored.score)
            for hit in found.hits
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class BylineEmbedding(BaseEmbedding):
    """The embedder of an archive as a LlamaIndex embedding.

    Args:
        embedder: The embedder, such as `open_byline(load_settings()).embedder`.
    """

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **options: Any) -> None:
        super().__init__(model_name=embedder.name, **options)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """Return the name under which LlamaIndex serialises it."""
        return "BylineEmbedding"

    @classmethod
    def minilm(cls, cache_dir: Path) -> "BylineEmbedding":
        """Return the embedded model, cached in a folder."""
        return cls(MiniLMEmbedder(MiniLM(cache_dir)))

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.question(query).question.tolist()
        return vector

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        passages = self._embedder.passages([_as_paragraph(text) for text in texts])
        return [passage.paragraph.tolist() for passage in passages]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


def paragraph_node(hit: ScoredParagraph) -> TextNode:
    """Return a found paragraph as a LlamaIndex node; its metadata stays out of embeddings."""
    paragraph, article = hit.paragraph, hit.article
    metadata = {
        "article_id": article.article_id,
        "file": article.file,
        "title": article.title,
        "publisher": article.publisher,
        "published_at": article.published_at,
        "url": article.url,
        "ordinal": paragraph.ordinal,
    }
    return TextNode(
        id_=paragraph.paragraph_id,
        text=paragraph.text,
        metadata=metadata,
        start_char_idx=paragraph.start,
        end_char_idx=paragraph.end,
        excluded_embed_metadata_keys=list(metadata),
    )


def _as_paragraph(text: str) -> Paragraph:
    return Paragraph(paragraph_id(text), 1, 0, len(text), text, sentences=split_sentences(text))
