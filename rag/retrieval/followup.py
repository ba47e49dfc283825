"""A follow-up, or a question for several things → questions that stand alone; no model is asked."""

import re
from collections.abc import Iterator, Sequence

from rag.schema import Span
from rag.text.lexicon import SENTENCE_STARTERS, STOPWORDS
from rag.text.words import word_spans, words

_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|former|latter)\b", re.IGNORECASE
)
_POINTER = re.compile(
    r"\b(?:this|that|these|those|there|then|ones?|same|else|also|too|again)\b", re.IGNORECASE
)
_THING = re.compile(r"\b(?:it|its|this|these|those)\b|\bthat[\s?.!]{0,9}$", re.IGNORECASE)
_ENDS_POINTING = re.compile(
    r"\b(?:it|him|her|them|this|that|these|those|there|then|too|again)[\s?.!]{0,9}$", re.IGNORECASE
)
_OPENER = re.compile(r"\s*(?:and|but|so|or|what about|how about|since when)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
_MOST_CARRIED = 6
_FEW_WORDS = 2
_TURNS_LOOKED_AT = 3
"""How far back the names are looked for, when the last questions hold none themselves."""

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which)"
_BOUNDARY = re.compile(rf"\?\s+(?:and\s+)?(?=\w[^?]*\?)|,?\s+and\s+(?={_ASKING}\b)", re.IGNORECASE)
_ASKS = re.compile(rf"\s*(?:in|at|on|by|for|from|to|with)?\s*{_ASKING}\b", re.IGNORECASE)
_COMPARES = re.compile(r"\bbetween\b", re.IGNORECASE)
_FEWEST_WORDS = 3
"""A shorter piece (`Who and when …?`) is no question of its own."""

History = Sequence[tuple[str, str]]


def standalone(question: str, history: History) -> str:
    """Return the question with the entities of the last turns, where it leans on them.

    Args:
        question: The new question.
        history: Earlier turns, (role, text), oldest first.
    """
    asked = [text for role, text in history if role == "user"][-_TURNS_LOOKED_AT:]
    if not asked or not _is_follow_up(question):
        return question
    answered = [text for role, text in history if role == "assistant"]
    known = {_POSSESSIVE.sub("", word).lower() for word in words(question)}
    carried = _carried(question, asked, answered[-1] if answered else "")
    new = [word for word in dict.fromkeys(carried) if word.lower() not in known]
    return f"{question} ({', '.join(new[:_MOST_CARRIED])})" if new else question


def _is_follow_up(question: str) -> bool:
    first_name = next((span.start for span in _named(question)), None)
    pronoun = _PRONOUN.search(question)
    # `What did Musk say of his firms?` stands alone: the name that is meant comes before.
    if pronoun and (first_name is None or pronoun.start() < first_name):
        return True
    # But `Why did Musk buy it?` doesn't.
    if _OPENER.match(question) or _ENDS_POINTING.search(question):
        return True
    # `Is there evidence that Russia …?` stands alone, `Why did that happen?` does not.
    if first_name is None and _POINTER.search(question):
        return True
    return len(_topics(question)) <= _FEW_WORDS and first_name is None


def _carried(question: str, asked: Sequence[str], answered: str) -> list[str]:
    last = asked[-1]
    elliptical = not _PRONOUN.search(question) and len(_topics(question)) <= _FEW_WORDS
    if elliptical and _names(question):
        # `And Putin?` asks of somebody else what was asked before.
        names = set(_names(last))
        return [word for word in _topics(last) if word not in names]
    carried = next((found for text in reversed(asked) if (found := _names(text))), [])
    if elliptical or _THING.search(question):
        return [*carried, *_topics(last)]
    return carried if _names(last) else [*carried, *_topics(last), *_names(answered)[:2]]


def _topics(text: str) -> list[str]:
    plain = (_POSSESSIVE.sub("", word) for word in words(text))
    return list(dict.fromkeys(word for word in plain if word.lower() not in STOPWORDS))


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(_POSSESSIVE.sub("", span.of(text)) for span in _named(text)))


def _named(text: str) -> Iterator[Span]:
    return (span for span in word_spans(text) if _is_name(text, span))


def _is_name(text: str, span: Span) -> bool:
    word = span.of(text)
    if not word[0].isupper() or word.lower() in STOPWORDS:
        return False
    before = text[: span.start].rstrip()
    begins = not before or before[-1] in ".?!"
    return not (begins and word.lower() in SENTENCE_STARTERS)


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
