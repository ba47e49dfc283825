"""The small parts of the page as HTML: questions, what is seen meanwhile, what went wrong.

What these functions return is a single line; foreign text in it went through `rag.web.escaping`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rag.web.escaping import dot, escape, lines
from rag.web.links import Reference
from rag.web.prose_view import prose_html

INVITATION = (
    '<div class="invitation"><p>Ask the archive a question. '
    "What it answers, it backs with the paragraph; what it doesn’t hold, it says so.</p></div>"
)

_STATIC = Path(__file__).parent / "static"


def question_html(question: str, *, rewriting: bool = False) -> str:
    """Return what the user asked."""
    note = (
        '<p class="facts">Rewrite it below; this answer stays until you ask.</p>'
        if rewriting
        else ""
    )
    return f'<div class="question">{lines(question.strip())}{note}</div>'


def working_html(stage: str, text: str = "", cited: Mapping[int, Reference] = {}) -> str:
    """Return an answer in the making: its text so far, or else what is being done."""
    if not text:
        return f'<div class="answer working"><p class="stage">{escape(stage)}</p></div>'
    return f'<div class="answer working">{prose_html(text, cited)}</div>'


def stopped_html(text: str) -> str:
    """Return an answer that the user stopped."""
    note = (
        '<p class="facts"><span class="sign">■</span> Stopped. What stands here is not checked.</p>'
    )
    return f'<div class="answer stopped">{prose_html(text, {}) if text else ""}{note}</div>'


def failure_html(message: str, hint: str) -> str:
    """Return what went wrong and what to do about it."""
    said = f"<p><strong>{escape(message)}</strong></p><p>{escape(hint)}</p>"
    return f'<div class="answer failure">{said}</div>'


def masthead_html(*facts: str) -> str:
    """Return the page's head line with what is known of the archive."""
    told = f'<span class="facts">{dot(*facts)}</span>' if facts else ""
    return f'<div class="masthead"><h1>Byline</h1>{told}</div>'


@cache
def stylesheet() -> str:
    """Return the page's own CSS."""
    names = ("page.css", "chat.css", "reader.css", "archive.css", "layout.css")
    return "\n".join((_STATIC / name).read_text("utf-8") for name in names)


@cache
def head() -> str:
    """Return what goes into the page's head: the scripts that join citations to the reader."""
    names = ("asking.js", "chat.js", "session.js")
    return "".join(f"<script>{(_STATIC / name).read_text('utf-8')}</script>" for name in names)
