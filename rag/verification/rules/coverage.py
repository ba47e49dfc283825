"""What nothing in the passage covers: invented details against other words for the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from rag.verification.finding import listed
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.negatives import is_negative
from rag.verification.rules.reports import reports_of
from rag.verification.rules.wording import bases_of
from rag.verification.text import Token

_GENERAL = bases_of(
    """able about act action actually add afterwards again ago ahead aim allow alike almost alone
    along already also although among amount another anybody anyone anything apart appear area
    around ask aside available away back base be become before begin behind believe best bid big bit
    both bring broad build call carry case cause certain chance change choice claim clear close come
    comment company complete concern condition consider contain continue control could count country
    couple course cover create current cut date day deal decide describe despite detail develop
    different difficult difficulty direct do down draw due during each early easy effect effort
    either else enable end enough enter entire especially even event ever every everybody everyone
    everything exactly example except exist expect explain extra face fact fail fall far favour feel
    few field figure fill final find finish firm first follow force form former forward free full
    gain general get give go goal government great ground group grow half hand happen hard have head
    hear height help here hold home hope hour however idea immediately important include increase
    indeed indicate instead intend involve issue item itself job join just keep kind know lack large
    last late later latter lead least leave let level lie life light like limit line list local long
    look lose lot low main make man manage many mark matter may mean meanwhile measure meet member
    mention mere method middle might mind moment month move must name near necessary need never new
    next non normal note nothing notice now number object obtain occur off offer official often old
    once one only open opinion order other otherwise out outcome over overall own part participate
    particular party pass past pay people per perhaps period place plan play please point position
    possible prefer prepare present probably problem process produce progress prove provide put
    quite raise range rate rather reach read ready real really reason receive recent record regard
    related remain remainder report request require respect respond rest result return right rise
    role round row run same save say scale second see seek seem self sell send sense separate serve
    set several shape share short should show side sign similar simply since single situation size
    small so some someone something soon sort source speak specific spend spot stage stand start
    state stay step still stop subject such suggest support suppose sure system take talk task team
    tell term thank then there therefore thing think though through throughout thus time today
    together toward treat try turn two type under understand unit unlike until up use usual various
    version very view wait want watch way week well whole wholly wide will wish within without word
    work world would year yet young"""
)
"""Words so general that leaving one without counterpart says little about a claim."""
_STRANGE, _STRANGE_IF_SHORT, _SHORT = 0.75, 0.5, 2
"""Set by hand: of 1,400 claims, 10 % of the faithful ones and 13 % of the altered ones have so much
that is nowhere, too many to learn it from. But what a text never said, and a model was told to say,
is of this kind (`tests/hostile`)."""


class Level(IntEnum):
    """Where the counterpart of a word of the claim stands."""

    MAIN = 0
    """In the sentence that fits best."""
    NEXT = 1
    """In another one of those that the claim is aligned to."""
    ELSEWHERE = 2
    """In a sentence that has little else of the claim, or only in a title."""
    NOWHERE = 3


def is_general(token: Token) -> bool:
    """Tell whether a word is so general that it carries little of its own."""
    return token.base in _GENERAL


@dataclass(frozen=True, slots=True)
class Coverage:
    """The claim's words, figures and names left out, and where their counterparts stand."""

    levels: dict[int, Level]
    """By index of the claim's token, in order."""
    telling: tuple[int, ...]
    """Those of them that aren't general."""

    def count(self, level: Level) -> int:
        """Return how many telling words have their counterpart there."""
        return sum(self.levels[index] is level for index in self.telling)

    @property
    def missing(self) -> frozenset[int]:
        """Telling words that the aligned sentences lack."""
        return frozenset(one for one in self.telling if self.levels[one] >= Level.ELSEWHERE)

    @property
    def is_strange(self) -> bool:
        """Whether so much of the claim is nowhere that it can't be the passage in other words."""
        words = self.telling or tuple(self.levels)
        nowhere = sum(self.levels[index] is Level.NOWHERE for index in words)
        share = nowhere / max(len(words), 1)
        return share >= (_STRANGE_IF_SHORT if len(words) <= _SHORT else _STRANGE)

    @property
    def tail(self) -> int:
        """How many words in a row are missing at the claim's end."""
        count = 0
        for index in reversed(self.levels):
            if index not in self.missing:
                break
            count += 1
        return count


def coverage_of(alignment: Alignment, kept: frozenset[int]) -> Coverage:
    """Return where the counterparts of a claim's words stand.

    Args:
        alignment: The claim beside its passage.
        kept: Indices of words that the claim has in common, in order, with the main sentence.
    """
    tokens = alignment.passage.tokens
    denied = any(is_negative(one) and one.sentence == alignment.main for one in tokens)
    # Which verb reports it is for the check of attributions to weigh.
    reporting = {one.verb for one in reports_of(alignment.claim)}
    levels: dict[int, Level] = {}
    for index, token in enumerate(alignment.claim):
        if (
            index in reporting
            or not token.is_content
            or token.is_name
            or index in alignment.numeric
        ):
            continue
        if index in kept or (denied and is_negative(token)):
            levels[index] = Level.MAIN
        else:
            levels[index] = _level(index, alignment)
    telling = tuple(index for index in levels if not is_general(alignment.claim[index]))
    return Coverage(levels, telling)


def _level(index: int, alignment: Alignment) -> Level:
    match = alignment.matches.get(index)
    if match is None:
        return Level.ELSEWHERE if index in alignment.in_context else Level.NOWHERE
    if not match.in_focus:
        return Level.ELSEWHERE
    in_main = alignment.passage.tokens[match.source].sentence == alignment.main
    return Level.MAIN if in_main else Level.NEXT


def missing_reason(coverage: Coverage, claim: Sequence[Token]) -> str | None:
    """Return a sentence that names what is missing; null where nothing is."""
    words = [
        claim[index].text for index, level in coverage.levels.items() if level is Level.NOWHERE
    ] or [claim[index].text for index in sorted(coverage.missing)]
    return f"Not found there: {listed(words)}." if words else None
