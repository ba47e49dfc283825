"""Byline: ask a news archive, see the paragraph.

`answer`, `stream`, `search` and `ingest` are the whole interface; heavy parts load on first use.
"""

from typing import TYPE_CHECKING, Any

from rag.errors import BylineError
from rag.schema import Answer, Citation, Finished, Retrieved, Statement, Token

if TYPE_CHECKING:
    from rag.interfaces.api import answer, ingest, search, stream

__all__ = [
    "Answer",
    "BylineError",
    "Citation",
    "Finished",
    "Retrieved",
    "Statement",
    "Token",
    "answer",
    "ingest",
    "search",
    "stream",
]


def __getattr__(name: str) -> Any:
    """Load the four functions when they are first asked for: `import rag` stays cheap."""
    if name in {"answer", "ingest", "search", "stream"}:
        from rag.interfaces import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
