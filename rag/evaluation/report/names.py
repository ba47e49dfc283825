"""What the figures are called for people, and in which direction they are better."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it is shown."""

    group: str
    name: str
    title: str
    lower_is_better: bool = False


KEY_FIGURES = (
    Shown("answer", "citation_hit", "a right paragraph cited"),
    Shown("answer", "citation_precision", "cited paragraphs that are right"),
    Shown("answer", "citation_recall", "right paragraphs that are cited"),
    Shown("retrieval", "recall@1", "a right paragraph ranked first"),
    Shown("abstention", "on_unanswerable", "unanswerable questions declined"),
    Shown("abstention", "on_answerable", "answerable questions declined", lower_is_better=True),
)

FIGURES = (
    Shown("overall", "right", "right: gold cited, or rightly declined"),
    Shown("retrieval", "recall@1", "retrieval: recall@1"),
    Shown("retrieval", "recall@3", "recall@3"),
    Shown("retrieval", "recall@5", "recall@5"),
    Shown("retrieval", "recall@10", "recall@10"),
    Shown("retrieval", "mrr@10", "mrr@10"),
    Shown("retrieval", "ndcg@10", "ndcg@10"),
    Shown("retrieval", "gold_recall", "share of all gold among the first ten"),
    Shown("answer", "contains_answer", "answers: contain the answer's words"),
    Shown("answer", "token_f1", "token F1"),
    Shown("answer", "citation_hit", "a right paragraph cited"),
    Shown("answer", "citation_precision", "citation precision, paragraphs"),
    Shown("answer", "citation_recall", "citation recall, paragraphs"),
    Shown("answer", "quote_precision", "citation precision, quotations"),
    Shown("answer", "quote_recall", "citation recall, quotations"),
    Shown("answer", "statement_coverage", "statements that cite a paragraph"),
    Shown("answer", "own_citations", "sentences that the model itself cited"),
    Shown("statements", "supported", "verdicts: supported"),
    Shown("statements", "partial", "partial"),
    Shown("statements", "unsupported", "unsupported", lower_is_better=True),
    Shown("statements", "unchecked", "unchecked"),
    Shown("abstention", "on_unanswerable", "abstention: unanswerable questions declined"),
    Shown("abstention", "on_answerable", "answerable questions declined", lower_is_better=True),
    Shown("conflicts", "found", "conflicts that were shown"),
    Shown("conflicts", "found_where_none_is", "shown where there is none", lower_is_better=True),
    Shown("judge", "faithfulness", "LLM-as-judge, an opinion: faithful"),
    Shown("judge", "relevancy", "LLM-as-judge, an opinion: relevant"),
)
