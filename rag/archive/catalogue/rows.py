"""Rows of the catalogue ⇄ the nouns of the domain."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.models.embedder import PassageVectors
from rag.schema import ArticleHeader, Paragraph, ParagraphKind, Span
from rag.text.stems import Codes

Keys = NDArray[np.int64]
"""Of paragraphs, as every index numbers them."""
Place = tuple[str, str | None]
"""A file's path, and the record in it."""
TOKEN_DIMENSION = 128
"""Columns of the stored token vectors."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """What ingestion needs to know of an article that is already there."""

    article_key: int
    path: str
    root: str
    header: ArticleHeader

    @property
    def place(self) -> Place:
        """Where it stood when it was read."""
        return self.path, self.header.record


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """A paragraph with its place in the index and the article that it belongs to."""

    key: int
    article_key: int
    paragraph: Paragraph
    article: ArticleHeader


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is cheap to know of a paragraph that was found; its text is read for few of them."""

    key: int
    kind: ParagraphKind
    words: Codes
    """The codes of its words, sentence by sentence."""


def header_to_json(header: ArticleHeader) -> str:
    """Return the header as it is stored."""
    return json.dumps(asdict(header), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=1000)  # many paragraphs of an answer stand in few articles
def header_from_json(value: str) -> ArticleHeader:
    """Return a stored header."""
    return ArticleHeader(**json.loads(value))


def stored_paragraph(row: Sequence[Any]) -> StoredParagraph:
    """Return key, article key, header and the columns of a paragraph as one object."""
    return StoredParagraph(row[0], row[1], paragraph(row[3:]), header_from_json(row[2]))


def paragraph(row: Sequence[Any]) -> Paragraph:
    """Return the columns of a paragraph as one."""
    identity, ordinal, start, end, text, kind, sentences = row
    spans = tuple(Span(*pair) for pair in json.loads(sentences))
    return Paragraph(identity, ordinal, start, end, text, ParagraphKind(kind), spans)


def passage(vector: bytes, sentences: bytes, tokens: bytes, counts: bytes) -> PassageVectors:
    """Return the stored bytes of a paragraph's vectors as arrays."""
    whole = np.frombuffer(vector, dtype=np.float32)
    return PassageVectors(
        whole,
        np.frombuffer(sentences, dtype=np.float16).reshape(-1, len(whole)),
        np.frombuffer(tokens, dtype=np.int8).reshape(-1, TOKEN_DIMENSION),
        np.frombuffer(counts, dtype=np.int32),
    )
