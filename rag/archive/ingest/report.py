"""What an ingestion tells: its progress, its result, and why it could not begin."""

from collections.abc import Callable
from dataclasses import dataclass

from rag.reading import Skipped

Progress = Callable[[str, int, int], None]
"""Told the stage (`read`, `embed`, `index`), how many are done, and of how many (0: unknown)."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, and what it left alone and why."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    renamed: int = 0
    removed: int = 0
    missing: tuple[str, ...] = ()
    """Articles whose file is gone; they stay unless pruned."""
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[Skipped, ...] = ()
    """Articles that were taken under an assumption, such as their encoding."""
    embedded: int = 0
    """Paragraphs that needed a forward pass."""
    articles: int = 0
    """In the archive now."""
    paragraphs: int = 0
    """In the archive now, furniture not counted."""
    seconds: float = 0.0
