"""Cut the list of sources that models like to append: ours is built from the archive instead."""

import re

_HEADINGS = frozenset(
    "source sources reference references citation citations footnote footnotes bibliography"
    " quelle quellen belege fuente fuentes referencias fonte fonti références bronnen".split()
)
_LONGEST_UNDECIDED = 200
_PIECE = re.compile(r"\n|[^\n]+")
_HEADING = re.compile(
    r"[ \t#>*_-]{0,8}(?P<word>[^\W\d_]{0,14})"
    r"(?P<rest>[*_ \t]{0,4}[:：]?[*_ \t]{0,4}[\[\]［］【】〔〕\d,;. \t^–-]{0,80}\r?)"
)
_DEFINITION = re.compile(
    r"[ \t]{0,3}\[(?:\^\d{1,4}\]:|\d{1,4}\]:[ \t]{0,4}<?(?:https?:|www\.))", re.IGNORECASE
)
_DEFINITION_BEGUN = re.compile(
    r"[ \t]{0,3}(?:\[(?:\^?\d{0,4}(?:\](?::[ \t]{0,4}<?\w{0,5}[.:]?)?)?)?)?"
)
_ENTRY = re.compile(
    r"[ \t]{0,8}(?:[-*•+][ \t]|\d{1,3}[.):][ \t]|[\[［【〔] ?\^?[A-Za-z]{0,10} ?\d)"
)
_ENTRY_BEGUN = re.compile(r"[ \t]{0,8}(?:[-*•+]|\d{1,3}[.):]?|[\[［【〔] ?\^?[A-Za-z]{0,10} ?)?")


class TrailerCut:
    """Passes text through and drops a block of sources at its very end.

    A line that may begin such a block is held back until it is clear what it is; a block that
    turns out to be followed by more text was none, and is passed on after all.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        self._line = ""
        self._at_start = False
        self._in_block = False

    def feed(self, chunk: str) -> str:
        """Return what may go on now."""
        out: list[str] = []
        for piece in _PIECE.findall(chunk):
            if piece == "\n":
                self._end_line(out)
            elif self._at_start:
                self._line += piece
                self._decide(out, complete=False)
            else:
                (self._held if self._in_block else out).append(piece)
        return "".join(out)

    def finish(self) -> str:
        """Return the rest, without the block of sources if the text ended in one."""
        out: list[str] = []
        if self._at_start and self._line.strip():
            self._decide(out, complete=True)
        if not self._in_block:
            out += [*self._held, self._line]
        self._held, self._line = [], ""
        return "".join(out)

    def _end_line(self, out: list[str]) -> None:
        if self._at_start and self._line:
            self._decide(out, complete=True)
        self._held += [self._line, "\n"]
        self._line, self._at_start = "", True

    def _decide(self, out: list[str], *, complete: bool) -> None:
        verdict = _classify(self._line, in_block=self._in_block, complete=complete)
        if verdict is None:
            return
        if verdict:
            self._in_block = True
            self._held.append(self._line)
        else:
            self._in_block = False
            out += [*self._held, self._line]
            self._held = []
        self._line, self._at_start = "", False


def _classify(line: str, *, in_block: bool, complete: bool) -> bool | None:
    """Say whether a line belongs to a list of sources; None: too early to tell, or blank."""
    if _DEFINITION.match(line) or (in_block and _ENTRY.match(line)):
        return True
    if len(line) > _LONGEST_UNDECIDED:
        return False
    if not line.strip():
        return None
    heading = _HEADING.fullmatch(line)
    word = heading["word"].casefold() if heading else ""
    if complete:
        return word in _HEADINGS
    if heading and _heading_begun(word, heading["rest"]):
        return None
    begun = _DEFINITION_BEGUN.fullmatch(line) or (in_block and _ENTRY_BEGUN.fullmatch(line))
    return None if begun else False


def _heading_begun(word: str, rest: str) -> bool:
    if rest:
        return word in _HEADINGS
    return any(heading.startswith(word) for heading in _HEADINGS)
