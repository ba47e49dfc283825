"""The product as the evaluation sees it: an archive of its own, made from the given articles."""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from rag.engine import Request
from rag.factory import Byline, open_byline
from rag.ingestion import Progress
from rag.schema import Answer, ScoredParagraph
from rag.settings import EngineName, Settings


class EvaluatedSystem:
    """Answers the evaluation's questions.

    Args:
        byline: The archive that is asked.
        engine: Which engine answers.
    """

    def __init__(self, byline: Byline, engine: EngineName) -> None:
        self._byline = byline
        self._engine = engine

    @classmethod
    def over(
        cls, settings: Settings, articles: Path, engine: EngineName, progress: Progress
    ) -> "EvaluatedSystem":
        """Ingest the articles into an archive beside the user's own, and return it.

        It is kept, so a second evaluation embeds only what has changed.
        """
        place = blake2b(str(articles.absolute()).encode(), digest_size=6).hexdigest()
        home = settings.home / "eval" / f"{articles.stem}-{place}-{settings.embeddings}"
        byline = Byline(
            settings.model_copy(update={"home": home, "chroma_url": None}),
            # The model's cache is the user's own: it need not be built once an archive.
            shared_embedder=open_byline(settings).embedder,
        )
        byline.ingest([articles], prune=True, progress=progress)
        return cls(byline, engine)

    def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
        """Return the paragraphs that fit a question best."""
        return self._byline.engine.search(question, limit=limit)

    def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Answer:
        """Return the answer to a question."""
        request = Request(question, history=tuple(history), engine=self._engine)
        return self._byline.engine.answer(request)
