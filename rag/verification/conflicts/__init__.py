"""Where retrieved paragraphs disagree: both sides, so that the reader decides."""

from rag.verification.conflicts.search import Opposition, Place, opposed
from rag.verification.conflicts.stated import about, conflicts, missing_sides, places_cited

__all__ = [
    "Opposition",
    "Place",
    "about",
    "conflicts",
    "missing_sides",
    "opposed",
    "places_cited",
]
