"""English word lists that several steps share."""

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how many much often long far old".split()
)

STOPWORDS = QUESTION_WORDS | frozenset(
    "a an the and or but nor so yet of in on at by for from to with without within into onto upon "
    "about above after against along among around as before behind below between beyond during "
    "off out over per since than that then there these this those through under until up via is "
    "am are was were be been being do does did done doing has have had having can could may might "
    "must shall should will would it its itself he him his himself she her hers herself they them "
    "their theirs themselves we us our ours you your yours i me my mine not no if because while "
    "also just only very too such own same other some any each both all more most s t re ve ll d m "
    "don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn shouldn".split()
)
"""Words that say nothing about what a question is about."""

SENTENCE_STARTERS = frozenset(
    "the a an this that these those he she it they we you i his her its their our there here in on "
    "at by for from with as after before since while when where what who whom whose which why how "
    "if but and or so yet is are was were do does did has have had can could will would should may "
    "might must not no yes please tell give list name describe explain".split()
)
"""Words whose capital letter at the start of a sentence makes them no name."""


SPELLINGS = (
    frozenset({"kyiv", "kiev"}),
    frozenset({"kharkiv", "kharkov"}),
    frozenset({"odesa", "odessa"}),
    frozenset({"lviv", "lvov"}),
    frozenset({"donbas", "donbass"}),
    frozenset({"beijing", "peking"}),
    frozenset({"mumbai", "bombay"}),
    frozenset({"chennai", "madras"}),
    frozenset({"kolkata", "calcutta"}),
    frozenset({"turkey", "turkiye"}),
    frozenset({"myanmar", "burma"}),
    frozenset({"czechia", "czech"}),
    frozenset({"qaeda", "qaida"}),
    frozenset({"hezbollah", "hizbollah", "hizbullah"}),
    frozenset({"gaddafi", "qaddafi", "kadafi"}),
    frozenset({"america", "american", "us", "usa"}),
)
"""Names of places and people that newsrooms spell in more than one way."""

_IRREGULAR = """
say said|tell told|meet met|spend spent|win won|lose lost|give gave given|take took taken
go went gone|come came|see saw seen|know knew known|think thought|buy bought|bring brought
fight fought|sell sold|pay paid|make made|find found|hold held|lead led|leave left|send sent
build built|begin began begun|break broke broken|choose chose chosen|draw drew drawn
drive drove driven|eat ate eaten|fall fell fallen|fly flew flown|forget forgot forgotten
get got gotten|grow grew grown|hear heard|hide hid hidden|keep kept|mean meant|ride rode ridden
rise rose risen|run ran|seek sought|shake shook shaken|shoot shot|show shown|sing sang sung
sink sank sunk|sit sat|speak spoke spoken|stand stood|steal stole stolen|strike struck stricken
swear swore sworn|swim swam swum|teach taught|throw threw thrown|understand understood
wear wore worn|write wrote written|feel felt|catch caught|deal dealt|feed fed|flee fled
forbid forbade forbidden|lend lent|bear bore born|bind bound|blow blew blown
overthrow overthrew overthrown|withdraw withdrew withdrawn|become became|die died dead death
marry married marriage|elect elected election|invade invasion|decide decision|defeat defeated
child children|man men|woman women|person people|foot feet|wife wives|life lives
first originally initially
"""
WORD_FORMS = {
    word: frozenset(group.split())
    for group in _IRREGULAR.replace("\n", "|").split("|")
    for word in group.split()
}
"""Forms of one word that no stemmer brings together."""
