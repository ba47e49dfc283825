"""What must hold of every archive at rest, checked from outside."""

import sqlite3
from collections import Counter
from pathlib import Path

import numpy as np

from rag.archive import Archive
from rag.archive.ingest import Ingestion, IngestReport
from rag.reading import ParsedArticle, find_files, read_articles
from rag.reading import SourceFile as _SourceFile
from rag.reading.paragraphs import split_paragraphs
from rag.schema import ParagraphKind
from rag.text.stems import codes_of
from tests.support.fakes import FakeEmbedder

MAX_BYTES = 10_000_000


def ingest(
    archive: Archive, *paths: Path, embedder: FakeEmbedder | None = None, prune: bool = False
) -> IngestReport:
    """Ingest without the lock, which the caller holds or needs not."""
    run = Ingestion(archive, embedder or FakeEmbedder(), max_bytes=MAX_BYTES)
    return run.run(paths, prune=prune)


def articles_in_files(*paths: Path) -> dict[str, ParsedArticle]:
    """Return all articles that the files hold, by id."""
    return {
        item.article.header.article_id: item
        for source in find_files(paths)
        if isinstance(source, _SourceFile)
        for item in read_articles(source, max_bytes=MAX_BYTES)
        if isinstance(item, ParsedArticle)
    }


def ids_in_files(*paths: Path) -> set[str]:
    """Return the ids of all articles that the files hold."""
    return set(articles_in_files(*paths))


def stored_ids(archive: Archive) -> set[str]:
    """Return the ids of all articles of the catalogue."""
    return {article.header.article_id for article in archive.catalogue.articles()}


def paragraph_ids(archive: Archive) -> Counter[str]:
    """Return how often each paragraph id is indexed."""
    keys = archive.catalogue.stamped_keys()[:, 0]
    return Counter(archive.catalogue.paragraph_ids(keys).values())


def assert_sound(archive: Archive, embedder: FakeEmbedder) -> None:
    """Every article whole, every paragraph once, every index the catalogue's."""
    assert_catalogue_sound(archive, embedder)
    assert_indexes_agree(archive)


def assert_catalogue_sound(archive: Archive, embedder: FakeEmbedder) -> None:
    connection = sqlite3.connect(archive.catalogue_path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    catalogue = archive.catalogue
    expected = 0
    for stored in catalogue.articles():
        identity = stored.header.article_id
        article = catalogue.article(identity)
        assert article is not None
        found = catalogue.paragraphs_of(identity)
        whole = split_paragraphs(article.text)
        assert [one.paragraph_id for one in found] == [one.paragraph_id for one in whole]
        assert all(article.text[one.start : one.end] == one.text for one in found)
        expected += sum(one.kind is not ParagraphKind.FURNITURE for one in found)
    keys = catalogue.stamped_keys()[:, 0]
    assert keys.size == expected
    details = catalogue.details(keys)
    assert details.keys() == set(keys.tolist())
    words = {one.key: one.words.tolist() for one in catalogue.candidates(keys)}
    for key, one in catalogue.paragraphs(keys).items():
        wanted = embedder.vector(one.paragraph.text)
        assert np.allclose(details[key].paragraph, wanted, atol=1e-6)
        assert details[key].token_counts.size == len(one.paragraph.sentences)
        texts = [span.of(one.paragraph.text) for span in one.paragraph.sentences]
        assert words[key] == codes_of(texts).tolist()


def assert_indexes_agree(archive: Archive) -> None:
    view = archive.view()
    assert not view.degraded
    assert view.vectors is not None
    assert view.terms is not None
    keys = archive.catalogue.stamped_keys()[:, 0]
    assert np.array_equal(view.vectors.keys(), keys)
    assert len(view.terms) == keys.size
    found, vectors = archive.catalogue.vectors(keys)
    answer = view.vectors._collection.query(query_embeddings=vectors, n_results=1, include=[])
    nearest = np.array([int(ids[0]) for ids in answer["ids"]])
    wrong = np.flatnonzero(nearest != found)
    # Two articles may share a paragraph: then its twin is as near.
    for index in wrong:
        twin = archive.catalogue.vectors([int(nearest[index])])[1][0]
        assert np.allclose(twin, vectors[index], atol=1e-6)
