"""Who does what to whom: verbs whose subject or object the claim exchanges."""

import pytest

from rag.verification.rules.subjects import check_subjects
from tests.verification.checking import reasons


@pytest.mark.parametrize(
    ("paragraph", "claim"),
    [
        # Another name before the same verb, a passive's `by` included.
        ("Ketter shipped nine engines and Lund sold two.", "Lund shipped nine engines."),
        ("Ketter shipped nine engines to Lund.", "Nine engines were shipped by Lund."),
        ("Vos was beaten 3-1 by Brandt.", "Vos beat Brandt 3-1."),
        # Who is spoken of by a pronoun is who speaks.
        ("Ana Rey said that she had met Ivo Mora.", "Ivo Mora had met Rey, she said."),
        ("Ann Lee said that she had read the draft. Bo Tan wept.", "Bo Tan had read the draft."),
        # Things and bodies, not only names.
        ("The firm warned the council twice.", "The council warned the firm twice."),
        ("The union was sued by the ministry.", "The union sued the ministry."),
        ("She telephoned the clinic.", "The clinic telephoned her."),
        ("He welcomed a promise by the club.", "The club welcomed a promise by him."),
        ("The report was made orally to a manager.", "A manager made the report orally."),
        ("Two theatres had approached him.", "He had approached two theatres."),
        # Where to, and from whom.
        ("Lund sent troops to Arden.", "Troops were sent to Lund."),
        ("Two of the boats were lent by neighbouring Arden.", "Two boats were lent to Arden."),
    ],
)
def test_an_exchange_is_noticed(paragraph: str, claim: str) -> None:
    assert reasons(check_subjects, claim, paragraph)


@pytest.mark.parametrize(
    ("paragraph", "claim"),
    [
        ("Ketter shipped nine engines to Lund.", "Nine engines were shipped to Lund by Ketter."),
        ("The minister, Rosa Keane, left the hall.", "Rosa Keane left the hall."),
        ("Germany and Poland paid for it.", "Poland paid for it."),
        ("The European Union sued Poland.", "The EU sued Poland."),
        ("Two people died in the fire.", "The fire killed two people."),
        ("It had run out of gearboxes.", "Gearboxes had run out."),
        ("Ana Rey is worried that the port may close.", "Rey fears that the port may close."),
        ("Lund led by 3 points at the break.", "At the break Lund led by 3 points."),
        ("Pia Holm made some enemies.", "Her views earned Holm some enemies."),
        ("The office praised ministers.", "Ministers won praise from the office."),
        ("A storm on Thursday night flooded the hall.", "Thursday’s storm flooded the hall."),
        # After another name, a pronoun may be anybody's.
        ("Lee said that Tan had gone because he was ill.", "Tan had gone because he was ill."),
    ],
)
def test_another_wording_is_no_exchange(paragraph: str, claim: str) -> None:
    assert reasons(check_subjects, claim, paragraph) == []
