"""The product as the evaluation sees it: an archive, an engine, and what asking it cost."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Any

from rag.answering.engine import Engine
from rag.answering.request import Request, answering_engine
from rag.archive.ingest import Progress
from rag.evaluation.dataset import Gold
from rag.evaluation.metrics import squeeze
from rag.evaluation.solver import Reply
from rag.evaluation.usage import MeteredLLM
from rag.factory import Byline, open_byline
from rag.models.llm.prompts import Prompts, load_prompts
from rag.schema import EngineName, ScoredParagraph
from rag.settings import Settings

_ARTICLES_CACHED = 500


def archive_of(articles: Sequence[Path], settings: Settings, progress: Progress) -> Byline:
    """Ingest the articles into an archive beside the user's own.

    It is kept, so a second evaluation embeds only what has changed.
    """
    names = "\n".join(str(path.absolute()) for path in articles)
    place = blake2b(names.encode(), digest_size=6).hexdigest()
    home = settings.home / "eval" / f"{articles[0].stem}-{place}-{settings.embeddings}"
    byline = Byline(
        settings.model_copy(update={"home": home, "chroma_url": None}),
        # The model's cache is the user's own: it need not be built once an archive.
        shared_embedder=open_byline(settings).embedder,
    )
    byline.ingest(articles, prune=True, progress=progress)
    return byline


class EvaluatedSystem:
    """Answers the evaluation's questions, by the product's prompts or a folder of others.

    Raises:
        QuestionError: A language model is to answer, and none is configured.
    """

    def __init__(
        self,
        byline: Byline,
        engine: EngineName,
        *,
        prompts: Path | None = None,
        limit: int = 6,
    ) -> None:
        self.byline = byline
        self.prompts: Prompts = load_prompts(prompts)
        self._limit = limit
        self._texts = lru_cache(_ARTICLES_CACHED)(self._squeezed)
        settings = byline.settings
        self.llm = MeteredLLM(settings, self.prompts) if settings.llm_configured else None
        self.engine = answering_engine(engine, settings.engine, has_model=self.llm is not None)

    def search(self, question: str, *, limit: int = 10) -> Sequence[ScoredParagraph]:
        """Return the paragraphs that fit a question best."""
        return self._asked.search(Request(question, limit=limit))

    def answer(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Reply:
        """Return the answer to a question, and what the language model was asked for it."""
        request = Request(question, history=tuple(history), engine=self.engine, limit=self._limit)
        if self.llm is None or self.engine == "extractive":
            return Reply(self._asked.answer(request))
        self.llm.reset()
        answer = self._asked.answer(request)
        failure = answer.fallback.notice if answer.fallback else None
        return Reply(answer, self.llm.usage(), failure)

    def places(self, gold: Gold) -> int | None:
        """Return how many paragraphs hold a gold item; null where no article is its source."""
        names = {gold.url, gold.file, gold.file and PurePosixPath(gold.file).name, gold.record}
        ids = {one for name in names if name for one in self._sources.get(name, ())}
        if not ids:
            return None
        quote = squeeze(gold.quote)
        return sum(quote in text for one in sorted(ids) for text in self._texts(one))

    def index(self) -> dict[str, Any]:
        """Return what tells one archive from another: how it was embedded, and its articles."""
        catalogue = self.byline.archive.catalogue
        articles, paragraphs = catalogue.counts()
        seen = blake2b(digest_size=8)
        for name in sorted(one.header.article_id for one in catalogue.articles()):
            seen.update(name.encode())
        return {
            "embedding": catalogue.fingerprint,
            "articles": articles,
            "paragraphs": paragraphs,
            "digest": seen.hexdigest(),
        }

    @cached_property
    def _asked(self) -> Engine:
        if self.llm is None:
            return self.byline.engine
        return self.byline.engine_over(self.llm, self.prompts)

    @cached_property
    def _sources(self) -> dict[str, set[str]]:
        """Return the ids of articles by everything that gold may call them."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for article in self.byline.archive.catalogue.articles():
            header = article.header
            for name in (header.file, PurePosixPath(header.file).name, header.url, header.record):
                if name:
                    found[name].add(header.article_id)
        return found

    def _squeezed(self, article_id: str) -> tuple[str, ...]:
        return tuple(
            squeeze(block.text)
            for block in self.byline.archive.catalogue.paragraphs_of(article_id)
            if block.is_citable
        )
