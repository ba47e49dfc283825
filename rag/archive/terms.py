"""Words → paragraphs: a tantivy index, stemmed. Derived from the catalogue, rebuildable."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.archive.catalogue import Keys
from rag.errors import IndexDamagedError
from rag.text.stems import stem_analyzer, stems_of, word_analyzer

if TYPE_CHECKING:
    import tantivy

_TEXT, _TITLE, _WORDS, _KEY = "text", "title", "words", "key"
_HEAP = 64_000_000


@dataclass(frozen=True, slots=True)
class TermDocument:
    """What the index holds of one paragraph."""

    key: int
    text: str
    title: str


class TermIndex:
    """The term index of one folder, which `create` makes when missing; without one, in memory.

    Raises:
        IndexDamagedError: It can't be read.
    """

    def __init__(self, folder: Path | None, *, create: bool = False) -> None:
        import tantivy

        self._tantivy = tantivy
        self._schema = _schema()
        with _translated():
            if folder is None:
                self._index = tantivy.Index(self._schema)
            elif create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
            else:
                self._index = tantivy.Index.open(str(folder))
            self._index.register_tokenizer("stemmed", stem_analyzer())
            self._index.register_tokenizer("plain", word_analyzer())
            self._index.reload()
            self._searcher: Any = self._index.searcher()

    def __len__(self) -> int:
        """Return the number of paragraphs."""
        return int(self._searcher.num_docs)

    def update(self, remove: Sequence[int], add: Iterator[TermDocument]) -> None:
        """Remove and add paragraphs, in one commit."""
        with _translated():
            writer = self._index.writer(_HEAP, 1)
            for key in remove:
                writer.delete_documents_by_term(_KEY, key)
            for document in add:
                text = {_TEXT: document.text, _TITLE: document.title, _WORDS: document.text}
                fields = {_KEY: document.key, **text}
                writer.add_document(self._tantivy.Document.from_dict(fields, self._schema))
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
            self._searcher = self._index.searcher()

    def terms(self, text: str) -> list[str]:
        """Return the stemmed terms of a text, in order, as the index knows them."""
        return stems_of(text)

    def frequency(self, term: str) -> int:
        """Return in how many paragraphs a stemmed term stands."""
        if not term:
            return 0
        # The dictionary's own count still holds removed paragraphs until segments are merged.
        with _translated():
            query = self._tantivy.Query.term_query(self._schema, _TEXT, term)
            return int(self._searcher.search(query, 1, count=True).count or 0)

    def words_beginning(self, prefix: str) -> list[str]:
        """Return the archive's words that begin so: lower case, without accents, not stemmed."""
        with _translated():
            return [word for word, _ in self._searcher.terms_with_prefix(_WORDS, prefix)]

    def search(
        self, weighted_terms: Sequence[tuple[str, float]], limit: int, *, title_weight: float
    ) -> tuple[Keys, NDArray[np.float32]]:
        """Return the best keys and their BM25 scores, best first.

        The terms are stemmed; `title_weight` is the weight of one found in the article's title.
        """
        if not weighted_terms or limit <= 0:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        with _translated():
            query = self._query(weighted_terms, title_weight)
            hits = self._searcher.search(query, limit, count=False).hits
            keys = self._searcher.fast_field_values(_KEY, [address for _, address in hits])
            scores = np.array([score for score, _ in hits], dtype=np.float32)
            return np.array(keys, dtype=np.int64), scores

    def _query(self, weighted_terms: Sequence[tuple[str, float]], title_weight: float) -> Any:
        query, occur = self._tantivy.Query, self._tantivy.Occur
        parts = []
        for term, weight in weighted_terms:
            for field, factor in ((_TEXT, 1.0), (_TITLE, title_weight)):
                if factor > 0:
                    single = query.term_query(self._schema, field, term)
                    parts.append((occur.Should, query.boost_query(single, weight * factor)))
        return query.boolean_query(parts)


def _schema() -> "tantivy.Schema":
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field(_KEY, stored=False, indexed=True, fast=True)
    builder.add_text_field(_TEXT, tokenizer_name="stemmed", index_option="position")
    builder.add_text_field(_TITLE, tokenizer_name="stemmed", index_option="freq")
    builder.add_text_field(_WORDS, tokenizer_name="plain", index_option="basic")
    return builder.build()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (ValueError, OSError, KeyError, RuntimeError) as error:
        raise IndexDamagedError(f"The term index can't be read or written ({error}).") from error
