"""The plot of growth: six figures over the number of paragraphs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import EngFormatter, NullFormatter

from bench.growth_tables import kilobytes
from bench.plots import FLOOR_COLOUR, OTHERS, OURS, STYLE

_MARKERS = {"real": "o", "synthetic": "D"}
Point = Mapping[str, Any]
_Value = Callable[[Point], float]


def plot_growth(points: Sequence[Point], path: Path) -> None:
    """Draw query time in process and with a server, their ratio to the floor, and what it takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    embedded = [point for point in points if not point["kind"].endswith("-server")]
    served = [point for point in points if point["kind"].endswith("-server")]
    with rc_context(STYLE):
        figure = Figure(figsize=(15, 8.6))
        figure.get_layout_engine().set(w_pad=0.12, h_pad=0.12)
        cores = sorted({point["machine"]["cores"] for point in points})
        figure.suptitle(
            f"Growth of one archive, {' or '.join(map(str, cores))} cores", x=0.01, ha="left"
        )
        axes = figure.subplots(2, 3)
        _latency(axes[0, 0], embedded, "Query time, Chroma in process")
        _latency(axes[0, 1], served, "Query time, Chroma server on loopback")
        _ratio(axes[0, 2], points)
        _ingest(axes[1, 0], points)
        _memory(axes[1, 1], points)
        _disk(axes[1, 2], points)
        for one in axes.flat:
            _finish(one, points)
        figure.savefig(path, dpi=120)


def _finish(axes: Axes, points: Sequence[Point]) -> None:
    if not axes.lines:
        axes.text(0.5, 0.5, "not measured", transform=axes.transAxes, ha="center", color=OTHERS)
        axes.set_axis_off()
        return
    sizes = [point["size"] for point in points]
    axes.set_xscale("log")
    axes.set_xlim(min(sizes) / 1.6, max(sizes) * 1.6)
    # Room above the points for the legend.
    rows = -(-len(axes.get_legend_handles_labels()[1]) // 2)
    axes.set_ylim(0, axes.get_ylim()[1] * (1.1 + 0.09 * rows))
    axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xticks(_apart(sizes))
    axes.set_xlabel("paragraphs in the archive")
    axes.legend(frameon=False, fontsize=8.5, ncols=2, loc="upper left")


def _apart(sizes: Sequence[int]) -> list[int]:
    """Return the sizes to write at the axis: those that leave each other room."""
    chosen: list[int] = []
    for size in sorted(set(sizes)):
        if not chosen or size >= 2 * chosen[-1]:
            chosen.append(size)
    return chosen


def _series(points: Sequence[Point]) -> dict[str, list[Point]]:
    kinds = dict.fromkeys(point["kind"] for point in points)
    return {kind: [point for point in points if point["kind"] == kind] for kind in kinds}


def _line(axes: Axes, points: Sequence[Point], value: _Value, **style: Any) -> None:
    marker = _MARKERS[points[0]["kind"].split("-")[0]]
    hollow: dict[str, Any] = {"markerfacecolor": "white"} if marker == "D" else {}
    sizes = [point["size"] for point in points]
    axes.plot(sizes, [value(point) for point in points], marker=marker, **hollow, **style)


def _latency(axes: Axes, points: Sequence[Point], title: str) -> None:
    axes.set_title(title)
    for kind, series in _series(points).items():
        for who, colour in (("byline", OURS), ("floor", FLOOR_COLOUR)):
            for share, dash in (("p50", "-"), ("p95", ":")):
                label = f"{who.capitalize()} {share}, {kind.removesuffix('-server')}"
                value = _milliseconds(who, f"{share}_ms")
                _line(axes, series, value, color=colour, ls=dash, label=label)
    axes.set_ylabel("milliseconds, warm")


def _milliseconds(who: str, share: str) -> _Value:
    def value(point: Point) -> float:
        milliseconds: float = point["latency"][who][share]
        return milliseconds

    return value


def _ratio(axes: Axes, points: Sequence[Point]) -> None:
    axes.set_title("Byline's p50 over the floor's")
    for kind, series in _series(points).items():
        _line(axes, series, _over_floor, color=_kind_colour(kind), label=kind)
    axes.axhline(1, color=FLOOR_COLOUR, ls="--", lw=1)
    axes.set_ylabel("ratio (1: the floor itself)")


def _over_floor(point: Point) -> float:
    ratio: float = point["latency"]["byline"]["p50_ms"] / point["latency"]["floor"]["p50_ms"]
    return ratio


def _kind_colour(kind: str) -> str:
    return "#3c8a4f" if kind.endswith("-server") else OURS


def _ingest(axes: Axes, points: Sequence[Point]) -> None:
    axes.set_title("Ingestion, forward passes included")
    real = [point for point in points if point["kind"].startswith("real")]
    for kind, series in _series(real).items():
        _line(axes, series, _rate, color=_kind_colour(kind), label=kind)
    axes.set_ylabel("new paragraphs per second")


def _rate(point: Point) -> float:
    rate: float = point["ingest"]["paragraphs_a_second"]
    return rate


def _memory(axes: Axes, points: Sequence[Point]) -> None:
    axes.set_title("Resident memory after 300 questions")
    for kind, series in _series(points).items():
        _line(axes, series, _resident, color=_kind_colour(kind), label=kind)
    for series in _series([one for one in points if "server_mb" in one["memory"]]).values():
        _line(axes, series, _served, color=OTHERS, label=f"Chroma server, {series[0]['kind']}")
    axes.set_ylabel("MB")


def _resident(point: Point) -> float:
    resident: float = point["memory"]["resident_mb"]
    return resident


def _served(point: Point) -> float:
    resident: float = point["memory"]["server_mb"]
    return resident


def _disk(axes: Axes, points: Sequence[Point]) -> None:
    axes.set_title("Disk, all parts")
    for kind, series in _series(points).items():
        _line(axes, series, kilobytes, color=_kind_colour(kind), label=kind)
    axes.set_ylabel("KB per paragraph")
