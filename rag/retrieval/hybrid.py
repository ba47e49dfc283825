"""Question → paragraphs: dense and lexical candidates, scored sentence by sentence, ranked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, zip_longest
from math import ceil

import numpy as np

from rag.archive import Archive, View
from rag.archive.catalogue import EVERY_ARTICLE, ArticleFilter, CatalogueReader, Keys
from rag.archive.catalogue.database import damaged
from rag.errors import IndexDamagedError
from rag.models.embedder import Embedder, Floats, QuestionVectors, mismatch
from rag.retrieval.features import FeatureMaker
from rag.retrieval.followup import parts_of
from rag.retrieval.question import AnalysedQuestion, analyse
from rag.retrieval.ranking import first_scores
from rag.retrieval.rerank import SPARE, Hit, Reranker
from rag.retrieval.word_matches import match_words
from rag.text.stems import stems_of

_FOUND = 30
"""Candidates by meaning, and as many by words; more where more are wanted. Their union holds the
right paragraph for 99.8 % of squad-a's questions."""
_LOOKED_AT = 32
"""Candidates whose token vectors are read and compared. squad-a, cross-validated, recall@5 and
mrr@10: 0.980 and 0.931 with 20; 0.981 and 0.932 with 32 and with all 45; a question takes 0.08 to
0.1 times the floor more with 32 than with 20."""
_FURTHER = 8
"""Paragraphs behind the hits in which the other side of a conflict is looked for."""
_TITLE_WEIGHT = 0.3
_RARE = 0.06
"""Share of the articles below which the passing ones are searched exactly. At 50,000 articles, CPU:
exact search takes 25 ms for 2.5 % of them; to fetch a thousand and filter them takes 30 ms."""
_WIDENED = 2
"""How many times more are fetched than would do if the filter dropped by chance."""
_LEXICAL_FILTERED = 300
"""Fetched by words where a filter will drop some."""
_ARTICLES_CACHED = 200


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question, and how the question was understood."""

    question: AnalysedQuestion
    hits: tuple[Hit, ...]
    article_stems: Callable[[str], frozenset[str]] = lambda article_id: frozenset()
    """The stems of a whole article, by its id."""
    archive_size: int = 0
    """Paragraphs in the whole archive."""
    notice: str = ""
    """Why nothing was found, where a filter is the reason."""
    parts: "tuple[Retrieval, ...]" = ()
    """What was found for each part of a question that asks for several things."""
    further: Callable[[], tuple[Hit, ...]] = tuple
    """The next best, ranked only when asked for: they may contradict the hits."""


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
        only = None if only == EVERY_ARTICLE else only
        view = self._archive.view()
        made_with = (
            view.generation.seal.fingerprint
            if view.generation and not view.degraded
            else self._archive.catalogue.fingerprint
        )
        if made_with not in {None, self._embedder.name}:
            raise mismatch(self._archive.home, str(made_with), self._embedder.name)
        try:
            return self._by_parts(view, question, limit, only)
        except IndexDamagedError as error:
            # Files may be damaged after they were checked; what is opened next is sound again.
            self._archive.mark_damaged(view, error)
            return self._by_parts(self._archive.view(), question, limit, only)

    def _by_parts(
        self, view: View, question: str, limit: int, only: ArticleFilter | None
    ) -> Retrieval:
        asked = parts_of(question)
        if len(asked) > limit:  # each part needs a paragraph at least
            asked = (question,)
        parts = [self._retrieve(view, part, limit, only) for part in asked]
        return parts[0] if len(parts) == 1 else _merged(question, parts, limit)

    def _retrieve(
        self, view: View, question: str, limit: int, only: ArticleFilter | None
    ) -> Retrieval:
        catalogue = self._archive.catalogue
        candidates = self._reranker(view, question, max(_LOOKED_AT, limit + SPARE), only)
        size = len(view.terms) if view.terms is not None else catalogue.counts()[1]
        hits = candidates.best(limit)
        further = partial(candidates.further, hits, _FURTHER)
        article_stems = partial(_stems_of_article, catalogue)
        notice = nothing_passes(catalogue, only) if only and not hits else ""
        return Retrieval(candidates.question, hits, article_stems, size, notice, further=further)

    def candidates(self, question: str) -> Reranker:
        """Return what is looked at closely for a question: to learn the weights on."""
        return self._reranker(self._archive.view(), question, _LOOKED_AT, None)

    def _reranker(
        self, view: View, question: str, count: int, only: ArticleFilter | None
    ) -> Reranker:
        """Find candidates, and look closely at as many as are wanted."""
        analysed = (
            analyse(question, view.terms, self._embedder.whole_words(question))
            if view.terms is not None
            else AnalysedQuestion(question, question, ())
        )
        vectors = self._embedder.question(analysed.corrected)
        width = count if count > _LOOKED_AT else _FOUND
        cosines, keys = self._found(view, analysed, vectors, only, width)
        catalogue = self._archive.catalogue
        found = catalogue.candidates(keys)
        words = match_words(analysed, [one.words for one in found])
        farthest = min(cosines.values(), default=0.0)
        similarity = np.array([cosines.get(one.key, farthest) for one in found], np.float32)
        details = catalogue.details(
            found[index].key for index in _best(first_scores(similarity, words), count)
        )
        kept = [index for index, one in enumerate(found) if one.key in details]
        passages = [details[found[index].key] for index in kept]
        close = words.part(np.array(kept, np.intp))
        if close.paragraph_of.size != sum(len(one.token_counts) for one in passages):
            raise damaged(catalogue.path, "words and sentences differ in number")
        features = FeatureMaker(analysed, vectors).features(passages, close)
        return Reranker(analysed, [found[index] for index in kept], features, catalogue.paragraphs)

    def _found(
        self,
        view: View,
        question: AnalysedQuestion,
        vectors: QuestionVectors,
        only: ArticleFilter | None,
        width: int,
    ) -> tuple[dict[int, float], list[int]]:
        """Return the cosines of what is near by meaning, and the keys of all that was found."""
        near, cosines = self._nearest(view, vectors.question, only, width)
        words = self._matching(view, question, only, width)
        cosine_of = dict(zip(near.tolist(), cosines.tolist(), strict=True))
        return cosine_of, list(dict.fromkeys([*cosine_of, *words.tolist()]))

    def _nearest(
        self, view: View, vector: Floats, only: ArticleFilter | None, width: int
    ) -> tuple[Keys, Floats]:
        """Return what is nearest by meaning: of all, of enough to filter, or exactly of a few."""
        if only is None:
            return self._archive.nearest(view, vector, width)
        catalogue = self._archive.catalogue
        share = catalogue.count(only) / max(1, catalogue.count(EVERY_ARTICLE))
        if share >= _RARE:
            keys, cosines = self._archive.nearest(view, vector, ceil(width * _WIDENED / share))
            passing = np.isin(keys, catalogue.passing(keys, only))
            if passing.sum() >= width:
                return keys[passing][:width], cosines[passing][:width]
        return self._archive.nearest_among(vector, only, width)

    def _matching(
        self, view: View, question: AnalysedQuestion, only: ArticleFilter | None, width: int
    ) -> Keys:
        """Return what has the question's words."""
        if view.terms is None:
            return np.zeros(0, np.int64)
        limit = width if only is None else max(_LEXICAL_FILTERED, width)
        terms = question.weighted_stems()
        keys, _ = view.terms.search(terms, limit, title_weight=_TITLE_WEIGHT)
        if only is not None:
            keys = keys[np.isin(keys, self._archive.catalogue.passing(keys, only))]
        return keys[:width]


def nothing_passes(catalogue: CatalogueReader, only: ArticleFilter) -> str:
    """Return in words that no article passes a filter, and which outlet may have been meant."""
    if only.publisher is None or catalogue.count(ArticleFilter(only.publisher)):
        return "No article passes the filter by publisher and date."
    near = ", ".join(catalogue.outlets_like(only.publisher))
    return f"The archive has no publisher “{only.publisher}”." + (f" Near: {near}." if near else "")


def _merged(question: str, parts: Sequence[Retrieval], limit: int) -> Retrieval:
    """Return the best of each part, then the second best of each, and so on."""
    by_turns = chain.from_iterable(zip_longest(*(part.hits for part in parts)))
    distinct = {hit.place: hit for hit in by_turns if hit}
    hits = tuple(
        replace(hit, scored=replace(hit.scored, rank=rank))
        for rank, hit in enumerate(list(distinct.values())[:limit], start=1)
    )
    kept = {hit.place for hit in hits}
    own = [replace(p, hits=tuple(hit for hit in p.hits if hit.place in kept)) for p in parts]
    terms = {term.stem: term for part in parts for term in part.question.terms}
    whole = AnalysedQuestion(question, question, tuple(terms.values()))
    first, further = parts[0], partial(_beyond, hits, parts)
    return Retrieval(
        whole, hits, first.article_stems, first.archive_size, first.notice, tuple(own), further
    )


def _beyond(hits: Sequence[Hit], parts: Sequence[Retrieval]) -> tuple[Hit, ...]:
    shown = {hit.place for hit in hits}
    every = {hit.place: hit for part in parts for hit in (*part.hits, *part.further())}
    return tuple(hit for place, hit in every.items() if place not in shown)


def _best(scores: Floats, count: int) -> list[int]:
    best: list[int] = np.argsort(-scores, kind="stable")[:count].tolist()
    return best


@lru_cache(maxsize=_ARTICLES_CACHED)
def _stems_of_article(catalogue: CatalogueReader, article_id: str) -> frozenset[str]:
    article = catalogue.article(article_id)
    if article is None:
        return frozenset()
    return frozenset(stems_of(f"{article.header.title or ''} {article.text}"))
