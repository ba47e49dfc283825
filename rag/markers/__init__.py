"""Citation markers: what a model may write, what a reader may see."""

from rag.markers.grammar import neutralise, renumbered, split_markers, with_markers
from rag.markers.stream import MarkerStream

__all__ = ["MarkerStream", "neutralise", "renumbered", "split_markers", "with_markers"]
