"""Archives and hits for the tests of retrieval and of what is built on it."""

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.factory import Byline
from rag.models.embedder import Embedder
from rag.retrieval.rerank import Hit
from rag.schema import ArticleHeader, Paragraph, ParagraphKind, ScoredParagraph
from rag.settings import Settings, load_settings
from rag.text.sentences import split_sentences
from tests.support.features import sentence_features

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
CNN, AP = "000_cad6089111c6d297.txt", "002_b334c1229bc66e9a.txt"


def sealed_settings(**values: object) -> Settings:
    """Return settings that no `.env` and no model of the developer's gets into."""
    unset: dict[str, object] = {"llm_model": None, "openai_base_url": None, "openai_api_key": None}
    plain: dict[str, object] = {"embeddings": "minilm", "engine": "auto", "chroma_url": None}
    return load_settings(_env_file=None, **{**unset, **plain, **values})


def share_model(of: Byline, home: Path) -> Path:
    """Make a home that has the model's cache of another one."""
    home.mkdir(parents=True)
    (home / "models").symlink_to(of.settings.home / "models", target_is_directory=True)
    return home


def copy_home(of: Byline, home: Path) -> Path:
    """Copy an archive, its model's cache by reference."""
    shutil.copytree(of.settings.home, home, ignore=shutil.ignore_patterns("models", "eval"))
    (home / "models").symlink_to(of.settings.home / "models", target_is_directory=True)
    return home


def byline_of(folder: Path, articles: Mapping[str, str], embedder: Embedder) -> Byline:
    """Write articles to files and ingest them."""
    corpus = folder / "articles"
    corpus.mkdir(parents=True)
    for name, text in articles.items():
        (corpus / name).write_text(text, encoding="utf-8")
    byline = Byline(sealed_settings(home=folder / "home", corpus=corpus))
    byline.__dict__["embedder"] = embedder
    byline.ingest([corpus])
    return byline


def make_hit(
    text: str,
    scores: Sequence[float] | None = None,
    *,
    article: str = "a",
    vectors: Sequence[Sequence[float]] | None = None,
    coverage: Sequence[float] | None = None,
    kind: ParagraphKind = ParagraphKind.BODY,
    start: int = 0,
) -> Hit:
    """Return a hit whose sentences have these scores, vectors and coverages; by default alike."""
    sentences = split_sentences(text)
    count = len(sentences)
    scores = [0.0] * count if scores is None else scores
    paragraph = Paragraph(
        f"id of {text[:20]}", 1, start, start + len(text), text, kind, sentences=sentences
    )
    scored = ScoredParagraph(
        paragraph,
        ArticleHeader(f"article {article}", f"{article}.txt", title=f"Title {article}"),
        rank=1,
        score=0.5,
        similarity=0.5,
    )
    covered = [0.0] * count if coverage is None else coverage
    features = sentence_features(count, vectors, coverage=covered)
    return Hit(scored, lambda: features, lambda _: tuple(scores))


def markers_in(text: str) -> list[int]:
    """Return the numbers of the markers of an answer, in reading order."""
    return [int(number) for number in re.findall(r"\[(\d+)\]", text)]
