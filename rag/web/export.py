"""A conversation as a file: Markdown, JSON, or a page to print, each with its footnotes."""

import base64
import json
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from rag.citations.markers import MARKER, number_of
from rag.schema import Answer, Citation, Verdict
from rag.text.addresses import is_web_address
from rag.text.dates import readable_date
from rag.text.unseen import one_line
from rag.web.answer_view import made_by
from rag.web.escaping import dot, escape, lines, listed
from rag.web.links import Reference, permalink
from rag.web.prose_view import VERDICTS, alternate
from rag.web.reader import with_quote
from rag.web.turns import Turn, Turns

_MARKER = re.compile(f"({MARKER})")
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~:@$&^=+-]|(?<=www)\.")
"""What Markdown, in any dialect, could take for its own; `:` and `www.` would make links."""
_STYLE = (
    "body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.6 Georgia,serif;"
    "color:#1b1d21;background:#fff}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.2rem;"
    "border-top:1px solid #bbb;padding-top:1rem}.facts,.notes{font:.82rem/1.5 system-ui,"
    "sans-serif;color:#565b64}.notes li{margin-bottom:.8rem}.notes blockquote{margin:.2rem 0;"
    "padding-left:.8rem;border-left:3px solid #bbb;color:#1b1d21}mark{background:#f6dd84}"
    "sup a{text-decoration:none}a{color:#8a1c1c}@media print{body{margin:0;max-width:none}"
    "li,blockquote{break-inside:avoid}h2{break-after:avoid}}"
)


def as_json(turns: Turns, origin: str) -> str:
    """Return the answered turns as JSON; permalinks begin with the page's origin."""
    answers = []
    for turn, answer in _answers(turns):
        plain_answer = answer.to_dict()
        for citation in plain_answer["citations"]:
            citation["permalink"] = origin + permalink(citation["paragraph_id"])
        answers.append({"question": turn.question, "answer": plain_answer})
    whole = {"exported_at": _now(), "turns": answers}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_markdown(turns: Turns, origin: str) -> str:
    """Return the answered turns as Markdown with footnotes."""
    parts = ["# Byline", f"Exported {_now()}"]
    for number, (turn, answer) in enumerate(_answers(turns), 1):
        parts.append(f"## {_markdown(turn.question)}")
        parts += [_cited_markdown(block, number) for block in _blocks(answer.text)]
        facts = filter(None, (made_by(answer), answer.verified))
        parts.append(f"*{' · '.join(map(_markdown, facts))}*")
        parts += [f"> {_markdown(notice)}" for notice in _caveats(answer)]
        parts += [_footnote(citation, number, origin) for citation in answer.citations]
    return "\n\n".join(parts) + "\n"


def as_page(turns: Turns, origin: str) -> str:
    """Return the answered turns as one HTML page to print."""
    sections = "".join(
        _section(turn, answer, number, origin)
        for number, (turn, answer) in enumerate(_answers(turns), 1)
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" '
        f'content="no-referrer"><title>Byline</title><style>{_STYLE}</style></head><body>'
        f'<h1>Byline</h1><p class="facts">Exported {escape(_now())}</p>{sections}</body></html>\n'
    )


FORMATS: dict[str, tuple[str, str, Callable[[Turns, str], str]]] = {
    "Markdown": ("byline.md", "text/markdown", as_markdown),
    "JSON": ("byline.json", "application/json", as_json),
    "Print": ("byline.html", "text/html", as_page),
}
"""Button → name, media type and content of its file."""


def download_html(turns: Turns, kind: str, origin: str) -> str:
    """Return a conversation in one of `FORMATS`, as HTML that the page's script saves."""
    name, media, content_of = FORMATS[kind]
    content = base64.b64encode(content_of(turns, origin).encode("utf-8", "replace")).decode()
    number = secrets.token_hex(4)  # a second click saves the same file again
    return f'<div class="download" id="download-{number}" title="{name} {media}">{content}</div>'


def _answers(turns: Turns) -> Iterator[tuple[Turn, Answer]]:
    return ((turn, turn.answer) for turn in turns if turn.answer is not None)


def _blocks(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def _caveats(answer: Answer) -> list[str]:
    differing = [f"Sources differ: {conflict.about}" for conflict in answer.conflicts]
    doubts = [
        f"{VERDICTS[statement.verdict][1]}: {statement.text} {statement.reason}".strip()
        for statement in answer.statements
        if statement.verdict is not Verdict.SUPPORTED
    ]
    return [*differing, *doubts, *answer.all_notices]


def _facts(citation: Citation) -> tuple[str | None, ...]:
    day = readable_date(citation.published_at)
    return citation.title or citation.file, citation.publisher, day, f"¶ {citation.ordinal}"


def _markdown(text: str) -> str:
    escaped = _ACTIVE.sub(lambda found: f"\\{found[0]}", one_line(text).strip())
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped)


def _cited_markdown(block: str, number: int) -> str:
    def note(marker: str) -> str:
        return f"[^{number}-{number_of(marker)}]"

    def words(text: str) -> str:
        return " " * text[:1].isspace() + _markdown(text)  # which strips: one blank must stay

    return alternate(_MARKER, block, note, words).strip()


def _footnote(citation: Citation, number: int, origin: str) -> str:
    facts = ", ".join(_markdown(fact) for fact in _facts(citation) if fact)
    links = f"[Open the paragraph]({origin}{permalink(citation.paragraph_id)})"
    if is_web_address(citation.url):
        links += f" · Original: {_markdown(citation.url)}"
    return (
        f"[^{number}-{citation.marker}]: {facts}. “{_markdown(citation.quote)}”\n\n"
        f"    > {_markdown(citation.text)}\n\n    {links}"
    )


def _section(turn: Turn, answer: Answer, number: int, origin: str) -> str:
    text = "".join(f"<p>{_cited_html(block, number)}</p>" for block in _blocks(answer.text))
    caveats = listed("ul", "facts", map(escape, _caveats(answer)))
    notes = "".join(_note(citation, number, origin) for citation in answer.citations)
    return (
        f"<section><h2>{lines(turn.question)}</h2>{text}"
        f'<p class="facts">{dot(made_by(answer), answer.verified)}</p>{caveats}'
        f"{f'<ol class=notes>{notes}</ol>' if notes else ''}</section>"
    )


def _cited_html(block: str, number: int) -> str:
    def link(marker: str) -> str:
        return f'<sup><a href="#note-{number}-{number_of(marker)}">{marker}</a></sup>'

    return alternate(_MARKER, block, link, lines)


def _note(citation: Citation, number: int, origin: str) -> str:
    text = with_quote(citation.text, Reference.of(citation).quote)
    address = escape(origin + permalink(citation.paragraph_id))
    link = ""
    if is_web_address(citation.url):
        original = escape(citation.url)
        link = f'<br><a href="{original}" rel="noopener noreferrer">{original}</a>'
    return (
        f'<li id="note-{number}-{citation.marker}" value="{citation.marker}">'
        f"{dot(*_facts(citation))}<blockquote>{text}</blockquote>"
        f'<a href="{address}">{address}</a>{link}</li>'
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
