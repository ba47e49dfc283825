"""Learn the weights of `rag/ranking.py` and say how well they carry over to other articles.

Usage: python bench/fit_ranking.py HOME QUESTIONS.jsonl

HOME is an archive that holds the questions' articles (`RAG_HOME=HOME rag ingest ARTICLES`). For
paragraphs and for sentences it prints the weights, and how often the right one comes first (and its
mean reciprocal rank) under weights that were learned without the question's own article.

A listwise softmax: the weights maximise the likelihood of the right candidate among all that were
found, by gradient ascent with a small quadratic penalty. Sentence weights are printed for features
divided by their standard deviation; `rag/ranking.py` holds them for the features as they are.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.answer_kind import holds
from rag.evaluation import Question, load_questions
from rag.factory import Byline
from rag.ranking import PARAGRAPH_WEIGHTS, SENTENCE_WEIGHTS, features_matrix
from rag.retrieval import Hit, Retrieval
from rag.schema import ParagraphKind
from rag.settings import load_settings

_CANDIDATES = 60
_STEPS, _RATE = 150, 1.0
_PARAGRAPH_PENALTY, _SENTENCE_PENALTY = 0.02, 0.005
_SENTENCES_OF = 10
"""Paragraphs whose sentences compete."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: a row of features a candidate, and which candidates are right."""

    article: str
    rows: Matrix
    right: NDArray[np.bool_]


def main() -> None:
    """Collect the features, learn, and print one JSON object."""
    byline = Byline(load_settings(home=Path(sys.argv[1])))
    paragraphs, sentences = [], []
    for question in load_questions(Path(sys.argv[2])):
        if question.gold and question.gold[0].file:
            found = byline.retriever.retrieve(question.question, limit=_CANDIDATES)
            paragraphs.append(_paragraph_example(question, found.hits))
            sentences.append(_sentence_example(question, found))
    report = {
        "paragraphs": _learned(paragraphs, list(PARAGRAPH_WEIGHTS), _PARAGRAPH_PENALTY),
        "sentences": _learned(_scaled(sentences), list(SENTENCE_WEIGHTS)[:-1], _SENTENCE_PENALTY),
    }
    print(json.dumps(report, indent=2))


def _paragraph_example(question: Question, hits: Sequence[Hit]) -> Example:
    body = [hit for hit in hits if hit.scored.paragraph.kind is ParagraphKind.BODY]
    matrix = features_matrix([hit.features for hit in body]).astype(np.float64)
    return Example(_article(question), matrix, np.array([_is_right(question, hit) for hit in body]))


def _sentence_example(question: Question, found: Retrieval) -> Example:
    rows, right = [], []
    for hit in found.hits[:_SENTENCES_OF]:
        features, paragraph = hit.features.sentences, hit.scored.paragraph
        for index, span in enumerate(paragraph.sentences):
            text = span.of(paragraph.text)
            held = holds(found.question.kind, text, question.question)
            rows.append(
                (
                    features.similarity[index],
                    features.interaction[index],
                    features.coverage[index],
                    # The fused score, up to a constant that is the same for all candidates.
                    np.log(hit.scored.score + 1e-12),
                    held,
                )
            )
            answers = any(answer.lower() in text.lower() for answer in question.answer_any)
            right.append(answers and _is_right(question, hit))
    return Example(_article(question), np.array(rows, np.float64), np.array(right))


def _article(question: Question) -> str:
    return question.gold[0].file or ""


def _is_right(question: Question, hit: Hit) -> bool:
    text = " ".join(hit.scored.paragraph.text.split())
    return any(" ".join((gold.quote or "").split()) in text for gold in question.gold)


def _scaled(examples: list[Example]) -> list[Example]:
    # Sentence features keep their absolute size in the product; learning wants them alike.
    spread = np.concatenate([example.rows for example in examples]).std(axis=0) + 1e-9
    return [Example(one.article, one.rows / spread, one.right) for one in examples]


def _learned(examples: list[Example], names: list[str], penalty: float) -> dict[str, object]:
    ranks: list[int | None] = []
    for article in sorted({example.article for example in examples}):
        weights = _fit([one for one in examples if one.article != article], penalty)
        ranks += [_rank(one, weights) for one in examples if one.article == article]
    final = _fit(examples, penalty)
    return {
        "n": len(examples),
        "first_cross_validated": round(sum(rank == 1 for rank in ranks) / len(ranks), 4),
        "mrr_cross_validated": round(sum(1 / rank for rank in ranks if rank) / len(ranks), 4),
        "weights": {name: round(float(w), 2) for name, w in zip(names, final, strict=True)},
    }


def _fit(examples: list[Example], penalty: float) -> Matrix:
    weights = np.zeros(examples[0].rows.shape[1])
    for _ in range(_STEPS):
        gradient = -penalty * weights * len(examples)
        for one in examples:
            if one.right.any():
                share = np.exp(one.rows @ weights - (one.rows @ weights).max())
                share /= share.sum()
                wanted = share * one.right
                gradient += one.rows.T @ (wanted / wanted.sum() - share)
        weights += _RATE * gradient / len(examples)
    return weights


def _rank(example: Example, weights: Matrix) -> int | None:
    order = np.argsort(-(example.rows @ weights), kind="stable")
    right = np.flatnonzero(example.right[order])
    return int(right[0]) + 1 if right.size else None


if __name__ == "__main__":
    main()
