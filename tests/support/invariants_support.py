"""Random archives, random questions, and the contract's six invariants as one function."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import strategies as st

from rag.answering.engine import ABSTENTION, Engine
from rag.answering.gate import GateDecision
from rag.answering.prompting import LLMWriter
from rag.answering.request import Request
from rag.archive import Archive
from rag.archive.ingest import Ingestion
from rag.citations.markers import neutralise
from rag.models.llm.prompts import NOT_IN_ARCHIVE
from rag.reading import ParsedArticle, SourceFile, find_files, read_articles
from rag.reading.paragraphs import split_paragraphs
from rag.retrieval.hybrid import HybridRetriever, Retrieval
from rag.schema import Answer, Finished, Paragraph, ParagraphKind, Retrieved, Token
from tests.support.fakes import FakeEmbedder

MAX_BYTES = 10_000_000

_NAMES = "Musk Putin Zelensky Kyiv Starlink Tesla Müller 北京 O’Brien NASA".split()
_WORDS = "rain river budget strike court said rose fell north bridge minister harbour won".split()
_NASTY = [
    *"[3] [1] [2-4] 【2】 ［１］ [^1] [1,2] [ 1 ] [[4]] [source 2] [99999999999] (1) ] [".split(),
    *"“quoted “nested” ” \" ' ` ``` *bold* <b>x</b> &amp; $x$ http://example.org/a[1]".split(),
    *"U.S. Mr. $1.5bn 40% 2013. No. … ... — - • 1. ?! 😀 \u202ertl\u202c".split(),
    "\u200b", "\ufeff", "\x07", "Sources:", "[1]: http://example.org", NOT_IN_ARCHIVE, "\u2028",
]  # fmt: skip
TOKENS = st.sampled_from([*_NAMES, *_WORDS]) | st.sampled_from(_NASTY)
SENTENCES = st.lists(TOKENS, min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
BLOCKS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
NEWLINES = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n"])
TEXTS = st.tuples(NEWLINES, st.lists(BLOCKS | st.just("Read More"), min_size=1, max_size=6)).map(
    lambda pair: pair[0].join(pair[1])
)
# An archive without any article is an error of its own: tests/interfaces/test_bad_input.py.
LIBRARIES = st.lists(TEXTS, min_size=1, max_size=4).filter(
    lambda texts: any(
        block.kind is not ParagraphKind.FURNITURE
        for text in texts
        for block in split_paragraphs(text)
    )
)
QUESTIONS = st.lists(
    st.sampled_from([*_NAMES, *_WORDS, "Who", "why", "zebra", "[1]", "2013"]),
    min_size=1,
    max_size=6,
).map(lambda words: " ".join(["What", *words]) + "?")
HISTORIES = st.sampled_from([(), (("user", "What did Musk win [1]?"), ("assistant", "Rain [1]."))])
REPAIRED = ("Corrected: ", "Quotation marks were removed ", "Left out, ")
"""How the notices of an answer begin that is not what was streamed."""
REPLIES = st.lists(
    SENTENCES
    | st.sampled_from(
        ["[1]", "[1]", "[2]", " [1, 2]", "[1-3]", "[7]", "[0]", "[[9]1]", "\n", "[5"]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@dataclass(frozen=True)
class Library:
    """Some articles, ingested."""

    archive: Archive
    texts: Mapping[str, str]
    """By article id."""
    paragraphs: Mapping[tuple[str, int], Paragraph]
    """By article id and ordinal."""

    def engine(self, writer: LLMWriter | None = None) -> Engine:
        """Return an engine over it."""
        return Engine(HybridRetriever(self.archive, FakeEmbedder()), writer)


@contextmanager
def library(texts: Sequence[str]) -> Iterator[Library]:
    """Write the texts to files and ingest them."""
    with TemporaryDirectory() as name:
        corpus = Path(name) / "corpus"
        corpus.mkdir()
        for number, text in enumerate(texts):
            (corpus / f"{number}.txt").write_bytes(text.encode())
        archive = Archive(Path(name) / "home")
        Ingestion(archive, FakeEmbedder(), max_bytes=MAX_BYTES).run([corpus])
        read = [
            item
            for found in find_files([corpus])
            if isinstance(found, SourceFile)
            for item in read_articles(found, max_bytes=MAX_BYTES)
            if isinstance(item, ParsedArticle)
        ]
        known = {item.article.header.article_id: item for item in read}
        try:
            yield Library(
                archive,
                {name: item.article.text for name, item in known.items()},
                {(name, b.ordinal): b for name, item in known.items() for b in item.paragraphs},
            )
        finally:
            archive.close()


@contextmanager
def open_gate() -> Iterator[list[Retrieval]]:
    """Let every question through that finds anything, and record what was found."""
    seen: list[Retrieval] = []

    def decide(retrieval: Retrieval, *_: object) -> GateDecision:
        seen.append(retrieval)
        parts = tuple(decide(part) for part in retrieval.parts)
        return GateDecision(answerable=bool(retrieval.hits), confidence=1.0, parts=parts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.answering.engine.decide", decide)
        yield seen


def answered(engine: Engine, request: Request, known: Library) -> Answer:
    """Answer twice and check all that the contract promises; return the first answer."""
    first, second = (list(engine.stream(request)) for _ in range(2))
    assert [type(event) for event in first if not isinstance(event, Token)] == [Retrieved, Finished]
    assert isinstance(first[0], Retrieved)
    assert isinstance(first[-1], Finished)
    assert isinstance(second[-1], Finished)
    answer = first[-1].answer
    assert first[0].evidence == answer.evidence
    shown = "".join(event.text for event in first if isinstance(event, Token))
    if answer.fallback:
        assert shown.endswith(answer.text)
    elif not any(notice.startswith(REPAIRED) for notice in answer.notices):
        assert shown == answer.text
    assert _without_timings(answer) == _without_timings(second[-1].answer)
    check(answer, known)
    return answer


def check(answer: Answer, known: Library) -> None:
    """Check the six invariants of the contract, and the shape of the object."""
    _check_offsets(answer, known)
    _check_markers(answer)
    cited = {citation.paragraph_id for citation in answer.citations}
    assert cited <= {evidence.paragraph_id for evidence in answer.evidence}
    if answer.status == "abstained":
        assert (answer.citations, answer.statements) == ((), ())
        assert answer.text.startswith(ABSTENTION)
        indexed = [p for p in known.paragraphs.values() if p.kind is not ParagraphKind.FURNITURE]
        assert bool(answer.evidence) == bool(indexed)
    else:
        _check_statements(answer)
    _check_keys(answer)


def _check_offsets(answer: Answer, known: Library) -> None:
    for citation in answer.citations:
        text = known.texts[citation.article_id]
        assert text[citation.start : citation.end] == citation.text
        assert text[citation.quote_start : citation.quote_end] == citation.quote != ""
        assert citation.start <= citation.quote_start < citation.quote_end <= citation.end
        paragraph = known.paragraphs[citation.article_id, citation.ordinal]
        assert (paragraph.paragraph_id, paragraph.text) == (citation.paragraph_id, citation.text)
        assert paragraph.kind is not ParagraphKind.FURNITURE


def _check_markers(answer: Answer) -> None:
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    order = list(dict.fromkeys(markers))
    assert order == list(range(1, len(order) + 1))
    assert [citation.marker for citation in answer.citations] == order
    # Nothing else in the text can be taken for a marker.
    others = re.sub(r"\[\d+\]", "¤", answer.text)
    assert neutralise(others) == others
    stated = {marker for one in answer.statements for marker in one.markers}
    # A marker before the first word belongs to no statement: `test_markers_without_words`.
    leading = re.match(r"(?:[^\w\[]|\[\d+\]|\[)*", answer.text)
    loose = {int(number) for number in re.findall(r"\[(\d+)\]", leading[0] if leading else "")}
    assert stated <= set(order) <= stated | loose


def _check_statements(answer: Answer) -> None:
    said = re.sub(r"\[\d+\]", "", answer.text)
    stated = "".join(statement.text for statement in answer.statements)
    assert _letters(stated) == _letters(said)
    for statement in answer.statements:
        assert statement.reason
        assert statement.markers or statement.verdict == "unsupported"
    if answer.engine == "extractive":
        assert all(one.markers and one.verdict == "supported" for one in answer.statements)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _check_keys(answer: Answer) -> None:
    plain = answer.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    assert (
        list(plain)
        == (
            "question standalone_question status engine model text statements citations evidence "
            "conflicts notices fallback usage timings_ms verified confidence"
        ).split()
    )
    assert set(plain["timings_ms"]) == set(
        "retrieve generate verify total followup gate conflicts".split()
    )
    for name, keys in {
        "statements": "text markers verdict reason",
        "citations": (
            "marker paragraph_id article_id title file publisher published_at url ordinal start "
            "end text quote quote_start quote_end"
        ),
        "evidence": "paragraph_id file ordinal rank score text",
    }.items():
        assert all(list(one) == keys.split() for one in plain[name])


def _without_timings(answer: Answer) -> dict[str, Any]:
    plain = answer.to_dict()
    del plain["timings_ms"]
    return plain
