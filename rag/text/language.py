"""Which language a text is in, as far as that is certain: English by its words, others by model.

The identifier takes a second to load. What holds an English function word is told without it.
"""

import re
from functools import cache
from typing import Any

from rag.text.lexicon import SENTENCE_STARTERS, STOPWORDS
from rag.text.words import words

_ENGLISH = (STOPWORDS | SENTENCE_STARTERS) - frozenset(
    "a all also am an are as at be but by can d do don down du during even far for had has have he "
    "her here him his i if in is it just list ll long m may me mine more most my name no nor not "
    "now of off old on once or out over own per re s same so some such t to too under up ve via "
    "was we will won".split()
)
"""Function words that no other language writes so."""
_LANGUAGES = (
    "ar cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv th tr vi zh"
).split()
_NAMES = {
    "de": "german deutsch",
    "fr": "french français",
    "es": "spanish español",
    "it": "italian italiano",
    "pt": "portuguese português",
    "nl": "dutch nederlands",
    "pl": "polish polski polsku",
    "sv": "swedish svenska",
    "da": "danish dansk",
    "tr": "turkish türkçe",
    "id": "indonesian",
    "ru": "russian ukrainian bulgarian serbian",
    "zh": "chinese mandarin",
    "ja": "japanese",
    "ko": "korean",
    "ar": "arabic",
    "fa": "persian farsi",
    "he": "hebrew",
    "el": "greek",
    "hi": "hindi",
    "en": "english englisch inglés anglais английском английски",
}
"""How a question asks for an answer in a language other than its own."""
_QUOTED = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")
_FEWEST_WORDS, _FEWEST_LETTERS = 4, 6
"""Latin words without names, and letters of another script: fewer prove nothing."""
_ENOUGH_ENGLISH = 2
"""English function words, other languages' too, that a reply begins with."""
_CERTAIN = 0.8
_LAST_LATIN = "\u024f"


def language_of(text: str) -> str | None:
    """Return the language of a text as its ISO 639 code; null when it is uncertain.

    Words with a capital letter but the first are left out: names belong to no language.
    """
    # Digits part words here: in Chinese they stand among the letters.
    spelt = words("".join(c if c.isalpha() else " " for c in text), "")
    letters = "".join(spelt)
    other_script = [letter for letter in letters if letter > _LAST_LATIN]
    if 3 * len(other_script) > 2 * len(letters):
        # A Chinese or Korean character stands for about three letters.
        size = sum(3 if letter >= "\u1100" else 1 for letter in other_script)
        return _identified(" ".join(spelt)) if size >= _FEWEST_LETTERS else None
    common = [word for word in spelt[1:] if word[0].islower()]
    common = [*(word.lower() for word in spelt[:1]), *common]
    if not _ENGLISH.isdisjoint(common):
        return "en"
    return _identified(" ".join(common)) if len(common) >= _FEWEST_WORDS else None


def is_foreign(answer: str, question: str) -> bool:
    """Whether an answer is certainly not in the language of its question.

    What stands between quotation marks doesn't count, and a language that the question names may
    be used.
    """
    given, asked = language_of(_QUOTED.sub(" ", answer)), language_of(question)
    if given is None or asked is None or given == asked:
        return False
    return set(_NAMES.get(given, "").split()).isdisjoint(words(question.casefold(), ""))


def is_familiar(opening: str, question: str) -> bool:
    """Whether the beginning of an answer is visibly in the language of its question."""
    asked, whole_words = language_of(question), opening[: opening.rfind(" ") + 1]
    if asked == "en" and len(STOPWORDS.intersection(words(whole_words, ""))) >= _ENOUGH_ENGLISH:
        return True
    return asked is None or language_of(whole_words) == asked


def _identified(text: str) -> str | None:
    language, share = _identifier().rank(text)[0]
    return str(language) if share >= _CERTAIN else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_LANGUAGES)
    return identifier
