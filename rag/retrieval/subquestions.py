"""A question that asks for several things → one question for each, each standing alone."""

import re

from rag.retrieval.followup import standalone

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which)"
_BOUNDARY = re.compile(rf"\?\s+(?:and\s+)?(?=\w[^?]*\?)|,?\s+and\s+(?={_ASKING}\b)", re.IGNORECASE)
_ASKS = re.compile(rf"\s*(?:in|at|on|by|for|from|to|with)?\s*{_ASKING}\b", re.IGNORECASE)
_COMPARES = re.compile(r"\bbetween\b", re.IGNORECASE)
_FEWEST_WORDS = 3
"""A shorter piece (`Who and when …?`) is no question of its own."""


def parts_of(question: str) -> tuple[str, ...]:
    """Return the questions that a question holds; itself where it is one.

    `Who bought it and when did he sell it?` gives two; what the second leans on comes along.

    Args:
        question: A question that stands alone.
    """
    pieces = [piece.strip(" ?") for piece in _BOUNDARY.split(question)]
    if len(pieces) == 1 or _COMPARES.search(question) or not all(map(_is_question, pieces)):
        return (question,)
    asked = [f"{piece}?" for piece in pieces]
    return tuple(
        standalone(one, [("user", before) for before in asked[:number]])
        for number, one in enumerate(asked)
    )


def _is_question(piece: str) -> bool:
    return len(piece.split()) >= _FEWEST_WORDS and bool(_ASKS.match(piece))
