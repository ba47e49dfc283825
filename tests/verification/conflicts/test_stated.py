"""What is told of a conflict: in the answer, on the page and in the terminal."""

import pytest

from rag.interfaces.terminal import format_answer
from rag.retrieval.rerank import Hit
from rag.schema import Answer, Citation, Conflict, ConflictSide, Status
from rag.verification.conflicts import conflicts, missing_sides, places_cited
from rag.verification.conflicts.matter import Clash
from rag.verification.conflicts.remark import Remark, is_copy, remarks_of
from rag.verification.conflicts.search import Opposition
from tests.support.archives import make_hit

TWELVE, FIFTEEN, NINE = "Twelve people died.", "Fifteen people died.", "Nine people died."
LONG = (
    "A freight train carrying grain derailed near Penhallow early on Thursday, blocking the main "
    "line to the coast for most of the day, and seventeen wagons left the rails, the operator said."
)


def remarks(*hits: Hit) -> list[Remark]:
    return list(remarks_of(hits))


def clash(kind: str = "figure", topic: str = "people died") -> Clash:
    return Clash(kind, topic, "Twelve", "Fifteen", 0.9)


def test_both_sides_are_told_with_source_and_words() -> None:
    one, other = remarks(make_hit(TWELVE, article="a"), make_hit(FIFTEEN, article="b"))
    (told,) = conflicts([Opposition(clash(), one, other)], {0: 1, 1: 2})
    assert told.about == "people died: Twelve (Title a) against Fifteen (Title b)"
    assert told.markers == (1, 2)
    assert [(side.marker, side.file, side.quote) for side in told.sides] == [
        (1, "a.txt", TWELVE),
        (2, "b.txt", FIFTEEN),
    ]


def test_a_denial_says_who_denies_whichever_side_it_is() -> None:
    one, other = remarks(make_hit(TWELVE, article="a"), make_hit(FIFTEEN, article="b"))
    said = "“deaths”: reported (Title {}), denied (Title {})"
    there = Opposition(Clash("denial", "deaths", "", "denied", 0.9), one, other)
    here = Opposition(Clash("denial", "deaths", "denied", "", 0.9), one, other)
    assert conflicts([there], {0: 1, 1: 2})[0].about == said.format("a", "b")
    assert conflicts([here], {0: 1, 1: 2})[0].about == said.format("b", "a")


def test_a_third_voice_joins_the_conflict() -> None:
    hits = [make_hit(text, article=text) for text in (TWELVE, FIFTEEN, NINE)]
    one, two, three = remarks(*hits)
    found = [Opposition(clash(), one, two), Opposition(clash(), one, three)]
    (told,) = conflicts(found, {0: 1, 1: 2, 2: 3})
    assert told.markers == (1, 2, 3)
    assert len(told.sides) == 3


def test_what_is_not_cited_is_missing_and_no_conflict_yet() -> None:
    one, other = remarks(make_hit(TWELVE, article="a"), make_hit(FIFTEEN, article="b"))
    found = [Opposition(clash(), one, other)]
    assert conflicts(found, {0: 1}) == ()
    assert missing_sides(found, {0: 1}) == tuple(found)
    assert missing_sides(found, {0: 1, 1: 2}) == ()


def test_the_sentences_of_a_quote_are_found_again() -> None:
    hit = make_hit(f"{NINE} {TWELVE} {FIFTEEN}", start=100)
    text, start = hit.scored.paragraph.text, 100 + len(NINE) + 1
    quote = f"{TWELVE} {FIFTEEN}"
    article, paragraph = hit.place
    known = (None, "a.txt", None, None, None, 1, 100, 100 + len(text), text, quote)
    cited = Citation(1, paragraph, article, *known, start, start + len(quote))
    assert places_cited([cited], [make_hit(NINE, article="z"), hit]) == ((1, 1), (1, 2))


@pytest.mark.parametrize(
    ("one", "other", "copied"),
    [
        (LONG, LONG, True),
        (LONG, LONG.replace("early on Thursday", "on Thursday"), True),
        (LONG, f"{LONG} Nobody was hurt, and the line was to open again on Friday.", True),
        (TWELVE, FIFTEEN, False),
        (
            "Lena Forsgren was the first person to climb the north face of Mount Ardun.",
            "Tomas Riebeck was the first person to climb the north face of Mount Ardun.",
            False,
        ),
        (LONG, "Seventeen wagons of a grain train derailed near Penhallow on Thursday.", False),
    ],
)
def test_a_wire_story_is_known_in_another_paper(one: str, other: str, copied: bool) -> None:
    assert is_copy(one, other) is copied
    assert is_copy(other, one) is copied


SIDES = (
    ConflictSide(1, "Wire <b>", "2024-03-03", "a.txt", "Twelve <i>died</i>."),
    ConflictSide(2, None, None, "b.txt", FIFTEEN),
)


def test_the_terminal_shows_both_sides() -> None:
    answer = Answer(
        question="How many died?",
        standalone_question="How many died?",
        status=Status.ANSWERED,
        engine="extractive",
        model=None,
        text="Twelve died [1]. Fifteen died [2].",
        statements=(),
        citations=(),
        evidence=(),
        conflicts=(Conflict("people died", (1, 2), "figure", SIDES),),
    )
    lines = format_answer(answer).splitlines()
    at = lines.index("Sources differ: people died")
    assert lines[at + 1] == "    [1] Wire <b>, 3 March 2024: “Twelve <i>died</i>.”"
    assert lines[at + 2] == f"    [2] b.txt: “{FIFTEEN}”"
