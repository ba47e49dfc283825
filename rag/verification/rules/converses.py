"""Verbs that tell the same with subject and object exchanged: `beat` and `lose to`."""

from collections.abc import Sequence

from rag.verification.finding import Finding
from rag.verification.rules.alignment import Alignment
from rag.verification.rules.reports import subject_of
from rag.verification.rules.verbs import is_passive, is_verb
from rag.verification.rules.wording import facing
from rag.verification.text import Token

_OBJECT_REACH = 6
_CONVERSE = facing(
    """beat defeat overcome thrash : lose|buy acquire purchase : sell|lend : borrow|
    employ hire : work|lead : trail follow|replace succeed : precede|give send : receive get|
    teach : learn|win : lose|ahead lead : behind trail|precede : follow"""
)


def converses(base: str) -> frozenset[str]:
    """Return the base forms of verbs that tell the same with subject and object exchanged."""
    return _CONVERSE.get(base, frozenset())


def check_converses(alignment: Alignment) -> list[Finding]:
    """Return a finding for a verb turned round (`beat` for `lost to`) while its object stayed."""
    claim, tokens = alignment.claim, alignment.passage.tokens
    for index, token in enumerate(claim):
        converse = converses(token.base)
        if not converse or not is_verb(claim, index) or is_passive(claim, index):
            continue
        for other, candidate in enumerate(tokens):
            if (
                candidate.base in converse
                and candidate.sentence in alignment.sentences
                and not is_passive(tokens, other)
                and _objects(claim, index) & _objects(tokens, other)
                and _subjects(claim, index) & _subjects(tokens, other)
            ):
                text = f"The paragraph says “{candidate.text}”, the statement “{token.text}”."
                return [Finding("role", text, 1.0)]
    return []


def _objects(tokens: Sequence[Token], verb: int) -> frozenset[str]:
    near = tokens[verb + 1 : verb + 1 + _OBJECT_REACH]
    return frozenset(
        token.base for token in near if token.is_name and token.clause == tokens[verb].clause
    )


def _subjects(tokens: Sequence[Token], verb: int) -> frozenset[str]:
    return frozenset(tokens[at].base for at in subject_of(tokens, verb))
