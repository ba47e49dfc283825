"""Paragraph → sentence spans, by rules made for news prose.

A boundary is a terminator, any closing quotes, white space and something that can begin a
sentence; the exceptions are what news is full of: titles, initials, `U.S.`, reported speech.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rag.schema import Span
from rag.text.pieces import cut

_CLOSERS = "\"'”’»›)\\]}"
_OPENERS = "\"'“‘«‹(\\[{¿¡"
# A full stop counts only before white space, so `1.13` and `site.com` never come up. A reference
# number behind it, as in `It rained. [3]`, belongs to the sentence that it follows.
_CANDIDATE = re.compile(
    rf"(?<![.!?…؟।])(?P<end>[.!?…؟।]++)(?P<close>[{_CLOSERS}]*+)"
    r"(?P<notes>(?:[ \t]?\[\d{1,3}\])*+)\s++"
    r"|(?P<cjk>[。！？｡]++[」』”’）]*+)"
)
_LIST_ITEM = re.compile(r"[\n\r][ \t]*+(?=(?:[-*•–]|\d{1,2}[.)])\s)")
_LIST_LABEL = re.compile(r"(?:^|[\n\r])[ \t]*(?:\d{1,3}|[A-Za-z])$")
_LAST_WORD = re.compile(r"[\w&.'’-]+$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*(?P<word>[\w'’-]+(?:\.m\.)?)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")

_TITLES = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col sgt cpl pvt capt cmdr adm maj "
    "rev hon pres supt det insp fr st mt messrs mme mlle fig figs sgts".split()
)
"""Abbreviations, written with a capital letter, that a name always follows."""
_LEANS_ON = frozenset("vs v vol pp cf e.g i.e viz ca approx eds".split())
"""Abbreviations in either case that something always follows."""
_BEFORE_NUMBER = frozenset(
    "no nos art para sec ch p op c d b r jan feb mar apr jun jul aug sep sept oct nov dec sun mon "
    "tue tues wed thu thur thurs fri sat".split()
)
"""Abbreviations before a figure; before anything else, words like any other."""
_ABBREVIATIONS = frozenset(
    "inc ltd co corp plc llc bros jr sr esq etc ph.d b.a m.a dept est "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb "
    "nev okla ore pa tenn tex va vt wash wis wyo ave blvd rd al".split()
)
"""Abbreviations that may end a sentence: what follows decides."""
_HOURS = frozenset({"a.m", "p.m", "am", "pm"})
_AFTER_HOURS = frozenset(
    "est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst utc cet eastern central mountain pacific "
    "local monday tuesday wednesday thursday friday saturday sunday".split()
)
_STARTERS = frozenset(
    "the a an this that these those he she it they we you i his her its their our my your there "
    "here in on at by for from with as after before since while when where what who why how if but "
    "and or nor so yet however meanwhile although though because both each every some many most "
    "all no not one two three another other such then now also still even despite during until "
    "unless under over about among between without within through besides instead indeed perhaps "
    "once only just more much several few initially previously additionally moreover furthermore "
    "therefore thus hence otherwise nevertheless nonetheless asked earlier later last next former "
    "officials police critics supporters analysts according following".split()
)
_SPEECH = re.compile(
    r"(?:[A-Z][\w'’.-]*\s+){0,4}(?:he|she|they|who|[A-Z][\w'’.-]*)\s+(?:(?:also|then|has)\s+)?"
    r"(?:said|says|asked|asks|told|wrote|writes|added|adds|replied|shouted|wondered|tweeted|"
    r"exclaimed|joked|cried|demanded)"
    # `he said.` closes the quotation's own sentence; `he said: …`, `he said that …` begin another.
    r"(?=[.,;!]|$|\s+(?:in|at|on|to|when|while|after|before|as|during|of|from|about|with|last|"
    r"this|yesterday|today|later|again|afterwards|[a-z]+ly|[A-Z][a-z]+day)\b)"
)
LONGEST_SENTENCE = 1_000
"""Characters; what is longer is cut at a semicolon, a comma or a space: a quotation has an end."""
_PAUSES = tuple(map(re.compile, (r"[;；]\s*", r"[,،]\s+|[，、]", r"\s+")))
_BEFORE, _AFTER = 40, 80
"""How far the rules look; so the time is linear, whatever the text."""


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of one paragraph, in order, relative to it.

    The spans are disjoint, carry no outer white space, and cover every other character. None is
    longer than `LONGEST_SENTENCE`.
    """
    return tuple(_short(text, whole_sentences(text)))


def whole_sentences(text: str) -> Iterator[Span]:
    """Yield the spans of the sentences of one paragraph, however long they are."""
    ends = sorted({0, len(text), *_boundaries(text), *_list_breaks(text)})
    yield from trimmed(text, (Span(start, end) for start, end in pairwise(ends)))


def _short(text: str, sentences: Iterator[Span]) -> Iterator[Span]:
    for sentence in sentences:
        if sentence.end - sentence.start <= LONGEST_SENTENCE:
            yield sentence
            continue
        places = [
            [match.end() for match in pause.finditer(text, sentence.start, sentence.end)]
            for pause in _PAUSES
        ]
        yield from trimmed(text, cut(text, sentence, LONGEST_SENTENCE, places))


def _list_breaks(text: str) -> list[int]:
    return [match.end() for match in _LIST_ITEM.finditer(text)]


def _boundaries(text: str) -> list[int]:
    return [
        match.end()
        for match in _CANDIDATE.finditer(text)
        if match["cjk"] or (match.end() < len(text) and _is_boundary(text, match))
    ]


def _is_boundary(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + _AFTER]
    if not _can_begin(following):
        return False
    if match["end"] != ".":
        # `"Why now?" Bowman said.` is one sentence.
        return not (match["close"] and _SPEECH.match(following))
    if match["close"] or match["notes"]:
        return True
    return _ends_sentence(text[max(0, match.start() - _BEFORE) : match.start()], following)


def _can_begin(following: str) -> bool:
    word = _NEXT_WORD.match(following)
    if word is None:
        # Neither does the rest of a spaced ellipsis begin one, nor a stray dash or stop.
        return following[0] not in ".!?…,;:" and not following[0].islower()
    return not word["word"][0].islower()


def _ends_sentence(before: str, following: str) -> bool:
    """Tell whether a single full stop between the two ends a sentence."""
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    if _LIST_LABEL.search(before):
        return False
    last = word.group().strip("'’-")
    if len(last) > 1 and last.isupper() and last.isalpha() and not _shouts(following):
        # `SEC.`, `FT.`, `MS.`: capitals make no abbreviation, unless all is in capitals.
        return True
    return _ends_after(last, following)


def _ends_after(last: str, following: str) -> bool:
    lowered = last.lower()
    if lowered in _LEANS_ON or (lowered in _TITLES and last[:1].isupper()):
        return False
    if lowered in _BEFORE_NUMBER:
        return not following[:1].isdigit()
    if lowered in _HOURS:
        following_word = _next_word(following)
        return not (following_word in _AFTER_HOURS or following_word[:1].isdigit())
    is_abbreviation = lowered in _ABBREVIATIONS and (last[0].isupper() or lowered in {"etc", "al"})
    if is_abbreviation or (len(last) == 1 and last.isupper()) or _ACRONYM.search(last):
        return _starts_afresh(following)
    return True


def _shouts(following: str) -> bool:
    word = _NEXT_WORD.match(following)
    return word is not None and len(word["word"]) > 1 and word["word"].isupper()


def _starts_afresh(following: str) -> bool:
    return (
        following[:1] in "“\"«‘'"
        or not _next_word(following)
        or (_next_word(following) in _STARTERS)
    )


def _next_word(following: str) -> str:
    word = _NEXT_WORD.match(following)
    return word["word"].lower().split("'")[0].split("’")[0] if word else ""


def trimmed(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans without their outer white space; those that are nothing else are left out."""
    for span in spans:
        piece = span.of(text)
        if kept := piece.strip():
            start = span.start + len(piece) - len(piece.lstrip())
            yield Span(start, start + len(kept))
