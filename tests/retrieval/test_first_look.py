"""The first look in retrieval: many are found, few are compared closely, the right one is."""

from pathlib import Path

import pytest

from rag.factory import Byline
from rag.retrieval.hybrid import _LOOKED_AT
from rag.retrieval.rerank import Reranker
from tests.support.archives import byline_of
from tests.support.fakes import FakeEmbedder

RIGHT = "The council of Tartu sold its old tram depot to a circus."
QUESTION = "To whom did the council of Tartu sell its old tram depot?"


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Byline:
    """Return an archive of eighty paragraphs about councils, and the one that is asked for."""
    others = [f"The council of district {number} met its mayor again." for number in range(80)]
    text = "\n\n".join([*others[:40], RIGHT, *others[40:]])
    return byline_of(tmp_path_factory.mktemp("crowded"), {"a.txt": text}, FakeEmbedder())


def texts(byline: Byline, limit: int, question: str = QUESTION) -> list[str]:
    hits = byline.retriever.retrieve(question, limit=limit).hits
    return [hit.scored.paragraph.text for hit in hits]


def texts_of(found: Reranker) -> list[str]:
    stored = found.read(one.key for one in found.candidates)
    return [one.paragraph.text for one in stored.values()]


def test_of_many_candidates_few_are_looked_at_and_the_right_one_is_first(crowded: Byline) -> None:
    assert len(texts(crowded, 60)) > _LOOKED_AT
    looked_at = crowded.retriever.candidates(QUESTION)
    assert len(looked_at.candidates) == len(looked_at.features.paragraphs.similarity) == _LOOKED_AT
    assert RIGHT in texts_of(looked_at)
    assert texts(crowded, 1) == [RIGHT]


def test_the_first_look_keeps_what_is_best_by_meaning_and_words(
    crowded: Byline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.retrieval.hybrid._LOOKED_AT", 1)
    looked_at = crowded.retriever.candidates(QUESTION)
    assert texts_of(looked_at) == [RIGHT]


@pytest.mark.parametrize("limit", [1, 24, 25, 60, 100])
def test_as_many_are_returned_as_are_wanted_and_found(
    crowded: Byline, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr("rag.retrieval.hybrid._FOUND", 70)
    found = texts(crowded, limit)
    assert len(found) == len(set(found))
    assert len(found) == limit if limit <= 60 else 70 <= len(found) <= 81
    assert found[0] == RIGHT


@pytest.mark.parametrize(
    "question",
    [
        "What did Peskov say about the report?",
        "For how long are Musk and Putin reported to have been in regular contact?",
        "Who is Bradley Bowman?",
        "How many times have Putin and Xi Jinping met since 2013?",
    ],
)
def test_looking_at_all_of_them_finds_no_better_one(
    seeds: Byline, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    few = texts(seeds, 1, question)
    monkeypatch.setattr("rag.retrieval.hybrid._LOOKED_AT", 1000)
    assert texts(seeds, 1, question) == few


def test_what_vanished_between_two_statements_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    byline = byline_of(tmp_path, {"a.txt": f"Rain fell.\n\n{RIGHT}\n\nSnow fell."}, FakeEmbedder())
    catalogue = byline.archive.catalogue
    details = catalogue.details
    (gone,) = (
        key for key, one in catalogue.paragraphs(range(9)).items() if one.paragraph.text == RIGHT
    )
    monkeypatch.setattr(
        catalogue, "details", lambda keys: {k: v for k, v in details(keys).items() if k != gone}
    )
    assert sorted(texts(byline, 5)) == ["Rain fell.", "Snow fell."]
