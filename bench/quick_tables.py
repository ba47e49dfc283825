"""The results of `make bench` as Markdown."""

from collections.abc import Mapping
from typing import Any

from bench.ingest import FORWARD, PEER
from bench.report import markdown, number
from bench.systems import FLOOR

_HOW_TO_READ = (
    "Right: a chunk of the right article that holds the gold quote, so long chunks are right more "
    "easily\n(words: their mean length). Times are warm, in process, one question at a time; build "
    "includes embedding.\nSystems by paragraph get no headlines: those would only displace answers."
)
_ABLATION = (
    "Each row learns the weights anew, without the feature and the article that is scored.\n"
    "A sentence is right when it holds a gold answer."
)
_QUALITY = ("recall@1", "recall@3", "recall@5", "recall@10", "mrr@10")


def tables(report: Mapping[str, Any]) -> str:
    """Return all tables, each with a line on how to read it."""
    about = report["input"]
    paragraphs = about["number_of_paragraphs"]
    head = (
        f"{about['set']}: {paragraphs:,} paragraphs ({about['number_of_headlines']} of them "
        f"headlines) of {about['number_of_articles']} articles,\n"
        f"{about['number_of_questions']:,} answerable questions; {report['machine']['cores']} cores"
    )
    return "\n\n".join(
        [
            head,
            _retrieval(report["retrieval"]),
            _HOW_TO_READ,
            _features(report["features"]["paragraphs"], "paragraphs"),
            _features(report["features"]["sentences"], "sentences"),
            _ABLATION,
            _ingest(report["ingest"]),
            _disk(report["disk"], paragraphs),
            _start(report),
        ]
    )


def _retrieval(rows: list[dict[str, Any]]) -> str:
    (floor,) = (row["p50_ms"] for row in rows if row["system"] == FLOOR)
    heads = ["system", *_QUALITY, "p50 ms", "p95 ms", "p50 / floor", "p95 / p50", "build s"]
    cells = [
        [
            row["system"],
            *(number(row[name], 3) for name in _QUALITY),
            number(row["p50_ms"]),
            number(row["p95_ms"]),
            number(row["p50_ms"] / floor, 2),
            number(row["p95_ms"] / row["p50_ms"], 2),
            number(row["build_s"]),
            number(row["words_a_chunk"], 0),
        ]
        for row in rows
    ]
    return markdown([*heads, "words"], cells)


def _features(report: Mapping[str, Any], what: str) -> str:
    heads = [f"ranking {what}", *_QUALITY]
    rows = {"all features": report["all"]}
    rows |= {f"without {name}": figures for name, figures in report["without"].items()}
    rows |= {f"{name} alone": figures for name, figures in report.get("alone", {}).items()}
    cells = [
        [name, *(number(figures[column], 3) for column in _QUALITY)]
        for name, figures in rows.items()
    ]
    return markdown(heads, cells)


def _ingest(rows: Mapping[str, Mapping[str, float]]) -> str:
    heads = ["embedding and ingesting", "paragraphs/s", f"of {FORWARD}", "peak MB"]
    cells = [
        [
            name,
            number(row["paragraphs_a_second"]),
            number(row["of_forward"], 2),
            number(row.get("peak_mb"), 0),
        ]
        for name, row in rows.items()
    ]
    if PEER not in rows:
        cells.append([PEER, "not installed", "-", "-"])
    return markdown(heads, cells)


def _disk(parts: Mapping[str, int], paragraphs: int) -> str:
    total = sum(parts.values())
    cells = [
        [name, number(size / paragraphs, 0), number(size / total * 100, 0)]
        for name, size in parts.items()
    ]
    whole = ["whole archive", number(total / paragraphs, 0), "100"]
    return markdown(["on disk", "bytes a paragraph", "%"], [*cells, whole])


def _start(report: Mapping[str, Any]) -> str:
    cells = [
        ["resident after 300 questions, MB", number(report["memory"]["resident_mb"], 0)],
        ["`import rag`, s", number(report["start"]["import_rag_s"], 3)],
        ["cold `rag ask`, s", number(report["start"]["cold_ask_s"], 2)],
    ]
    return markdown(["start and memory", ""], cells)
