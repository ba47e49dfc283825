"""The write path end to end, with a fake embedder that tells what it was asked for."""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.archive.catalogue import CatalogueWriter
from rag.archive.ingest import IngestReport, rebuild
from rag.errors import ArchiveEmptyError, ArticleError, IndexMismatchError
from rag.models.embedder import PassageVectors
from rag.reading import paragraphs
from rag.reading.paragraphs import paragraph_id
from rag.schema import Paragraph, ParagraphKind
from rag.text import sentences
from tests.support.archive_checks import (
    assert_sound,
    ids_in_files,
    ingest,
    paragraph_ids,
    stored_ids,
)
from tests.support.corpus import article, write_records, write_texts
from tests.support.fakes import FakeEmbedder


class _Bench:
    """An archive, its corpus and its embedder; every ingestion is checked."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.messages: list[str] = []
        self.archive = Archive(folder / "home", notify=self.messages.append)
        self.embedder = FakeEmbedder()

    def ingest(self, *paths: Path, prune: bool = False) -> IngestReport:
        self.embedder.embedded.clear()
        report = ingest(
            self.archive, *(paths or (self.corpus,)), embedder=self.embedder, prune=prune
        )
        assert report.embedded == len(self.embedder.embedded)
        if report.paragraphs:
            assert_sound(self.archive, self.embedder)
        assert (report.articles, report.paragraphs) == self.archive.catalogue.counts()
        return report


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[_Bench]:
    made = _Bench(tmp_path)
    write_texts(made.corpus, range(4), paragraphs=3, words=12)
    yield made
    made.archive.close()


def test_the_second_time_nothing_is_embedded_and_nothing_published(bench: _Bench) -> None:
    first = bench.ingest()
    assert (first.added, first.embedded, first.paragraphs) == (4, 16, 16)
    ids, view = paragraph_ids(bench.archive), bench.archive.view()
    second = bench.ingest()
    assert (second.added, second.updated, second.renamed, second.removed) == (0, 0, 0, 0)
    assert (second.unchanged, second.embedded) == (4, 0)
    assert paragraph_ids(bench.archive) == ids
    assert bench.archive.view() is view


def test_an_edit_embeds_and_renames_only_what_it_touched(bench: _Bench) -> None:
    bench.ingest()
    before = paragraph_ids(bench.archive)
    path = bench.corpus / "00001.txt"
    lines = path.read_text().split("\n")
    lines[2] = "Another sentence altogether."
    path.write_text("\n".join(lines))
    report = bench.ingest()
    assert (report.updated, report.added, report.embedded) == (1, 0, 1)
    assert bench.embedder.embedded == ["Another sentence altogether."]
    after = paragraph_ids(bench.archive)
    assert len(before - after) == len(after - before) == 1


def test_a_paragraph_put_in_front_shifts_the_others_without_embedding_them(bench: _Bench) -> None:
    bench.ingest()
    path = bench.corpus / "00001.txt"
    headline, rest = path.read_text().split("\n", 1)
    path.write_text(f"{headline}\nA paragraph that was put in.\n{rest}")
    assert bench.ingest().embedded == 1


def test_a_renamed_file_keeps_ids_and_costs_nothing(bench: _Bench) -> None:
    bench.ingest()
    before = paragraph_ids(bench.archive)
    (bench.corpus / "sub").mkdir()
    (bench.corpus / "00001.txt").rename(bench.corpus / "sub" / "moved.txt")
    report = bench.ingest()
    assert (report.renamed, report.unchanged, report.embedded, report.missing) == (1, 3, 0, ())
    assert paragraph_ids(bench.archive) == before
    assert "sub/moved.txt" in {one.header.file for one in bench.archive.catalogue.articles()}


def test_a_missing_file_is_reported_and_removed_only_with_prune(bench: _Bench) -> None:
    bench.ingest()
    (bench.corpus / "00002.txt").unlink()
    report = bench.ingest()
    assert (report.missing, report.removed, report.articles) == (("00002.txt",), 0, 4)
    report = bench.ingest(prune=True)
    assert (report.missing, report.removed, report.articles) == ((), 1, 3)
    assert stored_ids(bench.archive) == ids_in_files(bench.corpus)


def test_prune_leaves_other_folders_alone(bench: _Bench, tmp_path: Path) -> None:
    write_texts(tmp_path / "other", range(10, 12))
    bench.ingest(bench.corpus, tmp_path / "other")
    shutil.rmtree(tmp_path / "other")
    report = bench.ingest(prune=True)
    assert (report.removed, report.articles) == (0, 6)


def test_everything_may_be_pruned_and_come_back(bench: _Bench) -> None:
    bench.ingest()
    ids = paragraph_ids(bench.archive)
    for path in bench.corpus.iterdir():
        path.unlink()
    report = bench.ingest(prune=True)
    assert (report.removed, report.paragraphs) == (4, 0)
    with pytest.raises(ArchiveEmptyError):
        bench.archive.view()
    write_texts(bench.corpus, range(4), paragraphs=3, words=12)
    assert bench.ingest().added == 4
    assert paragraph_ids(bench.archive) == ids


def test_duplicates_are_reported_and_stored_once(bench: _Bench) -> None:
    shutil.copy(bench.corpus / "00000.txt", bench.corpus / "copy.txt")
    report = bench.ingest()
    assert report.added == 4
    assert [(one.where, one.reason) for one in report.skipped] == [
        ("copy.txt", "it has the same text as 00000.txt")
    ]


def test_the_same_record_twice_in_one_file_and_again_in_another(bench: _Bench) -> None:
    first, second, third = (article(f"x{number}", 2, 12) for number in range(3))
    record = {"id": "1", "text": first}
    lines = [record, record, {"id": "2", "text": second}]
    (bench.corpus / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    write_records(bench.corpus / "b.jsonl", {"1": first, "3": third})
    report = bench.ingest()
    assert report.added == 4 + 3
    assert [one.where for one in report.skipped] == ["b.jsonl, 1"]


def test_a_path_given_twice_and_in_another_spelling_is_one(bench: _Bench, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(bench.corpus)
    first = bench.ingest(bench.corpus, bench.corpus / "00000.txt", tmp_path / "link")
    assert (first.added, first.skipped) == (4, ())
    second = bench.ingest(tmp_path / "home" / ".." / "corpus")
    assert (second.unchanged, second.renamed, second.skipped) == (4, 0, ())


def test_a_new_title_indexes_the_terms_again_and_embeds_nothing(bench: _Bench) -> None:
    record = {"id": "1", "title": "Zeppelins land", "text": "The council met.\nIt was late."}
    path = bench.corpus / "r.jsonl"
    path.write_text(json.dumps(record))
    bench.ingest()
    assert _found(bench, "zeppelins") == 2
    path.write_text(json.dumps({**record, "title": "Comets fall"}))
    report = bench.ingest()
    assert (report.updated, report.embedded) == (1, 0)
    assert (_found(bench, "zeppelins"), _found(bench, "comets")) == (0, 2)


def test_a_title_that_is_given_makes_the_headline_a_paragraph(bench: _Bench) -> None:
    text = article("headed", 3, 12)
    path = bench.corpus / "r.jsonl"
    path.write_text(json.dumps({"id": "1", "text": text}))
    bench.ingest()
    path.write_text(json.dumps({"id": "1", "title": "Given", "text": text}))
    assert bench.ingest().embedded == 0
    (stored,) = (one for one in bench.archive.catalogue.articles() if one.header.record == "1")
    first = bench.archive.catalogue.paragraphs_of(stored.header.article_id)[0]
    assert (stored.header.title, first.kind) == ("Given", ParagraphKind.BODY)
    assert _found(bench, "given") == 4


def _found(bench: _Bench, word: str) -> int:
    terms = bench.archive.view().terms
    assert terms is not None
    weighted = [(term, 1.0) for term in terms.terms(word)]
    return int(terms.search(weighted, 10, title_weight=1.0)[0].size)


def test_a_file_that_can_no_longer_be_read_keeps_its_articles(bench: _Bench) -> None:
    write_records(bench.corpus / "r.jsonl", [article("r1"), article("r2")])
    bench.ingest()
    with (bench.corpus / "r.jsonl").open("r+") as file:
        file.truncate(40)
    (bench.corpus / "00000.txt").write_bytes(b"\0\1\2" * 100)
    report = bench.ingest(prune=True)
    assert (report.removed, report.articles) == (0, 6)
    assert {one.where for one in report.skipped} == {"00000.txt", "r.jsonl, line 1"}


def test_an_emptied_file_of_records_gives_its_articles_up_to_others(bench: _Bench) -> None:
    text = article("wanders")
    write_records(bench.corpus / "r.jsonl", [text])
    bench.ingest()
    (bench.corpus / "r.jsonl").write_text("")
    (bench.corpus / "z.txt").write_text(text)
    report = bench.ingest(prune=True)
    assert (report.renamed, report.removed, report.articles) == (1, 0, 5)


def test_an_emptied_file_is_missing(bench: _Bench) -> None:
    bench.ingest()
    (bench.corpus / "00001.txt").write_text("")
    assert bench.ingest().missing == ("00001.txt",)
    assert bench.ingest(prune=True).removed == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_keeps_its_articles(bench: _Bench) -> None:
    write_texts(bench.corpus / "sub", range(50, 52))
    bench.ingest()
    (bench.corpus / "sub").chmod(0)
    try:
        assert bench.ingest(prune=True).removed == 0
    finally:
        (bench.corpus / "sub").chmod(0o700)


def test_a_file_that_became_something_else_keeps_its_article(bench: _Bench) -> None:
    bench.ingest()
    (bench.corpus / "00001.txt").unlink()
    (bench.corpus / "00001.txt").symlink_to("/dev/null")
    assert bench.ingest(prune=True).removed == 0


@pytest.mark.parametrize("room", [1_000_000, 0])
def test_a_file_that_changes_meanwhile_is_stored_as_it_was_kept_or_reported(
    bench: _Bench, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    changing = bench.corpus / "00003.txt"
    opening = Archive.writer

    def change(archive: Archive) -> CatalogueWriter:
        changing.write_text("Another text altogether.\nWritten meanwhile.")
        return opening(archive)

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "writer", change)
        patched.setattr("rag.archive.ingest.scan._KEPT_CHARACTERS", room)
        report = bench.ingest()
    assert report.added == (4 if room else 3)
    assert [one.where for one in report.skipped] == ([] if room else ["00003.txt"])
    again = bench.ingest()
    assert (again.added, again.updated) == ((0, 1) if room else (1, 0))


def test_a_path_that_is_not_there_is_refused_before_anything_is_made(bench: _Bench) -> None:
    with pytest.raises(ArticleError, match="There is no file or folder"):
        bench.ingest(bench.corpus / "nowhere")
    assert not bench.archive.home.exists()


def test_another_embedding_is_refused_with_a_way_out(bench: _Bench) -> None:
    bench.ingest()
    with pytest.raises(IndexMismatchError, match="made with the embedding fake") as error:
        ingest(bench.archive, bench.corpus, embedder=FakeEmbedder("other", 64))
    assert "rag ingest --rebuild" in error.value.hint
    assert_sound(bench.archive, bench.embedder)


def test_progress_goes_through_all_stages(bench: _Bench) -> None:
    from rag.archive.ingest import Ingestion

    told: list[tuple[str, int, int]] = []
    run = Ingestion(
        bench.archive, bench.embedder, max_bytes=10**6, progress=lambda *step: told.append(step)
    )
    run.run([bench.corpus])
    assert [stage for stage, done, total in told if done == total] == ["embed", "index"]
    assert ("read", 4, 0) in told


def test_rebuild_embeds_the_stored_texts_and_keeps_all_ids(bench: _Bench) -> None:
    bench.ingest()
    ids = paragraph_ids(bench.archive)
    shutil.rmtree(bench.corpus)
    other = FakeEmbedder("other", 64)
    report = rebuild(bench.archive, other)
    assert (report.embedded, report.articles, report.paragraphs) == (16, 4, 16)
    assert paragraph_ids(bench.archive) == ids
    assert bench.archive.catalogue.fingerprint == "other"
    assert_sound(bench.archive, other)
    assert [path.name for path in bench.archive.home.glob("*rebuilding*")] == []
    with pytest.raises(IndexMismatchError):
        bench.ingest(bench.archive.home)


def test_a_rebuild_that_fails_midway_changes_nothing(bench: _Bench) -> None:
    class Failing(FakeEmbedder):
        def passages(self, paragraphs: Sequence[Paragraph]) -> list[PassageVectors]:
            raise KeyboardInterrupt

    bench.ingest()
    view = bench.archive.view()
    with pytest.raises(KeyboardInterrupt):
        rebuild(bench.archive, Failing("other", 64))
    assert bench.archive.view() is view
    assert_sound(bench.archive, bench.embedder)
    assert [path.name for path in bench.archive.home.glob("*rebuilding*")] == []


def test_what_a_killed_rebuild_left_is_cleared(bench: _Bench) -> None:
    bench.ingest()
    (bench.archive.home / "catalogue.rebuilding.sqlite3").write_bytes(b"half")
    (bench.archive.home / "catalogue.rebuilding.sqlite3-wal").write_bytes(b"half")
    rebuild(bench.archive, bench.embedder)
    assert_sound(bench.archive, bench.embedder)


def test_rebuilding_nothing_is_refused(bench: _Bench) -> None:
    with pytest.raises(ArchiveEmptyError):
        rebuild(bench.archive, bench.embedder)


def test_many_changes_in_turn_stay_sound(bench: _Bench) -> None:
    """Incremental generations, the worn graph built anew among them."""
    write_texts(bench.corpus, range(30), paragraphs=3, words=12)
    bench.ingest()
    removed = []
    for turn in range(8):
        for number in range(turn * 2, turn * 2 + 4):
            (bench.corpus / f"{number:05d}.txt").unlink(missing_ok=True)
        write_texts(bench.corpus, range(100 + turn * 4, 104 + turn * 4), paragraphs=3, words=12)
        bench.ingest(prune=True)
        generation = bench.archive.view().generation
        assert generation is not None
        removed.append(generation.seal.removed)
    assert 0 in removed[1:], "the graph was built anew once it was worn"
    assert stored_ids(bench.archive) == ids_in_files(bench.corpus)


def test_what_a_killed_writer_committed_is_published_on_opening(bench: _Bench) -> None:
    bench.ingest()
    writer = CatalogueWriter(bench.archive.catalogue_path)
    (first, *_) = bench.archive.catalogue.articles()
    writer.remove([first.article_key])
    writer.close()
    view = bench.archive.view()
    assert view.terms is not None
    assert len(view.terms) == 12
    assert_sound(bench.archive, bench.embedder)


def test_an_old_archive_with_a_very_long_paragraph_is_read_and_mended(
    bench: _Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = " ".join(
        f"Sentence {number} says that it rained; it snowed too." for number in range(150)
    )
    shared = "word " * 300 + "end."
    (bench.corpus / "long.txt").write_text(f"{long}\n\nShort.")
    (bench.corpus / "other.txt").write_text(f"{shared}\n\nShort.")
    with monkeypatch.context() as earlier:
        earlier.setattr(paragraphs, "LONGEST_PARAGRAPH", 10**9)
        earlier.setattr(sentences, "LONGEST_SENTENCE", 10**9)
        bench.ingest()
    before = paragraph_ids(bench.archive)
    texts = [one.paragraph.text for one in bench.archive.catalogue.find(paragraph_id(long))]
    assert texts == [long]
    (bench.corpus / "copy.txt").write_text(f"Another beginning.\n\n{shared}")
    report = bench.ingest()
    assert (report.added, report.updated, report.unchanged) == (1, 1, 5)
    after = paragraph_ids(bench.archive)
    assert set(before - after) == {paragraph_id(long)}
    assert bench.ingest().updated == 0
