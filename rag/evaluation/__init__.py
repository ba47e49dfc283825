"""Measure how well a system answers questions whose answers are known.

Nothing here knows how answers are made: `evaluate` takes whatever searches and answers.
"""

from rag.evaluation.dataset import DatasetError, Gold, Question, bundled_articles, load_questions
from rag.evaluation.report import EvaluationResult, QuestionRecord, format_table
from rag.evaluation.runner import Progress, System, evaluate

__all__ = [
    "DatasetError",
    "EvaluationResult",
    "Gold",
    "Progress",
    "Question",
    "QuestionRecord",
    "System",
    "bundled_articles",
    "evaluate",
    "format_table",
    "load_questions",
]
