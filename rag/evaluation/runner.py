"""Put questions with known answers to a system, one after the other, and keep what comes back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rag.evaluation.dataset import Problem, Question
from rag.evaluation.record import Line, Record, line_of
from rag.evaluation.solver import Solved, System, solve
from rag.evaluation.summary import Price, summarise

Progress = Callable[[int, int], None]
"""Called after each question with how many are done, and how many there are."""
Judge = Callable[[Solved], Mapping[str, float | None]]
"""Scores of an answer by a language model, by name."""

_LISTED = 100
"""Problems that are named one by one in the figures."""


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The numbers of a run, in the order of the questions."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    """What was left out of the dataset, and why."""
    price: Price | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further figures, such as those of the verdicts."""

    @property
    def errors(self) -> tuple[Record, ...]:
        """The questions that the system failed on; each counts as a miss."""
        return tuple(record for record in self.records if record.error is not None)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures, as `rag eval --json` writes them; null: not measured."""
        listed = [{"where": one.where, "what": one.what} for one in self.problems[:_LISTED]]
        problems = {"n": len(self.problems), "listed": listed}
        return {**summarise(self.records, self.price), **self.more, "problems": problems}


def evaluate(
    system: System,
    questions: Sequence[Question],
    *,
    retrieval_only: bool = False,
    judge: Judge | None = None,
    keep: Callable[[Line], None] | None = None,
    done: Mapping[str, Record] | None = None,
    progress: Progress | None = None,
) -> EvaluationResult:
    """Run all questions; one that fails with a `BylineError` counts as missed.

    Args:
        system: Answers the questions.
        questions: From a dataset.
        retrieval_only: Only search; nothing about answers is measured.
        judge: Scores the answers.
        keep: Given each question's line as soon as it is there.
        done: Questions that were answered before, by id; they aren't asked again.
        progress: Told after each question.
    """
    records = []
    for position, question in enumerate(questions):
        known = (done or {}).get(question.id)
        if known is None:
            solved = solve(system, question, retrieval_only=retrieval_only)
            if judge and solved.answered:
                solved = replace(solved, judged=judge(solved))
            line = line_of(position, solved)
            if keep:
                keep(line)
            known = Record.of(line)
        records.append(known)
        if progress is not None:
            progress(position + 1, len(questions))
    return EvaluationResult(tuple(records))
