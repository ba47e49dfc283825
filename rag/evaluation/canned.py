"""The canned questions and claims that come with the package, and the articles they are about."""

from dataclasses import dataclass
from pathlib import Path

from rag.evaluation.lines import DatasetError

NAME = "seeds"
_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Canned:
    """Where they lie."""

    questions: Path
    articles: Path
    """What the questions are asked of."""
    claims: Path
    claim_articles: tuple[Path, ...]


def canned() -> Canned:
    """Return them: inside an installed package, else those of the checkout.

    Raises:
        DatasetError: There are none.
    """
    installed = _PACKAGE / "canned"
    tests = _CHECKOUT / "tests" / "eval"
    found = (
        Canned(
            installed / "seeds.jsonl",
            installed / "seeds",
            installed / "verdicts.jsonl",
            (installed / "seeds", installed / "articles"),
        )
        if installed.is_dir()
        else Canned(
            tests / "seeds.jsonl",
            _CHECKOUT / "seeds",
            tests / "verdicts.jsonl",
            (_CHECKOUT / "seeds", tests / "articles"),
        )
    )
    if not found.questions.is_file():
        raise DatasetError(
            "The canned questions did not come with this installation.",
            "Name a file of questions, and their articles with --articles.",
        )
    return found
