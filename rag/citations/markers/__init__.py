"""Citation markers: what a model may write, what a reader may see."""

from rag.citations.markers.grammar import neutralise, renumbered, split_markers, with_markers
from rag.citations.markers.stream import MarkerStream

__all__ = ["MarkerStream", "neutralise", "renumbered", "split_markers", "with_markers"]
