"""Retrieval over the seeds with the real model, and what becomes of it when parts are missing."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from rag.answering.request import Request, article_filter
from rag.errors import ArchiveEmptyError, CatalogueError
from rag.factory import Byline
from rag.retrieval.hybrid import Retrieval
from rag.schema import ParagraphKind
from tests.support.archives import AP, CNN, byline_of, copy_home, sealed_settings
from tests.support.fakes import FakeEmbedder

PESKOV = "What did Peskov say about the report?"
CALLS = "For how long are Musk and Putin reported to have been in regular contact?"


def found(byline: Byline, question: str, limit: int = 6) -> Retrieval:
    return byline.retriever.retrieve(question, limit=limit)


def texts(retrieval: Retrieval) -> list[str]:
    return [hit.scored.paragraph.text for hit in retrieval.hits]


def copied(of: Byline, home: Path, told: list[str] | None = None) -> Byline:
    """Open a copy of an archive."""
    notify = None if told is None else told.append
    byline = Byline(sealed_settings(home=copy_home(of, home)), notify)
    byline.__dict__["embedder"] = of.embedder
    return byline


@pytest.mark.parametrize(
    ("question", "words", "corrected"),
    [
        ("What did Pescov say about the report?", "Peskov", "peskov"),
        ("Who spreads disinformation about Kamela Haris?", "Kamala Harris", "harris"),
        ("Which company runs a Gigafactry in Shangai?", "Gigafactory Shanghai", "shanghai"),
    ],
)
def test_a_misspelt_name_is_found(seeds: Byline, question: str, words: str, corrected: str) -> None:
    retrieval = found(seeds, question)
    assert words in texts(retrieval)[0]
    assert corrected in retrieval.question.corrected
    assert retrieval.question.text == question


def test_what_two_articles_tell_is_found_in_both(seeds: Byline) -> None:
    retrieval = found(seeds, CALLS)
    assert {hit.scored.article.file for hit in retrieval.hits[:2]} == {CNN, AP}
    assert all("regular contact" in text for text in texts(retrieval)[:2])


def test_hits_are_ranked_scored_and_cut_out_of_their_article(seeds: Byline) -> None:
    retrieval = found(seeds, PESKOV, limit=50)
    assert all(
        len(hit.sentence_scores) == len(hit.scored.paragraph.sentences) > 0
        for hit in retrieval.hits
    )
    hits = [hit.scored for hit in retrieval.hits]
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= 0
    assert sum(scores) <= 1 + 1e-6
    for hit in hits:
        article = seeds.archive.catalogue.article(hit.article.article_id)
        assert article is not None
        assert article.text[hit.paragraph.start : hit.paragraph.end] == hit.paragraph.text
        assert hit.paragraph.kind is not ParagraphKind.FURNITURE
        assert -1 <= hit.similarity <= 1 + 1e-6


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_limit_cuts_the_same_list(seeds: Byline, limit: int) -> None:
    assert texts(found(seeds, PESKOV, limit)) == texts(found(seeds, PESKOV, 20))[:limit]


def test_the_same_question_finds_the_same(seeds: Byline, tmp_path: Path) -> None:
    first, second = found(seeds, CALLS), found(seeds, CALLS)
    assert [hit.scored for hit in first.hits] == [hit.scored for hit in second.hits]
    elsewhere = found(copied(seeds, tmp_path / "home"), CALLS)
    assert [hit.scored for hit in elsewhere.hits] == [hit.scored for hit in first.hits]


@pytest.mark.parametrize(
    ("publisher", "files"), [("CNN", {CNN}), ("ap", {AP}), (None, {CNN, AP}), ("Reuters", set())]
)
def test_a_filter_by_agency(seeds: Byline, publisher: str | None, files: set[str]) -> None:
    only = article_filter(publisher, None, None)
    hits = seeds.engine.search(Request("What do Musk and Putin talk about?", only=only, limit=10))
    assert {hit.article.file for hit in hits} == files


def test_an_article_without_a_date_passes_no_date_filter(seeds: Byline) -> None:
    assert seeds.engine.search(Request(PESKOV, only=article_filter(None, "1900-01-01", None))) == ()


@pytest.fixture(scope="module")
def dated(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Byline:
    """Return an archive of one report a day, by two papers."""
    records = [
        {
            "id": str(day),
            "text": f"The council met on day {day}.\n\nThe budget of day {day} was passed.",
            "source": "The Times" if day % 2 else "The Post",
            "published_at": f"2024-11-{day:02}T12:00:00Z",
        }
        for day in range(1, 9)
    ]
    lines = "\n".join(json.dumps(record) for record in records)
    return byline_of(tmp_path_factory.mktemp("dated"), {"all.jsonl": lines}, seeds.embedder)


@pytest.mark.parametrize(
    ("publisher", "since", "until", "days"),
    [
        (None, "2024-11-07", None, {7, 8}),
        (None, None, "2024-11-02", {1, 2}),
        (None, "2024-11-03", "2024-11-05", {3, 4, 5}),
        ("the times", "2024-11-03", "2024-11-06", {3, 5}),
        ("The Post", None, "2024-11-01", set()),
    ],
)
def test_filters_by_publisher_and_date(
    dated: Byline, publisher: str | None, since: str | None, until: str | None, days: set[int]
) -> None:
    only = article_filter(publisher, since, until)
    hits = dated.engine.search(Request("Was the budget passed?", limit=20, only=only))
    assert {int(hit.article.record or 0) for hit in hits} == days
    assert len(hits) == 2 * len(days)


def test_to_filter_what_is_near_and_to_search_the_passing_exactly_find_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [
        {"id": str(number), "text": f"Storm {number} came.", "source": f"Paper {number % 2}"}
        for number in range(80)
    ]
    lines = "\n".join(json.dumps(record) for record in records)
    byline = byline_of(tmp_path, {"all.jsonl": lines}, FakeEmbedder())
    only = article_filter("paper 1", None, None)
    results = []
    for rare in (0.0, 2.0):
        monkeypatch.setattr("rag.retrieval.hybrid._RARE", rare)
        found = byline.retriever.retrieve("Which storm came?", limit=20, only=only)
        hits = [hit.scored for hit in found.hits]
        results.append([(hit.article.record, round(hit.score, 4)) for hit in hits])
        assert {hit.article.publisher for hit in hits} == {"Paper 1"}
    assert results[0] == results[1]
    assert len(results[0]) == 20


def test_a_paragraph_that_two_articles_share_is_returned_once(
    seeds: Byline, tmp_path: Path
) -> None:
    wire = "The harbour of Tallinn was closed on Friday because of ice, the port authority said."
    articles = {
        "a.txt": f"The mayor spoke to the press.\n\n{wire}\n\nTrains ran on time.",
        "b.txt": f"Ferries wait.\n\n{wire}",
    }
    byline = byline_of(tmp_path, articles, seeds.embedder)
    again = texts(found(byline, "Why was the harbour of Tallinn closed?", limit=10))
    assert again[0] == wire
    assert again.count(wire) == 1
    assert sorted(again) == sorted(
        [wire, "The mayor spoke to the press.", "Trains ran on time.", "Ferries wait."]
    )


def test_furniture_is_never_found(seeds: Byline) -> None:
    hits = seeds.engine.search(Request("Read More. Brought to you by www.srnnews.com", limit=100))
    assert not [hit for hit in hits if "srnnews" in hit.paragraph.text]


def test_an_archive_without_articles_says_what_to_do(tmp_path: Path) -> None:
    byline = Byline(sealed_settings(home=tmp_path / "home"))
    byline.__dict__["embedder"] = FakeEmbedder()
    with pytest.raises(ArchiveEmptyError) as caught:
        byline.retriever.retrieve(PESKOV)
    assert "rag ingest" in caught.value.hint


def test_a_lost_index_is_built_again(seeds: Byline, tmp_path: Path) -> None:
    byline = copied(seeds, tmp_path / "home")
    shutil.rmtree(tmp_path / "home" / "index")
    assert [hit.scored for hit in found(byline, PESKOV).hits] == [
        hit.scored for hit in found(seeds, PESKOV).hits
    ]
    assert (tmp_path / "home" / "index").is_dir()


def test_where_no_index_can_be_built_the_catalogue_is_searched(
    seeds: Byline, tmp_path: Path
) -> None:
    told: list[str] = []
    byline = copied(seeds, tmp_path / "home", told)
    shutil.rmtree(tmp_path / "home" / "index")
    (tmp_path / "home" / "index").write_text("in the way")
    retrieval = found(byline, PESKOV)
    assert "Peskov" in texts(retrieval)[0]
    assert retrieval.archive_size == found(seeds, PESKOV).archive_size
    assert "could not be written" in told[0]
    assert "Searching what is there." in told[0]


def test_the_stems_of_an_article_are_those_of_its_whole_text(seeds: Byline) -> None:
    retrieval = found(seeds, "Who is Bradley Bowman?", limit=1)
    stems = retrieval.article_stems(retrieval.hits[0].scored.article.article_id)
    assert {"gigafactori", "woodward"} <= stems
    assert "axio" not in stems
    assert retrieval.article_stems("no such article") == frozenset()


def test_words_that_do_not_fit_their_sentences_are_damage(seeds: Byline, tmp_path: Path) -> None:
    byline = copied(seeds, tmp_path / "home")
    connection = sqlite3.connect(tmp_path / "home" / "catalogue.sqlite3")
    connection.execute("UPDATE paragraph SET words = x''")
    connection.commit()
    connection.close()
    with pytest.raises(CatalogueError, match="is damaged"):
        found(byline, PESKOV)
