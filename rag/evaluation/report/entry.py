"""One question of the page: what was asked, what came back, and what it was judged by."""

import difflib
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from rag.evaluation.comparison import said
from rag.evaluation.record import Line
from rag.text.unseen import visible

_SCORES = (
    "recall@1 mrr@10 contains_answer citation_precision citation_recall quote_precision"
    " quote_recall"
).split()
_PIECES = re.compile(r"\s+|\S+")


def plain(text: object) -> str:
    """Return a text for the page: escaped, and without what no reader sees."""
    return escape(visible(str(text)))


def entry(line: Line, before: Line | None) -> str:
    """Return the section of a question.

    Args:
        line: Of the run.
        before: Of the baseline; null where there is none, or where it lacks the question.
    """
    changed = before is not None and said(before) != said(line)
    classes = f"{'right' if is_fine(line) else 'wrong'} {'changed' if changed else 'same'}"
    parts = [
        f'<article class="{classes}" id="q{line["position"]}">',
        f"<h3>{plain(line['question'])} {_badge(line)}</h3>",
        f'<p class="faint">{plain(line["id"])} · {plain(line["kind"])}</p>',
        *(f"<p class='faint'>{plain(role)}: {plain(text)}</p>" for role, text in line["history"]),
        _answer(line),
        _statements(line),
        _cited(line),
        _gold(line),
        _notes(line),
        f'<p class="scores">{_scores(line["scores"])}</p>',
    ]
    if changed and before is not None:
        parts.append(f"<p>Against the baseline: {word_diff(said(before), said(line))}</p>")
    return "\n".join(part for part in parts if part) + "\n</article>\n"


def is_fine(line: Line) -> bool:
    """Whether nothing went wrong with a question, as far as that is known."""
    scores = line["scores"]
    worth = scores.get("right", scores.get("recall@1"))
    return line["error"] is None and worth != 0


def word_diff(before: str, after: str) -> str:
    """Return the new text with what was added and what was taken away."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    shown = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            shown.append(plain("".join(new[c:d])))
            continue
        if a < b:
            shown.append(f"<del>{plain(''.join(old[a:b]))}</del>")
        if c < d:
            shown.append(f"<ins>{plain(''.join(new[c:d]))}</ins>")
    return "".join(shown)


def _badge(line: Line) -> str:
    if line["error"] is not None:
        return '<span class="badge bad">failed</span>'
    worth = line["scores"].get("right", line["scores"].get("recall@1"))
    if worth is None:
        return '<span class="badge">not judged</span>'
    return (
        f'<span class="badge {"good" if worth else "bad"}">{"right" if worth else "wrong"}</span>'
    )


def _answer(line: Line) -> str:
    if line["error"] is not None:
        return f'<p class="bad">{plain(line["error"])}</p>'
    answer = line["answer"]
    return f'<p class="answer">{plain(answer["text"])}</p>' if answer else ""


def _statements(line: Line) -> str:
    answer = line["answer"] or {}
    items = [
        f"<li>{plain(one['verdict'])}: {plain(one['text'])} "
        f'<span class="faint">{plain(one["reason"])}</span></li>'
        for one in answer.get("statements", ())
    ]
    return _list("ul", "Statements and their verdicts", items)


def _cited(line: Line) -> str:
    citations = (line["answer"] or {}).get("citations", ())
    items = [
        f'<li value="{citation["marker"]}">{plain(citation["file"])}, paragraph '
        f"{citation['ordinal']} {_rightness(judged, line)}<br>{_quoted(citation)}</li>"
        for citation, judged in zip(citations, line["cited"], strict=False)
    ]
    return _list("ol", "Cited", items)


def _rightness(judged: Mapping[str, Any], line: Line) -> str:
    if not line["gold"]:
        return ""
    if not judged["right"]:
        return '<span class="badge bad">not gold</span>'
    words = "gold" if judged.get("quote_right") else "gold paragraph, other words"
    return f'<span class="badge good">{words}</span>'


def _quoted(citation: Mapping[str, Any]) -> str:
    text, start = citation["text"], citation["quote_start"] - citation["start"]
    end = start + len(citation["quote"])
    return f"{plain(text[:start])}<mark>{plain(text[start:end])}</mark>{plain(text[end:])}"


def _gold(line: Line) -> str:
    items = []
    for item in line["gold"]:
        source = item["file"] or item["url"] or f"record {item['record']}"
        rank = f"rank {item['rank']}" if item["rank"] else "not retrieved"
        quote = f": “{plain(item['quote'])}”" if item["quote"] else ""
        items.append(f'<li>{plain(source)}{quote} <span class="faint">({rank})</span></li>')
    if line["gold_known"] and not line["gold"]:
        return "<p>Gold: the archive doesn’t answer this; it has to be declined.</p>"
    return _list("ul", "Gold", items)


def _notes(line: Line) -> str:
    answer = line["answer"] or {}
    notes = [f"<li>Conflict: {plain(one['about'])}</li>" for one in answer.get("conflicts", ())]
    notes += [f"<li>Note: {plain(notice)}</li>" for notice in answer.get("notices", ())]
    return _list("ul", "", notes)


def _scores(scores: Mapping[str, float | None]) -> str:
    known = [f"{name} {scores[name]:.2f}" for name in _SCORES if scores.get(name) is not None]
    return " · ".join(known)


def _list(tag: str, title: str, items: Iterable[str]) -> str:
    listed = "\n".join(items)
    if not listed:
        return ""
    head = f'<p class="faint">{title}</p>' if title else ""
    return f"{head}<{tag}>{listed}</{tag}>"
