"""The figures of a run for people: a table for a terminal, Markdown, a page to read or print."""

from rag.evaluation.report.markdown import markdown, side_by_side
from rag.evaluation.report.page import write_page
from rag.evaluation.report.table import format_table

__all__ = ["format_table", "markdown", "side_by_side", "write_page"]
