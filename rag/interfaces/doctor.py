"""`rag doctor`: what is installed, what is sound, and what to do where it isn't."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rag.archive.generations import newest, verify
from rag.errors import ArchiveEmptyError, BylineError
from rag.factory import Byline
from rag.models.embedder import mismatch


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked at."""

    ok: bool
    what: str
    hint: str = ""


def examine(byline: Byline) -> list[Diagnosis]:
    """Return what was found, part by part; a fault in one does not stop the others."""
    parts = (_model, _archive, _index, _llm)
    # Several parts may fail for one reason; it is told once.
    return list(dict.fromkeys(one for part in parts for one in _guarded(part, byline)))


def _guarded(part: Callable[[Byline], Iterator[Diagnosis]], byline: Byline) -> Iterator[Diagnosis]:
    try:
        yield from part(byline)
    except ArchiveEmptyError as error:
        yield Diagnosis(ok=True, what=error.message, hint=error.hint)
    except BylineError as error:
        yield Diagnosis(ok=False, what=error.message, hint=error.hint)


def _model(byline: Byline) -> Iterator[Diagnosis]:
    byline.embedder.question("Is the model there?")
    yield Diagnosis(ok=True, what=f"embedding: {byline.embedder.name}")


def _archive(byline: Byline) -> Iterator[Diagnosis]:
    catalogue = byline.archive.catalogue
    fault = catalogue.check()
    articles, paragraphs = catalogue.counts()
    where = f"catalogue: {catalogue.path}, {articles} articles, {paragraphs} paragraphs"
    if fault:
        yield Diagnosis(
            ok=False,
            what=f"{where}: {fault}",
            hint="Restore a copy, or move it away and ingest again.",
        )
        return
    yield Diagnosis(ok=True, what=where)
    if catalogue.fingerprint not in {None, byline.embedder.name}:
        raise mismatch(byline.settings.home, str(catalogue.fingerprint), byline.embedder.name)


def _index(byline: Byline) -> Iterator[Diagnosis]:
    view = byline.archive.view()
    if view.generation is None:
        yield Diagnosis(
            ok=False,
            what="index: there is none",
            hint="Free disk space or make RAG_HOME writable, then retry.",
        )
        return
    generation = newest(byline.archive.index_folder) or view.generation
    verify(generation, thorough=True)
    yield Diagnosis(ok=True, what=f"index: generation {generation.number}, every file as published")


def _llm(byline: Byline) -> Iterator[Diagnosis]:
    settings = byline.settings
    if settings.llm_configured:
        yield Diagnosis(ok=True, what=f"language model: {settings.llm_model} (not asked)")
    else:
        yield Diagnosis(ok=True, what="language model: none; answers are quoted from the archive")
