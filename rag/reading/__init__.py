"""Files → articles: one reader a format, and a named reason for everything that is skipped."""

from rag.reading.articles import read_articles
from rag.reading.finding import find_files
from rag.reading.model import ParsedArticle, Skipped, SourceFile

__all__ = ["ParsedArticle", "Skipped", "SourceFile", "find_files", "read_articles"]
