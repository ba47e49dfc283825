"""Settings → wired objects: the only file that names concrete classes."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from rag.answering.engine import Engine
from rag.archive import Archive
from rag.archive.catalogue import StoredArticle
from rag.archive.chroma import require_usable
from rag.archive.ingest import Ingestion, IngestReport, Progress, rebuild
from rag.archive.lock import writer_lock
from rag.archive.private import make_private
from rag.models.after_fork import renew_in_child
from rag.models.embedder import Embedder
from rag.retrieval.hybrid import HybridRetriever
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.models.llm import LLM
    from rag.models.llm.prompts import Prompts

Notify = Callable[[str], None]
T = TypeVar("T")


class _Part(Generic[T]):
    """A part of a `Byline`: made when it is first asked for, once, however many threads ask."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, byline: None, owner: type) -> Self: ...
    @overload
    def __get__(self, byline: "Byline", owner: type) -> T: ...
    def __get__(self, byline: "Byline | None", owner: type) -> T | Self:
        """Return the part of a `Byline`; asked of the class, this description of it."""
        if byline is None:
            return self
        # Python looks for the part itself first; here it was not there a moment ago.
        parts, name = vars(byline), self._make.__name__
        with parts["making"]:
            if name not in parts:
                parts[name] = self._make(byline)
        made: T = parts[name]
        return made


@dataclass(frozen=True, eq=False)
class Byline:
    """One archive with everything that works on it.

    Args:
        settings: What it is made from.
        notify: Told in one line what was rebuilt or is being waited for.
        fills_itself: Whether the first question ingests `RAG_CORPUS` where there is no archive.
    """

    settings: Settings
    notify: Notify | None = None
    fills_itself: bool = False
    shared_embedder: Embedder | None = None
    """The embedder of another `Byline`, to load one model for two archives."""

    @property
    def added(self) -> Path:
        """The folder of our copies of files that were added on the page."""
        return self.settings.home / "added"

    def __post_init__(self) -> None:
        """Be ready to make the parts."""
        self.begin()
        renew_in_child(self)

    def begin(self) -> None:
        """Forget who held the lock under which parts are made; see `rag.models.after_fork`."""
        vars(self)["making"] = threading.RLock()

    @_Part
    def archive(self) -> Archive:
        """The archive in `RAG_HOME`."""
        return Archive(self.settings.home, chroma_url=self.settings.chroma_url, notify=self.notify)

    @_Part
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

    @_Part
    def retriever(self) -> HybridRetriever:
        """Finds paragraphs."""
        self._fill()
        return HybridRetriever(self.archive, self.embedder)

    @_Part
    def engine(self) -> Engine:
        """Answers questions."""
        if not self.settings.llm_configured:
            return Engine(self.retriever, None, preferred=self.settings.engine)
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
        writer = LLMWriter(llm, prompts)
        return Engine(self.retriever, writer, scrutiny, self.settings.engine)

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
        with self._writing():
            run = Ingestion(
                self.archive,
                self.embedder,
                max_bytes=int(self.settings.max_file_mb * 1_000_000),
                progress=progress,
            )
            return run.run(paths, prune=prune)

    def remove(self, articles: Sequence[StoredArticle]) -> None:
        """Remove articles from the archive, and our copies of files that nothing else is in.

        Raises:
            LockHeldError: Another process is writing.
            BylineError: See `rag.archive`.
        """
        with self._writing():
            with closing(self.archive.writer()) as writer:
                writer.remove([article.article_key for article in articles])
            self.archive.publish()
        for path in {Path(article.path) for article in articles if self.added_here(article)}:
            if not self.archive.catalogue.articles_in(str(path)):
                path.unlink(missing_ok=True)

    def added_here(self, article: StoredArticle) -> bool:
        """Tell whether an article was added on the page, so that its file is our own copy."""
        return Path(article.path).parent == self.added.resolve()

    def rebuild(self, *, progress: Progress | None = None) -> IngestReport:
        """Embed every article of the archive anew, from its own text.

        Raises:
            LockHeldError: Another process is writing.
            BylineError: See `rag.archive.ingest`.
        """
        with self._writing():
            return rebuild(self.archive, self.embedder, progress)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self.settings.chroma_url:
            require_usable()
        with writer_lock(self.archive.lock_path, wait=self.settings.lock_wait, on_wait=self.notify):
            make_private(self.settings.home)
            try:
                yield
            finally:
                make_private(self.settings.home)

    def _fill(self) -> None:
        corpus = self.settings.corpus
        if self.fills_itself and not self.archive.catalogue_path.exists() and corpus.exists():
            self.ingest([corpus])
            if self.notify:
                self.notify(f"There was no archive yet; {corpus} has been ingested.")


_OPENED: dict[Settings, Byline] = {}


def open_byline(settings: Settings, notify: Notify | None = None) -> Byline:
    """Return the one `Byline` of this process for these settings."""
    key = settings.model_copy(update={"home": settings.home.absolute()})
    opened = _OPENED.get(key)
    if opened is None:
        # A folder that somebody chose is never filled behind their back.
        made = Byline(key, notify, "home" not in settings.model_fields_set)
        opened = _OPENED.setdefault(key, made)
    return opened
