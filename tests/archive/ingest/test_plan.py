"""The plan against a model: files as lists of texts, the catalogue as a list of rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.archive.catalogue import StoredArticle
from rag.archive.ingest.plan import SeenArticle, SyncPlan, plan_sync
from rag.reading import SourceFile
from rag.schema import ArticleHeader

_ROOT = Path("/corpus")
Record = tuple[str | None, str, str | None]
"""Label, text, title."""
Files = Mapping[str, Sequence[Record]]


@dataclass
class _Store:
    """A catalogue in memory that does what a plan says."""

    rows: dict[int, StoredArticle] = field(default_factory=dict)
    last: int = 0

    def sync(
        self,
        files: Files,
        *,
        prune: bool = True,
        unreadable: Iterable[str] = (),
        read: Iterable[str] | None = None,
    ) -> SyncPlan:
        seen = _seen(files, read)
        paths = {str(_ROOT / name) for name in (files if read is None else read)}
        plan = plan_sync(
            seen,
            self.rows.values(),
            in_scope=lambda old: read is None or old.path in paths,
            read=frozenset(paths),
            unreadable=frozenset(str(_ROOT / name) for name in unreadable),
            exists=lambda path: path in {str(_ROOT / name) for name in files},
        )
        for article, key in plan.relabel:
            assert self.rows[key].header.article_id == article.header.article_id
            self._put(key, article)
        replaced = [key for _, key in plan.replace.values()]
        gone = [old.article_key for old in (*plan.superseded, *(plan.missing if prune else ()))]
        assert max(Counter(replaced + gone).values(), default=1) == 1, "a row has two fates"
        for identity, (article, key) in plan.replace.items():
            assert identity == article.header.article_id
            self._put(key, article)
        for article in plan.add.values():
            self.last += 1
            self._put(self.last, article)
        for key in gone:
            del self.rows[key]
        return plan

    def _put(self, key: int, article: SeenArticle) -> None:
        self.rows[key] = StoredArticle(
            key, str(article.source.path), article.source.root, article.header
        )

    @property
    def texts(self) -> dict[str, int]:
        texts = {row.header.article_id: key for key, row in self.rows.items()}
        assert len(texts) == len(self.rows), "an article is stored twice"
        return texts


def _seen(files: Files, read: Iterable[str] | None = None) -> list[SeenArticle]:
    return [
        SeenArticle(
            SourceFile(_ROOT / name, str(_ROOT), name),
            ArticleHeader(text, name, record=label, title=title),
        )
        for name in sorted(files if read is None else read)
        for label, text, title in files[name]
    ]


def _lines(*texts: str) -> list[Record]:
    return [(f"line {number}", text, None) for number, text in enumerate(texts, start=1)]


def _text(text: str) -> list[Record]:
    return [(None, text, None)]


_TEXTS = st.sampled_from("ABCDEFGHIJ")
_TITLES = st.sampled_from([None, None, None, "T", "U"])
_LINES = st.lists(_TEXTS, max_size=6).map(lambda texts: _lines(*texts))
_NAMED = st.lists(st.tuples(st.sampled_from(["x", "y", "z", "w"]), _TEXTS, _TITLES), max_size=5)
_PLAIN = st.tuples(st.none(), _TEXTS, _TITLES).map(lambda record: [record])
_FILES = st.fixed_dictionaries(
    {},
    optional={
        **{f"{name}.txt": _PLAIN for name in "abcd"},
        **{f"{name}.jsonl": _LINES for name in "ef"},
        **{f"{name}.json": _NAMED for name in "gh"},
    },
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_FILES, min_size=1, max_size=5))
def test_after_pruning_what_is_stored_is_what_the_files_say(states: list[Files]) -> None:
    store = _Store()
    for files in states:
        before = store.texts
        store.sync(files)
        said = {
            (text, str(_ROOT / name), label) for name in files for label, text, _ in files[name]
        }
        places = {
            (row.header.article_id, row.path, row.header.record) for row in store.rows.values()
        }
        assert store.texts.keys() == {text for text, _, _ in said}
        assert places <= said, "an article is stored from where it doesn't stand"
        assert {text: key for text, key in store.texts.items() if text in before}.items() <= (
            before.items()
        ), "an article that stayed changed its row"
        again = store.sync(files)
        assert not any([again.add, again.replace, again.relabel, again.superseded])
        assert not again.missing


@settings(max_examples=80, deadline=None)
@given(st.lists(_FILES, min_size=1, max_size=5))
def test_without_pruning_only_what_was_replaced_goes(states: list[Files]) -> None:
    store = _Store()
    for files in states:
        before = store.texts
        plan = store.sync(files, prune=False)
        said = {text for records in files.values() for _, text, _ in records}
        assert said <= store.texts.keys()
        for old in plan.missing:
            assert old.header.article_id in store.texts
        gone = before.keys() - store.texts.keys()
        assert len(gone) <= sum(len(records) for records in files.values())
        assert store.texts.keys() - said == {old.header.article_id for old in plan.missing}


@settings(max_examples=80, deadline=None)
@given(_FILES, _FILES, st.data())
def test_a_part_of_the_files_touches_only_its_own(
    first: Files, second: Files, data: st.DataObject
) -> None:
    store = _Store()
    store.sync(first)
    read = data.draw(st.sets(st.sampled_from(sorted(second)))) if second else set()
    others = {
        row.header.article_id
        for row in store.rows.values()
        if row.path not in {str(_ROOT / name) for name in read}
    }
    present = {**second, **{name: first[name] for name in first if name not in read}}
    store.sync(present, read=read)
    said = {text for name in read for _, text, _ in second[name]}
    assert store.texts.keys() == others | said


@settings(max_examples=80, deadline=None)
@given(_FILES, _FILES, st.data())
def test_nothing_of_an_unreadable_file_is_removed(
    first: Files, second: Files, data: st.DataObject
) -> None:
    store = _Store()
    store.sync(first)
    closed = data.draw(st.sets(st.sampled_from(sorted(first)))) if first else set()
    kept = {
        row.header.article_id
        for row in store.rows.values()
        if row.path in {str(_ROOT / name) for name in closed}
    }
    readable = {name: second[name] for name in second if name not in closed}
    present: dict[str, Sequence[Record]] = {**readable, **{name: [] for name in closed}}
    store.sync(present, unreadable=closed, read=[*readable, *closed])
    assert kept <= store.texts.keys()


def _stored(files: Files) -> _Store:
    store = _Store()
    store.sync(files)
    return store


def test_a_renamed_file_is_relabelled() -> None:
    store = _stored({"a.txt": _text("A")})
    plan = store.sync({"b.txt": _text("A")}, prune=False)
    assert len(plan.relabel) == 1
    assert not any([plan.add, plan.replace, plan.missing])
    assert store.rows[1].header.file == "b.txt"


def test_exchanged_names_are_relabelled() -> None:
    store = _stored({"a.txt": _text("A"), "b.txt": _text("B")})
    plan = store.sync({"a.txt": _text("B"), "b.txt": _text("A")}, prune=False)
    assert len(plan.relabel) == 2
    assert not any([plan.duplicates, plan.superseded])


def test_an_edited_file_is_a_new_version_of_the_same_article() -> None:
    store = _stored({"a.txt": _text("A")})
    plan = store.sync({"a.txt": _text("A2")}, prune=False)
    assert plan.replace.keys() == {"A2"}
    assert store.texts == {"A2": 1}


def test_a_duplicate_is_reported_and_stored_once() -> None:
    store = _Store()
    plan = store.sync({"a.txt": _text("A"), "b.txt": _text("A")})
    assert [(seen.header.file, other) for seen, other in plan.duplicates] == [("b.txt", "a.txt")]
    plan = store.sync({"b.txt": _text("A")})
    assert len(plan.relabel) == 1


def test_the_same_file_given_twice_is_no_duplicate() -> None:
    seen = _seen({"a.txt": _text("A")}) * 2
    plan = plan_sync(
        seen,
        [],
        in_scope=lambda old: True,
        read=frozenset(),
        unreadable=frozenset(),
        exists=lambda path: True,
    )
    assert plan.add.keys() == {"A"}
    assert not plan.duplicates


def test_a_line_inserted_above_moves_the_others() -> None:
    store = _stored({"e.jsonl": _lines("A", "B", "C")})
    plan = store.sync({"e.jsonl": _lines("X", "A", "B", "C")}, prune=False)
    assert plan.add.keys() == {"X"}
    assert len(plan.relabel) == 3
    assert not any([plan.replace, plan.superseded, plan.missing])


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_line_that_was_removed_is_missing_wherever_it_stood(gone: int) -> None:
    texts = ["A", "B", "C"]
    store = _stored({"e.jsonl": _lines(*texts)})
    left = [text for index, text in enumerate(texts) if index != gone]
    plan = store.sync({"e.jsonl": _lines(*left)}, prune=False)
    assert [old.header.article_id for old in plan.missing] == [texts[gone]]
    assert not any([plan.add, plan.replace, plan.superseded])


def test_an_edit_below_an_inserted_line_replaces_the_right_one() -> None:
    store = _stored({"e.jsonl": _lines("A", "B", "C")})
    plan = store.sync({"e.jsonl": _lines("X", "A", "B2", "C")}, prune=False)
    assert plan.add.keys() == {"X"}
    assert {identity: key for identity, (_, key) in plan.replace.items()} == {"B2": 2}
    assert not any([plan.superseded, plan.missing])


def test_two_records_of_one_id_that_both_change_are_both_kept() -> None:
    store = _stored({"g.json": [("x", "A", None), ("x", "B", None)]})
    store.sync({"g.json": [("x", "A2", None), ("x", "B2", None)]})
    assert store.texts == {"A2": 1, "B2": 2}


def test_a_new_title_is_a_new_version() -> None:
    store = _stored({"g.json": [("x", "A", "Old")]})
    plan = store.sync({"g.json": [("x", "A", "New")]})
    assert {identity: key for identity, (_, key) in plan.replace.items()} == {"A": 1}
    assert store.rows[1].header.title == "New"


def test_a_text_that_moves_away_and_one_that_takes_its_place() -> None:
    store = _stored({"a.txt": _text("A")})
    plan = store.sync({"a.txt": _text("N"), "b.txt": _text("A")}, prune=False)
    assert plan.add.keys() == {"N"}
    assert len(plan.relabel) == 1
    assert not any([plan.superseded, plan.missing])


def test_a_file_that_becomes_the_copy_of_another_loses_its_article() -> None:
    store = _stored({"a.txt": _text("A"), "b.txt": _text("B")})
    plan = store.sync({"a.txt": _text("B"), "b.txt": _text("B")}, prune=False)
    assert [old.header.article_id for old in plan.superseded] == ["A"]
    assert len(plan.duplicates) == 1


def test_a_file_that_is_gone_is_missing() -> None:
    store = _stored({"a.txt": _text("A"), "b.txt": _text("B")})
    plan = store.sync({"a.txt": _text("A")}, prune=False)
    assert [old.header.article_id for old in plan.missing] == ["B"]
    assert store.texts.keys() == {"A", "B"}
    store.sync({"a.txt": _text("A")})
    assert store.texts.keys() == {"A"}
