"""Answers as the page shows them, for tests that need one of a certain kind."""

from dataclasses import replace

from rag.answering.request import Request
from rag.factory import Byline
from rag.schema import Answer, Conflict, ConflictSide, Statement, Verdict
from rag.web.turns import Turn, Turns, answered

KREMLIN = "How many calls between Musk and Putin does the Kremlin admit to?"
WORLD_CUP = "Who won the 2026 World Cup?"


def turns_of(*answers: Answer) -> Turns:
    """Return a conversation with these answers."""
    return tuple(answered(Turn(answer.question, ""), answer) for answer in answers)


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
