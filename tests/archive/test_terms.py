from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.archive.terms import TermDocument, TermIndex
from rag.errors import IndexDamagedError
from rag.text.stems import stems_of

_DOCUMENTS = [
    TermDocument(11, "The mayor opened the bridges over the river.", "City news"),
    TermDocument(12, "Elections were held; the electors voted.", "Politics"),
    TermDocument(13, "A café in Zürich was flooded by the river.", "River rises"),
]


@pytest.fixture
def index(tmp_path: Path) -> TermIndex:
    made = TermIndex(tmp_path / "terms", create=True)
    made.update([], iter(_DOCUMENTS))
    return made


def _found(index: TermIndex, words: str, title_weight: float = 0.3) -> list[int]:
    weighted = [(term, 1.0) for term in index.terms(words)]
    keys, _ = index.search(weighted, 10, title_weight=title_weight)
    return [int(key) for key in keys]


def test_words_find_their_inflections(index: TermIndex) -> None:
    assert _found(index, "bridge") == [11]
    assert _found(index, "ELECTION") == [12]


def test_accents_do_not_matter(index: TermIndex) -> None:
    assert _found(index, "cafe Zurich") == [13]
    assert stems_of("Zürich") == stems_of("zurich")


def test_a_title_counts_as_much_as_it_is_told_to(index: TermIndex) -> None:
    assert _found(index, "river") == [13, 11]
    assert _found(index, "politics", title_weight=0) == []
    assert _found(index, "politics") == [12]


def test_scores_fall_and_the_limit_holds(index: TermIndex) -> None:
    terms = [("river", 1.0), ("flood", 2.0)]
    keys, scores = index.search(terms, 10, title_weight=0)
    assert keys.tolist() == [13, 11]
    assert scores[0] > scores[1] > 0
    assert index.search(terms, 1, title_weight=0)[0].tolist() == [13]


def test_nothing_asked_is_nothing_found(index: TermIndex) -> None:
    assert index.search([], 10, title_weight=1)[0].size == 0
    assert index.search([("river", 1.0)], 0, title_weight=1)[0].size == 0
    assert _found(index, "unheard") == []
    assert index.frequency("") == 0


def test_update_removes_and_adds(index: TermIndex, tmp_path: Path) -> None:
    index.update([11, 99], iter([TermDocument(14, "The river again.", "")]))
    assert sorted(_found(index, "river")) == [13, 14]
    assert len(index) == 3
    reopened = TermIndex(tmp_path / "terms")
    assert sorted(_found(reopened, "river")) == [13, 14]
    assert reopened.frequency("river") == 2


def test_a_key_may_be_replaced_in_one_update(index: TermIndex) -> None:
    index.update([12], iter([TermDocument(12, "Elections were held.", "Another title")]))
    assert _found(index, "another") == [12]
    assert _found(index, "politics") == []
    assert len(index) == 3


def test_it_may_live_in_memory_alone() -> None:
    index = TermIndex(None)
    index.update([], iter(_DOCUMENTS))
    assert _found(index, "bridge") == [11]


def test_an_empty_index_opens(tmp_path: Path) -> None:
    TermIndex(tmp_path / "terms", create=True).update([], iter(()))
    assert len(TermIndex(tmp_path / "terms")) == 0
    assert _found(TermIndex(tmp_path / "terms"), "river") == []


def test_many_threads_may_search(index: TermIndex) -> None:
    def work(number: int) -> list[int]:
        return _found(index, f"river bridges {number}")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(work, range(400)))
    assert all(sorted(keys) == [11, 13] for keys in found)


def test_very_long_and_odd_words_do_no_harm(index: TermIndex) -> None:
    odd = TermDocument(15, f"{'x' * 70_000} {'y' * 200} \0 \u202e ok", "t" * 100_000)
    index.update([], iter([odd]))
    assert _found(index, "ok") == [15]


def _damages(folder: Path) -> Iterator[None]:
    (folder / "meta.json").write_text("")
    yield
    (folder / "meta.json").write_text("{}")
    yield
    (folder / "meta.json").unlink()
    yield


def test_a_folder_without_an_index_is_damage_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        TermIndex(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    TermIndex(tmp_path / "terms", create=True).update([], iter(_DOCUMENTS))
    for _ in _damages(tmp_path / "terms"):
        with pytest.raises(IndexDamagedError):
            TermIndex(tmp_path / "terms")
