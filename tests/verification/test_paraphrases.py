"""Freer wording of what a paragraph says: no check may take it for an alteration."""

import pytest

from tests.verification.checking import kinds

HARBOUR = (
    "The harbour board failed to disclose the fees to its members. It has made no decision on "
    "whether to appeal. Sir Odo Vance lost the vote that elected a council with no party in "
    "overall charge. Managers are suspected of wrongly using 31m crowns of board funds."
)
CREW = (
    "The crew was picked from two cooks and five sailors. Almost a third of the 900 jobs will go. "
    "It cost 18 months of work and applies to just 1% of ships. Passenger numbers rose 21% in "
    "1999 and again in 2003. The ferries sail to Arden, Lorne and Norwell."
)
TALKS = (
    "But President Ilva became a defender of the plan, arguing that the fees were too high. "
    "The Ruritanian bank had been losing about $2m a week. “It is over,” said a company spokesman. "
    "Lee Amos, part of the family that owns Brack, will lead it. "
    "The board upheld Ms Orr’s claim of neglect."
)


@pytest.mark.parametrize(
    ("paragraph", "claim"),
    [
        (HARBOUR, "The fees were kept from members of the harbour board."),
        (HARBOUR, "The harbour board has yet to decide if it will appeal."),
        (HARBOUR, "Managers are suspected of misusing 31m crowns of the board’s cash."),
        ("Mia Holm was the first woman to lead the firm.", "No woman led the firm before Holm."),
        ("Both players will miss the game.", "Neither player will play in the game."),
        ("The club received very few complaints.", "Hardly any complaints reached the club."),
        (CREW, "Seven people made up the crew, five of them sailors."),
        (CREW, "Nearly one in three of the 900 jobs will go."),
        (CREW, "It cost a year and a half of work."),
        (CREW, "It applies to just one ship in a hundred."),
        (CREW, "In 1999 passenger numbers rose by more than a fifth, four years before 2003."),
        (CREW, "The ferries sail to three towns."),
        ("Labour lead the Tories by 39% to 34%.", "Labour were five points ahead of the Tories."),
        ("Vance told the Commons of it.", "MPs were told of it by Vance."),
        ("Each PC user got it.", "It was sent to all users of PCs."),
        ("One MSP got it.", "A member of the Scottish Parliament, an MSP, got it."),
        ("He traded in Byzantine silk.", "He traded in silk of Byzantium."),
        ("The owner, who saw Brack, sold it.", "The owner who first saw Brack sold it."),
        (CREW, "Although Arden is far, the ferries sail there."),
        ("The law aims at halving fees by 2010.", "The law aims at cutting fees in half by 2010."),
        ("The bill replaces the old rate of tax for 30 towns.", "The tax bill is for 30 towns."),
        ("The firm paid $14.5m to settle it.", "The firm handed over $14.5m to settle it."),
        (TALKS, "A member of the family that owns Brack, Lee Amos, will lead it."),
        (TALKS, "The Ruritanian bank lost roughly $2m every week."),
        (TALKS, "The board agreed that Ms Orr was the victim of neglect."),
        ("MPs will be expelled if they use phones, Ann Rask ruled.",
         "Ann Rask decided that MPs who use phones will be expelled."),
        ("They helped the firm so they could earn fees.", "They helped the firm to earn fees."),
        ("The Queen invited Rask to form a cabinet, Vance told the nation.",
         "The Queen asked Rask to form a cabinet."),
    ],
)  # fmt: skip
def test_other_words_are_no_alteration(paragraph: str, claim: str) -> None:
    assert kinds(claim, paragraph) - {"name"} == set()


@pytest.mark.parametrize(
    ("kind", "paragraph", "claim"),
    [
        ("negation", "The land law is not against the constitution, the minister said.",
         "The land law is against the constitution, the minister said."),
        ("negation", "There were no plans to sell the channel.",
         "There were plans to sell the channel."),
        ("negation", "He tended to defy the party line in the house.",
         "He tended to follow the party line in the house."),
        ("negation", "The firm needs to lessen its dependence on imports.",
         "The firm needs to increase its dependence on imports."),
        ("role", "The Arden Party is asking the watchdog of Lorne to stop the calls.",
         "The watchdog of Lorne is asking the Arden Party to stop the calls."),
        ("role", "Sir Odo Vance, the member who challenged Mia Holm in 1989, has died.",
         "Sir Odo Vance, the member whom Mia Holm challenged in 1989, has died."),
        ("number", "The crew has two cooks and five sailors.", "The crew has eight people."),
        ("number", "Output rose by a third in 1999.", "Output rose by a quarter in 1999."),
        ("number", "It took 18 months.", "It took two and a half years."),
        ("number", "He spoke on Channel 5.", "He spoke on Channel 4."),
        ("attribution", "“It is too late,” said Lee Amos. Mia Holm had left by then.",
         "Mia Holm said that it was too late."),
    ],
)  # fmt: skip
def test_an_alteration_is_still_noticed(kind: str, paragraph: str, claim: str) -> None:
    assert kind in kinds(claim, paragraph)
