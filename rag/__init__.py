"""Byline: ask a news archive, see the paragraph.

`answer`, `stream`, `search` and `ingest` are the whole interface; heavy parts load on first use.
"""

import os
from typing import TYPE_CHECKING, Any

from rag.errors import BylineError
from rag.schema import Answer, Citation, Finished, Retrieved, Statement, Token

if TYPE_CHECKING:
    from rag.interfaces.api import answer, ingest, search, stream

# Nothing calls home. Every way into Byline passes here before a library reads these; what somebody
# has chosen in the environment stays.
for _name, _value in {
    "ORT_DISABLE_TELEMETRY": "1",  # ONNX Runtime: events, and a device id below HOME
    "GRADIO_ANALYTICS_ENABLED": "False",  # each start, and the question for a newer version
    "HF_HUB_DISABLE_TELEMETRY": "1",  # which libraries are used, by a dependency of Gradio
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
}.items():
    os.environ.setdefault(_name, _value)

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
