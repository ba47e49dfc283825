"""The figures of a run as a table for a terminal."""

from typing import Any

from rag.evaluation.metrics import MRR_DEPTH, NDCG_DEPTH, RECALL_DEPTHS
from rag.evaluation.runner import EvaluationResult
from rag.evaluation.summary import Figures
from rag.text.unseen import one_line

_KIND_WIDTH = 14
_PROBLEMS = 5
_COLUMNS: tuple[tuple[str, str, str], ...] = (
    *((f"r@{depth}", "retrieval", f"recall@{depth}") for depth in RECALL_DEPTHS),
    ("mrr", "retrieval", f"mrr@{MRR_DEPTH}"),
    ("ndcg", "retrieval", f"ndcg@{NDCG_DEPTH}"),
    ("answer", "answer", "contains_answer"),
    ("hit", "answer", "citation_hit"),
    ("prec", "answer", "citation_precision"),
    ("recall", "answer", "citation_recall"),
    ("no-ans", "abstention", "on_unanswerable"),
    ("no-ans!", "abstention", "on_answerable"),
)
_LEGEND = (
    "r@k, mrr, ndcg: of gold paragraphs retrieved · answer: its words in the text · hit, prec,\n"
    "recall: of citations · no-ans: declined, where right (higher is better) · no-ans!: where\n"
    "wrong (lower) · ±: half of the 95 % interval"
)


def format_table(result: EvaluationResult) -> str:
    """Return the figures, a row for each kind of question, and what went wrong."""
    figures = result.to_dict()
    heads = "".join(f"{head:>8}" for head, _, _ in _COLUMNS)
    lines = [f"{'':{_KIND_WIDTH}}{'n':>6}{heads}", _row("all", figures)]
    lines.append(f"{'  ±':{_KIND_WIDTH}}{'':>6}" + _halves(figures))
    lines += [_row(kind, of_kind) for kind, of_kind in figures["by_kind"].items()]
    p50, p95 = (cell(figures["latency_ms"][key], ".0f") for key in ("p50", "p95"))
    lines += ["", f"latency ms: p50 {p50}, p95 {p95}", *_further(figures), _LEGEND]
    if result.problems:
        lines.append(f"left out or doubtful in the questions: {len(result.problems)}")
        lines += [one_line(f"  {problem}") for problem in result.problems[:_PROBLEMS]]
    if result.errors:
        first = result.errors[0]
        failed = f"failed and counted as missed: {len(result.errors)} of {len(result.records)}"
        lines.append(one_line(f"{failed}; first: {first.id}: {first.error}"))
    return "\n".join(lines)


def cell(value: float | None, form: str = ".3f") -> str:
    """Return a number, or a dash for what wasn't measured."""
    return "-" if value is None else format(value, form)


def _further(figures: Figures) -> list[str]:
    """Return the lines of what has no column."""
    answer, abstention = figures["answer"], figures["abstention"]
    shown = {
        "quotations, precision": answer["quote_precision"],
        "recall": answer["quote_recall"],
        "statements that cite": answer["statement_coverage"],
        "right in all": figures["overall"]["right"],
        "AUC of the gate": abstention["auc"],
    }
    lines = [" · ".join(f"{name} {cell(value)}" for name, value in shown.items())]
    mix = figures["statements"]
    if any(share is not None for share in mix.values()):
        lines.append(
            "verdicts: " + ", ".join(f"{name} {cell(share)}" for name, share in mix.items())
        )
    found = figures["conflicts"]["found"]
    if found is not None:
        lines.append(f"conflicts found: {cell(found)}")
    if figures.get("verdicts"):
        right = figures["verdicts"]["right"]
        lines.append(
            f"claims judged rightly: supported {cell(right['supported'])},"
            f" altered {cell(right['unsupported'])}"
        )
    return lines + _model(figures)


def _model(figures: Figures) -> list[str]:
    lines, llm, judge = [], figures["llm"], figures["judge"]
    if llm:
        cost = "" if llm["cost_usd"] is None else f", {llm['cost_usd']:.4f} US dollars"
        lines.append(
            f"language model: {llm['calls']} calls, about {llm['prompt_tokens']:,} tokens in,"
            f" {llm['completion_tokens']:,} out{cost}"
            f" · sentences that it cited itself: {cell(figures['answer']['own_citations'])}"
        )
    if any(value is not None for value in judge.values()):
        said = ", ".join(f"{name} {cell(value)}" for name, value in judge.items())
        lines.append(f"a language model's opinion (LLM-as-judge): {said}")
    if figures["judge_failed"]:
        lines.append(f"the judge failed on {figures['judge_failed']} of {figures['n']}")
    return lines


def _row(kind: str, figures: dict[str, Any]) -> str:
    cells = "".join(f"{cell(figures[group][key]):>8}" for _, group, key in _COLUMNS)
    return f"{one_line(kind)[:_KIND_WIDTH]:{_KIND_WIDTH}}{figures['n']:>6}{cells}"


def _halves(figures: Figures) -> str:
    cells = []
    for _, group, key in _COLUMNS:
        found = figures["interval"][group][key]
        cells.append(cell((found[1] - found[0]) / 2 if found else None))
    return "".join(f"{one:>8}" for one in cells)
