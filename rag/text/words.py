"""Text → words and where they stand: letters and digits, with the marks that join them.

Two others differ and stay: tantivy's cuts the stems as the index has them (`rag.text.stems`), and
`rag.verification.text` gives each token a class (word, figure, mark).
"""

import re
from collections.abc import Iterator
from functools import cache

from rag.schema import Span

_JOINERS = ".'’-"


def words(text: str, joined_by: str = _JOINERS) -> list[str]:
    """Return the words of a text, in order.

    Args:
        text: The text.
        joined_by: Marks between letters that don't end a word: with all of them `U.S.-led` is
            `U.S` and `led`, `Musk's` one word.
    """
    return _pattern(joined_by).findall(text)


def word_spans(text: str, joined_by: str = _JOINERS) -> Iterator[Span]:
    """Yield where the words of a text stand; the arguments are those of `words`."""
    return (Span(*match.span()) for match in _pattern(joined_by).finditer(text))


@cache
def _pattern(joined_by: str) -> re.Pattern[str]:
    part = r"[^\W_]+"
    return re.compile(rf"{part}(?:[{re.escape(joined_by)}]{part})*" if joined_by else part)
