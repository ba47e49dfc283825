"""Whatever an article or a model writes, no step takes more than linear time.

Each step meets texts that a careless pattern or list scan takes quadratic time for. `make test`
has 8 kB of some of them; `make test-long` grows them from 8 to 64 kB.
"""

import json
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from rag.answering.extractive import ExtractiveDraft
from rag.answering.gate import features as clashes
from rag.answering.prompting import declines
from rag.answering.request import LONGEST_QUESTION
from rag.answering.selection import Selection, select, with_others
from rag.citations.build import CitedStatement, cite, written_statements
from rag.citations.markers import MarkerStream, cites, neutralise, renumbered, split_markers
from rag.errors import ArticleError, BylineError, LLMError
from rag.interfaces.terminal import dumped, format_answer
from rag.models.llm import refusals, reply
from rag.reading import SourceFile, decoding, headers, read_articles
from rag.reading.paragraphs import LONGEST_PARAGRAPH, split_paragraphs
from rag.retrieval import answer_kind, followup
from rag.retrieval.answer_kind import AnswerKind
from rag.retrieval.question import analyse
from rag.retrieval.rerank import Hit
from rag.schema import Answer, ArticleHeader, Citation, Evidence, Statement, Status, Verdict
from rag.text import language
from rag.text.dates import parse_date
from rag.text.sentences import LONGEST_SENTENCE, split_sentences
from rag.text.stems import codes_of, stems_of
from rag.text.unseen import visible
from rag.verification import Source, check
from rag.verification.conflicts import opposed
from rag.verification.repair import repair
from rag.verification.verdict import MOST_TOKENS
from rag.web.answer_view import answer_html
from rag.web.chat_view import question_html, working_html
from rag.web.export import as_json, as_markdown, as_page
from rag.web.links import NOWHERE
from rag.web.reader import reader_html
from rag.web.turns import Turn, Working, answered
from tests.support.adversarial import SEEDS, grown
from tests.support.archives import make_hit

Step = Callable[[str], object]

QUESTION = (
    "How many years did the storm in Paris not last, and what did the largest dam cost in 2013?"
)
CLAIM = (
    "Ann Lee said on 3 March that “it rained” for 10 years, and that 5 percent of the largest dams "
    "were not closed because $1 was paid to the U.S."
)
PARAGRAPH = f"{CLAIM} She left Paris. Two hundred people died in 2013."
PAGE = "<article><p>Ann Lee said on 3 March that it rained for two days in the north of Spain.</p>"
REPLY_CHARACTERS = 16_000
"""Where RAG_LLM_MAX_CHARACTERS cuts a reply."""
PIECE = 16


class Index:
    """The terms of an archive that knows every word."""

    def __len__(self) -> int:
        return 100

    def terms(self, text: str) -> list[str]:
        return stems_of(text)

    def frequency(self, term: str) -> int:
        return len(term)

    def words_beginning(self, prefix: str) -> list[str]:
        return [prefix]


def in_file(name: str, wrapped: Callable[[str], str] = str) -> Step:
    """Read a file of one format that holds the text."""

    def step(text: str) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(wrapped(text).encode())
            return list(read_articles(SourceFile(path, folder, name), max_bytes=10**7))

    return step


def as_record(text: str) -> str:
    told = dict.fromkeys(("text", "title", "author", "published_at", "source", "other"), text)
    return json.dumps({**told, "url": f"http://a.b/{text}"})


def as_linked_data(text: str) -> str:
    told = dict.fromkeys(("headline", "datePublished", "author", "description"), text)
    data = json.dumps({"@type": "NewsArticle", **told})
    return f"<script type=application/ld+json>{data}</script>{PAGE}"


def decode(text: str) -> None:
    decoding.declared_encoding(f"<meta {text}".encode())
    for data in (text.encode(), text.encode("latin-1", "replace") + b"caf\xe9 caf\xe9"):
        with suppress(ArticleError):
            decoding.decoded(data)


def hold_answers(text: str) -> None:
    for kind in AnswerKind:
        answer_kind.holds(kind, text, QUESTION)
    answer_kind.speaks(frozenset({"ann"}), text, frozenset({"ann"}))


def ask(text: str) -> None:
    question = text[:LONGEST_QUESTION]
    asked = answer_kind.asked_kind(question), answer_kind.focus(question)
    assert asked
    for kind in AnswerKind:
        answer_kind.holds(kind, "Ann paid $3 in 2013.", question)
    followup.parts_of(question)
    followup.standalone(question, [("user", "What did Ann do?"), ("assistant", "Ann left.")])
    analyse(question, Index())


def follow_up(text: str) -> None:
    for question in ("What did he do?", "And Putin?"):
        followup.standalone(question, [("user", text), ("assistant", text)])


def pass_gate(text: str) -> None:
    for question, sentence in ((QUESTION, text), (text[:LONGEST_QUESTION], PARAGRAPH)):
        clashes.negation_lost(question, sentence)
        clashes.opposites(question, sentence)
        clashes.other_years(question, [sentence])
        clashes.means_same("dam", [sentence])
        clashes.ordinals_missing(question, frozenset(stems_of(sentence)))


def hits_of(text: str) -> list[Hit]:
    return [make_hit(text, article="a"), make_hit(PARAGRAPH, article="b")]


def extract(text: str) -> None:
    hits = hits_of(text)
    count = len(hits[0].scored.paragraph.sentences)
    others = [(0, place) for place in range(0, count, count // 10 + 1)]
    chosen: tuple[Selection, ...] = with_others(hits, select(hits), others)
    "".join(ExtractiveDraft(hits, chosen))


def stream_markers(text: str) -> None:
    for size in (len(text), PIECE):
        markers = MarkerStream(9)
        for start in range(0, len(text), size):
            markers.feed(text[start : start + size])
        markers.finish()


def rewrite_markers(text: str) -> None:
    neutralise(text)
    split_markers(text)
    renumbered("[1]" + text.replace("[12", "("), {1: 2})


def cite_paragraphs(text: str) -> None:
    said = CitedStatement(text[:LONGEST_SENTENCE], (1, 2))
    cite([1, 2], hits_of(text), [CitedStatement(CLAIM, (1,)), said])


def receive(text: str) -> None:
    said = text[:REPLY_CHARACTERS]
    pieces = (said[at : at + PIECE] for at in range(0, len(said), PIECE))
    with suppress(LLMError):
        list(reply.answers_only(pieces, QUESTION, cites))


def judge_reply(text: str) -> None:
    text = text[:REPLY_CHARACTERS]
    reply.is_sound(text, QUESTION)
    reply.loops(text)
    declines(text)
    for said in (text, f"The archive {text}"):
        refusals.refuses(said)
        refusals.finds_nothing(said, cites)
        refusals.may_refuse(said, cites)
        language.is_foreign(said, QUESTION)
        language.is_familiar(said, QUESTION)


def verify_claim(text: str) -> None:
    check(text, [Source(PARAGRAPH, "A title", "A paper", "2024-03-03")])


def verify_source(text: str) -> None:
    check(CLAIM, [Source(text, "A title", text, "2024-03-03")])


def verify_both(text: str) -> None:
    claim = f"{text[: MOST_TOKENS // 2]} {CLAIM}"
    paragraph = f"{text[:LONGEST_PARAGRAPH]} {PARAGRAPH}"
    check(claim, [Source(paragraph), Source(f"{paragraph} Ann left."), Source(text)])


def find_conflicts(text: str) -> None:
    hits = [make_hit(text, article="a"), *hits_of(f"{text[:LONGEST_PARAGRAPH]} Ann left.")]
    said = [(0, 0), (0, 1), (2, 0), (2, 1)]
    opposed(hits, said, "How many people died?", lambda _: frozenset({"ann", "storm"}))


def mend(text: str) -> None:
    paragraph, written = text[:LONGEST_PARAGRAPH], text[:REPLY_CHARACTERS]
    hits = [make_hit(f"{paragraph} {number}.", article=str(number)) for number in range(10)]
    repair(written, written_statements(written), (1, 2), hits)


def mend_quotation(text: str) -> None:
    mend(f"Ann said “{text}” [1].")


def answer_of(text: str) -> Answer:
    statements = tuple(
        Statement(one.text, one.markers, Verdict.PARTIAL, one.text[:50])
        for one in written_statements(text)
    )
    size = len(text)
    cited = Citation(
        1, "abcd", "abcd", text, "a.txt", text, text, f"http://a.b/{text}", 1, 0, size, text, text,
        0, size,
    )  # fmt: skip
    evidence = Evidence("abcd", "a.txt", 1, 1, 0.5, text)
    return Answer(
        QUESTION, text, Status.ANSWERED, "llm", "m", text, statements, (cited,), (evidence,),
        notices=(text,),
    )  # fmt: skip


def show(text: str) -> None:
    answer_html(answer_of(text), "x")
    working_html(Working(text=text))
    question_html(text)
    header = ArticleHeader("abcd", "a.txt", title=text, url=f"http://a.b/{text}")
    reader_html(header, split_paragraphs(text), NOWHERE)


def export(text: str) -> None:
    turns = (answered(Turn(text), answer_of(text)),)
    for exported in (as_json, as_markdown, as_page):
        exported(turns, "http://a.b")


def print_out(text: str) -> None:
    format_answer(answer_of(text))
    dumped({"text": text})


STEPS: dict[str, Step] = {
    "decoding": decode,
    "text file": in_file("a.txt"),
    "Markdown file": in_file("a.md"),
    "front matter": in_file("a.md", lambda text: f"---\n{text}\n---\nText."),
    "HTML file": in_file("a.html"),
    "HTML article": in_file("a.html", lambda text: f"{PAGE}<p>{text}</p>{text}"),
    "XHTML file": in_file("a.xhtml"),
    "HTML attributes": in_file(
        "a.html", lambda text: f'{PAGE}<p class="{text}" id="{text}" style="{text}">Ann {text}'
    ),
    "HTML styles": in_file("a.html", lambda text: f"<style>{text}</style>{PAGE}"),
    "HTML titles": in_file(
        "a.html",
        lambda text: (
            f"<meta property=og:title content='{text}'><title>{text}</title><h1>{text}</h1>{PAGE}"
        ),
    ),
    "linked data": in_file("a.html", as_linked_data),
    "JSON file": in_file("a.json"),
    "JSON lines": in_file("a.jsonl"),
    "JSON record": in_file("a.json", as_record),
    "unseen characters": visible,
    "sentences": split_sentences,
    "headers": lambda text: headers.read_header(split_paragraphs(f"Headline\n{text}")),
    "dates": parse_date,
    "stems": lambda text: codes_of(span.of(text) for span in split_sentences(text)),
    "kinds of answers": hold_answers,
    "questions": ask,
    "follow-ups": follow_up,
    "gate": pass_gate,
    "extracting": extract,
    "marker stream": stream_markers,
    "markers": rewrite_markers,
    "statements": written_statements,
    "citations": cite_paragraphs,
    "reply in pieces": receive,
    "reply": judge_reply,
    "statement checked": verify_claim,
    "source checked": verify_source,
    "statement and source": verify_both,
    "conflicts": find_conflicts,
    "repair": mend,
    "repair of a quotation": mend_quotation,
    "page": show,
    "export": export,
    "terminal": print_out,
}

_ALLOWED, _CEILING = 0.1, 10.0
"""Seconds of processor time: what needs less isn't compared; what needs more is too slow."""
_GROWTH = 8 * 2.5
_ATTEMPTS = 3
_SHARE, _SHARE_OF_DEAR = 8, 4
"""`make test` gives every step one text in so many, `make test-long` the dear steps; two steps in a
row have different ones."""
_DEAR = {
    "source checked", "statement and source", "repair", "repair of a quotation", "page", "export",
    "terminal",
}  # fmt: skip
"""All texts of 64 kB take most of them from 15 to 60 s."""


class TooSlowError(Exception):
    """A step was stopped."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what takes more processor time."""

    def stop(number: int, frame: FrameType | None) -> Any:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(step: Step, text: str) -> float:
    begun = time.process_time()
    try:
        with limited(_CEILING):
            step(text)
    except BylineError:
        pass
    return time.process_time() - begun


def is_linear(step: Step, seed: str, size: int, attempt: int) -> bool:
    # Another length each time: results that are kept must not be found again.
    try:
        large = seconds(step, grown(seed, 8 * size + attempt))
        return large <= _ALLOWED or large <= _GROWTH * seconds(step, grown(seed, size + attempt))
    except TooSlowError:
        return False


def superlinear(step: Step, size: int, names: Iterable[str]) -> list[str]:
    """Return the texts for which a step needs more than linear time, measured again and again."""
    step(f"Ann said 3 things [1]. {QUESTION}")
    return [
        name
        for name in names
        if not any(is_linear(step, SEEDS[name], size, attempt) for attempt in range(_ATTEMPTS))
    ]


@pytest.mark.parametrize(("place", "name"), list(enumerate(STEPS)))
def test_8_kb_take_eight_times_as_long_as_1_kb(place: int, name: str) -> None:
    assert superlinear(STEPS[name], 1_000, list(SEEDS)[place % _SHARE :: _SHARE]) == []


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("place", "name"), list(enumerate(STEPS)))
def test_64_kb_take_eight_times_as_long_as_8_kb(place: int, name: str) -> None:
    share = _SHARE_OF_DEAR if name in _DEAR else 1
    assert superlinear(STEPS[name], 8_000, list(SEEDS)[place % share :: share]) == []
