"""The canned questions and claims that come with the package, and the articles they are about."""

from dataclasses import dataclass
from pathlib import Path

from rag.evaluation.lines import DatasetError

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parent


@dataclass(frozen=True, slots=True)
class Canned:
    """Where they lie, with the articles that each is about."""

    questions: Path
    articles: Path
    claims: Path
    claim_articles: tuple[Path, ...]


def canned() -> Canned:
    """Return them: inside an installed package, else those of the checkout.

    Raises:
        DatasetError: There are none.
    """
    folder = seeds_parent = _PACKAGE / "canned"
    if not folder.is_dir():
        folder, seeds_parent = _CHECKOUT / "tests" / "eval", _CHECKOUT
    questions, seeds = folder / "seeds.jsonl", seeds_parent / "seeds"
    if not questions.is_file():
        raise DatasetError(
            "The canned questions did not come with this installation.",
            "Name a file of questions, and their articles with --articles.",
        )
    return Canned(questions, seeds, folder / "verdicts.jsonl", (seeds, folder / "articles"))
