"""Settings → wired objects: the only file that names concrete classes."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rag.answering.engine import Engine
from rag.archive import Archive
from rag.archive.ingest import Ingestion, IngestReport, Progress, rebuild
from rag.archive.lock import writer_lock
from rag.models.embedder import Embedder
from rag.retrieval.hybrid import HybridRetriever
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.models.llm import LLM
    from rag.models.llm.prompts import Prompts

Notify = Callable[[str], None]


@dataclass(frozen=True)
class Byline:
    """One archive with everything that works on it.

    Args:
        settings: What it is made from.
        notify: Told in one line what was healed or is being waited for.
        fills_itself: Whether the first question ingests `RAG_CORPUS` where there is no archive.
    """

    settings: Settings
    notify: Notify | None = None
    fills_itself: bool = False
    shared_embedder: Embedder | None = None
    """The embedder of another `Byline`, to load one model for two archives."""

    @cached_property
    def archive(self) -> Archive:
        """The archive in `RAG_HOME`."""
        return Archive(self.settings.home, chroma_url=self.settings.chroma_url, notify=self.notify)

    @cached_property
    def embedder(self) -> Embedder:
        """Who makes the vectors."""
        if self.shared_embedder is not None:
            return self.shared_embedder
        if self.settings.embeddings == "openai":
            from rag.models.openai_embedder import OpenAIEmbedder

            return OpenAIEmbedder(self.settings)
        from rag.models.minilm.embedder import MiniLMEmbedder
        from rag.models.minilm.model import MiniLM

        return MiniLMEmbedder(MiniLM(self.settings.home / "models", threads=self.settings.threads))

    @cached_property
    def retriever(self) -> HybridRetriever:
        """Finds paragraphs."""
        self._fill()
        return HybridRetriever(self.archive, self.embedder)

    @cached_property
    def engine(self) -> Engine:
        """Answers questions."""
        if not self.settings.llm_configured:
            return Engine(self.retriever, None)
        from rag.models.llm import LLM
        from rag.models.llm.prompts import load_prompts

        return self.engine_over(LLM(self.settings), load_prompts())

    def engine_over(self, llm: "LLM", prompts: "Prompts") -> Engine:
        """Return an engine whose language model, or whose prompts, are others: to measure them."""
        from rag.answering.prompting import LLMWriter
        from rag.answering.writing import Scrutiny
        from rag.verification.llm_judge import SecondOpinion

        opinion = SecondOpinion(llm, prompts) if self.settings.verify == "llm" else None
        scrutiny = Scrutiny(self.settings.strict, opinion)
        return Engine(self.retriever, LLMWriter(llm, prompts), scrutiny)

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        prune: bool = False,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Bring the archive into agreement with files and folders.

        Raises:
            LockHeldError: Another process is writing.
            BylineError: See `rag.archive.ingest`.
        """
        with writer_lock(self.archive.lock_path, wait=self.settings.lock_wait, on_wait=self.notify):
            run = Ingestion(
                self.archive,
                self.embedder,
                max_bytes=int(self.settings.max_file_mb * 1_000_000),
                progress=progress,
            )
            return run.run(paths, prune=prune)

    def remove(self, article_keys: Sequence[int]) -> None:
        """Remove articles from the archive; their files are left alone.

        Raises:
            LockHeldError: Another process is writing.
            BylineError: See `rag.archive`.
        """
        with writer_lock(self.archive.lock_path, wait=self.settings.lock_wait, on_wait=self.notify):
            writer = self.archive.writer()
            try:
                writer.remove(article_keys)
            finally:
                writer.close()
            self.archive.publish()

    def rebuild(self, *, progress: Progress | None = None) -> IngestReport:
        """Embed every article of the archive anew, from its own text.

        Raises:
            LockHeldError: Another process is writing.
            BylineError: See `rag.archive.ingest`.
        """
        with writer_lock(self.archive.lock_path, wait=self.settings.lock_wait, on_wait=self.notify):
            return rebuild(self.archive, self.embedder, progress)

    def _fill(self) -> None:
        corpus = self.settings.corpus
        if self.fills_itself and not self.archive.catalogue_path.exists() and corpus.exists():
            self.ingest([corpus])
            if self.notify:
                self.notify(f"There was no archive yet; {corpus} has been ingested.")


_OPENED: dict[Settings, Byline] = {}
_OPENING = threading.Lock()


def open_byline(settings: Settings, notify: Notify | None = None) -> Byline:
    """Return the one `Byline` of this process for these settings."""
    with _OPENING:
        key = settings.model_copy(update={"home": settings.home.absolute()})
        if key not in _OPENED:
            # A folder that somebody chose is never filled behind their back.
            _OPENED[key] = Byline(key, notify, "home" not in settings.model_fields_set)
        return _OPENED[key]
