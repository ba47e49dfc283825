"""Byline's parts for LlamaIndex, and LlamaIndex's parts for Byline.

Importing this package imports LlamaIndex (a second or two); nothing else in `rag` does.
"""

from rag.interfaces.llama_index.retriever import BylineEmbedding, BylineRetriever, paragraph_node

__all__ = ["BylineEmbedding", "BylineRetriever", "paragraph_node"]
