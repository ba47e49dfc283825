"""A run as one page that needs nothing else: no script, no font, no request to anywhere.

Written a question at a time, so that a page of thousands of questions costs no memory.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag.errors import StorageError
from rag.evaluation.comparison import Comparison
from rag.evaluation.report.curves import curves
from rag.evaluation.report.entry import entry, is_fine, plain
from rag.evaluation.report.names import FIGURES, KEY_FIGURES
from rag.evaluation.report.table import cell
from rag.evaluation.runs import Run
from rag.evaluation.summary import Figures

_STYLE = Path(__file__).with_name("page.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_LISTED = 200
"""Links to what went wrong, before the rest is only counted."""
_KINDS = (
    ("recall@1", "retrieval", "recall@1"),
    ("mrr@10", "retrieval", "mrr@10"),
    ("answer", "answer", "contains_answer"),
    ("cited", "answer", "citation_hit"),
    ("precision", "answer", "citation_precision"),
    ("recall", "answer", "citation_recall"),
    ("declined, rightly", "abstention", "on_unanswerable"),
    ("wrongly", "abstention", "on_answerable"),
)


def write_page(
    path: Path,
    run: Run,
    figures: Figures,
    baseline: Run | None = None,
    comparison: Comparison | None = None,
) -> None:
    """Write the page.

    Args:
        path: The file.
        run: What is shown.
        figures: Of the run.
        baseline: What its answers are compared with.
        comparison: Of the two.

    Raises:
        StorageError: It can't be written.
    """
    try:
        with path.open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(_pieces(run, figures, baseline, comparison))
    except OSError as error:
        raise StorageError(
            f"{path}: can't be written ({error.strerror}).", "Choose another place."
        ) from error


def _pieces(
    run: Run, figures: Figures, baseline: Run | None, comparison: Comparison | None
) -> Iterator[str]:
    title = f"Evaluation on {plain(run.header['dataset']['name'])}"
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE.read_text('utf-8')}</style></head>\n<body>\n"
        f"<h1>{title}</h1>\n{_facts(run, figures)}\n"
    )
    yield _key_figures(figures)
    yield f"<h2>Figures</h2>\n{_figures(figures, comparison)}\n"
    yield f'<h2>Curves</h2>\n<div class="charts">{curves(run, figures)}</div>\n'
    yield f"<h2>By kind of question</h2>\n{_by_kind(figures)}\n"
    yield from _faults(run, figures)
    if comparison:
        yield _changes(comparison)
    yield (
        "<h2>Every question</h2>\n"
        '<p class="filters"><label><input type="checkbox" id="only-wrong"> only what went wrong'
        "</label> "
        + (
            '<label><input type="checkbox" id="only-changed"> only what changed</label>'
            if baseline
            else ""
        )
        + "</p>\n"
    )
    for line in run.lines():
        yield entry(line, baseline.line(line["id"]) if baseline else None)
    yield "</body></html>\n"


def _facts(run: Run, figures: Figures) -> str:
    header = run.header
    index, model = header["index"], header["settings"].get("llm_model")
    facts = [
        f"run {run.name}",
        f"{figures['n']} questions",
        f"engine {header['engine']}" + (f" ({model})" if header["engine"] == "llm" else ""),
        f"{index.get('articles')} articles, {index.get('paragraphs')} paragraphs",
        f"index {index.get('digest')}, {index.get('embedding')}",
        f"revision {header['git'] or header['version']}",
        f"started {header['started_at']}",
        f"answers {run.digest()}",
        "prompts " + ", ".join(f"{name} {one}" for name, one in header["prompts"].items()),
    ]
    return f'<p class="facts">{plain(" · ".join(facts))}</p>'


def _key_figures(figures: Figures) -> str:
    boxes = []
    for shown in KEY_FIGURES:
        value = figures[shown.group][shown.name]
        if value is not None:
            span = _span(figures, shown.group, shown.name)
            note = " (lower is better)" if shown.lower_is_better else ""
            boxes.append(
                f"<div><b>{value:.3f}</b><small>{shown.title}{note}<br>{span}</small></div>"
            )
    p50, p95 = figures["latency_ms"]["p50"], figures["latency_ms"]["p95"]
    boxes.append(
        f"<div><b>{cell(p50, '.0f')} ms</b><small>a question, median<br>"
        f"95 % within {cell(p95, '.0f')} ms</small></div>"
    )
    return f'<div class="figures">{"".join(boxes)}</div>\n'


def _figures(figures: Figures, comparison: Comparison | None) -> str:
    moved = {(one.group, one.name): one for one in comparison.differences} if comparison else {}
    heads = ["figure", "value", "95 % interval"]
    if comparison:
        heads += ["before", "by", "p"]
    rows = []
    for shown in FIGURES:
        value = figures[shown.group][shown.name]
        if value is None:
            continue
        cells = [shown.title, f"{value:.3f}", _span(figures, shown.group, shown.name)]
        found = moved.get((shown.group, shown.name))
        if found:
            better = (found.by > 0) != shown.lower_is_better
            tone = ("good" if better else "bad") if found.significant and found.by else ""
            by = f'<span class="{tone}">{found.by:+.3f}</span>'
            cells += [f"{found.before:.3f}", by, f"{found.p:.3f}"]
        rows.append(cells)
    auc = figures["abstention"]["auc"]
    if auc is not None:
        rows.append(["AUC of the gate’s confidence", f"{auc:.3f}", ""])
    rows += _further(figures)
    return _table(heads, rows)


def _further(figures: Figures) -> list[list[str]]:
    rows, llm, verdicts = [], figures["llm"], figures.get("verdicts")
    if verdicts:
        for label, share in verdicts["right"].items():
            rows.append([f"{label} claims judged rightly", cell(share), ""])
    if llm:
        rows.append(["calls of the language model", f"{llm['calls']:,}", ""])
        tokens = f"{llm['prompt_tokens']:,} in, {llm['completion_tokens']:,} out"
        rows.append([f"tokens, {llm['tokens_are']}", tokens, ""])
        if llm["cost_usd"] is not None:
            rows.append(["cost, US dollars", f"{llm['cost_usd']:.4f}", ""])
    return rows


def _by_kind(figures: Figures) -> str:
    rows = [
        [plain(kind), str(one["n"]), *(cell(one[group][name]) for _, group, name in _KINDS)]
        for kind, one in figures["by_kind"].items()
    ]
    return _table(["kind", "n", *(head for head, _, _ in _KINDS)], rows)


def _faults(run: Run, figures: Figures) -> Iterator[str]:
    wrong = [
        (line["position"], line["id"], line["question"])
        for line in run.lines()
        if not is_fine(line)
    ]
    if wrong:
        links = " · ".join(
            f'<a href="#q{position}" title="{plain(question)}">{plain(name)}</a>'
            for position, name, question in wrong[:_LISTED]
        )
        more = f" and {len(wrong) - _LISTED} more" if len(wrong) > _LISTED else ""
        yield f"<h2>What went wrong: {len(wrong)}</h2>\n<p>{links}{more}</p>\n"
    problems: Any = figures["problems"]
    if problems["n"]:
        items = "".join(
            f"<li>{plain(one['where'])}: {plain(one['what'])}</li>" for one in problems["listed"]
        )
        yield f"<h2>Faults in the questions: {problems['n']}</h2>\n<ul>{items}</ul>\n"


def _changes(comparison: Comparison) -> str:
    listed = []
    for outcome in ("worse", "better", "other words"):
        changed = comparison.of(outcome)
        if changed:
            names = " · ".join(plain(one.id) for one in changed[:_LISTED])
            listed.append(f"<p>{outcome}: {len(changed)}<br>{names}</p>")
    made = ", ".join(comparison.configuration) or "nothing"
    return (
        f"<h2>Against {plain(comparison.before)}</h2>\n"
        f'<p class="faint">Made differently: {plain(made)}.</p>\n'
        + ("\n".join(listed) or "<p>Every answer is the same.</p>")
        + "\n"
    )


def _span(figures: Figures, group: str, name: str) -> str:
    found = figures["interval"][group][name]
    return f"{found[0]:.3f} to {found[1]:.3f}" if found else "-"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{one}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{one}</td>' for one in row)}</tr>\n" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
