import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.archive.catalogue import ArticleWrite, CatalogueReader, CatalogueWriter
from rag.schema import ParagraphKind
from rag.text.stems import codes_of
from tests.support.catalogues import TEXT, parse, store
from tests.support.fakes import FakeEmbedder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "catalogue.sqlite3"


@pytest.fixture
def writer(path: Path) -> Iterator[CatalogueWriter]:
    opened = CatalogueWriter(path)
    yield opened
    opened.close()


@pytest.fixture
def reader(writer: CatalogueWriter, path: Path) -> Iterator[CatalogueReader]:
    opened = CatalogueReader(path)
    yield opened
    opened.close()


def test_what_was_stored_is_read(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    parsed = store(writer, tmp_path, TEXT)
    identity = parsed.article.header.article_id
    assert reader.article(identity) == parsed.article
    assert reader.paragraphs_of(identity) == parsed.paragraphs
    assert reader.counts() == (1, 3)
    (stored,) = reader.articles()
    assert stored.header == parsed.article.header
    found = reader.find(parsed.paragraphs[1].paragraph_id)
    assert [one.paragraph for one in found] == [parsed.paragraphs[1]]
    assert found[0].article == parsed.article.header


def test_vectors_come_back_to_the_bit(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    parsed = store(writer, tmp_path, TEXT)
    keys = reader.stamped_keys()[:, 0]
    paragraphs, details = reader.paragraphs(keys), reader.details(keys)
    found, vectors = reader.vectors(keys)
    for key, vector in zip(found.tolist(), vectors, strict=True):
        (made,) = FakeEmbedder().passages([paragraphs[key].paragraph])
        assert np.array_equal(vector, made.paragraph)
        assert np.array_equal(details[key].paragraph, made.paragraph)
        assert np.array_equal(details[key].sentences, made.sentences)
        assert np.array_equal(details[key].tokens, made.tokens)
        assert np.array_equal(details[key].token_counts, made.token_counts)
    known = reader.known_passages([parsed.paragraphs[1].paragraph_id, "unheard"])
    assert known.keys() == {parsed.paragraphs[1].paragraph_id}


def test_candidates_hold_the_words_and_the_kind_of_their_paragraphs(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    keys = reader.stamped_keys()[:, 0].tolist()
    paragraphs = reader.paragraphs(keys)
    found = reader.candidates([*reversed(keys), 99])
    assert {one.key for one in found} == set(keys)
    for one in found:
        stored = paragraphs[one.key]
        texts = [span.of(stored.paragraph.text) for span in stored.paragraph.sentences]
        assert one.words.tolist() == codes_of(texts).tolist()
        assert one.kind is stored.paragraph.kind


def test_furniture_is_no_candidate_and_what_is_gone_is_left_out(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    parsed = store(writer, tmp_path, TEXT)
    (furniture,) = reader.find(parsed.paragraphs[2].paragraph_id)
    for key in (furniture.key, 99):
        assert reader.candidates([key]) == []
        assert reader.details([key]) == {}


def test_furniture_is_stored_and_never_indexed(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    parsed = store(writer, tmp_path, TEXT)
    assert parsed.paragraphs[2].kind is ParagraphKind.FURNITURE
    (furniture,) = reader.find(parsed.paragraphs[2].paragraph_id)
    assert furniture.key not in reader.stamped_keys()[:, 0]


def test_an_edit_keeps_the_keys_of_what_it_did_not_touch(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    (stored,) = reader.articles()
    before = {one.paragraph.text: key for key, one in reader.paragraphs(range(20)).items()}
    store(writer, tmp_path, TEXT.replace("last", "final"), old=stored.article_key)
    after = {one.paragraph.text: key for key, one in reader.paragraphs(range(20)).items()}
    assert after.keys() - before.keys() == {"The final one."}
    assert {text: key for text, key in after.items() if text in before}.items() <= before.items()
    assert "The last one." not in after
    assert after["The final one."] > max(before.values())
    assert reader.counts() == (1, 3)


def test_removal_takes_everything_along(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    store(writer, tmp_path, "Another one.\nWith a second paragraph.", "b.txt")
    first = next(iter(reader.articles()))
    writer.remove([first.article_key])
    assert reader.counts() == (1, 2)
    connection = sqlite3.connect(reader.path)
    for table in ("vector", "detail"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (2,)
    connection.close()


def test_a_failed_store_leaves_nothing(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    state = reader.state
    parsed, source = parse(tmp_path, "A new one.\nIts vectors are missing.", "b.txt")
    with pytest.raises(KeyError):
        writer.store([ArticleWrite(parsed, source)], {})
    assert reader.counts() == (1, 3)
    assert reader.state == state
    store(writer, tmp_path, "A new one.\nIts vectors are there.", "b.txt")
    assert reader.counts() == (2, 5)


def test_keys_are_never_used_twice(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    before = set(reader.stamped_keys()[:, 0].tolist())
    writer.remove([article.article_key for article in reader.articles()])
    store(writer, tmp_path, TEXT)
    assert before.isdisjoint(reader.stamped_keys()[:, 0].tolist())


def test_a_stamp_changes_with_the_title_alone(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    before = reader.stamped_keys()
    connection = sqlite3.connect(reader.path)
    connection.execute("UPDATE article SET path = 'elsewhere'")
    connection.commit()
    assert np.array_equal(reader.stamped_keys(), before)
    connection.execute("UPDATE article SET title = 'Another'")
    connection.commit()
    connection.close()
    after = reader.stamped_keys()
    assert np.array_equal(after[:, 0], before[:, 0])
    assert (after[:, 1] != before[:, 1]).all()


def test_many_keys_at_once(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, "\n".join(f"Paragraph {number} says so." for number in range(1201)))
    keys = reader.stamped_keys()[:, 0]
    assert len(reader.paragraphs(keys)) == len(reader.paragraph_ids(keys)) == keys.size
    assert len(reader.candidates(keys)) == len(reader.details(keys)) == keys.size
    assert reader.vectors(keys)[1].shape == (keys.size, 384)
    assert reader.vectors([])[1].size == 0


def test_threads_read_while_one_writes(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    stop, errors = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                assert len(reader.paragraphs(reader.stamped_keys()[:, 0])) >= 3
            except Exception as error:  # noqa: BLE001  # reported by the test
                errors.append(error)
                return

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(30):
            store(writer, tmp_path, f"Number {number} here.\nAnd there.", f"{number}.txt")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not errors
    assert len(reader._pool._idle) <= 5, "a connection for each reader, not for each thread"


def test_threads_that_end_leave_no_connections(
    writer: CatalogueWriter, reader: CatalogueReader
) -> None:
    for _ in range(30):
        thread = threading.Thread(target=reader.counts)
        thread.start()
        thread.join()
    assert len(reader._pool._idle) == 1


def test_a_catalogue_that_was_exchanged_is_read_anew(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    assert reader.counts() == (1, 3)
    other = CatalogueWriter(tmp_path / "other.sqlite3")
    other.close()
    writer.close()
    (tmp_path / "other.sqlite3").replace(reader.path)
    assert reader.counts() == (0, 0)


def test_closing_merges_the_log_although_a_reader_is_open(
    writer: CatalogueWriter, reader: CatalogueReader, tmp_path: Path
) -> None:
    store(writer, tmp_path, TEXT)
    assert reader.counts() == (1, 3)
    writer.close()
    log = reader.path.with_name(f"{reader.path.name}-wal")
    assert not log.exists() or log.stat().st_size == 0
