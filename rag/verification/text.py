"""A claim or paragraph as the checks see it: its words with their bases, sentences and clauses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.text.lexicon import SENTENCE_STARTERS, STOPWORDS
from rag.text.sentences import split_sentences
from rag.verification.figures.units import NUMBER_WORDS
from rag.verification.rules.wording import base_of, groups, phrases

_TOKEN = re.compile(
    r"(?P<acronym>(?:[A-Za-z]\.){2,}[A-Za-z]?)"
    r"|(?P<number>\d(?:[\d,]*\d)?(?:\.\d+)?)"
    r"|(?P<word>(?:(?:[Cc]o|[Rr]e|[Ee]|[Uu]n|[Nn]on)-)?[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<punct>\.{3}|[^\w\s])"
)
_CONTRACTED = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can", "ain't": "is"}
_TITLES = frozenset("mr mrs ms miss dr sir lord lady dame prof professor rev st".split())
_CLAUSE_WORDS = frozenset(
    "but while whereas although though because since after before when where who which that if "
    "unless until as however whatever whichever wherever whenever whom whose so than despite "
    "whether".split()
)
_CLAUSE_MARKS = frozenset(",;:.!?()–—-…")
_PLAIN = (
    STOPWORDS
    | _TITLES
    | frozenset(
        "would like get got said says say whether although though despite however around including "
        "later still already even ever yet now today lot lots way ago away back down up out over "
        "there here upon among amongst towards toward onto per via according like s".split()
    )
)
EMPTY = (_PLAIN - frozenset("both more most same some few won".split())) | frozenset(
    "none nothing nobody neither either whereas rather instead well too someone somebody thing "
    "things compare compared every each earlier unless "
    "everyone everybody anyone anybody".split()
)
"""Words that need no counterpart in the source."""
_PARTICLES = frozenset("down up out off away back over aside".split())
_SPLIT = 3
"""Words between a verb and its particle, but one."""
_CACHED = 400


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure or mark of a text."""

    text: str
    low: str
    base: str
    """What its forms share."""
    phrase: str
    """The key of the phrase that begins here, such as `step_down`; else its base."""
    kind: str
    """`word`, `number` or `punct`."""
    start: int
    end: int
    sentence: int
    clause: int
    is_name: bool
    quoted: bool
    glued: bool
    """Nothing stands between it and the token before."""

    @property
    def is_content(self) -> bool:
        """Tell whether it says something of its own."""
        return self.kind == "word" and self.low not in EMPTY and len(self.low) > 1


@lru_cache(maxsize=_CACHED)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, in order, with the sentences and clauses they are in."""
    raw = list(_raw(text))
    bases = [base_of(low) if kind == "word" else low for _, low, kind, _, _ in raw]
    spans = split_sentences(text)
    tokens: list[Token] = []
    sentence = clause = 0
    quoted = False
    for index, (shown, low, kind, start, end) in enumerate(raw):
        while sentence + 1 < len(spans) and start >= spans[sentence + 1].start:
            sentence, clause = sentence + 1, clause + 1
        if shown in '“”«»"' and kind == "punct":
            quoted = {"“": True, "«": True, "”": False, "»": False}.get(shown, not quoted)
        glued = bool(tokens) and tokens[-1].end == start
        if (kind == "punct" and shown in _CLAUSE_MARKS and not (shown == "-" and glued)) or (
            kind == "word" and low in _CLAUSE_WORDS
        ):
            clause += 1
        first = not tokens or tokens[-1].sentence != sentence or _opens(tokens)
        name = kind == "word" and _is_name(raw, index, first=first)
        phrase = _phrase(raw, bases, index) if kind == "word" else low
        tokens.append(
            Token(
                shown, low, bases[index], phrase, kind, start, end, sentence, clause, name, quoted,
                glued,
            )
        )  # fmt: skip
    return tuple(tokens)


def _opens(tokens: Sequence[Token]) -> bool:
    """Tell whether what follows begins a sentence inside of a sentence: behind `: "`."""
    return tokens[-1].text in '“«"' and tokens[-1].quoted


def _raw(text: str) -> list[tuple[str, str, str, int, int]]:
    return [piece for match in _TOKEN.finditer(text) for piece in _pieces(match)]


def _pieces(match: re.Match[str]) -> list[tuple[str, str, str, int, int]]:
    shown, start, end = match.group(), match.start(), match.end()
    if match["number"]:
        return [(shown, shown.replace(",", "").rstrip("."), "number", start, end)]
    if match["punct"]:
        return [(shown, shown, "punct", start, end)]
    low = shown.lower().replace("’", "'").replace("-", "")
    if match["acronym"]:
        low = low.replace(".", "")
        return [(shown, low, "word", start, end)]
    if low in _CONTRACTED or low.endswith("n't"):
        return _negated(shown, low, start, end)
    if low.startswith(("o'", "d'")):
        return [(shown, low, "word", start, end)]
    head, mark, _ = low.partition("'")
    return [(shown[: len(head)] if mark else shown, head, "word", start, end)]


def _negated(shown: str, low: str, start: int, end: int) -> list[tuple[str, str, str, int, int]]:
    """Cut a `not` off its verb."""
    stem = _CONTRACTED.get(low, low[:-3])
    if not stem:
        return [(shown, "not", "word", start, end)]
    cut = start + len(stem) if len(stem) < end - start else end - 1
    return [(stem, stem, "word", start, cut), ("not", "not", "word", cut, end)]


def _is_name(raw: Sequence[tuple[str, str, str, int, int]], index: int, *, first: bool) -> bool:
    shown, low = raw[index][0], raw[index][1]
    if not shown[0].isupper() or low in _TITLES or low == "i":
        return False
    if len(shown) > 1 and shown.isupper():
        return True
    if low in STOPWORDS or low in SENTENCE_STARTERS or low in _CLAUSE_WORDS:
        return False
    if not first:
        return True
    following = raw[index + 1] if index + 1 < len(raw) else ("", "", "punct", 0, 0)
    joined = following[2] == "word" and following[0][:1].isupper()
    is_common = low in EMPTY or low in NUMBER_WORDS
    return not is_common and (joined or base_of(low) not in groups())


def _phrase(raw: Sequence[tuple[str, str, str, int, int]], bases: Sequence[str], index: int) -> str:
    for parts in phrases().get(bases[index], ()):
        if tuple(bases[index : index + len(parts)]) == parts or _is_split(raw, parts, index):
            return "_".join(parts)
    return bases[index]


def _is_split(
    raw: Sequence[tuple[str, str, str, int, int]], parts: tuple[str, ...], index: int
) -> bool:
    """Tell whether a verb has its particle a few words on: `turned the offer down`."""
    if len(parts) != 2 or parts[1] not in _PARTICLES:
        return False
    for _, low, kind, _, _ in raw[index + 2 : index + 2 + _SPLIT]:
        if kind == "punct":
            return False
        if low == parts[1]:
            return True
    return False
