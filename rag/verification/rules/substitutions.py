"""A figure, a name or a `not` that stands exactly where the sentence has another one, or none."""

from collections.abc import Sequence
from itertools import pairwise

from rag.verification.figures.agreement import agree
from rag.verification.figures.figure_nouns import is_bare
from rag.verification.finding import Finding
from rag.verification.name_forms import by_initials
from rag.verification.names import describes, is_rival, one_person
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.edits import Edits, Segment
from rag.verification.rules.negatives import NOT_NEGATIVE, is_negative, is_turned, keeps_from
from rag.verification.rules.opposites import is_balanced
from rag.verification.rules.verbs import is_passive
from rag.verification.rules.wording import likeness, opposite
from rag.verification.text import Token

_SHORT = 6
"""Words that a replaced stretch may have on either side."""
_MOSTLY_KEPT = 0.6
"""From there, a `not` more or less between two words is no other way to put it."""
_LEAST_KEPT = 0.45
"""Of the claim, before it counts as an edit of the sentence at all."""
_GAP = 3
"""Words between two kept ones among which a `not` was put in or taken out."""
_PLAIN_NOT = frozenset("not no never nobody none neither".split())


def check_substitutions(alignment: Alignment, edits: Edits) -> list[Finding]:
    """Return findings for figures and names that were exchanged inside a sentence."""
    if edits.share < _LEAST_KEPT:
        return []
    found: list[Finding] = []
    for segment in edits.segments:
        if len(segment.claim) > _SHORT or len(segment.source) > _SHORT or not segment.source:
            continue
        found += _figures(segment, alignment) or _names(segment, alignment)
    turned = _parity_broken(alignment, edits.kept) if edits.share >= _MOSTLY_KEPT else None
    found = found or _opposites(alignment, edits)
    return [*([turned] if turned is not None else []), *found][:2]


def _opposites(alignment: Alignment, edits: Edits) -> list[Finding]:
    """Find a word whose opposite stands in its very place."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for segment in edits.segments:
        if len(segment.claim) > _SHORT or len(segment.source) > _SHORT:
            continue
        for index in segment.claim:
            for other in segment.source:
                one, candidate = claim[index], tokens[other]
                if (
                    not one.quoted
                    and one.is_content == candidate.is_content
                    and (
                        opposite(one.base, candidate.base) or opposite(one.phrase, candidate.phrase)
                    )
                    and is_turned(claim, index) == is_turned(tokens, other)
                    and is_passive(claim, index) == is_passive(tokens, other)
                    and not is_balanced(index, other, alignment)
                ):
                    text = f"The paragraph says “{candidate.text}”, the statement “{one.text}”."
                    return [Finding("negation", text, 1.0)]
    return []


def _figures(segment: Segment, alignment: Alignment) -> list[Finding]:
    ours = [one for one in alignment.claimed if one.first in segment.claim]
    theirs = [one for one in alignment.passage.quantities if one.first in segment.source]
    main = {one.value for one in alignment.passage.quantities
            if alignment.passage.tokens[one.first].sentence == alignment.sentences[0]}  # fmt: skip
    values = {one.value for one in alignment.claimed}
    for one in ours:
        if one.value == 2 and one.shown.isalpha():
            continue
        rivals = [other for other in theirs if other.kind == one.kind]
        if rivals and not any(agree(one, other) for other in theirs):
            same = [other for other in alignment.passage.quantities if agree(one, other)]
            if same and (one.value in main) != (rivals[0].value in values):
                continue
            if is_bare(same, alignment):
                continue
            text = f"The paragraph says {rivals[0].shown.strip()}, not {one.shown.strip()}."
            return [Finding("number", text, 1.0)]
    return []


def _names(segment: Segment, alignment: Alignment) -> list[Finding]:
    claim, tokens = alignment.claim, alignment.passage.tokens
    ours = [index for index in segment.claim if claim[index].is_name]
    theirs = [
        index
        for index in segment.source
        if tokens[index].is_name
        and not _qualifies(index, segment, alignment)
        and is_rival(index, alignment)
    ]
    if not ours or not theirs:
        return []
    if any(
        likeness(claim[one].base, tokens[other].base) >= 0.8 for one in ours for other in theirs
    ):
        return []
    if any(
        one_person(claim[one], tokens[other], alignment) for one in ours for other in theirs
    ) or any(by_initials(claim[one], alignment) for one in ours):
        return []
    said = {claim[index].base for index in range(len(claim)) if index not in segment.claim}
    shown, rival = claim[ours[-1]].text, tokens[theirs[-1]].text
    if any(tokens[other].base in said for other in theirs):
        text = f"“{shown}” stands where the paragraph has “{rival}”: the roles are exchanged."
        return [Finding("role", text, 0.9)]
    return [Finding("name", f"The paragraph says “{rival}” there, not “{shown}”.", 0.9)]


def _qualifies(index: int, segment: Segment, alignment: Alignment) -> bool:
    """Tell whether a name only qualifies a noun that the claim hasn't: `the Wasps wing`."""
    last = segment.claim[-1]
    behind = alignment.matches.get(last + 1)
    if behind is not None and behind.source == index + 1:
        return False
    return describes(alignment.passage.tokens, index)


def _parity_broken(alignment: Alignment, kept: Sequence[tuple[int, int]]) -> Finding | None:
    """Find a `not` put in, or taken out, between words that the claim keeps of a sentence."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for (index, other), (after, behind) in pairwise(kept):
        ours, theirs = claim[index + 1 : after], tokens[other + 1 : behind]
        if max(len(ours), len(theirs)) > _GAP or len(ours) + len(theirs) == 0:
            continue
        said = [one for one in ours if one.low in _PLAIN_NOT]
        says = [one for one in theirs if one.low in _PLAIN_NOT]
        is_only = tokens[behind].low in NOT_NEGATIVE or claim[after].low in NOT_NEGATIVE
        if len(said) + len(says) != 1 or is_only:
            continue
        main = [one for one in tokens if one.sentence == alignment.main]
        if _is_made_up(main, claim) if said else _is_made_up(claim, main):
            continue
        if says and _negatives_by(says[0], tokens, {one.low for one in claim}) > 1:
            continue
        if said:
            text = f"The paragraph does not say “{said[0].text} {claim[after].text}”."
        else:
            text = f"The paragraph says “{says[0].text} {tokens[behind].text}”."
        return Finding("negation", text, 1.0)
    return None


def _is_made_up(tokens: Sequence[Token], others: Sequence[Token]) -> bool:
    """Tell whether one side has a negative word of its own, which may stand for the `not`."""
    known = {one.low for one in others}
    return any(is_negative(one) and one.low not in known for one in tokens) or keeps_from(tokens)


def _negatives_by(token: Token, tokens: Sequence[Token], known: set[str]) -> int:
    """Count the negative words around one that the other side lacks."""
    whole = token.low in {"nobody", "none", "neither"}
    near = [one for one in tokens if one.sentence == token.sentence and one.low not in known]
    return sum(is_negative(one) for one in near if whole or one.clause == token.clause)
