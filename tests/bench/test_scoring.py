from bench.scoring import Chunk, judged, summary
from rag.evaluation.dataset import Gold
from rag.schema import ArticleHeader

GOLD = (Gold(file="a.txt", quote="the oil  crisis\nbegan"),)


def chunk(text: str, file: str = "a.txt") -> Chunk:
    return Chunk(text, ArticleHeader(article_id=file, file=file))


def test_a_long_chunk_is_right_when_it_holds_the_quote_whatever_its_white_space() -> None:
    chunks = [chunk("Something else."), chunk("Before. In 1973 the oil\ncrisis began. After.")]
    assert judged(chunks, GOLD, 1.0).first_right == 2


def test_the_quote_in_another_article_is_wrong() -> None:
    assert judged([chunk("the oil crisis began", "b.txt")], GOLD, 1.0).first_right is None


def test_half_of_the_quote_is_wrong() -> None:
    assert judged([chunk("the oil crisis")], GOLD, 1.0).first_right is None


def test_nothing_found_is_a_miss_and_not_an_error() -> None:
    figures = summary([judged([], GOLD, 4.0)])
    assert figures["recall@10"] == figures["mrr@10"] == figures["words_a_chunk"] == 0


def test_the_summary_counts_ranks_and_times() -> None:
    right, wrong = chunk("the oil crisis began"), chunk("no")
    trials = [judged([right], GOLD, 2.0), judged([wrong, wrong, right], GOLD, 4.0)]
    figures = summary(trials)
    assert figures["recall@1"] == 0.5
    assert figures["recall@3"] == 1.0
    assert figures["mrr@10"] == (1 + 1 / 3) / 2
    assert figures["p50_ms"] == 3.0
