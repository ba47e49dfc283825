"""A run as one page that needs nothing else: no script, no font, no request to anywhere.

Written a question at a time, so that a page of thousands of questions costs no memory.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from rag.evaluation.comparison import Comparison, Difference, said
from rag.evaluation.metrics import RECALL_DEPTHS, percentile
from rag.evaluation.record import TIMINGS, Line
from rag.evaluation.report.charts import bars, curve, steps
from rag.evaluation.report.markdown import asked, interval
from rag.evaluation.report.names import FIGURES, KEY_FIGURES, Shown
from rag.evaluation.report.table import cell
from rag.evaluation.runs import Run, unwritable
from rag.evaluation.summary import Figures
from rag.text.unseen import visible

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
_SCORES = (
    "recall@1 mrr@10 contains_answer citation_precision citation_recall quote_precision"
    " quote_recall"
).split()
_PIECES = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the page shows it."""

    title: str
    value: str
    span: str = ""
    """Its 95 % interval."""
    lower_is_better: bool = False
    moved: Difference | None = None
    """Null without a baseline."""

    @property
    def tone(self) -> str:
        """The CSS class of a difference that chance alone hardly makes."""
        if self.moved is None or not self.moved.significant or not self.moved.by:
            return ""
        return "good" if (self.moved.by > 0) != self.lower_is_better else "bad"


def write_page(
    path: Path,
    run: Run,
    figures: Figures,
    baseline: Run | None = None,
    comparison: Comparison | None = None,
) -> None:
    """Write the page.

    Raises:
        StorageError: It can't be written.
    """
    moved = {(one.group, one.name): one for one in comparison.differences} if comparison else {}
    linked = ("position", "id", "question")
    pieces = _template().generate(
        run=run,
        figures=figures,
        comparison=comparison,
        facts=_facts(run, figures),
        key_figures=list(_rows(KEY_FIGURES, figures, {})),
        rows=[*_rows(FIGURES, figures, moved), *_further(figures)],
        charts=_charts(run, figures),
        wrong=[{name: line[name] for name in linked} for line in run.lines() if not is_fine(line)],
        questions=_questions(run, baseline),
    )
    try:
        with path.open("w", encoding="utf-8", errors="replace") as file:
            file.writelines(pieces)
    except OSError as error:
        raise unwritable(path, error) from error


def is_fine(line: Line) -> bool:
    """Whether nothing went wrong with a question, as far as that is known."""
    return line["error"] is None and _worth(line) != 0


def word_diff(before: str, after: str) -> list[tuple[str, str]]:
    """Return the new text in pieces, each with `ins`, `del` or nothing; empty for equal texts."""
    if before == after:
        return []
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("", "".join(new[c:d])))
        else:
            pieces += [("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))]
    return [piece for piece in pieces if piece[1]]


def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_unseen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "cell": cell,
        "cited": _cited,
        "is_fine": is_fine,
        "judgement": _judgement,
        "kinds": _KINDS,
        "listed": _LISTED,
        "scores": _SCORES,
    }
    return environment.get_template("page.html.jinja")


def _without_unseen(value: Any) -> Any:
    """Return what the page prints without characters that no reader sees."""
    # `Markup`, which is escaped already, stays what it is.
    return type(value)(visible(str(value))) if isinstance(value, str) else value


def _facts(run: Run, figures: Figures) -> list[str]:
    header, index = run.header, run.header["index"]
    return [
        f"run {run.name}",
        *asked(header, figures),
        f"index {index.get('digest')}, {index.get('embedding')}",
        f"revision {header['git'] or header['version']}",
        f"started {header['started_at']}",
        f"answers {run.digest()}",
        "prompts " + ", ".join(f"{name} {digest}" for name, digest in header["prompts"].items()),
    ]


def _rows(
    shown: Sequence[Shown], figures: Figures, moved: Mapping[tuple[str, str], Difference]
) -> Iterator[Row]:
    for figure in shown:
        value = figures[figure.group][figure.name]
        if value is not None:
            span = interval(figures, figure)
            difference = moved.get((figure.group, figure.name))
            yield Row(figure.title, f"{value:.3f}", span, figure.lower_is_better, difference)


def _further(figures: Figures) -> Iterator[Row]:
    auc, llm, verdicts = figures["abstention"]["auc"], figures["llm"], figures.get("verdicts")
    if auc is not None:
        yield Row("AUC of the gate’s confidence", f"{auc:.3f}")
    for label, share in verdicts["right"].items() if verdicts else ():
        yield Row(f"{label} claims judged rightly", cell(share))
    if llm:
        yield Row("calls of the language model", f"{llm['calls']:,}")
        tokens = f"{llm['prompt_tokens']:,} in, {llm['completion_tokens']:,} out"
        yield Row(f"tokens, {llm['tokens_are']}", tokens)
        if llm["cost_usd"] is not None:
            yield Row("cost, US dollars", f"{llm['cost_usd']:.4f}")


def _charts(run: Run, figures: Figures) -> dict[str, str]:
    recall = {str(depth): figures["retrieval"][f"recall@{depth}"] for depth in RECALL_DEPTHS}
    kinds = [
        (kind, value, of_kind["interval"]["overall"]["right"])
        for kind, of_kind in figures["by_kind"].items()
        if (value := of_kind["overall"]["right"]) is not None
    ]
    waits = [line[TIMINGS]["wall"] for line in run.lines()]
    shares = {share: percentile(waits, share) for share in (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0)}
    return {
        "confidence": curve(
            figures["abstention"]["coverage_accuracy"],
            x="share of the questions answered",
            y="share of these right",
            title="coverage and accuracy",
        ),
        "recall": steps(
            [(depth, value) for depth, value in recall.items() if value is not None],
            x="paragraphs",
            y="share of the questions",
            title="recall by depth",
        ),
        "kinds": bars(kinds, title="right by kind"),
        "latency": steps(
            [(f"{value:.0f}", share) for share, value in shares.items() if value is not None],
            x="milliseconds",
            y="share of the questions",
            title="latency",
        ),
    }


def _questions(run: Run, baseline: Run | None) -> Iterator[tuple[Line, list[tuple[str, str]]]]:
    """Yield each question with what changed of its answer since the baseline."""
    for line in run.lines():
        before = baseline.line(line["id"]) if baseline else None
        yield line, word_diff(said(before), said(line)) if before else []


def _cited(line: Line) -> Iterator[tuple[Any, Any, tuple[str, str, str]]]:
    """Yield each citation, what it was judged to be, and its paragraph around the quotation."""
    for citation, judged in zip(line["answer"]["citations"], line["cited"], strict=False):
        text, start = citation["text"], citation["quote_start"] - citation["start"]
        end = start + len(citation["quote"])
        known = {"quote_right": False, **judged}
        yield citation, known, (text[:start], text[start:end], text[end:])


def _judgement(line: Line) -> tuple[str, str]:
    """Return in a word what became of a question, and its CSS class."""
    if line["error"] is not None:
        return "failed", "bad"
    worth = _worth(line)
    if worth is None:
        return "not judged", ""
    return ("right", "good") if worth else ("wrong", "bad")


def _worth(line: Line) -> float | None:
    worth: float | None = line["scores"].get("right", line["scores"].get("recall@1"))
    return worth
