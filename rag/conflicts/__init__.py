"""Where retrieved paragraphs disagree: both sides, so that the reader decides."""

from rag.conflicts.search import Opposition, both_sides, opposed
from rag.conflicts.stated import about, conflicts, missing_sides, places_cited

__all__ = [
    "Opposition",
    "about",
    "both_sides",
    "conflicts",
    "missing_sides",
    "opposed",
    "places_cited",
]
