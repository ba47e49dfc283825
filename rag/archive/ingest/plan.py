"""What has to happen so that the catalogue agrees with the files: decided before anything is done.

Pure: what was seen and what is stored go in, decisions come out.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.archive.catalogue import Place, StoredArticle
from rag.reading import SourceFile
from rag.schema import ArticleHeader

_POSITION = re.compile(r"(?:line|record) \d+")
"""How the reader labels a record without an id: where it stands, which an insertion changes."""


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article found in the files, without its text."""

    source: SourceFile
    header: ArticleHeader

    @property
    def place(self) -> Place:
        """Where it stands now."""
        return str(self.source.path), self.header.record


@dataclass(slots=True)
class SyncPlan:
    """The decisions."""

    add: dict[str, SeenArticle] = field(default_factory=dict)
    """By article id: nothing of it is stored."""
    replace: dict[str, tuple[SeenArticle, int]] = field(default_factory=dict)
    """By article id: a new text or header of the stored article with this key."""
    relabel: list[tuple[SeenArticle, int]] = field(default_factory=list)
    """Text and header are stored; the place has changed."""
    unchanged: int = 0
    duplicates: list[tuple[SeenArticle, str]] = field(default_factory=list)
    """The same text stands elsewhere too, and is stored from there."""
    superseded: list[StoredArticle] = field(default_factory=list)
    """Their place now holds something that is stored from elsewhere."""
    missing: list[StoredArticle] = field(default_factory=list)
    """Their file or record is gone."""


def plan_sync(
    seen: Sequence[SeenArticle],
    stored: Iterable[StoredArticle],
    *,
    in_scope: Callable[[StoredArticle], bool],
    read: frozenset[str],
    unreadable: frozenset[str],
    exists: Callable[[str], bool],
    recut: Collection[str] = (),
) -> SyncPlan:
    """Compare what was seen, in order, with all that is stored.

    Args:
        seen: Every article of the files read.
        stored: Every article of the catalogue.
        in_scope: Whether a stored article belongs to the folders or files that were read.
        read: Paths of all files that were read, also of those that hold no article.
        unreadable: Paths of files that were read in part or not at all: what is stored stays.
        exists: Whether a path is still there.
        recut: Ids of stored articles that an earlier version of the reader cut otherwise.
    """
    known = (read - unreadable) | {str(article.source.path) for article in seen}
    planner = _Planner(seen, list(stored), lambda path: path not in known and exists(path), recut)
    return planner.plan(in_scope, unreadable)


class _Planner:
    def __init__(
        self,
        seen: Sequence[SeenArticle],
        stored: list[StoredArticle],
        may_hold: Callable[[str], bool],
        recut: Collection[str],
    ) -> None:
        self._seen = seen
        self._stored = stored
        self._may_hold = may_hold
        self._recut = recut
        self._places = {(article.place, article.header.article_id) for article in seen}
        self._by_id = {article.header.article_id: article for article in stored}
        self._claimed: dict[str, SeenArticle] = {}
        self._fresh: set[str] = set()
        self._plan = SyncPlan()

    def plan(
        self, in_scope: Callable[[StoredArticle], bool], unreadable: frozenset[str]
    ) -> SyncPlan:
        for article in self._seen:
            self._decide(article)
        lost = [old for old in self._stored if old.header.article_id not in self._claimed]
        succeeded = self._successions(lost)
        for old in lost:
            # In a file that was read in part, the record above may be the one that was not.
            vague = old.path in unreadable and _is_position(old.header.record)
            if old.article_key in succeeded and not vague:
                self._succeed(old, succeeded[old.article_key])
            elif in_scope(old) and old.path not in unreadable:
                self._plan.missing.append(old)
        self._plan.add = {
            identity: article
            for identity, article in self._claimed.items()
            if self._is_new(identity)
        }
        return self._plan

    def _decide(self, article: SeenArticle) -> None:
        identity = article.header.article_id
        first = self._claimed.get(identity)
        if first is not None:
            if first.place != article.place:
                self._plan.duplicates.append((article, first.header.file))
            return
        known = self._by_id.get(identity)
        if known is None:
            self._fresh.add(identity)
        elif known.place != article.place and self._stands_elsewhere(known):
            self._plan.duplicates.append((article, known.header.file))
            return
        else:
            self._keep(article, known)
        self._claimed[identity] = article

    def _keep(self, article: SeenArticle, known: StoredArticle) -> None:
        here, there = article.header, known.header
        moved = replace(here, file=there.file, record=there.record)
        if moved != there or here.article_id in self._recut:
            self._plan.replace[here.article_id] = (article, known.article_key)
        elif (known.place, known.root, there.file) != (
            article.place,
            article.source.root,
            here.file,
        ):
            self._plan.relabel.append((article, known.article_key))
        else:
            self._plan.unchanged += 1

    def _stands_elsewhere(self, known: StoredArticle) -> bool:
        is_seen = (known.place, known.header.article_id) in self._places
        return is_seen or self._may_hold(known.path)

    def _successions(self, lost: list[StoredArticle]) -> dict[int, SeenArticle]:
        """Return, by article key, what now stands where a lost article stood."""
        vacant: defaultdict[object, deque[StoredArticle]] = defaultdict(deque)
        gone = {old.article_key for old in lost}
        for gap, old in self._gaps():
            if old.article_key in gone:
                vacant[gap].append(old)
        taken: dict[int, SeenArticle] = {}
        for gap, article in self._newcomers():
            if vacant[gap]:
                taken[vacant[gap].popleft().article_key] = article
        return taken

    def _gaps(self) -> Iterator[tuple[object, StoredArticle]]:
        """Name the gap in which each stored article stood.

        A record without an id stood after the nearest one above it that is still in the file, so
        that neither an insertion nor a removal elsewhere makes it look edited.
        """
        anchored: dict[str, str] = {}
        for old in sorted(self._stored, key=_order):
            identity = old.header.article_id
            claim = self._claimed.get(identity)
            if not _is_position(old.header.record):
                yield old.place, old
            elif claim and claim.place[0] == old.path and _is_position(claim.place[1]):
                anchored[old.path] = identity
            else:
                yield (old.path, anchored.get(old.path), "after"), old

    def _newcomers(self) -> Iterator[tuple[object, SeenArticle]]:
        anchored: dict[str, str] = {}
        for article in self._seen:
            path, record = article.place
            identity = article.header.article_id
            known = self._by_id.get(identity)
            stays = known and known.path == path and self._claimed.get(identity) is article
            if stays and known and _is_position(record) and _is_position(known.header.record):
                anchored[path] = identity
            elif not _is_position(record):
                if not (stays and known and known.place == article.place):
                    yield article.place, article
            else:
                yield (path, anchored.get(path), "after"), article

    def _succeed(self, old: StoredArticle, article: SeenArticle) -> None:
        identity = article.header.article_id
        if self._is_new(identity) and self._claimed[identity].place == article.place:
            self._plan.replace[identity] = (article, old.article_key)
        else:
            self._plan.superseded.append(old)

    def _is_new(self, identity: str) -> bool:
        return identity in self._fresh and identity not in self._plan.replace


def _order(old: StoredArticle) -> tuple[str, int, int]:
    record = old.header.record
    position = int((record or "").split()[1]) if _is_position(record) else 0
    return old.path, position, old.article_key


def _is_position(record: str | None) -> bool:
    return record is not None and _POSITION.fullmatch(record) is not None
