"""Answers as HTML: everything that a model or an article wrote becomes text, whatever it holds.

What these functions return is a single line, and in it each character of foreign text that HTML,
Markdown or a link detector could take for its own is a numeric entity. So the same string is safe
in a Markdown component, and stays text even if its sanitiser were off.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from rag.conflict_view import conflicts_html
from rag.reference import Reference
from rag.schema import Answer, Citation, Evidence, Statement, Status, Verdict
from rag.visible import Rewriting, is_unseen

INVITATION = (
    '<div class="invitation"><p>Ask the archive a question. '
    "What it answers, it backs with the paragraph; what it doesn’t hold, it says so.</p></div>"
)

_STATIC = Path(__file__).parent / "static"

_ACTIVE = re.compile(r"[^\w \u0080-\U0010ffff]|_", re.ASCII)
"""Any ASCII character that is neither a letter, a digit nor a space."""

_BLANKS = frozenset("\t\n\r\u0085\u2028\u2029")

_MARKER = re.compile(r" ?\[(\d{1,3})\]")

_VERDICTS = {
    Verdict.PARTIAL: ("◐", "Partly supported"),
    Verdict.UNSUPPORTED: ("✕", "Not supported"),
    Verdict.UNCHECKED: ("○", "Not checked"),
}


def _one_line(character: str) -> str:
    """Return what stands for a character: controls look broken, what hides or reorders is gone."""
    if character in _BLANKS:
        return " "
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return "\ufffd"
    return "" if is_unseen(character) else character


_ONE_LINE = Rewriting(_one_line)


def escape(text: str) -> str:
    """Return HTML that shows a text and can be nothing but text."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", text.translate(_ONE_LINE))


def lines(text: str) -> str:
    """Return HTML that shows a text with its line breaks."""
    return "<br>".join(escape(line) for line in re.split(r"\r\n|[\n\r\u2028\u2029]", text))


def without_markers(text: str) -> str:
    """Return an answer's text as it is handed on as history."""
    return _MARKER.sub("", text)


def question_html(question: str) -> str:
    """Return what the user asked."""
    return f'<div class="question">{lines(question.strip())}</div>'


def working_html(stage: str, text: str = "") -> str:
    """Return an answer in the making: its text so far, or else what is being done."""
    if not text:
        return f'<div class="answer working"><p class="stage">{escape(stage)}</p></div>'
    return f'<div class="answer working">{_prose(text, {})}</div>'


def stopped_html(text: str) -> str:
    """Return an answer that the user stopped."""
    note = '<p class="facts">Stopped. What stands here is not checked.</p>'
    return f'<div class="answer stopped">{_prose(text, {}) if text else ""}{note}</div>'


def failure_html(message: str, hint: str) -> str:
    """Return what went wrong and what to do about it."""
    said = f"<p><strong>{escape(message)}</strong></p><p>{escape(hint)}</p>"
    return f'<div class="answer failure">{said}</div>'


def answer_html(answer: Answer) -> str:
    """Return a finished answer with its sources, checks, notices and origin."""
    if answer.status is Status.ABSTAINED:
        body, kind = _abstained(answer), "answer abstained"
    else:
        body, kind = _answered(answer), "answer"
    understood = _understood(answer)
    return f'<div class="{kind}">{understood}{body}{_notices(answer)}{_origin(answer)}</div>'


@cache
def stylesheet() -> str:
    """Return the page's own CSS."""
    return (_STATIC / "chat.css").read_text("utf-8")


@cache
def head() -> str:
    """Return what goes into the page's head: the script that joins citations to the reader."""
    return f"<script>{(_STATIC / 'chat.js').read_text('utf-8')}</script>"


def _answered(answer: Answer) -> str:
    cited = {citation.marker: citation for citation in answer.citations}
    return "".join(
        (
            _prose(answer.text, cited),
            _checks(answer.statements),
            _conflicts(answer),
            _sources(answer.citations),
        )
    )


def _abstained(answer: Answer) -> str:
    nearest = "".join(_nearest(evidence) for evidence in answer.evidence)
    listed = f'<h4>Nearest paragraphs</h4><ol class="nearest">{nearest}</ol>' if nearest else ""
    sign = '<p class="ruling"><span class="sign">∅</span> Not in the archive</p>'
    return f"{sign}{_prose(answer.text, {})}{listed}"


def _prose(text: str, cited: dict[int, Citation]) -> str:
    blocks = (block for block in re.split(r"\n\s*\n", text) if block.strip())
    return "".join(f"<p>{_marked(block.strip(), cited)}</p>" for block in blocks)


def _marked(text: str, cited: dict[int, Citation]) -> str:
    pieces, at = [], 0
    for found in _MARKER.finditer(text):
        pieces += [lines(text[at : found.start()]), _chip(int(found[1]), cited)]
        at = found.end()
    return "".join((*pieces, lines(text[at:])))


def _chip(marker: int, cited: dict[int, Citation]) -> str:
    label = f'<span class="unseen"> Source </span>{marker}'
    if marker not in cited:
        return f'<span class="chip">{label}</span>'
    citation = cited[marker]
    title = escape(f"Source {marker}: {_name(citation)}, paragraph {citation.ordinal}")
    anchor = Reference.of(citation).anchor
    return f'<a class="chip" href="#{anchor}" title="{title}">{label}</a>'


def _name(citation: Citation) -> str:
    return citation.title or citation.file


def _sources(citations: Sequence[Citation]) -> str:
    cited = {citation.marker: citation for citation in citations}
    listed = "".join(f"<li>{_source(citation, cited)}</li>" for citation in citations)
    return f'<h4>Sources</h4><ol class="sources">{listed}</ol>' if listed else ""


def _source(citation: Citation, cited: dict[int, Citation]) -> str:
    facts = dot(citation.publisher, citation.title and citation.file, f"¶ {citation.ordinal}")
    quote = f"<q>{escape(citation.quote)}</q>" if citation.quote else ""
    return (
        f"{_chip(citation.marker, cited)}<cite>{escape(_name(citation))}</cite> "
        f'<span class="facts">{facts}</span>{quote}'
    )


def _nearest(evidence: Evidence) -> str:
    anchor = Reference(evidence.paragraph_id, evidence.ordinal).anchor
    place = f'<span class="facts">{dot(evidence.file, f"¶ {evidence.ordinal}")}</span>'
    return f'<li><a href="#{anchor}">{place}<q>{escape(evidence.text)}</q></a></li>'


def _checks(statements: Iterable[Statement]) -> str:
    doubtful = [each for each in statements if each.verdict is not Verdict.SUPPORTED]
    listed = "".join(f'<li class="{each.verdict}">{_check(each)}</li>' for each in doubtful)
    return f'<h4>Checks</h4><ul class="checks">{listed}</ul>' if listed else ""


def _check(statement: Statement) -> str:
    sign, word = _VERDICTS[statement.verdict]
    reason = f' <span class="facts">{escape(statement.reason)}</span>' if statement.reason else ""
    ruling = f'<span class="sign">{sign}</span> <strong>{word}</strong>'
    return f"{ruling} <q>{escape(statement.text)}</q>{reason}"


def _conflicts(answer: Answer) -> str:
    cited = {citation.marker: citation for citation in answer.citations}
    return conflicts_html(answer.conflicts, lambda marker: _chip(marker, cited), escape)


def _notices(answer: Answer) -> str:
    listed = "".join(f"<li>{escape(notice)}</li>" for notice in answer.notices)
    return f'<ul class="notices">{listed}</ul>' if listed else ""


def _understood(answer: Answer) -> str:
    if answer.standalone_question.casefold() == answer.question.casefold():
        return ""
    return f'<p class="facts">Understood as: {escape(answer.standalone_question)}</p>'


def _origin(answer: Answer) -> str:
    by = f"Language model {answer.model}" if answer.model else "Quoted by the embedded engine"
    if answer.status is Status.ABSTAINED and not answer.model:
        by = "Judged by the embedded engine"
    return f'<p class="origin">{dot(by, _duration(answer.timings_ms.total))}</p>'


def _duration(milliseconds: float) -> str:
    if milliseconds < 1000:
        return f"{max(1, round(milliseconds))} ms"
    return f"{milliseconds / 1000:.1f} s"


def dot(*facts: str | None) -> str:
    """Return those facts that are known, set apart by middle dots, as HTML."""
    return " · ".join(escape(fact) for fact in facts if fact)


def masthead_html(*facts: str) -> str:
    """Return the page's head line with what is known of the archive."""
    told = f'<span class="facts">{dot(*facts)}</span>' if facts else ""
    return f'<div class="masthead"><h1>Byline</h1>{told}</div>'
