"""The catalogue: one SQLite file that is the truth about articles, paragraphs and vectors."""

from rag.archive.catalogue.listing import EVERY_ARTICLE, ArticleFilter
from rag.archive.catalogue.reading import CatalogueReader
from rag.archive.catalogue.rows import Candidate, Keys, Place, StoredArticle, StoredParagraph
from rag.archive.catalogue.writing import ArticleWrite, CatalogueWriter

__all__ = [
    "EVERY_ARTICLE",
    "ArticleFilter",
    "ArticleWrite",
    "Candidate",
    "CatalogueReader",
    "CatalogueWriter",
    "Keys",
    "Place",
    "StoredArticle",
    "StoredParagraph",
]
