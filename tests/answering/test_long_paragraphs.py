"""Articles in one endless paragraph: every answer and every quotation has an end."""

import time
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.factory import Byline
from rag.reading.paragraphs import LONGEST_PARAGRAPH
from rag.schema import Answer
from rag.text.sentences import LONGEST_SENTENCE
from tests.support.archives import byline_of

FACT = "The Marsh Harbour bridge was closed by engineer Tilda Vance on Monday"
QUESTION = "Who closed the Marsh Harbour bridge?"
FILLING = "x" * 500_000
LONGEST_ANSWER = 4 * LONGEST_SENTENCE
"""Three quotations and the words around them."""


@pytest.mark.parametrize(
    "article",
    [
        f"{FILLING} {FACT}. {FILLING}",
        f"{FACT} {'after the long and heavy rain of that week ' * 300}",
    ],
    ids=["between", "no end"],
)
def test_a_paragraph_of_1_mb_makes_no_endless_answer(
    seeds: Byline, tmp_path: Path, article: str
) -> None:
    byline = byline_of(tmp_path, {"a.txt": article}, seeds.embedder)
    answer = byline.engine.answer(Request(QUESTION))
    assert "Tilda Vance" in answer.text
    bounded(answer, byline)


@pytest.mark.parametrize(
    "question",
    [
        "What did the Marsh Harbour bridge cost?",
        "How many people crossed the Marsh Harbour bridge?",
        "How long was the Marsh Harbour bridge closed?",
    ],
)
@pytest.mark.long
def test_40_kb_of_figures_are_answered_in_2_seconds(figures: Byline, question: str) -> None:
    figures.engine.answer(Request("Who closed the bridge?"))
    begun = time.process_time()
    answer = figures.engine.answer(Request(question))
    assert time.process_time() - begun < 2
    bounded(answer, figures)


@pytest.fixture(scope="module")
def figures(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Byline:
    """Return an archive of one article that is a few sentences and 40 kB of `1,1,1,…`."""
    article = (
        f"{FACT}.\n\nThe Marsh Harbour bridge cost $3 million. {'1,' * 20_000}\n\n"
        "Some 40 people crossed the Marsh Harbour bridge, which was closed for 10 days."
    )
    return byline_of(tmp_path_factory.mktemp("figures"), {"a.txt": article}, seeds.embedder)


def bounded(answer: Answer, byline: Byline) -> None:
    assert answer.citations
    assert len(answer.text) <= LONGEST_ANSWER
    for citation in answer.citations:
        article = byline.archive.catalogue.article(citation.article_id)
        assert article is not None
        assert article.text[citation.start : citation.end] == citation.text
        assert article.text[citation.quote_start : citation.quote_end] == citation.quote
        assert len(citation.quote) <= LONGEST_SENTENCE
        assert len(citation.text) <= LONGEST_PARAGRAPH
    assert all(len(item.text) <= LONGEST_PARAGRAPH for item in answer.evidence)
