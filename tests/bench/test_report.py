import os
from pathlib import Path

import pytest

from bench.articles import read_sources
from bench.faults import BenchError
from bench.footprint import CATALOGUE, disk_parts, peak_mb, resident_mb
from bench.growth import table as growth_table
from bench.quick_tables import tables as quick_tables
from bench.report import markdown, number
from bench.systems import FLOOR
from bench.worker import interleaved
from rag.factory import Byline
from rag.settings import load_settings
from tests.support.corpus import write_texts
from tests.support.fakes import FakeEmbedder


def test_a_table_lines_up_and_is_markdown() -> None:
    assert markdown(["name", "ms"], [["a", "1.0"], ["longer", "12.0"]]).splitlines() == [
        "| name   |   ms |",
        "| ------ | ---: |",
        "| a      |  1.0 |",
        "| longer | 12.0 |",
    ]


def test_what_was_not_measured_is_a_dash() -> None:
    assert number(None) == "-"
    assert number(1234.5678, 2) == "1,234.57"


def test_all_contenders_get_all_questions_and_take_turns_at_being_first() -> None:
    asked: list[tuple[str, str]] = []
    questions = [f"question {index}" for index in range(24)]
    contenders = {
        "a": lambda question: asked.append(("a", question)),
        "b": lambda question: asked.append(("b", question)),
    }
    assert set(interleaved(contenders, questions)) == {"a", "b"}
    timed = asked[40:]
    assert [who for who, _ in timed] == ["b", "a", "a", "b"] * 2
    assert {question for _, question in timed} == set(questions[20:])


def test_the_parts_of_an_archive_add_up_to_all_its_bytes(tmp_path: Path) -> None:
    write_texts(tmp_path / "news", range(3))
    home = tmp_path / "home"
    byline = Byline(load_settings(home=home), shared_embedder=FakeEmbedder())
    byline.ingest([tmp_path / "news"])
    byline.archive.close()
    files = [*home.glob(f"{CATALOGUE}*"), *(home / "index").rglob("*")]
    parts = disk_parts(home)
    assert sum(parts.values()) == sum(path.stat().st_size for path in files if path.is_file())
    assert {"Chroma", "terms", "catalogue"} < parts.keys()


def test_an_archive_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no index"):
        disk_parts(tmp_path)


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no articles"):
        read_sources(tmp_path)


def test_memory_is_that_of_a_process() -> None:
    assert 5 < resident_mb(os.getpid()) <= peak_mb() * 1.01


def test_a_missing_peer_stands_in_the_table_as_not_installed() -> None:
    row = {f"recall@{depth}": 0.9 for depth in (1, 3, 5, 10)} | {"mrr@10": 0.9}
    row |= {"p50_ms": 3.0, "p95_ms": 6.0, "build_s": 1.0, "words_a_chunk": 100.0}
    report = {
        "machine": {"cores": 2},
        "input": {
            "set": "squad-a",
            "number_of_articles": 8,
            "number_of_paragraphs": 320,
            "number_of_headlines": 8,
            "number_of_questions": 1440,
        },
        "features": {
            "paragraphs": {"all": row, "without": {"length": row}, "alone": {"length": row}},
            "sentences": {"all": row, "without": {"context": row}},
        },
        "retrieval": [{"system": "Byline", **row}, {"system": FLOOR, **row, "p50_ms": 2.0}],
        "ingest": {"bare forward passes": {"paragraphs_a_second": 40.0, "of_forward": 1.0}},
        "memory": {"resident_mb": 250.0},
        "disk": {"Chroma": 3200, "terms": 320},
        "start": {"import_rag_s": 0.02, "cold_ask_s": 1.5},
    }
    rows = [line.strip("|").split("|") for line in quick_tables(report).splitlines()]
    cells = {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows}
    assert cells["sentence-transformers pipeline"][0] == "not installed"
    assert cells["Byline"][7] == "1.50"
    assert cells["disk, whole archive, bytes a paragraph"][0] == "11"
    assert {"without length", "length alone", "without context"} <= cells.keys()
    assert "context alone" not in cells


def test_growth_gives_time_memory_and_disk_by_size() -> None:
    times = {"p50_ms": 4.0, "p95_ms": 8.0}
    point = {
        "size": 1000,
        "latency": {"byline": times, "floor": times | {"p50_ms": 2.0}},
        "ingest": {
            "paragraphs": 1000,
            "embedded": 900,
            "paragraphs_a_second": 50.0,
            "peak_mb": 1.0,
        },
        "memory": {"resident_mb": 300.0},
        "disk": {"Chroma": 4_000_000},
    }
    shown = growth_table([point])
    assert shown.splitlines()[2].startswith("| 1,000 ")
    assert shown.splitlines()[2].endswith(" 4.0 |")
