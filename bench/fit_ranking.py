"""Learn the weights of `rag/retrieval/ranking.py`, and say what each feature is good for.

Usage: python -m bench.fit_ranking HOME QUESTIONS.jsonl

HOME is an archive that holds the questions' articles (`RAG_HOME=HOME rag ingest ARTICLES`). Every
figure is cross-validated by article: no weight was learned on a question of the article that it is
scored on, the sentences' `paragraph` feature included. The ablation leaves out one feature at a
time and learns the others anew.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.listwise import Example, Matrix, evaluated, learned, stacked
from rag.evaluation import Question, load_questions
from rag.factory import Byline
from rag.retrieval.answer_kind import holds
from rag.retrieval.hybrid import HybridRetriever
from rag.retrieval.ranking import PARAGRAPH_WEIGHTS, SENTENCE_WEIGHTS
from rag.retrieval.rerank import Reranker
from rag.schema import ParagraphKind
from rag.settings import load_settings

_SENTENCES_OF = 10
"""Paragraphs whose sentences compete."""
_FROM_SENTENCES = [name for name in SENTENCE_WEIGHTS if name not in {"paragraph", "speaks"}]
"""`speaks` is set by hand: SQuAD hardly asks for what somebody said."""


def main() -> None:
    """Collect the features, learn, and print one JSON object."""
    byline = Byline(load_settings(home=Path(sys.argv[1])))
    print(json.dumps(ranking_report(byline.retriever, load_questions(Path(sys.argv[2]))), indent=2))


def ranking_report(retriever: HybridRetriever, questions: Sequence[Question]) -> dict[str, Any]:
    """Return figures, ablation and weights, of paragraphs and of sentences."""
    asked = [one for one in questions if one.gold and one.gold[0].file]
    collected = [_examples(one, retriever.candidates(one.question)) for one in asked]
    return {
        "paragraphs": _paragraph_report([one for one, _ in collected]),
        "sentences": _sentence_report(collected),
    }


def _paragraph_report(examples: Sequence[Example]) -> dict[str, Any]:
    names = [*PARAGRAPH_WEIGHTS, "holds_kind"]
    rows = stacked(examples)
    return {
        "all": evaluated(rows, range(len(names))),
        "without": {
            name: evaluated(rows, [i for i in range(len(names)) if i != index])
            for index, name in enumerate(names)
        },
        "alone": {name: evaluated(rows, [index]) for index, name in enumerate(names)},
        "weights": dict(zip(names, learned(rows).round(3).tolist(), strict=True)),
    }


def _sentence_report(collected: Sequence[tuple[Example, list[Example]]]) -> dict[str, Any]:
    names = [*_FROM_SENTENCES, "paragraph"]
    paragraphs = stacked([one for one, _ in collected])
    folds = {
        article: stacked(_with_paragraph(collected, learned(paragraphs, without=article)))
        for article in sorted({one.article for one, _ in collected})
    }
    final = stacked(_with_paragraph(collected, learned(paragraphs)))
    return {
        "all": evaluated(folds, range(len(names))),
        "without": {
            name: evaluated(folds, [i for i in range(len(names)) if i != index])
            for index, name in enumerate(names)
        },
        "weights": dict(zip(names, learned(final).round(3).tolist(), strict=True)),
    }


def _examples(question: Question, found: Reranker) -> tuple[Example, list[Example]]:
    """Return the paragraphs of a question, and the sentences of each."""
    stored = found.read(one.key for one in found.candidates)
    body = [i for i, one in enumerate(found.candidates) if one.kind is ParagraphKind.BODY]
    rows, right, sentences = [], [], []
    for index in body:
        one = stored[found.candidates[index].key]
        features = [getattr(found.features.paragraphs, name)[index] for name in PARAGRAPH_WEIGHTS]
        rows.append([*features, float(found.best_sentence_holds_kind(index, one))])
        right.append(_is_right(question, one.paragraph.text))
        texts = [span.of(one.paragraph.text) for span in one.paragraph.sentences]
        sentences.append(_sentence_example(question, found, index, texts))
    article = question.gold[0].file or ""
    return Example(article, np.array(rows, np.float64), np.array(right)), sentences


def _sentence_example(
    question: Question, found: Reranker, index: int, texts: Sequence[str]
) -> Example:
    features = found.features.sentences_of(index)
    held = np.array([holds(found.question.kind, text, question.question) for text in texts])
    columns = [
        held if name == "holds_kind" else getattr(features, name) for name in _FROM_SENTENCES
    ]
    answers = [
        any(answer.lower() in text.lower() for answer in question.answer_any) for text in texts
    ]
    rows = np.stack(columns, axis=1).astype(np.float64)
    return Example(question.gold[0].file or "", rows, np.array(answers))


def _with_paragraph(
    collected: Sequence[tuple[Example, list[Example]]], weights: Matrix
) -> list[Example]:
    """Return one example a question: the sentences of its best paragraphs, with their score."""
    joined = []
    for paragraphs, sentences in collected:
        scores = paragraphs.rows @ weights
        best = np.argsort(-scores, kind="stable")[:_SENTENCES_OF]
        rows = [
            np.column_stack([sentences[i].rows, np.full(len(sentences[i].rows), scores[i])])
            for i in best
        ]
        right = [sentences[i].right & paragraphs.right[i] for i in best]
        holding = [sentences[i].right for i in best]
        joined.append(
            Example(
                paragraphs.article,
                np.concatenate(rows),
                np.concatenate(right),
                np.concatenate(holding),
            )
        )
    return joined


def _is_right(question: Question, text: str) -> bool:
    joined = " ".join(text.split())
    return any(" ".join((gold.quote or "").split()) in joined for gold in question.gold)


if __name__ == "__main__":
    main()
