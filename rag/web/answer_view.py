"""A finished answer as HTML: text, verdicts, conflicts, sources, and why these paragraphs."""

from collections.abc import Mapping, Sequence

from rag.schema import (
    Answer,
    Citation,
    Conflict,
    ConflictSide,
    Evidence,
    Statement,
    Status,
    Verdict,
)
from rag.text.dates import readable_date
from rag.text.unseen import shortened
from rag.web.escaping import dot, escape, listed
from rag.web.links import Reference
from rag.web.prose_view import VERDICTS, chip, prose_html

_LONGEST_QUOTE = 320
"""Characters of a nearest paragraph that are shown; the reader has all of it."""


def answer_html(answer: Answer, identity: str = "", vote: str = "") -> str:
    """Return a finished answer; with its turn's identity, also the buttons that judge it."""
    if answer.status is Status.ABSTAINED:
        body, kind = _abstained(answer), "answer abstained"
    else:
        body, kind = _answered(answer), "answer"
    origin = dot(made_by(answer), _duration(answer.timings_ms.total))
    foot = f'<div class="foot"><p class="origin">{origin}</p>{_votes(identity, vote)}</div>'
    notices = listed("ul", "notices", map(escape, answer.all_notices))
    return f'<div class="{kind}">{_understood(answer)}{body}{notices}{_why(answer)}{foot}</div>'


def _answered(answer: Answer) -> str:
    cited = {citation.marker: Reference.of(citation) for citation in answer.citations}
    prose = prose_html(answer.text, cited, answer.statements)
    conflicts, sources = _conflicts(answer.conflicts, cited), _sources(answer)
    return f"{prose}{_checks(answer)}{conflicts}{sources}"


def _abstained(answer: Answer) -> str:
    nearest = listed("ol", "nearest", map(_nearest, answer.evidence))
    head = "<h2>Nearest paragraphs</h2>" if nearest else ""
    sign = '<p class="ruling"><span class="sign">∅</span> Not in the archive</p>'
    return f"{sign}{prose_html(answer.text, {})}{head}{nearest}"


def _checks(answer: Answer) -> str:
    """Return all verdicts with their reasons; open where one needs to be looked at."""
    if not answer.statements:
        return ""
    doubtful = any(statement.verdict is not Verdict.SUPPORTED for statement in answer.statements)
    sign = VERDICTS[Verdict.PARTIAL if doubtful else Verdict.SUPPORTED][0]
    verified = escape(answer.verified or f"{len(answer.statements)} statements checked")
    title = f'<span class="sign">{sign}</span> {verified}'
    checks = "".join(map(_check, answer.statements))
    kind = 'class="checked doubtful" open' if doubtful else 'class="checked"'
    return f'<details {kind}><summary>{title}</summary><ul class="checks">{checks}</ul></details>'


def _check(statement: Statement) -> str:
    reason = f' <span class="facts">{escape(statement.reason)}</span>' if statement.reason else ""
    sign, word = VERDICTS[statement.verdict]
    ruling = f'<span class="sign">{sign}</span> <strong>{word}</strong>'
    return f'<li class="{statement.verdict}">{ruling} <q>{escape(statement.text)}</q>{reason}</li>'


def _conflicts(conflicts: Sequence[Conflict], cited: Mapping[int, Reference]) -> str:
    """Return where sources differ: both sides with publisher, date and their own words."""
    if not conflicts:
        return ""
    rows = "".join(_conflict(conflict, cited) for conflict in conflicts)
    return f'<h2 class="differ">Where sources differ</h2><ul class="checks">{rows}</ul>'


def _conflict(conflict: Conflict, cited: Mapping[int, Reference]) -> str:
    chips = "".join(chip(marker, cited.get(marker)) for marker in conflict.markers)
    sides = listed("ul", "sides", (_side(side, cited) for side in conflict.sides))
    sign = '<span class="sign">≠</span> <strong>Sources differ</strong>'
    return f'<li class="conflict">{sign} {escape(conflict.about)} {sides or chips}</li>'


def _side(side: ConflictSide, cited: Mapping[int, Reference]) -> str:
    known = (side.publisher or side.file, readable_date(side.published_at))
    facts = escape(", ".join(fact for fact in known if fact))
    marker = chip(side.marker, cited.get(side.marker))
    return f'{marker}<span class="facts">{facts}</span> <q>{escape(side.quote)}</q>'


def _sources(answer: Answer) -> str:
    sources = listed("ol", "sources", map(_source, answer.citations))
    return f"<h2>Sources</h2>{sources}" if sources else ""


def _source(citation: Citation) -> str:
    facts = dot(citation.publisher, readable_date(citation.published_at), f"¶ {citation.ordinal}")
    quote = f"<q>{escape(citation.quote)}</q>" if citation.quote else ""
    return (
        f"{chip(citation.marker, Reference.of(citation))}"
        f"<cite>{escape(citation.title or citation.file)}</cite> "
        f'<span class="facts">{facts}</span>{quote}'
    )


def _nearest(evidence: Evidence) -> str:
    anchor = Reference(evidence.paragraph_id, evidence.ordinal).anchor
    text = shortened(evidence.text, _LONGEST_QUOTE)
    place = f'<span class="facts">{dot(evidence.file, f"¶ {evidence.ordinal}")}</span>'
    return f'<a href="#{anchor}">{place}<q>{escape(text)}</q></a>'


def _why(answer: Answer) -> str:
    """Return what was found and how well it fits, on demand."""
    if not answer.evidence:
        return ""
    cited = {citation.paragraph_id: citation.marker for citation in answer.citations}
    rows = "".join(_row(evidence, cited.get(evidence.paragraph_id)) for evidence in answer.evidence)
    sure = (
        f" The archive was judged {round(answer.confidence * 100)} % likely to hold an answer."
        if answer.confidence is not None
        else ""
    )
    head = "<tr><th>Rank</th><th>Paragraph</th><th>Score</th><th>Cited as</th></tr>"
    return (
        '<details class="why"><summary>Why these paragraphs</summary>'
        f'<p class="facts">Found for: {escape(answer.standalone_question)}{escape(sure)}</p>'
        f"<table><thead>{head}</thead><tbody>{rows}</tbody></table></details>"
    )


def _row(evidence: Evidence, marker: int | None) -> str:
    anchor = Reference(evidence.paragraph_id, evidence.ordinal).anchor
    place = f'<a href="#{anchor}">{dot(evidence.file, f"¶ {evidence.ordinal}")}</a>'
    cells = (str(evidence.rank), place, f"{evidence.score:.3f}", f"[{marker}]" if marker else "–")
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _understood(answer: Answer) -> str:
    if answer.standalone_question.casefold() == answer.question.casefold():
        return ""
    return f'<p class="facts">Understood as: {escape(answer.standalone_question)}</p>'


def made_by(answer: Answer) -> str:
    """Return which engine and model made an answer."""
    if answer.engine == "llm":
        return f"Language model {answer.model}"
    done = "Judged" if answer.status is Status.ABSTAINED else "Quoted"
    return f"{done} by the embedded engine"


def _duration(milliseconds: float) -> str:
    if milliseconds < 1000:
        return f"{max(1, round(milliseconds))} ms"
    return f"{milliseconds / 1000:.1f} s"


_VOTES = (("up", "▲", "Good answer"), ("down", "▼", "Bad answer"))


def _votes(identity: str, vote: str) -> str:
    if not identity:
        return ""
    links = "".join(
        f'<a class="vote{" chosen" if name == vote else ""}" href="#vote-{name}-{identity}" '
        f'role="button"><span class="sign">{sign}</span> {word}'
        f"{'<span class=unseen> (your judgement)</span>' if name == vote else ''}</a>"
        for name, sign, word in _VOTES
    )
    return f'<span class="votes">{links}</span>'
