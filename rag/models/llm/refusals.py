"""How language models say that they won't answer, or that their paragraphs don't."""

import re
from collections.abc import Callable

_OPENINGS = tuple(
    "i|sorry|apologies|my apologies|my training|unfortunately|as a|as an|based on|there is no"
    "|there's no|none of|it is not|it isn't|the answer|the archive|the article|the articles"
    "|the available|the context|the documents|the excerpts|the given|the information"
    "|the paragraphs|the passages|the provided|the sources|the text|these paragraphs|this goes"
    "|es tut mir|entschuldigung|leider kann ich|als ki|als ein|als eine|als sprachmodell"
    "|je suis désolé|désolé|je ne peux|en tant|lo siento|lamento|como modelo|como un|no puedo"
    "|mi dispiace|come modello|desculpe|sinto muito|como um|het spijt|als taalmodel|als een"
    "|извините|к сожалению|простите|как языковая|как ии|抱歉|很抱歉|对不起|作为|申し訳".split("|")
)
"""How such a sentence begins, in lower case; an answer that begins otherwise is shown at once."""

_MODEL = (
    r"(?:(?:large |helpful |responsible |virtual )*(?:ai|artificial intelligence|llm"
    r"|language model)(?: language)?(?: model| assistant| system| chatbot)?)"
)
_CANNOT = (
    r"i(?: am|'m)? (?:just |simply |also )?(?:can ?not|can't|could not|couldn't|won't|will not"
    r"|must decline to|have to decline to|decline to|(?:unable|not able|not allowed) to)"
)
_TASK = (
    r"(?:help|assist|comply|fulfil|engage|provide|answer|discuss|continue|share|do (?:that|this)"
    r"|respond|offer|create|generate|comment|speculate|process|complete|give|talk|write)"
)
_REFUSAL = re.compile(
    "|".join(
        (
            rf"\bas an? {_MODEL},? (?:i|my)\b",
            rf"\bi(?: am|'m) (?:just |only |merely )?an? {_MODEL}\b",
            rf"\b{_CANNOT} (?:to |directly |really )*{_TASK}\b",
            r"\b(?:sorry|apologi[sz]e|apologies)[,.;:!]? (?:but )?(?:i |it's against)",
            r"\bagainst my (?:guidelines|programming|polic(?:y|ies)|principles)",
            r"\bmy (?:training data|knowledge cut-?off|guidelines|programming)\b",
            r"\bals (?:ein |eine |een )?(?:ki|ai|sprachmodell|taalmodel)\S* ?\S* \S+ (?:ich|ik)\b",
            r"\bes tut mir (?:sehr )?leid,? (?:aber )?ich\b",
            r"\bleider kann ich\b",
            r"\ben tant qu['e] ?(?:un |une )?(?:ia|modèle|intelligence|assistant)",
            r"\bdésolée?,? mais je\b",
            r"\bje ne peux pas (?:vous )?(?:aider|répondre|fournir)",
            r"\bcomo (?:un |um )?(?:modelo de (?:lenguaje|linguagem|ia)|asistente de ia)",
            r"\b(?:lo siento|lamento),? (?:pero |mas )?no\b",
            r"\bno puedo (?:ayudar|responder|proporcionar)",
            r"\b(?:desculpe|sinto muito),? mas\b",
            r"\bcome (?:un )?modello (?:linguistico|di linguaggio)",
            r"\bmi dispiace,? ma\b",
            r"\bhet spijt me,? maar ik\b",
            r"\bкак (?:языковая модель|ии)\b",
            r"\b(?:извините|простите|к сожалению),? (?:но )?я не\b",
            r"作为(?:一个|一款)?(?:人工智能|ai|语言模型)",
            r"(?:抱歉|对不起)[，,]? ?(?:但)?我(?:无法|不能)",
            r"申し訳(?:ありません|ございません)",
        )
    )
)
_SOURCE = (
    r"(?:paragraphs?|archives?|articles?|texts?|passages?|context|excerpts?|sources?|documents?"
    r"|material)"
)
_SAY = (
    r"(?:contain|mention|say|provide|answer|include|specify|address|state|give|discuss|cover"
    r"|indicate|tell|have|explain|reveal|disclose)"
)
_FOUND = (
    r"(?:mentioned|stated|specified|given|provided|answered|found|included|available|contained"
    r"|addressed|discussed)"
)
_NEVER = r"(?:do|does|did)(?: not|n't)"
_CANNOT_BE = r"(?:can ?not|can't|could not|couldn't|(?:unable|not able|not possible) to)"
_ANSWERED = r"(?:find|found|determined?|answer|answered|tell|say|identify|identified)"
_INFORMATION = r"(?:information|mention|answer|indication|details?|evidence)"
_NOT_SAID = re.compile(
    "|".join(
        (
            rf"\b(?:{_SOURCE}|information)(?: \w+){{0,4}} {_NEVER} (?:\w+ )?{_SAY}",
            rf"\b(?:no|not enough|not any|insufficient) (?:\w+ )?{_INFORMATION}\b.*\b{_SOURCE}\b",
            rf"\bnot (?:\w+ )?{_FOUND} (?:\w+ )?(?:in|by)\b.*\b{_SOURCE}\b",
            rf"\bnone of the (?:\w+ )?{_SOURCE} (?:\w+ )?{_SAY}",
            rf"\b{_CANNOT_BE} (?:be )?{_ANSWERED}\b.*\b(?:{_SOURCE}|information)\b",
            r"\bi (?:do not|don't) have (?:\w+ )?(?:information|details)\b",
        )
    )
)
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|(?<!\w)'.*?'(?!\w)")
_SENTENCE = re.compile(r"[^.!?。]*")
_LONGEST = 400
"""A longer text has something to say besides."""


def refuses(text: str) -> bool:
    """Whether a language model speaks of itself and what it won't do, outside quotation marks."""
    return _REFUSAL.search(_plain(text)) is not None


def finds_nothing(text: str, cites: Callable[[str], bool]) -> bool:
    """Whether a whole answer says, in words of its own, that the paragraphs don't answer.

    An answer that `cites` anything, a marker that is, has found something.
    """
    plain = _plain(text)
    if len(plain) > _LONGEST or cites(plain):
        return False
    first = _SENTENCE.match(plain)
    return first is not None and _NOT_SAID.search(first[0]) is not None


def may_refuse(opening: str, cites: Callable[[str], bool]) -> bool:
    """Whether the beginning of an answer may turn out to be one of these."""
    plain = _plain(opening).lstrip("*_#> ")
    if len(plain) > _LONGEST or cites(plain):
        return False
    return any(_begins(plain, start) for start in _OPENINGS)


def _begins(text: str, start: str) -> bool:
    """Whether one of both begins with the other, and no word is cut for it."""
    if start.startswith(text):
        return True
    following = text[len(start) : len(start) + 1]
    return text.startswith(start) and not (start.isascii() and following.isalnum())


def _plain(text: str) -> str:
    unquoted = _QUOTED.sub('"', text.replace("’", "'").replace("‘", "'"))
    return " ".join(unquoted.casefold().split())
