"""Files → articles: one reader a format, and a named reason for everything that is skipped."""

from rag.articles.finding import find_files
from rag.articles.model import ParsedArticle, Skipped, SourceFile
from rag.articles.reading import read_articles

__all__ = ["ParsedArticle", "Skipped", "SourceFile", "find_files", "read_articles"]
