"""The results of `make bench-growth` as Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from bench.report import markdown, number

_HEADS = (
    "archive, paragraphs|Byline p50 ms|p95 ms|floor p50 ms|p95 ms|p50 / floor|p95 / p50|"
    "new at ingest|paragraphs/s|ingest peak MB|resident MB|server MB|KB a paragraph"
).split("|")

_HOW_TO_READ = (
    "Floor: one forward pass and one query of the same archive's Chroma collection, ten results.\n"
    "Paragraphs/s: of those new at that size, embedded and indexed. Resident: after 300 questions "
    "in a\nfresh process. Synthetic archives skip the forward passes."
)


def tables(points: Sequence[Mapping[str, Any]]) -> str:
    """Return time and memory by size, then the disk of each archive by part."""
    return "\n\n".join(
        [
            markdown(_HEADS, [_row(point) for point in points]),
            _HOW_TO_READ,
            _disk(points),
        ]
    )


def _name(point: Mapping[str, Any]) -> str:
    return f"{point['kind']} {point['size']:,}"


def kilobytes(point: Mapping[str, Any]) -> float:
    """Return the disk that a paragraph takes."""
    total: float = sum(point["disk"].values()) / point["ingest"]["paragraphs"] / 1000
    return total


def _row(point: Mapping[str, Any]) -> list[str]:
    ours, floor = point["latency"]["byline"], point["latency"]["floor"]
    return [
        _name(point),
        number(ours["p50_ms"]),
        number(ours["p95_ms"]),
        number(floor["p50_ms"]),
        number(floor["p95_ms"]),
        number(ours["p50_ms"] / floor["p50_ms"], 2),
        number(ours["p95_ms"] / ours["p50_ms"], 2),
        number(point["ingest"]["embedded"], 0),
        number(point["ingest"]["paragraphs_a_second"]),
        number(point["ingest"]["peak_mb"], 0),
        number(point["memory"]["resident_mb"], 0),
        number(point["memory"].get("server_mb"), 0),
        number(kilobytes(point)),
    ]


def _disk(points: Sequence[Mapping[str, Any]]) -> str:
    parts = dict.fromkeys(part for point in points for part in point["disk"])
    rows = [
        [part, *(_per_paragraph(point, point["disk"].get(part)) for point in points)]
        for part in parts
    ]
    return markdown(["bytes a paragraph", *map(_name, points)], rows)


def _per_paragraph(point: Mapping[str, Any], size: int | None) -> str:
    return number(size / point["ingest"]["paragraphs"] if size is not None else None, 0)
