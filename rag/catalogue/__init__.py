"""The catalogue: one SQLite file that is the truth about articles, paragraphs and vectors."""

from rag.catalogue.reading import CatalogueReader
from rag.catalogue.rows import Candidate, StoredArticle, StoredParagraph
from rag.catalogue.writing import ArticleWrite, CatalogueWriter

__all__ = [
    "ArticleWrite",
    "Candidate",
    "CatalogueReader",
    "CatalogueWriter",
    "StoredArticle",
    "StoredParagraph",
]
