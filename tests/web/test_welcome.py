"""What an empty page offers, drawn from the archive at hand."""

from pathlib import Path

from rag.answering.request import Request
from rag.factory import Byline
from rag.schema import Status
from rag.web.welcome import EXAMPLES, counted, suggestions, welcome
from tests.support.archives import byline_of

BRIDGE = """New bridge opens in Quorndale

The Vellum bridge in Quorndale opened to traffic on Tuesday after four years of work.

"It will spare people an hour a day," Ada Fennimore, the town's engineer, said on Tuesday.
"""
FERRY = """The ferry across the Orle stops running in March, the operator's board decided.

Harbour master Tomas Ilk warned that the island would be cut off in winter.
"""


def test_the_seeds_have_questions_of_their_own(seeds: Byline) -> None:
    assert len(welcome(lambda: seeds).questions) == EXAMPLES


def test_other_archives_are_asked_what_they_can_answer(seeds: Byline, tmp_path: Path) -> None:
    byline = byline_of(tmp_path, {"a.txt": BRIDGE, "b.txt": FERRY}, seeds.embedder)
    asked = suggestions(byline.archive.catalogue)
    assert asked == ("What did Ada Fennimore say?", "What did Tomas Ilk warn of?")
    for question in asked:
        assert byline.engine.answer(Request(question)).status is Status.ANSWERED
    shown = welcome(lambda: byline)
    assert "2 articles" in shown.masthead


def test_numbers_are_counted_in_words() -> None:
    assert [counted(1, "article"), counted(12_345, "article")] == ["1 article", "12,345 articles"]
