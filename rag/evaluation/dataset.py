"""A dataset: questions, what a right answer rests on, and what is wrong with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that a right paragraph holds, and where that paragraph is from."""

    file: str | None = None
    url: str | None = None
    quote: str = ""
    """Empty: any paragraph of the source will do."""
    record: str | None = None
    """The id of a record in a many-article file, where no file or URL names the source."""
    grade: float = 1.0
    """How relevant it is, where a benchmark grades that."""

    @property
    def source(self) -> str:
        """What names the article."""
        return self.file or self.url or f"record {self.record}"


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what a right answer rests on; without gold it must be declined."""

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...] = ()
    answer_any: tuple[str, ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    conflict: bool | None = None
    """Whether the articles contradict one another about it; null: nobody looked."""
    gold_known: bool = True
    """False for a reader's complaint: it says that an answer was bad, not what a good one is."""

    @property
    def answerable(self) -> bool:
        """Whether the archive is known to hold an answer."""
        return bool(self.gold)

    @property
    def unanswerable(self) -> bool:
        """Whether the archive is known to hold none."""
        return self.gold_known and not self.gold


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a dataset that doesn't stop the run."""

    where: str
    """The file and line, or the question."""
    what: str

    def __str__(self) -> str:
        """Return it in one line."""
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, what was left out of them, and the articles that came with them."""

    name: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...] = ()
    articles: tuple[Path, ...] = ()
    """Empty: they have to be named."""


Places = Callable[[Gold], int | None]
"""How many paragraphs hold a gold item; null where the archive has no such article."""

_LONGEST = 60
"""Characters of a quotation in a message."""


def checked(dataset: Dataset, places: Places) -> Dataset:
    """Return the dataset without gold that no ranking could find; every fault is named.

    Else a slip of a pen would count as a fault of the system.

    A question that loses all of its gold is left out: it is not unanswerable. A quotation that
    stands in several paragraphs is kept, and each of them counts as right.
    """
    questions, problems = [], list(dataset.problems)
    for question in dataset.questions:
        found = [(item, places(item)) for item in question.gold]
        problems += [Problem(question.id, what) for what in _faults(found)]
        kept = tuple(item for item, count in found if count)
        if kept or not question.gold:
            questions.append(replace(question, gold=kept))
        else:
            problems.append(Problem(question.id, "none of its gold is there: left out."))
    return replace(dataset, questions=tuple(questions), problems=tuple(problems))


def _faults(found: list[tuple[Gold, int | None]]) -> Iterator[str]:
    for item, count in found:
        if count is None:
            yield f"the archive has no article {item.source!r}."
        elif count == 0:
            yield f"no paragraph of {item.source} holds {_short(item)}."
        elif count > 1 and item.quote:
            yield f"{count} paragraphs of {item.source} hold {_short(item)}; each counts as right."


def _short(item: Gold) -> str:
    quote = item.quote
    return repr(quote if len(quote) <= _LONGEST else quote[:_LONGEST] + "…")
