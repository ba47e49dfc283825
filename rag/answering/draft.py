"""A finished draft of an answer, whoever wrote it."""

from dataclasses import dataclass

from rag.schema import Citation, Conflict, Statement


@dataclass(frozen=True, slots=True)
class Draft:
    """A written answer with everything that it rests on."""

    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    conflicts: tuple[Conflict, ...] = ()
    notices: tuple[str, ...] = ()
    """What the reader has to know of it."""
    verify_ms: float = 0.0
    conflicts_ms: float = 0.0
