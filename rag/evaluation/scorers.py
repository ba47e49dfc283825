"""What is measured of one question: plain functions, each from what was solved to a number.

Null means that the question has nothing to say about it, such as the recall of a question that
has no gold. To add a metric: write its function, and name it in `RETRIEVAL` or `ANSWERS` and in
`summary.GROUPS`.
"""

from collections.abc import Callable, Mapping
from functools import partial

from rag.evaluation import metrics
from rag.evaluation.dataset import Gold, Question
from rag.evaluation.metrics import MRR_DEPTH, NDCG_DEPTH, RECALL_DEPTHS
from rag.evaluation.solver import Solved
from rag.schema import Verdict

Scorer = Callable[[Solved], float | None]


def recall(depth: int, solved: Solved) -> float | None:
    """Whether a right paragraph is among the first `depth`."""
    gold = solved.question.gold
    rank = metrics.first_gold_rank(solved.retrieved, gold)
    return metrics.recall_at(depth, rank) if gold else None


def reciprocal_rank(solved: Solved) -> float | None:
    """One divided by the rank of the first right paragraph."""
    gold = solved.question.gold
    rank = metrics.first_gold_rank(solved.retrieved, gold)
    return metrics.reciprocal_rank(rank) if gold else None


def ndcg(solved: Solved) -> float | None:
    """How near the ranking is to the ideal one, all gold counted."""
    gold = solved.question.gold
    return metrics.ndcg(solved.retrieved, gold) if gold else None


def gold_recall(solved: Solved) -> float | None:
    """The share of the gold that was retrieved."""
    return metrics.gold_recall(solved.retrieved, solved.question.gold, max(RECALL_DEPTHS))


def contains_answer(solved: Solved) -> float | None:
    """Whether the text holds one of the answers."""
    wanted = solved.question.answer_any
    return metrics.contains_answer(solved.text, wanted) if wanted else None


def token_f1(solved: Solved) -> float | None:
    """How many words the text and the best of the answers share."""
    wanted = solved.question.answer_any
    return metrics.token_f1(solved.text, wanted) if wanted else None


def citation_hit(solved: Solved) -> float | None:
    """Whether a gold paragraph is cited."""
    gold = solved.question.gold
    return metrics.citation_hit(_counted(solved), gold) if gold else None


def citation_precision(solved: Solved) -> float | None:
    """The share of the cited paragraphs that are gold; null where none is cited."""
    gold = solved.question.gold
    return metrics.citation_precision(_counted(solved), gold) if gold else None


def citation_recall(solved: Solved) -> float | None:
    """The share of the gold paragraphs that are cited."""
    return metrics.citation_recall(_counted(solved), solved.question.gold)


def quote_precision(solved: Solved) -> float | None:
    """The share of the quotations that hold gold words."""
    citations = solved.citations if solved.answered else ()
    return metrics.quote_precision(citations, _telling(solved.question))


def quote_recall(solved: Solved) -> float | None:
    """The share of the gold words that are quoted."""
    citations = solved.citations if solved.answered else ()
    return metrics.quote_recall(citations, _telling(solved.question))


def statement_coverage(solved: Solved) -> float | None:
    """The share of the answer's sentences that cite a paragraph."""
    said = solved.answer.statements if solved.answer and solved.answered else ()
    return metrics.mean(float(bool(one.markers)) for one in said)


def verdict(which: Verdict, solved: Solved) -> float | None:
    """The share of the answer's sentences that got this verdict."""
    said = solved.answer.statements if solved.answer and solved.answered else ()
    return metrics.mean(float(one.verdict is which) for one in said)


def own_citations(solved: Solved) -> float | None:
    """The share of a language model's own sentences that cite a paragraph, before any repair."""
    return solved.usage.cited if solved.usage else None


def declined(solved: Solved) -> float | None:
    """Whether the system abstained; null for a question whose gold nobody knows."""
    return float(solved.abstained) if solved.question.gold_known else None


def right(solved: Solved) -> float | None:
    """Whether the answer was the right one to give: a gold paragraph cited, or rightly declined."""
    if solved.question.unanswerable:
        return float(solved.abstained)
    return citation_hit(solved)


def conflict_found(solved: Solved) -> float | None:
    """Whether a contradiction was shown; null where nobody looked whether there is one."""
    if solved.question.conflict is None or solved.answer is None:
        return None
    return float(bool(solved.answer.conflicts))


def _counted(solved: Solved) -> tuple[metrics.Passage, ...]:
    return solved.cited if solved.answered else ()


def _telling(question: Question) -> list[Gold]:
    """Return the gold whose words answer; others only name a paragraph, by its first words, say."""
    wanted = question.answer_any
    return [
        item for item in question.gold if not wanted or metrics.contains_answer(item.quote, wanted)
    ]


RETRIEVAL: Mapping[str, Scorer] = {
    **{f"recall@{depth}": partial(recall, depth) for depth in RECALL_DEPTHS},
    f"mrr@{MRR_DEPTH}": reciprocal_rank,
    f"ndcg@{NDCG_DEPTH}": ndcg,
    "gold_recall": gold_recall,
}
ANSWERS: Mapping[str, Scorer] = {
    "contains_answer": contains_answer,
    "token_f1": token_f1,
    "citation_hit": citation_hit,
    "citation_precision": citation_precision,
    "citation_recall": citation_recall,
    "quote_precision": quote_precision,
    "quote_recall": quote_recall,
    "statement_coverage": statement_coverage,
    "own_citations": own_citations,
    **{str(which): partial(verdict, which) for which in Verdict},
    "declined": declined,
    "right": right,
    "conflict_found": conflict_found,
}


def scores_of(solved: Solved) -> dict[str, float | None]:
    """Return every score of a question, what a judge said included."""
    scorers = {**RETRIEVAL, **ANSWERS} if solved.asked else RETRIEVAL
    return {name: scorer(solved) for name, scorer in scorers.items()} | dict(solved.judged)
