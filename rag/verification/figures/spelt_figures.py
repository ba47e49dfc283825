"""Figures spelt out: `half a million`, `one in five`, `twenty-first`, `the past decade`."""

from collections.abc import Sequence

from rag.verification.figures.quantity import (
    Quantity,
    magnitude,
    make,
    next_word,
    with_half,
    with_unit,
    word_at,
)
from rag.verification.figures.units import (
    DURATIONS,
    FRACTIONS,
    MAGNITUDES,
    MULTIPLES,
    NUMBER_WORDS,
    ORDINAL_WORDS,
    TIMES,
    UNITS,
    VAGUE_MAGNITUDES,
)
from rag.verification.text import Token

_LONGEST_SHARE = 9
"""`Nine in ten` is a share; `12 in 2022` are two figures."""
_IN_REACH = 4
_NOT_ONE = frozenset("no any every some this that another each which the".split())
_AFTER_ONE = frozenset("of another day more time who such".split())
_WHOLES = {"hundred": 100, "thousand": 1000}
_LARGEST_WHOLE = 1000
_BEFORE_SHARE = frozenset(
    "by almost nearly about around over under than least roughly some up down fell rose".split()
)
_BEHIND_SHARE = frozenset(
    "by to in on from since over above below more less higher lower for and after before".split()
)
_SPANS = frozenset("fortnight decade".split())
"""Spans of time that are one without a figure: `the past decade`."""
_PARTS = frozenset("half quarter".split())


def spelt_figure(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return the figure that begins at a word; null where none does."""
    return (
        _part_of_many(text, tokens, index)
        or _and_a_half(text, tokens, index)
        or _article(text, tokens, index)
        or _single_word(text, tokens, index)
        or _number_words(text, tokens, index)
    )


def _part_of_many(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return `half a million`, `half a dozen`, `a quarter of a million`."""
    first = index + (tokens[index].low == "a")
    if word_at(tokens, first) not in _PARTS:
        return None
    at = first + 1 + (word_at(tokens, first + 1) == "of")
    many = word_at(tokens, at + 1)
    if word_at(tokens, at) != "a" or not (
        many == "dozen" or (many in MAGNITUDES and len(many) > 3)
    ):
        return None
    whole = MAGNITUDES.get(many) or NUMBER_WORDS[many]
    value = FRACTIONS[word_at(tokens, first)] * whole
    return with_unit(text, tokens, (index, at + 1), value, "")


def _and_a_half(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return `a year and a half`."""
    unit = UNITS.get(tokens[index].low, "")
    behind = [token.low for token in tokens[index + 1 : index + 4]]
    if unit not in DURATIONS or behind != ["and", "a", "half"]:
        return None
    return make(text, tokens, (index, index + 3), 1.5, "plain", unit)


def _article(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return `a million`, `a dozen`, `a half`, `a third of`."""
    if tokens[index].low not in {"a", "an"} or index + 1 == len(tokens):
        return None
    word = tokens[index + 1].low
    if index and tokens[index - 1].low == "half" and UNITS.get(word) in DURATIONS:
        return make(text, tokens, (index - 1, index), 0.5, "plain", UNITS[word])
    if word in MAGNITUDES and len(word) > 3:
        return with_unit(text, tokens, (index, index + 1), MAGNITUDES[word], "")
    if word in {"dozen", "half"}:
        return _single_word(text, tokens, index + 1) or _number_words(text, tokens, index + 1)
    of = tokens[index + 2].low if index + 2 < len(tokens) else ""
    behind = (
        index + 2 == len(tokens)
        or of in _BEHIND_SHARE
        or tokens[index + 2].kind == "punct"
        or (index > 0 and of.endswith("ed") and tokens[index - 1].low == "with")
    )
    if word in FRACTIONS and (of == "of" or (behind and _is_share(tokens, index))):
        share = FRACTIONS[word] * 100
        return make(text, tokens, (index, index + 1), share, "percent", "half")
    return None


def _single_word(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    low, span = tokens[index].low, (index, index)
    if low in VAGUE_MAGNITUDES:
        return make(text, tokens, span, VAGUE_MAGNITUDES[low], "vague")
    if low in TIMES or low in MULTIPLES:
        value = TIMES.get(low) or MULTIPLES[low]
        return make(text, tokens, span, value, "multiple")
    if low in _SPANS:
        return make(text, tokens, span, 1.0, "plain", low)
    before = tokens[index - 1].low if index else ""
    if low in ORDINAL_WORDS and not (low == "second" and before == "-"):
        return _ordinal(text, tokens, index, before)
    if low == "half":
        return make(text, tokens, span, 50.0, "percent", "half")
    return None


def _ordinal(text: str, tokens: Sequence[Token], index: int, before: str) -> Quantity:
    """Return `the third`, but a share where it is one: `every third`, `a mere tenth of`."""
    low, span = tokens[index].low, (index, index)
    if before == "every" and ORDINAL_WORDS[low] > 1:
        return make(text, tokens, span, 100 / ORDINAL_WORDS[low], "percent", "half")
    if low in FRACTIONS and before != "the" and word_at(tokens, index + 1) == "of":
        return make(text, tokens, span, FRACTIONS[low] * 100, "percent", "half")
    return make(text, tokens, span, ORDINAL_WORDS[low], "ordinal")


def _number_words(text: str, tokens: Sequence[Token], index: int) -> Quantity | None:
    low = tokens[index].low
    if low not in NUMBER_WORDS:
        return None
    value, last = float(NUMBER_WORDS[low]), index
    ahead = next_word(tokens, last)
    if low == "one" and not _is_one(tokens, index) and word_at(tokens, ahead) not in FRACTIONS:
        return None
    if value >= 20 and value % 10 == 0 and ORDINAL_WORDS.get(word_at(tokens, ahead), 10) < 10:
        value += ORDINAL_WORDS[tokens[ahead].low]
        return make(text, tokens, (index, ahead), value, "ordinal")
    if value >= 20 and value % 10 == 0 and 0 < NUMBER_WORDS.get(word_at(tokens, ahead), 0) < 10:
        value, last = value + NUMBER_WORDS[tokens[ahead].low], ahead
    if of := _one_in(tokens, last, value):
        return make(text, tokens, (index, of[0]), of[1], "percent", "half")
    ahead = next_word(tokens, last)
    fraction = word_at(tokens, ahead)
    if fraction in FRACTIONS and fraction != "half":
        share = value * FRACTIONS[fraction] * 100
        return make(text, tokens, (index, ahead), share, "percent", "half")
    last, value = magnitude(tokens, *with_half(tokens, last, value))
    return with_unit(text, tokens, (index, last), value, "")


def _one_in(tokens: Sequence[Token], index: int, value: float) -> tuple[int, float] | None:
    """Return where `one in five` or `one person in a hundred` ends, and its percentage."""
    at = next(
        (at for at in range(index + 1, index + _IN_REACH) if word_at(tokens, at) == "in"), index
    )
    if at == index or value > _LONGEST_SHARE:
        return None
    at += 1 + (word_at(tokens, at + 1) in {"a", "every"})
    whole = word_at(tokens, at)
    of = float(whole) if whole.isdecimal() else NUMBER_WORDS.get(whole, 0) or _WHOLES.get(whole, 0)
    return (at, 100 * value / of) if value < of <= _LARGEST_WHOLE else None


def _is_share(tokens: Sequence[Token], index: int) -> bool:
    """Tell `by a third` and `almost a quarter` from `came a third`."""
    return index > 0 and tokens[index - 1].low in _BEFORE_SHARE


def _is_one(tokens: Sequence[Token], index: int) -> bool:
    """Tell the figure `one` from the pronoun."""
    if word_at(tokens, index + 1) == "in":
        return True
    before = tokens[index - 1].low if index else ""
    after = word_at(tokens, index + 1)
    return before not in _NOT_ONE and after not in _AFTER_ONE and after.isalpha()
