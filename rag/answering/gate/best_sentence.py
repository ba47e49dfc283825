"""Retrieval → the sentence that would answer, with what stands around it."""

from dataclasses import dataclass

from rag.models.embedder import Floats
from rag.retrieval.hybrid import Retrieval
from rag.retrieval.question import AnalysedQuestion
from rag.retrieval.rerank import Hit, sentence_stems
from rag.text.stems import stems_of

_LOOKED_AT = 5
"""Paragraphs whose sentences may carry the answer."""
_ALONE = 5.0
"""The lead of a sentence whose paragraph is the only one; about that of a sure answer."""


@dataclass(frozen=True, slots=True)
class BestSentence:
    """The sentence that would answer a question."""

    question: AnalysedQuestion
    hits: tuple[Hit, ...]
    """The paragraphs looked at."""
    hit: Hit
    """Its own."""
    index: int
    """Its place in there."""
    text: str
    runner_up: str
    """The second best sentence; empty where there is none."""
    lead: float
    """How far its score lies above that of the best sentence of another paragraph."""
    stems: frozenset[str]
    article_stems: frozenset[str]
    """Of its whole article and of its paragraph."""
    archive_size: int

    def feature(self, values: Floats) -> float:
        """Return its value among those of its paragraph's sentences."""
        return float(values[self.index]) if values.size else 0.0

    @property
    def around(self) -> list[str]:
        """The sentence with its neighbours."""
        paragraph = self.hit.scored.paragraph
        spans = paragraph.sentences[max(self.index - 1, 0) : self.index + 2]
        return [span.of(paragraph.text) for span in spans]

    @property
    def title_stems(self) -> frozenset[str]:
        """Of its article's title."""
        return frozenset(stems_of(self.hit.scored.article.title or ""))


def best_sentence(retrieval: Retrieval) -> BestSentence | None:
    """Return the best sentence of what was found; null when nothing was."""
    hits = retrieval.hits[:_LOOKED_AT]
    ranked = sorted(
        (
            (-score, place, index)
            for place, hit in enumerate(hits)
            for index, score in enumerate(hit.sentence_scores)
        ),
    )
    if not ranked:
        return None
    best, place, index = ranked[0]
    hit = hits[place]
    text = _text(hit, index)
    elsewhere = next((score - best for score, other, _ in ranked if other != place), _ALONE)
    return BestSentence(
        question=retrieval.question,
        hits=hits,
        hit=hit,
        index=index,
        text=text,
        runner_up=_text(hits[ranked[1][1]], ranked[1][2]) if len(ranked) > 1 else "",
        lead=elsewhere,
        stems=sentence_stems(text),
        article_stems=hit.stems | retrieval.article_stems(hit.scored.article.article_id),
        archive_size=retrieval.archive_size,
    )


def _text(hit: Hit, index: int) -> str:
    paragraph = hit.scored.paragraph
    return paragraph.sentences[index].of(paragraph.text)
