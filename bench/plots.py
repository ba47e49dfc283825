"""The plots: drawn without a display, legible in a README at half a page's width."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bench.ingest import FORWARD, INGEST, PEER
from bench.systems import FLOOR

OURS, OTHERS, FLOOR_COLOUR = "#0b5cad", "#8a94a0", "#c2571a"
STYLE: dict[str, Any] = {
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e7eb",
    "axes.axisbelow": True,
    "figure.constrained_layout.use": True,
}


def plot_quick(report: Mapping[str, Any], path: Path) -> None:
    """Draw quality, query time, ingestion and disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with rc_context(STYLE):
        figure = Figure(figsize=(13, 8))
        # Two rows of their own, lest the long labels of one push the other apart.
        above, below = figure.subfigures(2, 1, height_ratios=[1.25, 1])
        quality, latency = above.subplots(1, 2, sharey=True, width_ratios=[1.2, 1])
        ingest, disk = below.subplots(1, 2)
        rows = list(reversed(report["retrieval"]))
        _quality(quality, rows)
        _latency(latency, rows)
        _ingest(ingest, report["ingest"])
        about = report["input"]
        _disk(disk, report["disk"], about["number_of_paragraphs"])
        above.suptitle(
            f"{about['set']}: {about['number_of_paragraphs']:,} paragraphs, "
            f"{about['number_of_questions']:,} questions, {report['machine']['cores']} cores",
            x=0.01,
            ha="left",
            fontsize=12,
        )
        figure.savefig(path, dpi=130)


def _colour(name: str) -> str:
    return {"Byline": OURS, INGEST: OURS, FLOOR: FLOOR_COLOUR, FORWARD: FLOOR_COLOUR}.get(
        name, OTHERS
    )


def _short(name: str) -> str:
    return name.replace(" with ", "\nwith ").replace("Index, ", "Index,\n").replace(": ", ":\n")


def _quality(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    axes.set_title("Right paragraph found")
    for place, row in enumerate(rows):
        colour = _colour(row["system"])
        axes.plot([row["recall@1"], row["recall@10"]], [place, place], color=colour, lw=2)
        for name, marker in (("recall@1", "o"), ("mrr@10", "D"), ("recall@10", "s")):
            axes.plot(row[name], place, marker, color=colour, ms=7)
        axes.annotate(f"{row['recall@1']:.3f}", (row["recall@1"], place), (-8, 0), **_BESIDE_LEFT)
    for name, marker in (("recall@1", "o"), ("mrr@10", "D"), ("recall@10", "s")):
        axes.plot([], [], marker, color="black", label=name)
    axes.set_yticks(range(len(rows)), [_short(row["system"]) for row in rows])
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(min(row["recall@1"] for row in rows) - 0.09, 1.01)
    axes.set_xlabel("share of questions (written: recall@1)")
    axes.legend(**_LEGEND, ncols=3)


_LEGEND: dict[str, Any] = {
    "loc": "lower right",
    "bbox_to_anchor": (1, 0.98),
    "frameon": False,
    "handletextpad": 0.2,
    "columnspacing": 1.0,
}
_BESIDE_LEFT: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "va": "center"}
_BESIDE_RIGHT: dict[str, Any] = {"textcoords": "offset points", "ha": "left", "va": "center"}


def _latency(axes: Axes, rows: Sequence[Mapping[str, Any]]) -> None:
    axes.set_title("Query time, p50 to p95")
    for place, row in enumerate(rows):
        colour = _colour(row["system"])
        axes.barh(place, row["p95_ms"] - row["p50_ms"], left=row["p50_ms"], color=colour, alpha=0.3)
        axes.plot(row["p50_ms"], place, "o", color=colour, ms=8)
        figures = f"{row['p50_ms']:.1f} to {row['p95_ms']:.1f}"
        axes.annotate(figures, (row["p95_ms"], place), (6, 0), **_BESIDE_RIGHT)
    (floor,) = (row["p50_ms"] for row in rows if row["system"] == FLOOR)
    axes.axvline(1.5 * floor, color=FLOOR_COLOUR, ls="--", lw=1, label="1.5 × the floor's p50")
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, max(row["p95_ms"] for row in rows) * 1.3)
    axes.set_xlabel("milliseconds, warm, in process")
    axes.legend(**_LEGEND)


def _ingest(axes: Axes, rows: Mapping[str, Mapping[str, float]]) -> None:
    axes.set_title("Embedding and ingesting")
    names = list(reversed([*rows, *([] if PEER in rows else [PEER])]))
    for place, name in enumerate(names):
        rate = rows[name]["paragraphs_a_second"] if name in rows else 0.0
        axes.barh(place, rate, color=_colour(name), height=0.6)
        figures = f"{rate:.1f}" if name in rows else "not installed"
        axes.annotate(figures, (rate, place), (6, 0), **_BESIDE_RIGHT)
    axes.set_yticks(range(len(names)), names)
    axes.margins(x=0.15)
    axes.set_xlabel("paragraphs per second")


def _disk(axes: Axes, parts: Mapping[str, int], paragraphs: int) -> None:
    axes.set_title("Disk")
    names = list(reversed(list(parts)))
    sizes = [parts[name] / paragraphs / 1000 for name in names]
    axes.barh(range(len(names)), sizes, color=OURS, height=0.6)
    for place, size in enumerate(sizes):
        axes.annotate(f"{size:.1f}", (size, place), (6, 0), **_BESIDE_RIGHT)
    axes.set_yticks(range(len(names)), names)
    axes.margins(x=0.15)
    axes.set_xlabel(f"KB per paragraph ({sum(sizes):.1f} in all)")
