"""Citation markers: what a model may write, what a reader may see."""

from rag.citations.markers.grammar import (
    MARKER,
    cites,
    neutralise,
    number_of,
    renumbered,
    split_markers,
    with_markers,
    without_markers,
)
from rag.citations.markers.stream import MarkerStream

__all__ = [
    "MARKER",
    "MarkerStream",
    "cites",
    "neutralise",
    "number_of",
    "renumbered",
    "split_markers",
    "with_markers",
    "without_markers",
]
