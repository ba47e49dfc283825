"""The nouns of a dataset: questions, what a right answer rests on, and what is wrong with them."""

from dataclasses import dataclass
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
