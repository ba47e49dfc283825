"""What is measured of one question: a number for each metric.

Null means that the question has nothing to say about it, such as the recall of a question that
has no gold. To add a metric: add it here, and name it in `summary.GROUPS`.
"""

from collections.abc import Mapping

from rag.evaluation import metrics
from rag.evaluation.metrics import MRR_DEPTH, NDCG_DEPTH, RECALL_DEPTHS
from rag.evaluation.solver import Solved
from rag.schema import Verdict

Scores = Mapping[str, float | None]


def scores_of(solved: Solved) -> dict[str, float | None]:
    """Return every score of a question, what a judge said included."""
    answer_scores = _answer_scores(solved) if solved.asked else {}
    return {**_retrieval_scores(solved), **answer_scores, **solved.judged}


def _retrieval_scores(solved: Solved) -> Scores:
    retrieved, gold = solved.retrieved, solved.question.gold
    first = metrics.first_gold_rank(retrieved, gold)
    scores = {
        **{f"recall@{depth}": metrics.recall_at(depth, first) for depth in RECALL_DEPTHS},
        f"mrr@{MRR_DEPTH}": metrics.reciprocal_rank(first),
        f"ndcg@{NDCG_DEPTH}": metrics.ndcg(retrieved, gold),
        "gold_recall": metrics.gold_recall(retrieved, gold, max(RECALL_DEPTHS)),
    }
    return scores if gold else dict.fromkeys(scores)


def _answer_scores(solved: Solved) -> Scores:
    question, answer, gold = solved.question, solved.answer, solved.question.gold
    wanted = question.answer_any
    cited, citations = (solved.cited, solved.citations) if solved.answered else ((), ())
    statements = answer.statements if answer and solved.answered else ()
    # Other gold only names a paragraph, by its first words, say.
    telling = [item for item in gold if not wanted or metrics.contains_answer(item.quote, wanted)]
    hit = metrics.citation_hit(cited, gold) if gold else None
    return {
        "contains_answer": metrics.contains_answer(solved.text, wanted) if wanted else None,
        "token_f1": metrics.token_f1(solved.text, wanted) if wanted else None,
        "citation_hit": hit,
        "citation_precision": metrics.citation_precision(cited, gold) if gold else None,
        "citation_recall": metrics.citation_recall(cited, gold),
        "quote_precision": metrics.quote_precision(citations, telling),
        "quote_recall": metrics.quote_recall(citations, telling),
        "statement_coverage": metrics.mean(float(bool(one.markers)) for one in statements),
        # Of a language model's own sentences, before any repair.
        "own_citations": solved.usage.cited if solved.usage else None,
        **{
            str(verdict): metrics.mean(float(one.verdict is verdict) for one in statements)
            for verdict in Verdict
        },
        "declined": float(solved.abstained) if question.gold_known else None,
        "right": float(solved.abstained) if question.unanswerable else hit,
        "conflict_found": (
            float(bool(answer.conflicts)) if answer and question.conflict is not None else None
        ),
    }
