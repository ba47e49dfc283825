"""Answers as the page shows them, and a parser for what it makes of them."""

from dataclasses import replace
from html.parser import HTMLParser

from rag.answering.request import Request
from rag.factory import Byline
from rag.schema import (
    Answer,
    Citation,
    Conflict,
    ConflictSide,
    Evidence,
    Fallback,
    Statement,
    Status,
    Timings,
    Verdict,
)
from rag.web.turns import Turn, Turns

KREMLIN = "How many calls between Musk and Putin does the Kremlin admit to?"
WORLD_CUP = "Who won the 2026 World Cup?"
HOSTILE = (
    "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> <script>alert(2)</script> "
    "[link](https://evil.example) https://evil.example www.evil.example {{constructor}} "
    "${alert(3)} `code` **bold** $$x$$ javascript:alert(4) a@b.c </div> \" ' &lt; <!-- # | ~"
)
TEXT = "Peskov said there was one call. It was short."
CITATION = Citation(
    marker=1,
    paragraph_id="be83596243247453",
    article_id="0970775af9cdeb3d",
    title="A call",
    file="a.txt",
    publisher="The Post",
    published_at=None,
    url=None,
    ordinal=14,
    start=100,
    end=145,
    text=TEXT,
    quote="there was one call",
    quote_start=112,
    quote_end=130,
)
ANSWER = Answer(
    question="How many?",
    standalone_question="How many?",
    status=Status.ANSWERED,
    engine="extractive",
    model=None,
    text="There was one call [1].\n\nIt was short [1].",
    statements=(Statement("There was one call.", (1,), Verdict.SUPPORTED, ""),),
    citations=(CITATION,),
    evidence=(Evidence("be83596243247453", "a.txt", 14, 1, 0.9, TEXT),),
    timings_ms=Timings(total=12.3),
)


class Tags(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str | None]:
        return [attributes.get("href") for tag, attributes in self.seen if tag == "a"]


def hostile_answer() -> Answer:
    citation = replace(
        CITATION, title=HOSTILE, file=HOSTILE, publisher=HOSTILE, quote=HOSTILE, text=HOSTILE
    )
    side = ConflictSide(1, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    return replace(
        ANSWER,
        standalone_question=HOSTILE,
        verified=HOSTILE,
        engine="llm",
        model=HOSTILE,
        fallback=Fallback("llm", "extractive", HOSTILE, HOSTILE),
        text=f"{HOSTILE} [1]. {HOSTILE}",
        statements=(Statement(HOSTILE, (1,), Verdict.UNSUPPORTED, HOSTILE),),
        citations=(citation,),
        conflicts=(Conflict(HOSTILE, (1,), "figure", (side, side)), Conflict(HOSTILE, (1,))),
        notices=(HOSTILE,),
    )


def turns_of(*answers: Answer) -> Turns:
    """Return a conversation with these answers."""
    return tuple(Turn(answer.question, answer) for answer in answers)


def of_every_verdict(byline: Byline) -> Answer:
    """Return an answer with a conflict whose statements have a verdict of each kind."""
    answer = byline.engine.answer(Request(KREMLIN))
    first, second = answer.citations[:2]
    sides = (
        ConflictSide(1, "The Harbour Post", "2024-10-25", first.file, first.quote),
        ConflictSide(2, "Levee Times", "2024-11-08", second.file, second.quote),
    )
    said = (
        Statement("The Kremlin admits to one call.", (1,), Verdict.SUPPORTED, "It says so."),
        Statement("It took place in spring.", (1,), Verdict.PARTIAL, "It names no date."),
        Statement("Two officials confirmed it.", (2,), Verdict.UNSUPPORTED, "It names none."),
        Statement("It was friendly.", (), Verdict.UNCHECKED, "No paragraph is cited."),
    )
    text = (
        "The Kremlin admits to one call [1]. It took place in spring [1]. "
        "Two officials confirmed it [2]. It was friendly."
    )
    conflict = Conflict("one call, or calls in 2022 alone", (1, 2), "figure", sides)
    return replace(
        answer,
        text=text,
        statements=said,
        conflicts=(conflict,),
        verified="1 of 4 statements verified",
        engine="llm",
        model="tiny",
    )
