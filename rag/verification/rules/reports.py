"""Who is said to have said what: the reports of speech and thought in a text."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.text.dates import MONTHS
from rag.verification.figures.units import WEEKDAYS
from rag.verification.rules.speech import PRONOUNS, QUOTE_ENDS, says
from rag.verification.rules.verbs import is_finite
from rag.verification.rules.words.reporting import PLAIN_SPEECH
from rag.verification.text import Token

_IN_NAMES = frozenset({"-", ".", "&", "’", "'"})
_LONGEST_NAME = 5
_LONGEST_SPEAKER = 9
_LONGEST_OPENING = 6
_LONGEST_INSERTION = 16
_LONGEST_SUBJECT = 24
_AGENT_REACH = 14
_BEFORE_VERB = frozenset(
    "has had have also later then earlier been be is was were are will would on in a previously "
    "repeatedly recently already again not who did does do yesterday today could can may might "
    "should must still never since once now".split()
)
"""Words that may stand between a subject and its verb."""
_TITLES = frozenset("mr mrs ms miss dr sir lord lady prof professor".split())
_NAME_STARTS = _TITLES | frozenset("the a its his her their".split())
_SPEAKER_ENDS = frozenset("who that in to on at and".split())
_INVERTED = frozenset('”"»’?!')
_WHO = frozenset("those some many critics supporters opponents experts analysts".split())
"""Who may follow on `…, say`."""
_SAID = frozenset("said says added".split())
_SUBJECT_ENDS = frozenset("that who whom but and as".split())


@dataclass(frozen=True, slots=True)
class Report:
    """`X said …`: who, by which word, where."""

    verb: int
    base: str
    """The verb's base form, or `according`."""
    speaker: tuple[int, ...]
    """Indices of the words that name who said it; a pronoun stands for itself."""
    sentence: int


def reports_of(tokens: Sequence[Token]) -> list[Report]:
    """Return the reports of speech and thought in a text, in order."""
    found = []
    for index, token in enumerate(tokens):
        if token.kind != "word" or token.quoted or token.is_name:
            continue
        if token.low == "according" and index + 1 < len(tokens) and tokens[index + 1].low == "to":
            report = Report(index, "according", _ahead(tokens, index + 2), token.sentence)
        elif token.base in PLAIN_SPEECH and says(tokens, index):
            report = Report(index, token.base, _speaker(tokens, index), token.sentence)
        else:
            continue
        if report.speaker:
            found.append(report)
    return found


def subject_of(tokens: Sequence[Token], verb: int) -> tuple[int, ...]:
    """Return the words of the subject of a verb: the noun before it, over an insertion."""
    at = verb - 1
    while at >= 0 and (tokens[at].low in _BEFORE_VERB or tokens[at].low.endswith("ly")):
        at -= 1
    if at >= 0 and tokens[at].low in {"and", "but"}:
        return _subject_before(tokens, at)
    inserted: tuple[int, ...] = ()
    if at >= 0 and tokens[at].text in {",", ")", "–", "—"}:
        # `Victor Conte, of Balco Laboratories, claims`; but also `its head, Ann Lee, said`.
        names = [
            one
            for one in range(max(0, at - 4), at)
            if tokens[one].is_name and tokens[one].low not in WEEKDAYS | MONTHS.keys()
        ]
        inserted = (*names, *_first_name(tokens, at))
        at = _before_insertion(tokens, at)
    return (*_noun_before(tokens, at, verb), *inserted)


def _subject_before(tokens: Sequence[Token], index: int) -> tuple[int, ...]:
    """Return whose second verb follows an `and`: the subject of the one before, or what opens it.

    `The hall, whose owner Ann Lee hopes to sell it and says so`: it is Lee who says so.
    """
    for at in range(index - 1, -1, -1):
        if tokens[at].sentence != tokens[index].sentence:
            break
        if tokens[at].low in {"whose", "who"}:
            verb = next((one for one in range(at + 1, index) if is_finite(tokens, one)), None)
            return () if verb is None else _noun_before(tokens, verb - 1, verb)
    return _first_name(tokens, index)


def _is_passive(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a form of `be` makes a verb passive."""
    before = [one for one in tokens[max(0, verb - 3) : verb] if one.low not in {"not", "also"}]
    return bool(before) and before[-1].base == "be" and not tokens[verb].low.endswith("ing")


def _speaker(tokens: Sequence[Token], verb: int) -> tuple[int, ...]:
    before = tokens[verb - 1].text if verb else ""
    after = tokens[verb + 1] if verb + 1 < len(tokens) else None
    ahead = _ahead(tokens, verb + 1)
    names = after is not None and (after.is_name or after.low in _NAME_STARTS)
    if ahead and (
        before in QUOTE_ENDS
        or (names and before in _INVERTED)
        or (
            names
            and before == ","
            and tokens[verb].low in _SAID
            and not _has_verb(_clause(tokens, verb))
            and (ahead[-1] + 1 >= len(tokens) or tokens[ahead[-1] + 1].text not in "$£€")
        )
    ):
        return ahead
    if before == "," and after is not None and after.low in _WHO:
        return ahead
    if not _is_passive(tokens, verb):
        return subject_of(tokens, verb)
    for at in range(verb + 1, min(len(tokens), verb + _AGENT_REACH)):
        if tokens[at].low == "by" and tokens[at].sentence == tokens[verb].sentence:
            return _ahead(tokens, at + 1)
    return ()


def _clause(tokens: Sequence[Token], verb: int) -> Sequence[Token]:
    """Return what follows a verb in its clause."""
    end = verb + 1
    while end < len(tokens) and tokens[end].clause == tokens[verb].clause:
        end += 1
    return tokens[verb + 1 : end]


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Tell whether a clause begins here, as in `said the move was …`."""
    return any(
        is_finite(tokens, at)
        or one.base in {"be", "have"}
        or one.low in _BEFORE_VERB - {"in", "on"}
        for at, one in enumerate(tokens)
        if one.low != "a"
    )


def _ahead(tokens: Sequence[Token], start: int) -> tuple[int, ...]:
    named: list[int] = []
    for at in range(start, min(len(tokens), start + _LONGEST_SPEAKER)):
        token = tokens[at]
        if token.sentence != tokens[start].sentence:
            break
        if token.low in _SPEAKER_ENDS and not _joins_names(tokens, at):
            break
        is_apposed = token.text == "," and at > start and _is_named(tokens, at + 1)
        if token.kind == "punct" and token.text not in _IN_NAMES and not is_apposed:
            break
        if token.low in MONTHS or token.low in WEEKDAYS:
            break
        if token.is_name or token.low in PRONOUNS or token.is_content:
            named.append(at)
    return tuple(named)


def _joins_names(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether an `and` stands inside of a title: `Economic and Fiscal Policy Minister`."""
    near = (tokens[at - 1], tokens[at + 1]) if 0 < at < len(tokens) - 1 else ()
    return tokens[at].low == "and" and bool(near) and all(one.is_name for one in near)


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a name begins here, or the title of one: `said its director, Dr Lee`."""
    near = [one for one in tokens[at : at + 3] if one.text != "."]
    return bool(near) and (near[0].is_name or (near[0].low in _TITLES and near[-1].is_name))


def _first_name(tokens: Sequence[Token], index: int) -> tuple[int, ...]:
    """Return the name or noun that the sentence begins with."""
    start = index
    while start > 0 and tokens[start - 1].sentence == tokens[index].sentence:
        start -= 1
    while start < index and not (tokens[start].is_name or tokens[start].is_content):
        start += 1
    end = start
    while end < min(index, start + _LONGEST_OPENING) and (
        tokens[end].is_name or tokens[end].is_content
    ):
        end += 1
    named = list(range(start, end))
    if end < index and tokens[end].text == ",":
        # `The minister, Rosa Keane, …`: what stands behind the comma names the same.
        while end + 1 < index and tokens[end + 1].is_name:
            end += 1
            named.append(end)
    return tuple(named)


def _before_insertion(tokens: Sequence[Token], close: int) -> int:
    """Return the index before what two commas, brackets or dashes enclose; -1 if there is none."""
    opening = "(" if tokens[close].text == ")" else tokens[close].text
    for left in range(close - 1, max(-1, close - _LONGEST_INSERTION), -1):
        if tokens[left].text == opening:
            return left - 1
    return -1


def _noun_before(tokens: Sequence[Token], at: int, verb: int) -> tuple[int, ...]:
    named: list[int] = []
    while at >= 0 and tokens[at].sentence == tokens[verb].sentence and verb - at < _LONGEST_SUBJECT:
        token = tokens[at]
        if token.kind == "punct" and token.text not in _IN_NAMES:
            break
        if token.low in PRONOUNS and not named:
            return (at,)
        if token.is_name or token.is_content:
            named.append(at)
        elif named and token.low in _SUBJECT_ENDS:
            break
        if len(named) >= _LONGEST_NAME:
            break
        at -= 1
    return tuple(reversed(named))
