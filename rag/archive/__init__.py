"""An opened archive: the catalogue and the newest sound generation of its indexes."""

from rag.archive.opened import Archive
from rag.archive.views import View

__all__ = ["Archive", "View"]
