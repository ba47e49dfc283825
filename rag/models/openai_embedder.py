"""Vectors from any OpenAI-compatible embeddings endpoint, behind the embedding seam."""

import os
from collections.abc import Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import ModelError
from rag.models.embedder import Floats, PassageVectors, QuestionVectors
from rag.schema import Paragraph
from rag.settings import Settings

if TYPE_CHECKING:
    import openai

_BATCH = 256
_TOKEN_COLUMNS = 128
_LONGEST = 8_000
"""Characters of a text that are sent: endpoints refuse more than some 8,000 tokens."""


class OpenAIEmbedder:
    """Embeds through an HTTP endpoint; it has no token vectors, so ranking does without."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client_of = cache(self._client)

    @property
    def name(self) -> str:
        """The model's name; the endpoint is taken to serve the same model for ever."""
        return f"openai/{self._settings.embedding_model}"

    @cached_property
    def dimension(self) -> int:
        """Length of the vectors, as the endpoint gives them."""
        return int(self._embed(["length"]).shape[1])

    def passages(self, paragraphs: Sequence[Paragraph]) -> list[PassageVectors]:
        """Return the vectors of each paragraph and of its sentences, in order."""
        if not paragraphs:
            return []
        texts, edges = [paragraph.text for paragraph in paragraphs], [len(paragraphs)]
        for paragraph in paragraphs:
            texts += [span.of(paragraph.text) for span in paragraph.sentences]
            edges.append(len(texts))
        vectors = self._embed(texts)
        return [
            PassageVectors(
                vectors[index],
                vectors[start:end].astype(np.float16),
                np.zeros((0, _TOKEN_COLUMNS), np.int8),
                np.zeros(end - start, np.int32),
            )
            for index, (start, end) in enumerate(pairwise(edges))
        ]

    def question(self, text: str) -> QuestionVectors:
        """Return the vector of a question."""
        return QuestionVectors(
            self._embed([text])[0], np.zeros((0, _TOKEN_COLUMNS), np.float32), ()
        )

    def whole_words(self, text: str) -> frozenset[str]:
        """Return nothing: the vocabulary is the server's."""
        return frozenset()

    def _embed(self, texts: Sequence[str]) -> Floats:
        rows = []
        for start in range(0, len(texts), _BATCH):
            rows += self._request([text[:_LONGEST] for text in texts[start : start + _BATCH]])
        vectors = np.array(rows, dtype=np.float32)
        unit: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return unit

    def _request(self, texts: list[str]) -> list[list[float]]:
        import httpx
        import openai

        try:
            # A child process would send on the parent's connections.
            reply = self._client_of(os.getpid()).embeddings.create(
                model=self._settings.embedding_model, input=texts, encoding_format="float"
            )
            items = sorted(reply.data, key=lambda item: item.index)
            rows = [item.embedding for item in items]
            if len(rows) != len(texts) or len({len(row) for row in rows}) != 1:
                raise ValueError("a vector for each text, all of one length, was asked for")
        except (
            openai.OpenAIError,
            httpx.HTTPError,
            ValueError,
            AttributeError,
            TypeError,
        ) as error:
            raise ModelError(
                f"The embeddings endpoint failed ({type(error).__name__}).",
                "Check OPENAI_BASE_URL, OPENAI_API_KEY and RAG_EMBEDDING_MODEL, or set "
                "RAG_EMBEDDINGS=minilm.",
            ) from error
        return rows

    def _client(self, _process: int) -> "openai.OpenAI":
        import openai

        key = self._settings.openai_api_key
        return openai.OpenAI(
            api_key=key.get_secret_value() if key else "none",
            base_url=self._settings.openai_base_url,
            timeout=self._settings.llm_total_timeout,
            max_retries=2,
        )
