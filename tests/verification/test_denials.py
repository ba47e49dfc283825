"""What is denied, doubted or only reported in a paragraph, and what a claim makes of it."""

from collections.abc import Callable, Sequence

import pytest

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.attribution import check_attribution
from rag.verification.rules.certainty import check_certainty
from rag.verification.rules.polarity import check_polarity
from tests.verification.checking import reasons

Checker = Callable[[Alignment], Sequence[Finding]]


@pytest.mark.parametrize(
    ("check", "paragraph", "claim"),
    [
        (check_polarity, "She denied a claim that a ring had gone.", "A ring had gone."),
        (check_polarity, "Cray welcomed the merger but said he would not act.",
         "Cray did not welcome the merger."),
        (check_polarity, "It said it was cooperating fully.",
         "It was not cooperating."),
        (check_polarity, "None of the jewels was insured, since the state pays.",
         "The jewels were insured."),
        (check_polarity, "Deaths had fallen steadily since 2000.", "Deaths rose steadily."),
        (check_certainty, "The board is looking into complaints that makers fixed prices.",
         "Makers fixed prices."),
        (check_certainty, "The club will decide next week whether to appeal.",
         "The club will appeal."),
        (check_certainty, "The play suggests that a deputy ignored a warning.",
         "A deputy ignored a warning."),
        (check_certainty, "No evidence was found.", "It is certain that evidence was found."),
        (check_attribution, "It is unfair, said its director, Dr Emre Yildiz. Lee nodded.",
         "It is unfair, Lee said."),
    ],
)  # fmt: skip
def test_it_is_noticed(check: Checker, paragraph: str, claim: str) -> None:
    assert reasons(check, claim, paragraph)


@pytest.mark.parametrize(
    ("check", "paragraph", "claim"),
    [
        (check_polarity, "She denied a claim by Ivo Mora that the ring had vanished.",
         "Mora claimed that the ring had vanished."),
        (check_polarity, "The Tories dismissed the plan as desperate.",
         "The plan is desperate, the Tories said."),
        (check_polarity, "The best way is to win the last one.",
         "There is no better way than to win the last one."),
        (check_polarity, "It is drier than at any time since 1961.",
         "It has never been so dry since 1961."),
        (check_polarity, "He spent years in hiding before he was caught.",
         "He was caught after years in hiding."),
        (check_polarity, "They rejected the treaty.", "They turned the treaty down."),
        (check_polarity, "This is not good for trade.", "This is bad for trade."),
        (check_certainty, "They decide next week whether to appeal.",
         "They will decide next week about an appeal."),
        (check_certainty, "The city might sue.", "There is a risk that the city sues."),
        (check_certainty, "No driver could have stopped.", "It was impossible to stop."),
        (check_attribution, "It is unfair, said its director, Dr Emre Yildiz.",
         "It is unfair, Yildiz said."),
        (check_attribution, "Objectors argued that roads would clog.",
         "People objected that roads would clog."),
    ],
)  # fmt: skip
def test_a_faithful_account_passes(check: Checker, paragraph: str, claim: str) -> None:
    assert reasons(check, claim, paragraph) == []
