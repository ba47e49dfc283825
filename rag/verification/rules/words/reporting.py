"""Words of reporting: who said it, how sure it is."""

from rag.verification.rules.wording import bases_of

PLAIN_SPEECH = bases_of(
    """say tell state note add remark comment explain report announce declare reveal disclose
    confirm admit acknowledge concede reply respond answer write tweet post quip joke stress
    emphasise emphasize reiterate underline mention observe recall describe call inform testify
    conclude find show indicate point_out read hear ask urge appeal demand promise pledge vow insist
    warn caution predict forecast expect hope believe think feel complain argue claim contend allege
    maintain assert suggest accuse blame criticise criticize praise deny reject dismiss doubt
    suspect fear propose recommend quote cite speak consider reckon estimate hint imply agree swear
    assure advise remind boast brag lament regret object"""
)
"""Base forms of verbs whose subject is answerable for what follows."""

OPINION = bases_of(
    """claim allege argue contend accuse blame suggest believe suspect doubt warn predict insist
    assert maintain complain hint imply reckon boast speculate criticise criticize rumour
    rumor"""
)
"""Base forms of verbs that say: he holds it to be so. Without them it reads as a fact."""

ALLEGATION = frozenset(
    """alleged allegedly allegation allegations accused accuse accuses accusing accusation claim
    claims claimed reportedly reported suspected suspect purported purportedly supposed supposedly
    rumoured rumored rumour rumours apparently seemingly unconfirmed believed thought accused
    speculation complaint complaints suggestion suggestions reports""".split()
)

POSSIBLE = frozenset(
    """may might could perhaps possibly maybe possible potential potentially possibility potential
    likely probably probable chance appears appear appeared seems seem seemed suggests suggest
    suggested suggesting indicate indicates indicated hint hints hinted conceivably presumably
    arguably unclear whether interested keen prefers preferred suspicion suspicions""".split()
)
"""It may be so."""

PLANNED = frozenset(
    """expected expects expect plan plans planned planning hope hopes hoped hoping aim aims aimed
    intends intend intended intending consider considers considering considered mulling weighing
    propose proposes proposed proposing proposal proposals want wants wanted seek seeks seeking
    sought try tries trying tried attempt attempts attempted attempting forecast forecasts predicted
    predicts projected anticipated due set scheduled likely threatens threatened threatening
    threaten offered offers considering pledge pledged promise promised promises vow vowed should
    ought looks hopes ready prepared preparing poised bid bids urge urged urges call called calls
    ask asked asks demand demanded demands request requested recommend recommended recommends keen
    eager willing""".split()
)
"""It is wanted, expected or asked for, and hasn't come about."""

CERTAIN = frozenset(
    """will definitely certainly undoubtedly prove proves proved proven guarantee guarantees
    guaranteed inevitable inevitably surely must cannot conclusively conclusive undeniable
    unquestionably decided confirms confirmed shall bound established""".split()
)

TOTAL = frozenset(
    """all every everyone everybody everything everywhere always never entire entirely whole wholly
    completely totally fully absolutely only sole solely exclusively each any anyone unanimous
    unanimously nobody none nothing forever permanently whatsoever""".split()
)

PARTIAL_AMOUNT = frozenset(
    """some most many several few part partly partially mainly mostly largely almost nearly often
    sometimes usually generally typically majority minority half certain various occasionally
    frequently""".split()
)

NEGATORS = frozenset(
    """not no never nobody none nothing neither nor without nowhere hardly barely scarcely cannot
    rarely seldom n't""".split()
)
NEGATIVE_VERBS = frozenset(
    """refuse decline deny avoid prevent stop reject dismiss lack cease rule_out unable unwilling
    refusal denial absence turn_down refute forget miss sit_out leave_out stop_short""".split()
)
"""Followed by what isn't so: `failed to win`, `denied that he had met her`."""

NEGATIVE_WORDS = frozenset(
    """unable unlikely unwilling unclear unknown unaware unhurt unchanged disagree disapprove
    impossible unsuccessful unaffected uninjured undecided unresolved free yet rather instead
    declined refused denied dismissed rejected ruled absent lacking lacks lack against avoid avoided
    avoiding prevented stopped failed missed off opposed barred banned too otherwise except only
    despite false untrue wrong innocent cleared abandoned cancelled premature refrain refrained
    anonymity anonymous lost lose few little withheld withhold hidden hide hides secret secretly
    quiet silent silence astray posthumous stops unlike contrary deny denies oppose opposes refuse
    refuses reject rejects avoids prevents prevent forbid forbids forbidden bans ban prohibits
    waived waive late opponent opponents critic critics skip skips skipped halt halts halted suspend
    suspended suspends""".split()
)
"""Words that may carry a negation which another wording puts as `not`."""
