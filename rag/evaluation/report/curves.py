"""The curves of the page: what a confidence is worth, how deep to look, which kind, how long."""

from rag.evaluation.metrics import RECALL_DEPTHS, percentile
from rag.evaluation.record import TIMINGS
from rag.evaluation.report.charts import bars, curve, steps
from rag.evaluation.runs import Run
from rag.evaluation.summary import Figures


def curves(run: Run, figures: Figures) -> str:
    """Return the figures, each with what it shows."""
    recall = [
        (str(depth), value)
        for depth in RECALL_DEPTHS
        if (value := figures["retrieval"][f"recall@{depth}"]) is not None
    ]
    kinds = [
        (kind, value, of_kind["interval"]["overall"]["right"])
        for kind, of_kind in figures["by_kind"].items()
        if (value := of_kind["overall"]["right"]) is not None
    ]
    drawn = {
        "The most confident answers first: the share answered, and how much of it is right": curve(
            figures["abstention"]["coverage_accuracy"],
            x="share of the questions answered",
            y="share of these right",
            title="coverage and accuracy",
        ),
        "A right paragraph among the first": steps(
            recall, x="paragraphs", y="share of the questions", title="recall by depth"
        ),
        "Right, by kind of question, with 95 % intervals": bars(kinds, title="right by kind"),
        "Answered within so many milliseconds": _latency(run),
    }
    return "\n".join(
        f"<figure>{svg}<figcaption>{caption}</figcaption></figure>"
        for caption, svg in drawn.items()
    )


def _latency(run: Run) -> str:
    taken = sorted(one for line in run.lines() if (one := line[TIMINGS]["wall"]) is not None)
    shares = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0)
    values = [(percentile(taken, share), share) for share in shares] if taken else []
    points = [(f"{value:.0f}", share) for value, share in values if value is not None]
    return steps(points, x="milliseconds", y="share of the questions", title="latency")
