"""Words that a disagreement hangs on: speech, denial, how often, how it ended."""

import re
from functools import cache

from rag.verification.rules.wording import bases_of, likeness

SPEECH = bases_of(
    """say tell report add announce claim insist write argue confirm deny admit
    acknowledge concede maintain estimate warn reveal disclose reply respond declare testify
    allege assert suggest explain refute quote cite put according"""
)
"""Verbs whose subject answers for what follows."""

TITLES = frozenset(
    """president senator minister mayor coach chairman chairwoman director professor king queen
    prince princess pope captain judge chancellor governor secretary general chief manager
    ambassador actor actress singer climber climbers congressman congresswoman spokesman
    spokeswoman striker defender goalkeeper midfielder banker former""".split()
)
"""Written with a capital letter before names, or at the start of a sentence: no names."""

DENIES = bases_of("deny refute rebut disprove")
"""What follows is not so, says the subject."""
WAVES_AWAY = bases_of("reject dismiss dispute contradict debunk contest")
"""The same, but only of reports: a bid or an appeal can be rejected too."""
REPORTED = bases_of(
    "report claim allegation accusation suggestion rumour rumor story notion speculation assertion"
)
UNTRUE = bases_of(
    "false untrue baseless fabricated fabrication hoax unfounded incorrect fictitious"
)
NOT_FACTS = bases_of(
    "bail access entry visa permission request appeal chance opportunity right him"
)
"""What is denied to somebody, not disputed."""

NEVER = frozenset("no not never none neither nor without".split())
UNDECIDED = re.compile(
    r"\b(?:may|might|could|would|should|will|shall|won['’]t|if|whether|unless|possibly|possible|"
    r"(?:un)?likely|perhaps)\b|\b(?:[Pp]lan|expect|hope|aim|want|seek|propose|intend|due|set|forecast|"
    r"predict|threaten|look)\w*\s+(?:to|that)\b|\b(?:is|are|was|were) to [a-z]"
)
"""Not said to be so yet: neither side of a disagreement about facts."""
SAYS_NOTHING = bases_of(
    """comment respond answer say tell know want name identify think believe expect give provide
    clear immediately yet available be have do reply disclose discuss elaborate specify need
    evidence information reason plan immediate return reach detail doubt longer only just
    accept recognise recognize consider regard see like support go"""
)
"""Predicates whose negation denies no event: `did not comment`, `gave no details`."""

MUTE = bases_of(
    "comment respond response answer information detail evidence confirm elaborate reply"
)
"""Who has none of these says nothing of the matter."""

OFTEN = frozenset(
    "regular regularly repeated repeatedly frequent frequently often constantly constant "
    "routinely numerous multiple countless daily weekly monthly".split()
)
MANY_BEFORE_TIMES = frozenset("many several numerous countless multiple dozens".split())
ONLY = frozenset("only just single sole".split())
NOT_ONCE = frozenset("again more upon every at per a the they it he she we in".split())
"""Beside `once` these make another word of it: `once again`, `at once`, `once a week`."""

OUTCOMES = bases_of(
    """guilty convict acquit innocent clear approve accept reject throw_out uphold overturn ratify
    veto agree refuse die dead survive alive arrest jail imprison release free win lose pass fail
    succeed legal illegal unlawful lawful ban permit allow close open reopen shut strike reinstate
    sack resign appoint recover cancel postpone proceed rise fall increase decrease"""
)
"""Words whose opposite, said of the same, is another end of the story."""

FAMILIES = tuple(
    bases_of(line)
    for line in (
        "contact call conversation talk speak phone telephone discuss meet touch communicate",
        "attack strike raid assault bomb shell bombard airstrike",
        "visit trip travel journey tour",
        "die kill dead fatal toll victim casualty",
        "injure wound hurt",
        "found establish create set start form",
        "open begin start launch inaugurate",
        "pay cost price fee worth buy sell purchase spend receive",
        "job post worker employee staff redundancy layoff",
        "arrest detain hold custody",
        "flee displace evacuate homeless",
    )
)
"""Words for one kind of event, nearer than synonyms need be where two reports are compared."""

PEOPLE = bases_of("person people man human victim")
"""The counted thing where only heads are counted."""
VAGUE = PEOPLE | bases_of(
    """year day week month hour time one new other more first last number total figure percent
    thing part around about nearly almost least most then also include make get take go be have do
    rise fall increase up down versus reach come give crown krona krone"""
)
"""Words that two unrelated figures share."""
CHANGES = frozenset(
    "from by between another further extra additional other up down versus vs against".split()
)
"""Before a figure: it is a difference, or the old value."""

LEVELS = bases_of("stand climb rise reach hit total grow jump pass")
"""Verbs between a subject and the figure that it has come to."""
DEFINITE = frozenset("the these those both his her their its our my your all".split())
"""Before a figure: it points back to some who are known, and counts nothing anew."""


@cache
def families_of(base: str) -> frozenset[int]:
    """Return the numbers of the families that a base belongs to."""
    return frozenset(number for number, family in enumerate(FAMILIES) if base in family)


ALIKE = 0.8


@cache
def one_event(one: str, other: str) -> bool:
    """Tell whether two bases are one word, or words for one kind of event."""
    return one == other or bool(families_of(one) & families_of(other))


@cache
def akin(one: str, other: str) -> bool:
    """Tell whether two bases can name one event or thing."""
    return one_event(one, other) or likeness(one, other) >= ALIKE
