"""Paragraph → sentence spans, by rules made for news prose.

A boundary is a terminator, any closing quotes, white space and something that can begin a
sentence; the exceptions are what news is full of: titles, initials, `U.S.`, reported speech.
"""

import re

from rag.schema import Span

_CLOSERS = "\"'”’»›)\\]}"
_OPENERS = "\"'“‘«‹(\\[{¿¡"
# A full stop counts only before white space, so `1.13` and `site.com` never come up.
_CANDIDATE = re.compile(
    rf"(?<![.!?…])(?P<end>[.!?…]++)(?P<close>[{_CLOSERS}]*+)\s++|(?P<cjk>[。！？｡]++[」』”’）]*+)"
)
_LIST_ITEM = re.compile(r"\n[ \t]*+(?=(?:[-*•–]|\d{1,2}[.)])\s)")
_LAST_WORD = re.compile(r"[\w.'’-]+$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*(?P<word>[\w'’-]+)")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")

_TITLES = frozenset(
    "mr mrs ms mx dr prof sen sens rep reps gov govs gen lt col sgt cpl pvt capt cmdr adm maj "
    "rev hon pres supt det insp fr st mt ft messrs mme mlle m vs no nos fig figs vol pp sec "
    "art para ch op cf e.g i.e viz al ca approx".split()
)
"""Abbreviations that something always follows."""
_ABBREVIATIONS = frozenset(
    "inc ltd co corp plc llc bros jr sr esq etc a.m p.m am pm ph.d b.a m.a dept est "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb "
    "nev okla ore pa tenn tex va vt wash wis wyo ave blvd rd sq min max".split()
)
"""Abbreviations that may end a sentence: what follows decides."""
_STARTERS = frozenset(
    "the a an this that these those he she it they we you i his her its their our there here "
    "in on at by for from with as after before since while when where what who why how if but "
    "and or so yet however meanwhile although though because both each every some many most all "
    "no not one two three other another such then now also still even despite during until "
    "asked earlier later last next officials police critics supporters".split()
)
_SPEECH = re.compile(
    r"(?:[A-Z][\w'’.-]*\s+){0,4}(?:he|she|they|who|[A-Z][\w'’.-]*)\s+(?:also\s+)?"
    r"(?:said|says|asked|asks|told|wrote|writes|added|adds|replied|shouted|wondered|tweeted)\b"
)


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of one paragraph, in order, relative to it.

    The spans are disjoint, carry no outer white space, and cover every other character.
    """
    ends = sorted({0, len(text), *_boundaries(text), *_list_breaks(text)})
    spans = (_trimmed(text, start, end) for start, end in zip(ends, ends[1:], strict=False))
    return tuple(span for span in spans if span.start < span.end)


def _list_breaks(text: str) -> list[int]:
    return [match.end() for match in _LIST_ITEM.finditer(text)] if "\n" in text else []


def _boundaries(text: str) -> list[int]:
    return [
        match.end()
        for match in _CANDIDATE.finditer(text)
        if match["cjk"] or (match.end() < len(text) and _is_boundary(text, match))
    ]


def _is_boundary(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 80]
    if not _can_begin(following):
        return False
    if match["end"] != ".":
        # `"Why now?" Bowman said.` is one sentence.
        return not (match["close"] and _SPEECH.match(following))
    return _ends_after_full_stop(text[max(0, match.start() - 40) : match.start()], following, match)


def _can_begin(following: str) -> bool:
    word = _NEXT_WORD.match(following)
    if word is None:
        return not following[:1].islower()
    return not word["word"][0].islower()


def _ends_after_full_stop(before: str, following: str, match: re.Match[str]) -> bool:
    word = _LAST_WORD.search(before)
    if word is None or match["close"]:
        return True
    last = word.group().strip("'’-")
    lowered = last.lower()
    if lowered in _TITLES:
        # `No.` is an abbreviation before a figure, a word elsewhere.
        return lowered in {"no", "art", "al", "m"} and not following[:1].isdigit() and (
            lowered == "no" or _starts_afresh(following)
        )
    if lowered in _ABBREVIATIONS and last[0].isupper() | (lowered in {"etc", "a.m", "p.m"}):
        return _starts_afresh(following)
    if (len(last) == 1 and last.isupper()) or _ACRONYM.search(last):
        return _starts_afresh(following)
    return True


def _starts_afresh(following: str) -> bool:
    word = _NEXT_WORD.match(following)
    if word is None or following[:1] in "“\"«":
        return True
    return word["word"].lower().split("'")[0].split("’")[0] in _STARTERS


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Span(start + left, start + left + len(piece.strip()))
