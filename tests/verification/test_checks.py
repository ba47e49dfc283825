"""Each check by itself: what it objects to, and what it lets pass."""

from collections.abc import Callable, Sequence

import pytest

from rag.verification.figures.figures import check_figures
from rag.verification.finding import Finding
from rag.verification.names import check_names
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.amounts import check_amounts
from rag.verification.rules.attribution import check_attribution
from rag.verification.rules.certainty import check_certainty, cut_out
from rag.verification.rules.converses import check_converses
from rag.verification.rules.directions import check_directions
from rag.verification.rules.edits import edits_of
from rag.verification.rules.polarity import check_polarity
from rag.verification.rules.subjects import check_subjects
from tests.verification.checking import aligned, kinds, reasons

Checker = Callable[[Alignment], Sequence[Finding]]

VOTE = "In Lorne 69% of pensioners over 55 vote, compared with just 17% of students."
LOST = "Lorne have lost nine of their 14 matches, and lost 2-1 to Arden on Sunday."
SHOT = "The designer Ito was shot outside his home by Cole Hart, who later fled to Spain."
CASE = (
    "The opposition accused the government of Ada Lorenz of delay. Lorenz asked the army for help. "
    "Shares rose from 4 to 9 euros."
)
TRIAL = (
    "Ana Rey, of Balco, claims the runner used drugs. The runner denies it. "
    "The regional water board said that burrowing animals had weakened the dyke. "
    "“Nobody looked,” Paul Rask said. “It is too late.” An expert, Mia Holm, said that she agreed."
)
SENT = (
    "Lorne Steel said that it would wait, and its rival Ketter has shipped nine engines to Arden. "
    "The minister, Rosa Keane, left the hall. She called Ivo Mora on Monday. "
    "Pia Holm had telephoned Kai Brandt. The union had offered a truce that the operators rejected."
)
PLAN = (
    "The port may close in May. The firm plans to build a bridge if it finds the money. "
    "The mayor allegedly took bribes. Some officials resigned. "
    "It is the second largest port in Europe. She was one of a handful of women elected. "
    "Up to 75% of all files were lost."
)


@pytest.mark.parametrize(
    ("check", "paragraph", "claim"),
    [
        (check_figures, VOTE, "In Lorne 17% of pensioners vote, compared with 69% of students."),
        (check_figures, VOTE, "In Lorne 65% of pensioners vote."),
        (check_figures, LOST, "Lorne have lost 14 of their matches."),
        (check_figures, CASE, "Shares rose to 10 euros."),
        (check_names, VOTE, "In Arden 69% of pensioners vote."),
        (check_names, SHOT, "Ito was shot by Cole Hart, who later fled to France."),
        (check_polarity, LOST, "Lorne have won nine of their 14 matches."),
        (check_polarity, LOST, "Lorne have not lost nine of their 14 matches."),
        (check_polarity, CASE, "Shares fell from 4 to 9 euros."),
        (check_polarity, "The runner did not use drugs.", "The runner used drugs."),
        (check_polarity, "The firm has yet to reveal a price.", "The firm has revealed a price."),
        (check_polarity, "She didn’t rule out a strike.", "She ruled out a strike."),
        (check_subjects, CASE, "The government of Ada Lorenz accused the opposition of delay."),
        (check_subjects, CASE, "The army asked Lorenz for help."),
        (check_directions, CASE, "Shares rose from 9 to 4 euros."),
        (check_subjects, SHOT, "Ito shot Cole Hart outside his home."),
        (check_converses, LOST, "Lorne beat Arden 2-1 on Sunday."),
        (check_subjects, SENT, "Lorne Steel has shipped nine engines to Arden."),
        (check_subjects, SENT, "Nine engines were shipped to Arden by Lorne Steel."),
        (check_subjects, SENT, "Ivo Mora left the hall."),
        (check_subjects, SENT, "On Monday Mora rang Keane."),
        (check_subjects, SENT, "Brandt had telephoned Holm."),
        (check_subjects, SENT, "The union rejected a truce that the operators had offered."),
        (check_figures, "It costs $3 million a day.", "It costs $3 million a week."),
        (check_figures, "He has 9 or more cats.", "He has fewer than 9 cats."),
        (check_polarity, "No evidence of fraud was found.", "Evidence of fraud was found."),
        (check_polarity, "The free ferry does not run at night.", "The free ferry runs at night."),
        (check_attribution, TRIAL, "The runner used drugs."),
        (check_attribution, TRIAL, "Mia Holm said: “It is too late.”"),
        (check_attribution, TRIAL, "Residents said that burrowing animals had weakened the dyke."),
        (check_certainty, PLAN, "The port will close in May."),
        (check_certainty, PLAN, "The firm built a bridge."),
        (check_certainty, PLAN, "The firm plans to build a bridge."),
        (check_certainty, PLAN, "The mayor took bribes."),
        (check_certainty, PLAN, "It is proven that the mayor took bribes."),
        (check_amounts, PLAN, "Officials resigned."),
        (check_amounts, PLAN, "All officials resigned."),
        (check_amounts, PLAN, "It is the largest port in Europe."),
        (check_amounts, PLAN, "She was the only woman elected."),
        (check_amounts, PLAN, "All files were lost."),
    ],
)
def test_an_alteration_is_noticed(check: Checker, paragraph: str, claim: str) -> None:
    found = reasons(check, claim, paragraph)
    assert found
    assert all(one.endswith(".") and len(one) < 160 for one in found)


@pytest.mark.parametrize(
    ("check", "paragraph", "claim"),
    [
        (check_figures, VOTE, "Of pensioners in Lorne above 55, 69 per cent vote."),
        (check_figures, LOST, "Of 14 matches Lorne lost nine."),
        (check_names, SHOT, "Hart, who shot Ito, later fled to Spain."),
        (check_names, "Ukrainian President Volodymyr Zelensky came.", "Ukraine’s Zelenskyy came."),
        (check_names, "The International Monetary Fund agreed.", "The IMF agreed."),
        (check_polarity, LOST, "Lorne were beaten in nine of their 14 matches."),
        (check_polarity, "He was unable to come.", "He could not come."),
        (check_polarity, "Sales did not fall.", "Sales did not drop."),
        (check_polarity, "It is unlikely to rain.", "It will probably not rain."),
        (
            check_subjects,
            CASE,
            "The government of Ada Lorenz was accused of delay by the opposition.",
        ),
        (check_subjects, SHOT, "Cole Hart shot the designer Ito outside his home."),
        (check_converses, LOST, "On Sunday Arden beat Lorne 2-1."),
        (check_subjects, SENT, "Ketter has shipped engines to Arden."),
        (check_subjects, SENT, "Nine engines were shipped by Lorne’s rival Ketter."),
        (check_subjects, SENT, "Rosa Keane, the minister, left the hall."),
        (check_subjects, SENT, "Holm telephoned Brandt."),
        (check_subjects, SENT, "The operators rejected a truce that the union had offered."),
        (
            check_subjects,
            "Pellew at Ketter Bank cut his rating.",
            "Ketter’s Pellew cut his rating.",
        ),
        (check_figures, "It took 30 months.", "It took two and a half years."),
        (check_figures, "There were two delays.", "It was delayed twice."),
        (check_polarity, "It cannot close without a vote.", "To close it, a vote is needed."),
        (check_polarity, "The plant halted production.", "The plant stopped production."),
        (check_attribution, TRIAL, "Rey’s claim is that the runner used drugs."),
        (check_attribution, TRIAL, "Ana Rey alleges that the runner used drugs."),
        (check_attribution, TRIAL, "“It is too late,” said Rask."),
        (check_certainty, PLAN, "The port might close in May."),
        (check_certainty, PLAN, "The firm hopes to build a bridge if the money is found."),
        (check_certainty, PLAN, "The mayor is accused of taking bribes."),
        (check_amounts, PLAN, "Several officials resigned."),
        (check_amounts, PLAN, "It is Europe’s second largest port."),
    ],
)
def test_a_faithful_wording_passes(check: Checker, paragraph: str, claim: str) -> None:
    assert reasons(check, claim, paragraph) == []


def test_names_that_changed_order_raise_a_doubt() -> None:
    paragraph = "Ana Rey sang with the band Lorne, which had a hit, before founding Arden."
    assert "role" in kinds("Ana Rey sang with the band Arden before founding Lorne.", paragraph)
    assert "role" not in kinds("Before founding Arden, Ana Rey sang with Lorne.", paragraph)


@pytest.mark.parametrize(
    ("claim", "is_cut"),
    [
        ("Holm said that the city would sue to recover the money.", True),
        ("Holm said that the city might sue to recover the money.", False),
        ("Holm said that the city perhaps will sue to recover the money.", False),
    ],
)
def test_a_doubt_that_was_cut_out_is_noticed(claim: str, *, is_cut: bool) -> None:
    paragraph = "Holm said that the city might sue to recover the money if he is found guilty."
    alignment = aligned(claim, paragraph)
    assert bool(cut_out(alignment, edits_of(alignment))) is is_cut


def test_a_name_with_a_figure_is_known_from_the_title() -> None:
    claim, paragraph = "Borealis-2 fell silent.", "The Borealis probe fell silent."
    found = check_figures(aligned(claim, paragraph))
    assert [one.weight for one in found] == [0.4]
    titled = check_figures(aligned(claim, paragraph, "Hopes fade for Borealis-2"))
    assert [one.weight for one in titled] == [0.0]
