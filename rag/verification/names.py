"""Names of the claim: are they in the passage, and where the claim puts them?"""

from collections.abc import Sequence
from itertools import pairwise

from rag.text.dates import MONTHS
from rag.verification.figures.units import WEEKDAYS
from rag.verification.finding import Finding, listed
from rag.verification.name_forms import is_derived, name_by_initials
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.words.reporting import PLAIN_SPEECH
from rag.verification.text import Token

_ANCHOR_REACH = 5
_SAME_SENTENCE = 25
_COMMON_ENDS = ("ing", "ents", "ants", "ers", "ees", "ions", "ments", "ists", "ies", "ities")
"""Endings of nouns that have their capital from opening the sentence."""


def check_names(alignment: Alignment) -> list[Finding]:
    """Return findings for names that the passage lacks, or that stand in another one's place."""
    found: list[Finding] = []
    for group in name_groups(alignment.claim, alignment.numeric):
        missing = [index for index in group if not _known(index, group, alignment)]
        if missing:
            found.append(_missing(missing, group, alignment))
        elif (rival := _displaced(group, alignment)) is not None:
            shown = _shown(alignment.claim, group)
            found.append(
                Finding("name", f"The paragraph says “{rival}” there, not “{shown}”.", 0.8)
            )
    return found


def name_groups(
    tokens: Sequence[Token], numeric: frozenset[int] = frozenset()
) -> list[tuple[int, ...]]:
    """Return runs of words that make up one name each."""
    groups: list[list[int]] = []
    for index, token in enumerate(tokens):
        if not token.is_name or index in numeric:
            continue
        if groups and _joins(tokens, groups[-1][-1], index):
            groups[-1].append(index)
        else:
            groups.append([index])
    return [tuple(group) for group in groups]


def _joins(tokens: Sequence[Token], last: int, index: int) -> bool:
    between = tokens[last + 1 : index]
    possessive = tokens[index].start - tokens[last].end > 1 and not between
    return (
        not possessive
        and all(
            token.text in {"-", "&", "."} or token.low in {"of", "de", "van", "der", "bin", "al"}
            for token in between
        )
        and len(between) <= 2
    )


def _known(index: int, group: tuple[int, ...], alignment: Alignment) -> bool:
    if index in alignment.matches or index in alignment.in_context:
        return True
    token = alignment.claim[index]
    others = (*alignment.passage.tokens, *alignment.passage.context)
    if any(token.low == other.low or is_derived(token, other) for other in others):
        return True
    return name_by_initials(token, group, alignment)


def _missing(missing: list[int], group: tuple[int, ...], alignment: Alignment) -> Finding:
    words = [alignment.claim[index].text for index in missing]
    given = len(missing) < len(group) and group[-1] not in missing
    weight = (0.8 if _has_other_first(group, alignment) else 0.05) if given else 1.2
    if weight > 1 and _is_we(alignment):
        weight = 0.4
    if missing[0] == group[0] and _opens_sentence(alignment.claim, missing[0]) and len(group) == 1:
        weight = 0.3 if alignment.claim[missing[0]].low.endswith(_COMMON_ENDS) else 0.7
    return Finding("name", f"Not found in the paragraph: {listed([' '.join(words)])}.", weight)


def _has_other_first(group: tuple[int, ...], alignment: Alignment) -> bool:
    """Tell whether the paragraph has the name's last word behind another first one."""
    tokens, match = alignment.passage.tokens, alignment.matches.get(group[-1])
    if match is None or match.source == 0:
        return False
    before = tokens[match.source - 1]
    return before.is_name and all(before.base != alignment.claim[at].base for at in group)


def _is_we(alignment: Alignment) -> bool:
    """Tell whether the paragraph has somebody speak of his own side, unnamed: `we`."""
    return any(
        token.low in {"we", "our", "us"} and token.quoted and token.sentence == alignment.main
        for token in alignment.passage.tokens
    )


def _opens_sentence(tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or tokens[index - 1].sentence != tokens[index].sentence


def _shown(tokens: Sequence[Token], group: Sequence[int]) -> str:
    return " ".join(tokens[index].text for index in group)


def _displaced(group: tuple[int, ...], alignment: Alignment) -> str | None:
    """Return the name that the passage has where the claim has another of its names."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    own = {tokens[alignment.matches[index].source].base for index in group
           if index in alignment.matches}  # fmt: skip
    own |= {claim[index].base for index in group}
    places = [at for at, token in enumerate(tokens) if token.is_name and token.base in own]
    said = {claim[index].base for index in range(len(claim)) if claim[index].is_name}
    said |= {tokens[match.source].base for index, match in alignment.matches.items()
             if claim[index].is_name}  # fmt: skip
    if _speaks(group, claim):
        return None
    at_home = any(tokens[at].sentence == alignment.main for at in places)
    for step, anchor in _anchors(group, alignment):
        place = alignment.matches[anchor].source
        further = alignment.matches.get(anchor + step)
        is_phrase = further is not None and further.source == place + step
        if at_home and tokens[place].sentence != alignment.main and not is_phrase:
            continue
        if any(
            tokens[at].sentence == tokens[place].sentence and abs(at - place) <= _SAME_SENTENCE
            for at in places
        ):
            return None
        gap = abs(anchor - (group[-1] if step == 1 else group[0]))
        for other in range(place - step, place - step * (gap + 2), -step):
            if not 0 <= other < len(tokens) or tokens[other].sentence != tokens[place].sentence:
                break
            if (
                tokens[other].is_name
                and tokens[other].base not in said
                and is_rival(other, alignment)
            ):
                if describes(tokens, other) or _is_said(other, said, tokens):
                    return None
                return tokens[other].text
    return None


def _is_said(index: int, said: set[str], tokens: Sequence[Token]) -> bool:
    """Tell whether the claim has a name in part (`Blair`), or in the plural."""
    low = tokens[index].low
    around = [tokens[at] for at in (index - 1, index + 1) if 0 <= at < len(tokens)]
    return {f"{low}s", low.removesuffix("s")} & said != set() or any(
        one.is_name and one.base in said for one in around
    )


def is_rival(index: int, alignment: Alignment) -> bool:
    """Tell whether a name of the passage can be somebody else's: no month, no title of office."""
    token = alignment.passage.tokens[index]
    return token.low not in MONTHS and token.low not in WEEKDAYS and token.low not in _OFFICES


_OFFICES = frozenset(
    """president minister secretary prime chancellor senator governor king queen prince princess
    general captain judge justice mayor deputy chief director chairman chairwoman foreign finance
    home health defence interior state vice attorney lieutenant colonel sergeant chef coach
    archbishop bishop cardinal pope professor doctor chairman university institute college ministry
    department council committee party company group bank press times post journal daily""".split()
)


def one_person(one: Token, other: Token, alignment: Alignment) -> bool:
    """Tell whether two names stand side by side somewhere, as first name and surname do."""
    for text in (alignment.passage.tokens, alignment.passage.context):
        for first, second in pairwise(text):
            if {first.base, second.base} == {one.base, other.base} and first.base != second.base:
                return True
    return False


def _speaks(group: tuple[int, ...], claim: Sequence[Token]) -> bool:
    """Tell whether a name is that of a speaker: who said it is another check's matter."""
    around = (*claim[max(0, group[0] - 3) : group[0]], *claim[group[-1] + 1 : group[-1] + 3])
    return any(token.base in PLAIN_SPEECH or token.low == "according" for token in around)


def describes(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a name only qualifies the noun behind it: `the Wasps wing`, `US officials`."""
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    return (
        behind is not None
        and behind.is_content
        and not behind.is_name
        and behind.start - tokens[index].end <= 1  # else a possessive: `Mali’s ministry`
    )


def _anchors(group: tuple[int, ...], alignment: Alignment) -> list[tuple[int, int]]:
    """Return the nearest matched words that are no names: (1, after) and (-1, before)."""
    found = []
    for step, start in ((1, group[-1]), (-1, group[0])):
        for gap in range(1, _ANCHOR_REACH + 1):
            index = start + step * gap
            if not 0 <= index < len(alignment.claim):
                break
            match = alignment.matches.get(index)
            if match is not None and match.in_focus and index not in group:
                found.append((step, index))
                break
    return found
