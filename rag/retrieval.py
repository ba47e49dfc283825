"""Question → paragraphs: dense and lexical candidates, scored sentence by sentence, ranked."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rag.answer_kind import holds, speaks
from rag.archive import Archive, View
from rag.catalogue import CatalogueReader, StoredParagraph
from rag.embedding import Embedder, QuestionVectors, mismatch
from rag.errors import IndexDamagedError
from rag.filters import ArticleFilter
from rag.index_building import Keys
from rag.question import AnalysedQuestion, analyse
from rag.ranking import fused_scores, probability, sentence_scores
from rag.schema import Paragraph, ParagraphKind, ScoredParagraph
from rag.scoring import FeatureMaker, ParagraphFeatures
from rag.term_index import stems_of

_DENSE = _LEXICAL = 30
"""Their union holds the right paragraph for 99.8 % of squad-a's questions."""
_LEXICAL_SCORED = 100
"""Dense candidates get their BM25 score from so many lexical ones."""
_TITLE_WEIGHT = 0.3
_WIDENED = 10
"""How many times more candidates are fetched where a filter will drop some."""
_STEMS_CACHED = 20_000
_ARTICLES_CACHED = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked paragraph with the features that ranked it."""

    scored: ScoredParagraph
    features: ParagraphFeatures
    stems: frozenset[str]
    """Of the paragraph and its article's title."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question, and how the question was understood."""

    question: AnalysedQuestion
    hits: tuple[Hit, ...]
    article_stems: Callable[[str], frozenset[str]] = lambda article_id: frozenset()
    """The stems of a whole article, by its id."""
    archive_size: int = 0
    """Paragraphs in the whole archive."""


@dataclass(frozen=True, slots=True)
class _Candidates:
    keys: list[int]
    lexical: dict[int, float]


class HybridRetriever:
    """Finds paragraphs of one archive.

    Args:
        archive: Where to look.
        embedder: Makes the question's vectors; the one that made the archive's.
    """

    def __init__(self, archive: Archive, embedder: Embedder) -> None:
        self._archive = archive
        self._embedder = embedder

    def retrieve(
        self, question: str, *, limit: int = 10, only: ArticleFilter | None = None
    ) -> Retrieval:
        """Return the paragraphs that fit a question best, best first.

        Args:
            question: A question that stands alone.
            limit: How many at most.
            only: Which articles may be searched; null for all.

        Raises:
            ArchiveEmptyError: Nothing has been ingested yet.
            IndexMismatchError: The archive was made, or made anew, with another embedding.
        """
        view = self._archive.view()
        made_with = self._archive.catalogue.fingerprint
        if made_with not in {None, self._embedder.name}:
            raise mismatch(self._archive.home, str(made_with), self._embedder.name)
        try:
            return self._retrieve(view, question, limit, only)
        except IndexDamagedError as error:
            # Files may be damaged after they were checked; what is opened next is sound again.
            self._archive.distrust(view, error)
            return self._retrieve(self._archive.view(), question, limit, only)

    def _retrieve(
        self, view: View, question: str, limit: int, only: ArticleFilter | None
    ) -> Retrieval:
        analysed, vectors = self._understood(question, view)
        candidates = self._candidates(view, analysed, vectors, only)
        stored = self._archive.catalogue.paragraphs(candidates.keys)
        passages = self._archive.catalogue.details(candidates.keys)
        maker = FeatureMaker(analysed, vectors)
        found = [stored[key] for key in candidates.keys if key in stored and key in passages]
        features = maker.all_features(
            [passages[one.key] for one in found],
            [_stems(one.paragraph) for one in found],
            [candidates.lexical.get(one.key, 0.0) for one in found],
        )
        return Retrieval(
            analysed,
            _ranked(analysed, found, features, limit),
            self._article_stems,
            len(view.terms) if view.terms is not None else self._archive.catalogue.counts()[1],
        )

    def _article_stems(self, article_id: str) -> frozenset[str]:
        return _stems_of_article(self._archive.catalogue, article_id)

    def _understood(self, question: str, view: View) -> tuple[AnalysedQuestion, QuestionVectors]:
        vectors = self._embedder.question(question)
        if view.terms is None:
            return AnalysedQuestion(question, question, ()), vectors
        analysed = analyse(question, view.terms, vectors.whole_words)
        if analysed.corrected != question:
            vectors = self._embedder.question(analysed.corrected)
        return analysed, vectors

    def _candidates(
        self,
        view: View,
        question: AnalysedQuestion,
        vectors: QuestionVectors,
        only: ArticleFilter | None,
    ) -> _Candidates:
        allowed = self._allowed(only)
        widened = 1 if allowed is None else _WIDENED
        dense, _ = self._archive.nearest(view, vectors.question, _DENSE * widened)
        lexical, scores = (
            view.terms.search(
                question.weighted_stems(), _LEXICAL_SCORED * widened, title_weight=_TITLE_WEIGHT
            )
            if view.terms is not None
            else (np.zeros(0, np.int64), np.zeros(0, np.float32))
        )
        if allowed is not None:
            dense = dense[np.isin(dense, allowed)]
            if dense.size < min(_DENSE, allowed.size):
                dense, _ = self._archive.nearest_among(vectors.question, allowed, _DENSE)
            kept = np.isin(lexical, allowed)
            lexical, scores = lexical[kept], scores[kept]
        keys = dict.fromkeys([*dense[:_DENSE].tolist(), *lexical[:_LEXICAL].tolist()])
        return _Candidates(list(keys), dict(zip(lexical.tolist(), scores.tolist(), strict=True)))

    def _allowed(self, only: ArticleFilter | None) -> Keys | None:
        if only is None or only.is_open:
            return None
        catalogue = self._archive.catalogue
        return catalogue.keys_of_articles(
            article.article_key for article in catalogue.articles() if only.admits(article.header)
        )


def _stems(paragraph: Paragraph) -> tuple[frozenset[str], ...]:
    return tuple(sentence_stems(span.of(paragraph.text)) for span in paragraph.sentences)


def _all_stems(stored: StoredParagraph) -> frozenset[str]:
    title = sentence_stems(stored.article.title or "")
    return title.union(*_stems(stored.paragraph))


@lru_cache(maxsize=_ARTICLES_CACHED)
def _stems_of_article(catalogue: CatalogueReader, article_id: str) -> frozenset[str]:
    article = catalogue.article(article_id)
    if article is None:
        return frozenset()
    return frozenset(stems_of(f"{article.header.title or ''} {article.text}"))


@lru_cache(maxsize=_STEMS_CACHED)
def sentence_stems(sentence: str) -> frozenset[str]:
    """Return the stems of a sentence's words."""
    return frozenset(stems_of(sentence))


def _ranked(
    question: AnalysedQuestion,
    found: list[StoredParagraph],
    features: list[ParagraphFeatures],
    limit: int,
) -> tuple[Hit, ...]:
    headlines = [one.paragraph.kind is ParagraphKind.HEADLINE for one in found]
    scores = fused_scores(features, headlines)
    shares = probability(scores)
    hits: list[Hit] = []
    texts: set[str] = set()
    for index in np.lexsort((np.array([one.key for one in found]), -scores)):
        if len(hits) >= limit:
            break
        paragraph = found[index].paragraph
        # One wire paragraph in two papers is one source; the first one stands for it.
        if paragraph.text in texts:
            continue
        texts.add(paragraph.text)
        scored = ScoredParagraph(
            paragraph,
            found[index].article,
            rank=len(hits) + 1,
            score=float(shares[index]),
            similarity=features[index].similarity,
            sentence_scores=_sentence_scores(
                question, paragraph, features[index], float(scores[index])
            ),
        )
        hits.append(Hit(scored, features[index], _all_stems(found[index])))
    return tuple(hits)


def _sentence_scores(
    question: AnalysedQuestion, paragraph: Paragraph, features: ParagraphFeatures, score: float
) -> tuple[float, ...]:
    sentences = [span.of(paragraph.text) for span in paragraph.sentences]
    held = [holds(question.kind, sentence, question.text) for sentence in sentences]
    spoken = [reports_speaker(question, sentence) for sentence in sentences]
    return tuple(float(value) for value in sentence_scores(features.sentences, score, held, spoken))


def reports_speaker(question: AnalysedQuestion, sentence: str) -> bool:
    """Tell whether a sentence reports words of the person whose words are asked for."""
    speaker = question.speaker
    return speaker is not None and speaks(speaker, sentence, sentence_stems(sentence))
