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
            _footprint(report, paragraphs),
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


def _footprint(report: Mapping[str, Any], paragraphs: int) -> str:
    disk = report["disk"]
    rows = {f"disk, {name}, bytes a paragraph": size / paragraphs for name, size in disk.items()}
    rows["disk, whole archive, bytes a paragraph"] = sum(disk.values()) / paragraphs
    rows["resident after 300 questions, MB"] = report["memory"]["resident_mb"]
    rows["`import rag`, s"] = report["start"]["import_rag_s"]
    rows["cold `rag ask`, s"] = report["start"]["cold_ask_s"]
    cells = [[name, number(value, 0 if value > 10 else 3)] for name, value in rows.items()]
    return markdown(["disk, memory and start", ""], cells)
