"""Is the gold really in the archive? Else a slip of a pen would count as a fault of the system."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from rag.evaluation.dataset import Dataset, Gold, Problem

Places = Callable[[Gold], int | None]
"""How many paragraphs hold a gold item; null where the archive has no such article."""

_LONGEST = 60


def checked(dataset: Dataset, places: Places) -> Dataset:
    """Return the dataset without gold that no ranking could find; every fault is named.

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
