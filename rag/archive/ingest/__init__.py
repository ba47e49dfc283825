"""The write path: bring the archive into agreement with files, incrementally and crash-safe.

Every step leaves a whole archive behind: articles are committed to the catalogue in transactions,
and the derived indexes are published as a new generation only when they are complete.
"""

from rag.archive.ingest.rebuild import rebuild
from rag.archive.ingest.sync import Ingestion, IngestReport, Progress

__all__ = ["IngestReport", "Ingestion", "Progress", "rebuild"]
