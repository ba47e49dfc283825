"""What is compared: Byline as it is used, and the floor that no system on Chroma can be below."""

from pathlib import Path
from typing import Any, Protocol

from bench.articles import Source
from bench.scoring import Chunk
from rag.answering.request import Request
from rag.factory import Byline
from rag.models.minilm.model import MiniLM
from rag.settings import Settings, load_settings

LIMIT = 10
FLOOR = "Floor: forward pass + Chroma query"
_BATCH = 256


class System(Protocol):
    """One way to find the paragraphs of a question; each has a model instance of its own."""

    @property
    def name(self) -> str:
        """How the table calls it."""

    def build(self) -> None:
        """Index the articles."""

    def search(self, question: str) -> list[Chunk]:
        """Return the ten best chunks, best first."""


def embedded_settings(home: Path, chroma_url: str | None = None) -> Settings:
    """Return settings for the embedded model, whatever the environment says."""
    return load_settings(home=home, chroma_url=chroma_url, embeddings="minilm", llm_model=None)


class BylineSystem:
    """The product."""

    name = "Byline"

    def __init__(self, folder: Path, articles: Path) -> None:
        self._articles = articles
        self.byline = Byline(embedded_settings(folder))
        self.byline.embedder.question("opens the model before the clock starts")

    def build(self) -> None:
        """Ingest the articles."""
        self.byline.ingest([self._articles])

    def search(self, question: str) -> list[Chunk]:
        """Ask as the command `rag search` does."""
        hits = self.byline.engine.search(Request(question, limit=LIMIT))
        return [Chunk(hit.paragraph.text, hit.article) for hit in hits]


class Floor:
    """One vector a paragraph in Chroma: a forward pass and a query, nothing else."""

    name = FLOOR

    def __init__(self, folder: Path, sources: list[Source], models: Path) -> None:
        self._places = {
            paragraph.text: Chunk(paragraph.text, source.header)
            for source in reversed(sources)
            for paragraph in source.body
        }
        self._model = MiniLM(models)
        self._model.embed(["opens the model before the clock starts"])
        self._collection = new_collection(folder, {"hnsw": {"space": "cosine"}})

    def build(self) -> None:
        """Embed all paragraphs and add them."""
        texts = list(self._places)
        for start in range(0, len(texts), _BATCH):
            part = texts[start : start + _BATCH]
            self._collection.add(
                ids=[str(start + offset) for offset in range(len(part))],
                embeddings=self._model.embed(part),
                documents=part,
            )

    def search(self, question: str) -> list[Chunk]:
        """Embed the question and query."""
        vector = self._model.embed([question])
        found = self._collection.query(query_embeddings=vector, n_results=LIMIT)
        return [self._places[text] for text in found["documents"][0]]


def new_collection(folder: Path, configuration: dict[str, Any] | None = None) -> Any:
    """Return an empty collection of an embedded Chroma in a folder of its own."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    client = chromadb.PersistentClient(
        str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )
    options: Any = {"configuration": configuration} if configuration else {}
    return client.create_collection("bench", embedding_function=None, **options)
