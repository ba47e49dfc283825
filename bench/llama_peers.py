"""The peers: LlamaIndex over Chroma as documented, on the same vectors as Byline.

No metadata is embedded: all systems see the articles' text alone. Texts beyond the model's window
are embedded whole, window by window, so long chunks are not cut.
"""

from pathlib import Path
from typing import Any

from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.llms.mock import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import BaseNode, TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from llama_index.vector_stores.chroma import ChromaVectorStore

from bench.articles import Source
from bench.faults import BenchError
from bench.scoring import Chunk
from bench.systems import LIMIT, new_collection
from rag.interfaces.llama_index import BylineEmbedding

_ORIGIN = "source"
"""The metadata that says which article a node is from."""


class LlamaPeer:
    """`VectorStoreIndex` over Chroma, alone or fused with BM25.

    Args:
        folder: Where Chroma keeps its files.
        sources: The articles.
        models: Where the embedding model is cached.
        by_paragraph: One node a paragraph instead of the default splitter's chunks.
        fused: Reciprocal rank fusion with `BM25Retriever`.
    """

    def __init__(
        self, folder: Path, sources: list[Source], models: Path, *, by_paragraph: bool, fused: bool
    ) -> None:
        kind = "QueryFusionRetriever with BM25" if fused else "VectorStoreIndex"
        self.name = f"LlamaIndex {kind}, {'paragraphs' if by_paragraph else 'default splitter'}"
        self._sources = sources
        self._by_paragraph = by_paragraph
        self._fused = fused
        self._embedding = BylineEmbedding.minilm(models)
        self._embedding.get_query_embedding("opens the model before the clock starts")
        self._collection = new_collection(folder)
        self._retriever: BaseRetriever | None = None

    def build(self) -> None:
        """Split, embed and index."""
        nodes = self._nodes()
        store = StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=self._collection)
        )
        index = VectorStoreIndex(nodes, storage_context=store, embed_model=self._embedding)
        vectors = index.as_retriever(similarity_top_k=LIMIT)
        self._retriever = _fusion(vectors, nodes) if self._fused else vectors

    def search(self, question: str) -> list[Chunk]:
        """Retrieve."""
        if self._retriever is None:
            raise AssertionError("search before build")
        return [
            Chunk(found.node.get_content(), self._sources[found.node.metadata[_ORIGIN]].header)
            for found in self._retriever.retrieve(question)
        ]

    def _nodes(self) -> list[BaseNode]:
        if self._by_paragraph:
            return [
                TextNode(text=paragraph.text, **_about(number))
                for number, source in enumerate(self._sources)
                for paragraph in source.body
            ]
        documents = [
            Document(text=source.text, **_about(number))
            for number, source in enumerate(self._sources)
        ]
        try:
            return SentenceSplitter().get_nodes_from_documents(documents)
        except PermissionError as error:
            # nltk refuses its own data where files are hard links.
            raise BenchError(
                f"LlamaIndex's splitter can't read its data ({error}).",
                "Install with UV_LINK_MODE=copy, as `make bench` does.",
            ) from error


def _about(number: int) -> dict[str, Any]:
    return {
        "metadata": {_ORIGIN: number},
        "excluded_embed_metadata_keys": [_ORIGIN],
        "excluded_llm_metadata_keys": [_ORIGIN],
    }


def _fusion(vectors: BaseRetriever, nodes: list[BaseNode]) -> BaseRetriever:
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(LIMIT, len(nodes)))
    return QueryFusionRetriever(
        [vectors, words],
        llm=MockLLM(),
        mode=FUSION_MODES.RECIPROCAL_RANK,
        similarity_top_k=LIMIT,
        num_queries=1,
        use_async=False,
    )
