"""One generation, opened and compared with the catalogue."""

import logging
from contextlib import suppress
from dataclasses import dataclass, field

from rag.archive.building import CHROMA, TERMS, check_sample, collection_name, indexed_keys
from rag.archive.catalogue import CatalogueReader
from rag.archive.chroma import VectorIndex, is_usable, open_folder, open_server
from rag.archive.generations import Generation, Stamps
from rag.archive.terms import TermIndex
from rag.errors import BylineError, IndexDamagedError

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """One generation, opened; where an index is missing, the catalogue itself is searched."""

    generation: Generation | None
    vectors: VectorIndex | None
    terms: TermIndex | None
    stamps: Stamps = field(default_factory=Stamps)
    """Of the files, when they were verified."""
    degraded: bool = False
    """It is not what the catalogue holds now; a better one is tried for again and again."""

    def close(self) -> None:
        """Release its files."""
        if self.vectors is not None:
            # A damaged index may fail to close; it is gone anyway.
            with suppress(Exception):
                self.vectors.close()


def open_view(
    generation: Generation, stamps: Stamps, catalogue: CatalogueReader, chroma_url: str | None
) -> View:
    """Open a generation, and compare it with what it was built as."""
    terms = _open_terms(generation)
    return View(generation, _open_vectors(generation, catalogue, chroma_url), terms, stamps)


def open_degraded(
    generation: Generation | None,
    catalogue: CatalogueReader,
    chroma_url: str | None,
    *,
    with_vectors: bool,
) -> View:
    """Open what can be opened of an outdated generation, or of one on a read-only disk."""
    if generation is None:
        return View(None, None, None, degraded=True)
    vectors, terms = None, None
    with suppress(BylineError):
        if with_vectors:
            vectors = _open_vectors(generation, catalogue, chroma_url)
    with suppress(IndexDamagedError):
        terms = _open_terms(generation)
    return View(generation, vectors, terms, degraded=True)


def _open_vectors(
    generation: Generation, catalogue: CatalogueReader, chroma_url: str | None
) -> VectorIndex | None:
    if not chroma_url and not is_usable():
        _LOG.warning("This process was forked; without Chroma, it searches the catalogue itself.")
        return None
    keys = indexed_keys(generation)
    vectors = (
        open_server(chroma_url, collection_name(catalogue.catalogue_id))
        if chroma_url
        else open_folder(generation.folder / CHROMA)
    )
    try:
        check_sample(vectors, catalogue, keys)
    except BylineError:
        vectors.close()
        raise
    return vectors


def _open_terms(generation: Generation) -> TermIndex:
    terms, expected = TermIndex(generation.folder / TERMS), indexed_keys(generation).size
    if len(terms) != expected:
        raise IndexDamagedError(f"The term index holds {len(terms)} paragraphs, not {expected}.")
    return terms
