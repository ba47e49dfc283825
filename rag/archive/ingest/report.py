"""What an ingestion tells: its progress, its result, and why it could not begin."""

from collections.abc import Callable
from dataclasses import dataclass

from rag.reading import Skipped

Progress = Callable[[str, int, int], None]
"""Told the stage (`read`, `embed`, `index`), how many are done, and of how many (0: unknown)."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did, and what it left alone and why."""

    added: int
    updated: int
    unchanged: int
    renamed: int
    removed: int
    missing: tuple[str, ...]
    """Articles whose file is gone; they stay unless pruned."""
    skipped: tuple[Skipped, ...]
    notes: tuple[Skipped, ...]
    """Articles that were taken under an assumption, such as their encoding."""
    embedded: int
    """Paragraphs that needed a forward pass."""
    articles: int
    """In the archive now."""
    paragraphs: int
    """In the archive now, furniture not counted."""
    seconds: float
