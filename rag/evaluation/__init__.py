"""Measure how well a system answers questions whose answers are known.

Dataset → solver → scorers → figures: what is asked, what came back, what each answer is worth, and
what that says of all. Nothing here knows how answers are made: `evaluate` takes whatever searches
and answers.
"""

from rag.evaluation.claims import Claim, load_claims
from rag.evaluation.comparison import compare, format_comparison
from rag.evaluation.dataset import Dataset, Gold, Problem, Question
from rag.evaluation.floors import enforce, load_bounds
from rag.evaluation.lines import DatasetError
from rag.evaluation.loading import load_dataset, load_feedback, load_questions
from rag.evaluation.record import Record
from rag.evaluation.report import format_table, markdown, side_by_side, write_page
from rag.evaluation.runner import EvaluationResult, evaluate
from rag.evaluation.runs import Run, RunWriter
from rag.evaluation.solver import Reply, Solved, System, Usage
from rag.evaluation.verdicts import format_verdicts, judge

__all__ = [
    "Claim",
    "Dataset",
    "DatasetError",
    "EvaluationResult",
    "Gold",
    "Problem",
    "Question",
    "Record",
    "Reply",
    "Run",
    "RunWriter",
    "Solved",
    "System",
    "Usage",
    "compare",
    "enforce",
    "evaluate",
    "format_comparison",
    "format_table",
    "format_verdicts",
    "judge",
    "load_bounds",
    "load_claims",
    "load_dataset",
    "load_feedback",
    "load_questions",
    "markdown",
    "side_by_side",
    "write_page",
]
