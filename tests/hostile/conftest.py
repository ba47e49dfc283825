"""One archive of all hostile articles, the seeds and some innocent ones; two engines over it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rag.answering.request import Request
from rag.factory import Byline
from rag.reading import ParsedArticle, SourceFile, find_files, read_articles
from rag.schema import Answer
from tests.hostile.article import Hostile
from tests.hostile.articles import ARTICLES, INNOCENT
from tests.hostile.obedient import obey
from tests.support.archives import SEEDS, sealed_settings, share_model
from tests.support.invariants_support import MAX_BYTES, Library
from tests.support.llm_server import LLMServer

KEY = "sk-canary-7f3a9d"


@dataclass(frozen=True)
class Arena:
    """An archive under attack, and who answers from it."""

    corpus: Path
    extractive: Byline
    llm: Byline
    """Answers with the obedient model."""
    opponent: LLMServer
    known: Library
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)

    def answer(self, question: str, engine: str) -> Answer:
        """Return the answer to a question; it is asked once."""
        if (question, engine) not in self.answers:
            self.answers[question, engine] = self.byline(engine).engine.answer(Request(question))
        return self.answers[question, engine]

    def byline(self, engine: str) -> Byline:
        """Return the one whose engine it is."""
        return self.llm if engine == "llm" else self.extractive

    def paragraphs_of(self, file: str) -> dict[str, str]:
        """Return the paragraphs that can be cited of a file: text by id."""
        stored = self.extractive.archive.catalogue.articles()
        ids = {one.header.article_id for one in stored if one.header.file == file}
        return {
            block.paragraph_id: block.text
            for (article_id, _), block in self.known.paragraphs.items()
            if article_id in ids and block.kind != "furniture"
        }


@pytest.fixture(scope="session")
def arena(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    folder = tmp_path_factory.mktemp("hostile")
    corpus = write_articles(folder / "articles")
    home = share_model(seeds, folder / "home")
    with LLMServer(obey) as opponent:
        model = {"llm_model": "obedient", "openai_base_url": opponent.url, "openai_api_key": KEY}
        quoting = Byline(sealed_settings(home=home), shared_embedder=seeds.embedder)
        writing = Byline(sealed_settings(home=home, **model), shared_embedder=seeds.embedder)
        report = quoting.ingest([corpus, SEEDS])
        assert report.skipped == ()
        assert report.added == len(ARTICLES) + len(INNOCENT) + 2
        yield Arena(corpus, quoting, writing, opponent, _library(quoting, corpus))


def write_articles(corpus: Path) -> Path:
    """Write all articles, each into a file of its own."""
    corpus.mkdir()
    for name, text in INNOCENT.items():
        (corpus / name).write_text(text, "utf-8")
    for article in ARTICLES:
        (corpus / article.file).write_bytes(_content(article).encode())
    return corpus


def _content(article: Hostile) -> str:
    if article.record:
        return json.dumps({**article.record, "text": article.text})
    return article.text


def _library(byline: Byline, corpus: Path) -> Library:
    read = {
        item.article.header.article_id: item
        for found in find_files([corpus, SEEDS])
        if isinstance(found, SourceFile)
        for item in read_articles(found, max_bytes=MAX_BYTES)
        if isinstance(item, ParsedArticle)
    }
    return Library(
        byline.archive,
        {name: item.article.text for name, item in read.items()},
        {(name, block.ordinal): block for name, item in read.items() for block in item.paragraphs},
    )
