"""Questions asked of archives that hold their answer and of others → features of the gate.

One archive is kept and changed from set to set, so that each paragraph is embedded once.
"""

import json
import math
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.faults import say
from bench.systems import embedded_settings
from rag.answering.gate import VETOES, GateFeatures, best_sentence, features_of
from rag.evaluation import Question, load_questions
from rag.factory import Byline
from rag.retrieval.followup import standalone

COLUMNS = [*(one.name for one in fields(GateFeatures)), "size"]
_SEEDS, _SEEDS_QUESTIONS = Path("seeds"), Path("tests/eval/seeds.jsonl")
_NEWS = (50, 500, 2225)
"""Articles."""
_LIMIT = 6
"""Paragraphs, as an answer looks at them."""
_SMALLEST = 10

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """One set of questions, each asked of one archive."""

    articles: NDArray[np.str_]
    """The article that each belongs to."""
    values: Matrix
    """(questions, `COLUMNS`): features, and the logarithm of the archive's size."""
    vetoed: NDArray[np.bool_]
    """(questions, `VETOES`)"""


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    article: str
    answerable: bool


class _Collection:
    """Builds the archives, one after another.

    Args:
        work: Where archive and features are kept.
        shared: Where squad-a and bbc-news are.
    """

    def __init__(self, work: Path, shared: Path) -> None:
        self._squad = sorted((shared / "squad-a" / "articles").iterdir())
        self._asked = list(_squad_questions(shared / "squad-a" / "questions.jsonl"))
        self._answerable = [one for one in self._asked if one.answerable]
        self._news = shared / "bbc-news.jsonl"
        self._corpus = work / "articles"
        self._work = work

    def sets(self) -> Mapping[str, Callable[[], Sample]]:
        """Return how each set is collected, in an order that embeds little."""
        adversarial = [one for one in self._asked if not one.answerable]
        several: dict[str, Callable[[], Sample]] = {
            "seeds": lambda: self._ask(_seeds_questions(), [_SEEDS]),
            "squad to seeds": lambda: self._ask(self._answerable[::3], [_SEEDS]),
            "alone": partial(self._by_article, within=True),
            "other": partial(self._by_article, within=False),
            "left out": self._left_out,
            "squad": lambda: self._ask(self._answerable, self._squad),
            "adversarial": lambda: self._ask(adversarial, self._squad),
        }
        for count in _NEWS:
            several[f"bbc {count}"] = partial(self._of_news, count)
        several["squad+bbc"] = lambda: self._ask(self._answerable, self._squad, _NEWS[-1])
        several["half+bbc"] = self._halves
        return several

    def _by_article(self, *, within: bool) -> Sample:
        step = 1 if within else len(self._squad) + 1
        return _joined(
            self._ask([q for q in self._answerable if (q.article == one.name) is within][::step],
                      [one])
            for one in self._squad
        )  # fmt: skip

    def _left_out(self) -> Sample:
        return _joined(
            self._ask(
                [q for q in self._answerable if q.article == left.name],
                [one for one in self._squad if one is not left],
            )
            for left in self._squad
        )

    def _of_news(self, count: int) -> Sample:
        return self._ask(self._answerable[::2], [], count)

    def _halves(self) -> Sample:
        halves = [self._squad[::2], self._squad[1::2]]
        return _joined(
            self._ask([q for q in self._answerable if q.article not in {a.name for a in half}],
                      half, _NEWS[-1])
            for half in halves
        )  # fmt: skip

    def _ask(self, asked: Sequence[_Asked], articles: Sequence[Path], news: int = 0) -> Sample:
        shutil.rmtree(self._corpus, ignore_errors=True)
        self._corpus.mkdir(parents=True)
        for one in articles:
            copy = shutil.copytree if one.is_dir() else shutil.copy
            copy(one, self._corpus / one.name)
        if news:
            lines = self._news.read_text(encoding="utf-8").splitlines()
            chosen = np.random.default_rng(0).permutation(len(lines))[:news]
            text = "\n".join(lines[index] for index in chosen)
            (self._corpus / "news.jsonl").write_text(text, encoding="utf-8")
        self._byline.ingest([self._corpus], prune=True)
        return _joined(_row(self._byline, one) for one in asked)

    @cached_property
    def _byline(self) -> Byline:
        return Byline(embedded_settings(self._work / "home"))


def collected(work: Path, shared: Path) -> dict[str, Sample]:
    """Return every set by its name, those of an earlier run as they were kept."""
    work.mkdir(parents=True, exist_ok=True)
    samples = {}
    for name, collect in _Collection(work, shared).sets().items():
        kept = work / f"{name}.pickle"
        if not kept.exists():
            sample = collect()
            say(f"{name}: {len(sample.values)} questions")
            kept.write_bytes(pickle.dumps(sample))
        samples[name] = pickle.loads(kept.read_bytes())  # noqa: S301 - written by the line above
    return samples


def _row(byline: Byline, asked: _Asked) -> Sample:
    retrieval = byline.retriever.retrieve(asked.question, limit=_LIMIT)
    parts = [best for part in retrieval.parts or (retrieval,) if (best := best_sentence(part))]
    best = max(parts, key=lambda one: features_of(one).similarity)
    size = math.log(max(best.archive_size, _SMALLEST))
    return Sample(
        np.array([asked.article]),
        np.array([[*astuple(features_of(best)), size]]),
        np.array([[rule(best) is not None for rule in VETOES]]),
    )


def _joined(samples: Iterable[Sample]) -> Sample:
    several = list(samples)
    return Sample(
        np.concatenate([one.articles for one in several]),
        np.concatenate([one.values for one in several]),
        np.concatenate([one.vetoed for one in several]),
    )


def _squad_questions(path: Path) -> Iterator[_Asked]:
    for line in path.read_text(encoding="utf-8").splitlines():
        read = json.loads(line)
        # An adversarial question has no gold; `near` says which article it was written for.
        yield _Asked(read["question"], read["near"]["file"], bool(read["gold"]))


def _seeds_questions() -> list[_Asked]:
    def asked(one: Question) -> _Asked:
        return _Asked(standalone(one.question, one.history), "seeds", one.answerable)

    return [asked(one) for one in load_questions(_SEEDS_QUESTIONS) if one.answerable]
