"""Citation markers: what a model may write, what a reader may see."""

from rag.markers.grammar import neutralise, split_markers
from rag.markers.stream import MarkerStream

__all__ = ["MarkerStream", "neutralise", "split_markers"]
