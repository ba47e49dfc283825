"""The figures of a run as Markdown, for a pull request or a README."""

from collections.abc import Mapping
from typing import Any

from rag.evaluation.comparison import Comparison
from rag.evaluation.report.names import FIGURES, KEY_FIGURES, Shown
from rag.evaluation.report.table import cell
from rag.evaluation.summary import Figures
from rag.text.unseen import one_line

_CHANGED = 10
_BY_KIND = (
    ("recall@1", "retrieval", "recall@1"),
    ("cited", "answer", "citation_hit"),
    ("precision", "answer", "citation_precision"),
    ("recall", "answer", "citation_recall"),
    ("declined rightly", "abstention", "on_unanswerable"),
    ("declined wrongly", "abstention", "on_answerable"),
)

_COMPARED = (
    Shown("overall", "right", "right in all"),
    *KEY_FIGURES,
    Shown("answer", "own_citations", "sentences that the model itself cited"),
    Shown("statements", "supported", "statements supported"),
)


def markdown(
    header: Mapping[str, Any], figures: Figures, comparison: Comparison | None = None
) -> str:
    """Return a summary of a run, given its first line."""
    made = [
        *asked(header, figures),
        f"revision {header['git'] or header['version'] or 'unknown'}",
        str(header["started_at"])[:10],
    ]
    lines = [f"### Evaluation on {_text(header['dataset']['name'])}", ""]
    lines.append(_text(", ".join(made) + "."))
    lines += ["", *figure_table(figures), "", *kind_table(figures)]
    if figures["failed"]:
        lines += ["", f"**{figures['failed']} questions failed** and count as missed."]
    problems = figures["problems"]
    if problems["n"]:
        lines += ["", f"{problems['n']} faults in the questions:"]
        lines += [f"- {_text(one['where'])}: {_text(one['what'])}" for one in problems["listed"]]
    if comparison:
        lines += ["", *_compared(comparison)]
    return "\n".join(lines) + "\n"


def figure_table(figures: Figures, *, key_only: bool = False) -> list[str]:
    """Return the table of figures with their intervals, without those that weren't measured."""
    lines = ["| figure | value | 95 % interval |", "|---|---|---|"]
    for shown in KEY_FIGURES if key_only else FIGURES:
        value = figures[shown.group][shown.name]
        if value is not None:
            arrow = " (lower is better)" if shown.lower_is_better else ""
            span = interval(figures, shown)
            lines.append(f"| {shown.title}{arrow} | {value:.3f} | {span} |")
    return lines


def interval(figures: Figures, shown: Shown) -> str:
    """Return the 95 % interval of a figure, or a dash."""
    found = figures["interval"][shown.group][shown.name]
    return f"{found[0]:.3f} to {found[1]:.3f}" if found else "-"


def asked(header: Mapping[str, Any], figures: Figures) -> list[str]:
    """Say what was asked, and of what."""
    model = header["settings"].get("llm_model") if header["engine"] == "llm" else None
    index = header["index"]
    return [
        f"{figures['n']} questions",
        f"engine {header['engine']}" + (f" ({model})" if model else ""),
        f"{index.get('articles')} articles, {index.get('paragraphs')} paragraphs",
    ]


def kind_table(figures: Figures) -> list[str]:
    """Return a row for each kind of question."""
    heads = [head for head, _, _ in _BY_KIND]
    lines = [f"| kind | n | {' | '.join(heads)} |", "|---" * (len(heads) + 2) + "|"]
    for kind, of_kind in figures["by_kind"].items():
        cells = " | ".join(cell(of_kind[group][name]) for _, group, name in _BY_KIND)
        lines.append(f"| {_text(kind)} | {of_kind['n']} | {cells} |")
    return lines


def side_by_side(figures: Mapping[str, Figures]) -> str:
    """Return the main figures of several runs, by their names, as the columns of one table."""
    lines = [f"| | {' | '.join(map(_text, figures))} |", "|---" * (len(figures) + 1) + "|"]
    for shown in _COMPARED:
        cells = " | ".join(cell(run[shown.group][shown.name]) for run in figures.values())
        lines.append(f"| {shown.title} | {cells} |")
    waits = " | ".join(cell(run["latency_ms"]["p50"], ".0f") for run in figures.values())
    failed = " | ".join(str(run["failed"]) for run in figures.values())
    lines += [f"| ms a question, median | {waits} |", f"| questions failed | {failed} |"]
    return "\n".join(lines)


def _compared(comparison: Comparison) -> list[str]:
    moved = [one for one in comparison.differences if one.by]
    lines = [f"#### Against {_text(comparison.before)}", ""]
    lines += ["| figure | before | after | by | p |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.group} {one.name} | {one.before:.3f} | {one.after:.3f} | {one.by:+.3f} |"
        f" {one.p:.3f}{' **significant**' if one.significant else ''} |"
        for one in moved
    ] or ["| none moved | | | | |"]
    for outcome in ("worse", "better"):
        changed = comparison.of(outcome)
        if changed:
            lines += ["", f"{outcome}: {len(changed)} questions"]
            lines += [f"- {_text(one.id)}: {_text(one.question)}" for one in changed[:_CHANGED]]
    return lines


def _text(text: str) -> str:
    """Return a text that Markdown shows as it is: questions come from files."""
    kept = one_line(text)
    for sign in "\\`*_[]<>|#!":
        kept = kept.replace(sign, f"\\{sign}")
    return kept
