"""Whether an answer is in another language than its question: by script, then by common words."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from operator import itemgetter

_COMMON_WORDS = {
    "en": "the of and to in a is are was were be been that which who what when where why how by for"
    " with from at on as it its he she they his her their has have had not this these but or did do"
    " does will would could said says than there about after before because also between an",
    "de": "der die das den dem des und ist sind war waren ein eine einen einem einer nicht mit von"
    " vom zu zum zur im in am an auf für aus bei nach über unter durch sich auch hat haben wurde"
    " wurden wird werden dass als wie er sie es ihr sein seine wer was wann wo warum laut noch vor",
    "fr": "le la les un une des du de et est sont a à au aux en dans par pour sur avec que qui quoi"
    " quand où il elle ils ont été était pas ne se sa son ses ce cette selon mais ou plus comme d",
    "es": "el la los las un una del de y es son fue fueron que en por para con no se su sus al como"
    " más pero o según quién qué cuándo dónde cómo ha han sido era está este esta entre sobre lo",
    "it": "il lo la i gli le un una di del della dei delle e è sono ha hanno che chi in con per non"
    " si su al alla da dal dalla nel nella stato come più ma secondo quando dove era anche l",
    "pt": "o a os as um uma de do da dos das e é são foi foram que em no na por para com não se seu"
    " sua ao mais mas ou segundo quem quando onde como tem foram entre pelo pela está",
    "nl": "de het een en van is was zijn waren dat die in op met voor niet aan door bij naar om ook"
    " als maar er heeft hebben werd wordt volgens wie wat waar wanneer hij zij ze haar hun uit",
    "pl": "i w z na do nie się jest są był była było że to od po za przez dla jak ale lub o kto co"
    " kiedy gdzie który która jego jej ich oraz według",
    "sv": "och i att det en ett är var som på av för med den till inte har hade om från han hon de"
    " vid enligt vem vad när också men eller efter",
    "tr": "ve bir bu da de için ile olarak olan en çok kim ne zaman nerede değil göre daha ise"
    " kadar gibi ancak veya oldu",
    "id": "yang dan di ke dari dengan untuk pada adalah itu ini tidak dalam oleh akan telah sebagai"
    " juga atau mereka siapa apa menurut bahwa",
}
"""The words that every text of a language is full of; one may stand in several lists."""
_LISTS = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}

_NAMES = {
    "de": "german deutsch",
    "fr": "french français",
    "es": "spanish español",
    "it": "italian italiano",
    "pt": "portuguese português",
    "nl": "dutch nederlands",
    "pl": "polish polski polsku",
    "sv": "swedish svenska",
    "tr": "turkish türkçe",
    "id": "indonesian",
    "CYRILLIC": "russian ukrainian bulgarian serbian",
    "CJK": "chinese mandarin",
    "KANA": "japanese",
    "HANGUL": "korean",
    "ARABIC": "arabic persian farsi urdu",
    "HEBREW": "hebrew",
    "GREEK": "greek",
    "DEVANAGARI": "hindi",
    "en": "english englisch inglés anglais английском английски",
}
"""How a question asks for an answer in a language other than its own."""

_WORD = re.compile(r"[^\W\d_]+")
_LOWER_CASE = re.compile(r"\b[a-zß-öø-ÿ][^\W\d_]*")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")
_ENOUGH_LETTERS = 6
"""Of the main script: a short name in its own letters proves nothing."""
_SYLLABLES = frozenset({"CJK", "KANA", "HANGUL"})
"""Their signs stand for about three letters each."""
_ENOUGH_COMMON = 3
_LONG = 20
"""So many words, names apart, without one of the expected language's common ones are foreign."""


def is_foreign(answer: str, question: str) -> bool:
    """Whether an answer is certainly not in the language of its question.

    What stands between quotation marks doesn't count, and a language that the question names may
    be used.
    """
    text = _QUOTED.sub(" ", answer)
    asked, given = script_of(question), script_of(text)
    if given is None or asked is None:
        return False
    if asked != given:
        return not _asks_for(question, _language_of(text) if given == "LATIN" else given)
    own = _language_of(question) if asked == "LATIN" else None
    if own is None:
        return False
    words = _words(text)
    counts = _counts(words)
    other = max((one for one in counts if one != own), key=counts.__getitem__)
    distinct = len(_LISTS[other].intersection(words))
    proven = distinct >= _ENOUGH_COMMON - (not counts[own]) and counts[other] > 2 * counts[own]
    unknown = counts[own] == 0 and len(_LOWER_CASE.findall(text)) >= _LONG
    return (proven or unknown) and not _asks_for(question, other)


def is_familiar(opening: str, question: str) -> bool:
    """Whether the beginning of an answer is visibly in the language of its question."""
    whole_words = opening[: opening.rfind(" ") + 1]
    asked = script_of(question)
    if asked is None:
        return True
    if asked != "LATIN":
        return script_of(whole_words) == asked
    own = _language_of(question)
    if own is None:
        return script_of(whole_words) == asked
    counts = _counts(_words(whole_words))
    return all(counts[own] > counts[one] for one in counts if one != own)


def script_of(text: str) -> str | None:
    """Return the script that a text is written in; null when it's short, or in several."""
    counts = Counter(_script(letter) for letter in text if letter.isalpha())
    for script in _SYLLABLES.intersection(counts):
        counts[script] *= 3
    if counts["KANA"] * 10 > counts["CJK"] > 0:
        counts["KANA"] += counts.pop("CJK", 0)
    script, count = max(counts.items(), key=itemgetter(1), default=("", 0))
    return script if count >= _ENOUGH_LETTERS and count * 3 > counts.total() * 2 else None


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "UNKNOWN").removeprefix("FULLWIDTH ")
    first = name.split()[0].split("-")[0]
    return "KANA" if first in {"HIRAGANA", "KATAKANA"} else first


def _language_of(text: str) -> str | None:
    """Return the one language of a Latin text with most common words; null when it's unclear."""
    (first, most), (_, next_most) = _counts(_words(text)).most_common(2)
    return first if most > next_most else None


def _counts(words: list[str]) -> Counter[str]:
    return Counter({name: sum(word in known for word in words) for name, known in _LISTS.items()})


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _asks_for(question: str, language: str | None) -> bool:
    return not set(_NAMES.get(language or "", "").split()).isdisjoint(_words(question))
