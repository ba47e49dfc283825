"""What kind of thing a question asks for, and whether a sentence holds one."""

import re
from enum import StrEnum
from functools import lru_cache

from rag.text.lexicon import SENTENCE_STARTERS, STOPWORDS
from rag.text.words import words


class AnswerKind(StrEnum):
    """The kinds that leave a trace in the wording of an answer."""

    PERSON = "person"
    TIME = "time"
    YEAR = "year"
    DURATION = "duration"
    NUMBER = "number"
    AGE = "age"
    MONEY = "money"
    PLACE = "place"
    REASON = "reason"
    OTHER = "other"


_MONTHS = (
    "january|february|march|april|june|july|august|september|october|november|december|"
    "jan|feb|aug|sept|oct|nov|dec"
)
_FIGURE = r"\d[\d,.]{0,30}+"
"""Bounded, so that a run of `1,1,1,…` isn't read anew from each of its digits."""
_COUNT = (
    rf"(?:{_FIGURE}|\b(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|"
    r"half|third|quarter|once|twice|only|single|several|couple|both|first|second)\b)"
)
_UNIT = r"(?:second|minute|hour|day|night|week|month|year|decade|century|centurie)s?"

_MONEY_VERB = r"(?:cost|spen[dt]|pa(?:y|id)|earn\w*|worth|donat\w+)"
_ASKS = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        AnswerKind.DURATION: (r"\bhow long\b|\b(?:what|which) (?:was the )?(?:duration|length of)"),
        AnswerKind.AGE: (
            r"\bhow old\b|\b(?:what|which) (?:is|was) (?:\w+ )?(?:\w+['’]s )?age\b|\bat what age\b"
        ),
        AnswerKind.MONEY: (
            r"\bhow (?:much money|many (?:dollars|pounds|euros|yuan|yen|rubles))\b|"
            rf"\bhow much (?:\w+ ){{1,8}}?{_MONEY_VERB}\b|"
            r"\bhow much (?:cash|funding|debt|revenue|profit)\b|"
            r"\bwhat (?:\w+ ){1,8}?(?:cost|worth)\b"
        ),
        AnswerKind.NUMBER: (
            r"\bhow (?:many|much|far|tall|big|large|high|deep|often|few|fast|wide)\b|"
            r"\b(?:what|which)(?: \w+){0,3} (?:percentage|percent|number|amount|population|"
            r"total|sum|cost|price|rate|share|fraction|proportion|age|size|figure)\b"
        ),
        AnswerKind.YEAR: r"\b(?:what|which)(?: \w+)? year\b",
        AnswerKind.TIME: (
            r"\bwhen\b|\b(?:what|which)(?: \w+)? (?:date|day|weekday|month|century|decade|time|"
            r"era|period|season)s?\b|\bhow recently\b"
        ),
        AnswerKind.PERSON: r"\bwho(?:m|se)?\b|\b(?:what|which) (?:person|man|woman)\b",
        AnswerKind.PLACE: (
            r"\bwhere\b(?! (?:do|does|did) .*\bstand\b)|"
            r"\b(?:what|which)(?: \w+)? (?:city|country|town|place|state|region|continent|"
            r"province|county|village|nation|location)\b"
        ),
        AnswerKind.REASON: (r"\bwhy\b|\bfor what reason\b|\bwhat (?:caused|led|reason|prompted)\b"),
    }.items()
}
_WH = r"(?:who|whom|whose|what|when|where|why|how|which)"
_ASKING = re.compile(rf"\b{_WH}\b", re.IGNORECASE)
_CLAUSE_FIRST = re.compile(rf"\s*(?:when|where)\b[^,?]+,\s*(?={_WH}\b)", re.IGNORECASE)
"""`When the bridge fell, who …` asks for a person."""
_HOLDS = {
    AnswerKind.TIME: re.compile(
        rf"\b(?:1\d{{3}}|20\d{{2}})s?\b|\bin \d{{3}}\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|"
        rf"\b(?:{_MONTHS}|may \d)\b|\b\d{{1,2}}(?:[:.]\d\d)? ?[ap]\.?m\b|"
        r"\b(?:era|age|night|noon)\b|\b(?:beginning|start|end) of\b|"
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bcentur(?:y|ies)\b|"
        r"\b(?:yesterday|today|tomorrow|tonight|earlier|later|recently|morning|evening)\b|"
        rf"\b(?:last|next|this|past|previous|following) {_UNIT}\b|\bago\b|\bday (?:after|before)\b|"
        rf"\b(?:after|before|during|since|until|while|when)\b",
        re.IGNORECASE,
    ),
    AnswerKind.YEAR: re.compile(r"\b(?:1\d{3}|20\d{2})s?\b|\b\d{1,4} (?:AD|BC|CE|BCE)\b"),
    AnswerKind.DURATION: re.compile(
        rf"(?:{_COUNT}|\bfew|\bmany|\bseveral)[\s-]+(?:\w+[\s-]+)?{_UNIT}\b|\bsince\b|"
        r"\b(?:for|in) (?:centur|decade|year|month|week|day|hour|minute|second)\w*\b|"
        r"\b(?:un)?til\b|"
        rf"\b(?:almost|nearly|about|around|over|under|within|than|half|whole|entire) an? {_UNIT}\b|"
        r"\binto the (?:\w+ )?century\b|"
        r"\bfrom \d{3,4} (?:to|until|through)\b|\b(?:in )?length\b|\blong(?:er)?\b",
        re.IGNORECASE,
    ),
    AnswerKind.AGE: re.compile(
        r"\b\d{1,3}[\s-]years?[\s-]old\b|\b[Aa]ged? \d|, \d{1,3},|\b[Bb]orn\b|\((?:\d{1,3})\)|"
        r"\b\w+-year-old\b|\b[Aa]ge of\b"
    ),
    AnswerKind.MONEY: re.compile(
        rf"[$£€¥₽]\s?\d|\b{_FIGURE}\s?(?:million|billion|trillion|dollars?|pounds?|euros?|yuan|yen|"
        r"cents?|pence|percent|%|[mb]n\b)|\b(?:million|billion|trillion|thousand)s?\b|\bfree\b",
        re.IGNORECASE,
    ),
    AnswerKind.NUMBER: re.compile(_COUNT, re.IGNORECASE),
    AnswerKind.REASON: re.compile(
        r"\b(?:because|due to|as a result|since|in order to|so that|thanks to|owing to|caused?|"
        r"led to|prompted|reason|therefore|thus|given|amid|after|following|for fear|"
        r"to (?!the\b|a\b)\w+)\b",
        re.IGNORECASE,
    ),
}
_PLACED = re.compile(
    r"\b(?:in|at|near|from|to|into|of|on|off|outside|inside|across|over|around|between|and|"
    r"through|towards?|throughout|via)\s+(?:the\s+|northern\s+|southern\s+|eastern\s+|western\s+|"
    r"central\s+|modern\s+|what\s+is\s+now\s+)*"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b)(?P<name>[A-Z]\w*(?:['’-]\w+)*)"
)
_FOCUS = re.compile(
    r"\bhow (?:many|much)\s+(?P<head>(?:[^\W\d_][\w'’-]*\s+){1,3}?)"
    r"(?P<verb>is|are|was|were|has|have|had|did|does|do|will|would|can|could|should|may|might)\b|"
    r"\bwhat (?:is|was|were|are) the (?P<property>\w+) of\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    "name names kind type sort thing things time times number amount percentage part role way "
    "reason person people purpose result cause effect meaning definition outcome status "
    "money dollars pounds euros cash percent percentage of more less "
    "significance importance goal aim objective ratio proportion success impact consequence basis "
    "nature function role origin origins reaction response opinion view difference".split()
)
"""Nouns that name an answer's part in the question; a text gives the answer without them."""
_KIND_NOUNS = frozenset(
    "year date day weekday month century decade city country town state region nation place "
    "village province location long far old often".split()
)
_SPEAKER = re.compile(
    r"\b[Ww]hat (?:did|does|do|has|have|was|were) (?P<name>[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*)*) "
    r"(?:\w+ )?(?:say|said|tell|told|claim|claimed|state|stated|write|written|announce|announced|"
    r"reply|replied|argue|argued|warn|warned|admit|admitted|comment)\b"
)
_SAYING = re.compile(
    r"[“\"]|\b(?:sa(?:id|ys?|ying)|told|tells|wrote|writes|claim\w*|stat(?:ed|ement)|announc\w+|"
    r"repl(?:ied|y)|argu\w+|warn\w*|admit\w*|comment\w*|according to|rejected|denied|called|asked|"
    r"suggest\w*|add(?:ed|s)|explain\w*|insist\w*|vow\w*|respon\w+|question\w*|declar\w+|"
    r"describ\w+|prais\w+|criti\w+|express\w+|believe[sd]?|propos\w+|refus\w+|confirm\w+)\b",
    re.IGNORECASE,
)
_WITHIN_NAMES = "'’-"
_QUESTIONS_CACHED = 100
"""A question is compared with dozens of sentences."""


def asked_kind(question: str) -> AnswerKind:
    """Return what a question asks for; the earliest cue in it decides.

    A cue behind the first question word belongs to a clause: `Which case was lost when …?` asks
    for no time.
    """
    clause = _CLAUSE_FIRST.match(question)
    asked = question[clause.end() :] if clause else question
    first = _ASKING.search(asked)
    found = [
        (match.start(), order, kind)
        for order, (kind, pattern) in enumerate(_ASKS.items())
        if (match := pattern.search(asked)) and (first is None or match.start() <= first.start())
    ]
    return min(found)[2] if found else AnswerKind.OTHER


def telling(word: str) -> bool:
    """Tell whether a word of a question says more than which kind of thing is asked for."""
    return word.lower() not in _GENERIC | _KIND_NOUNS | STOPWORDS


def speaker(question: str) -> str | None:
    """Return who is asked about in `what did … say`; null in other questions."""
    match = _SPEAKER.search(question)
    return match["name"] if match else None


def speaks(name_stems: frozenset[str], sentence: str, stems: frozenset[str]) -> bool:
    """Tell whether a sentence reports what somebody said.

    Args:
        name_stems: Stems of the speaker's name.
        sentence: The sentence.
        stems: Its stems.
    """
    return bool(name_stems & stems) and bool(_SAYING.search(sentence))


def focus(question: str) -> str | None:
    """Return the noun that the question counts or asks for, as in `how many terminals has …`.

    Nouns that only name a kind of answer (`year`, `company`) need not stand in the text: null.
    """
    match = _FOCUS.search(question)
    if match is None:
        return None
    words = (match["head"] or match["property"]).lower().split()
    head = words[-1] if match["verb"] or match["property"] else words[0]
    return None if head in _GENERIC | STOPWORDS else head


def holds(kind: AnswerKind, sentence: str, question: str) -> bool:
    """Tell whether a sentence holds something of the kind that the question doesn't say itself."""
    if kind is AnswerKind.OTHER:
        return True
    if kind is AnswerKind.PERSON or (kind is AnswerKind.PLACE and _names_place(question)):
        return bool(new_names(sentence, question))
    if kind is AnswerKind.PLACE:
        new = set(new_names(sentence, question))
        return any(match["name"] in new for match in _PLACED.finditer(sentence))
    if kind is AnswerKind.REASON:
        return bool(_HOLDS[kind].search(sentence))
    asked = _said(kind, question)
    return any(match.group().lower() not in asked for match in _HOLDS[kind].finditer(sentence))


@lru_cache(maxsize=_QUESTIONS_CACHED)
def _names_place(question: str) -> bool:
    """Tell whether a kind of place is asked for by name: `which country` may be the subject."""
    first = _ASKING.search(question)
    return first is not None and first.group().lower() in {"what", "which"}


@lru_cache(maxsize=_QUESTIONS_CACHED)
def _said(kind: AnswerKind, question: str) -> frozenset[str]:
    return frozenset(match.group().lower() for match in _HOLDS[kind].finditer(question))


@lru_cache(maxsize=_QUESTIONS_CACHED)
def _not_new(question: str) -> frozenset[str]:
    known = (word.lower() for word in words(question, _WITHIN_NAMES))
    return SENTENCE_STARTERS.union(STOPWORDS, known)


def new_names(sentence: str, question: str) -> list[str]:
    """Return the capitalised words of a sentence that the question doesn't hold."""
    known = _not_new(question)
    return [
        name
        for name in words(sentence, _WITHIN_NAMES)
        if name[0].isupper()
        and (lowered := name.lower()) not in known
        and lowered.removesuffix("'s").removesuffix("’s") not in known
    ]
