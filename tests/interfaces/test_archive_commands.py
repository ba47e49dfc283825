"""`rag list`, `remove`, `show`, `search` and `ask` on a small archive: shapes and error cases."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.factory import Byline
from rag.interfaces.cli import main
from tests.support.archives import share_model

Run = Callable[..., tuple[int, str, str]]
ROW_KEYS = {"article_id", "title", "outlet", "published_at", "file", "record", "paragraphs"}
CITATION_KEYS = set(
    "marker paragraph_id article_id title file publisher published_at url ordinal start end text "
    "quote quote_start quote_end".split()
)
EVIDENCE_KEYS = {"paragraph_id", "file", "ordinal", "rank", "score", "text"}
STATUSES = {"answered", "closest", "abstained"}
VERDICTS = {
    "quoted",
    "supported",
    "partial",
    "contradicted",
    "not_found",
    "unsupported",
    "unchecked",
}
WET = "Heavy rain flooded the harbour of Oslo on Monday, said Ann Berg."


@pytest.fixture(scope="module")
def archive(seeds: Byline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with six articles: five records and a text file."""
    from tests.support.archives import sealed_settings

    folder = tmp_path_factory.mktemp("small")
    records = [
        {"id": f"r{day}", "title": f"Day {day}", "text": f"The mill made {day} tonnes of flour."}
        | {"source": "Echo" if day % 2 else "Post", "published_at": f"2024-05-0{day}"}
        for day in range(1, 6)
    ]
    (folder / "mill.jsonl").write_text("\n".join(map(json.dumps, records)))
    (folder / "rain.txt").write_text(f"{WET}\n\nThe quay was closed.\n\nRead More")
    home = share_model(seeds, folder / "home")
    byline = Byline(sealed_settings(home=home), shared_embedder=seeds.embedder)
    byline.ingest([folder / "mill.jsonl", folder / "rain.txt"])
    return home


@pytest.fixture
def rag(
    archive: Path, bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return a function that runs a command on the archive: exit code, stdout, stderr."""
    monkeypatch.setenv("RAG_HOME", str(archive))

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return run


def printed(done: tuple[int, str, str]) -> Any:
    code, out, err = done
    assert (code, err) == (0, "")
    return json.loads(out)


def refused(done: tuple[int, str, str]) -> str:
    """Return what is wrong; there is one line more, with what to do."""
    code, out, err = done
    assert (code, out) == (1, "")
    what, hint = err.splitlines()
    assert what.startswith("Error: ")
    assert hint.strip()
    return what


def test_list_as_json_has_a_row_an_article_and_the_total(rag: Run) -> None:
    found = printed(rag("list", "--json"))
    assert found.keys() == {"total", "articles", "continue_after"}
    assert (found["total"], len(found["articles"]), found["continue_after"]) == (6, 6, None)
    assert all(row.keys() == ROW_KEYS for row in found["articles"])
    rows = {row["record"] or row["file"]: row for row in found["articles"]}
    assert rows["r1"]["outlet"] == "Echo"
    assert rows["r1"]["published_at"] == "2024-05-01"
    assert rows["rain.txt"]["paragraphs"] == 2, "furniture is not citable"


@pytest.mark.parametrize("limit", [1, 2, 5, 6, 7])
def test_pages_of_list_join_to_the_whole(rag: Run, limit: int) -> None:
    whole = printed(rag("list", "--json"))["articles"]
    joined: list[Any] = []
    after: str | None = ""
    while after is not None:
        page = printed(rag("list", "--json", "--limit", limit, "--after", after))
        assert page["total"] == 6, "the total does not depend on the page"
        joined += page["articles"]
        after = page["continue_after"]
    assert joined == whole


def test_a_filter_that_nothing_passes_is_an_empty_list_and_no_error(rag: Run) -> None:
    found = printed(rag("list", "nothing like it", "--json"))
    assert found == {"total": 0, "articles": [], "continue_after": None}
    assert printed(rag("list", "--publisher", "Nobody", "--json"))["total"] == 0


def test_the_filters_of_list_are_joined_by_and(rag: Run) -> None:
    only = ("--publisher", "echo", "--since", "2024-05-02", "--until", "2024-05-04", "--json")
    found = printed(rag("list", "day", *only))
    assert [row["record"] for row in found["articles"]] == ["r3"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "--since", "2024-13-01"), "2024-13-01"),
        (("list", "--since", "2024-05-03", "--until", "2024-05-01"), "after"),
        (("list", "--after", "rain.txt"), "rain.txt"),
        (("search", "mill", "--until", "yesterday"), "yesterday"),
        (("search", " \u200b "), "empty"),
        (("show", " "), "No paragraph"),
        (("remove", "nothing.txt", "--yes"), "nothing.txt"),
        (("remove", "", "--yes"), "''"),
        (("remove", "rain.txt", "nothing.txt", "--yes"), "nothing.txt"),
        (("eval", "nowhere.jsonl", "--articles", "."), "nowhere.jsonl"),
    ],
)
def test_what_cannot_be_done_says_what_and_what_to_do_and_changes_nothing(
    rag: Run, arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(rag(*arguments))
    assert printed(rag("list", "--json"))["total"] == 6


@pytest.mark.parametrize("limit", ["-1", "0", "1000000", "1.5", "many"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_limit_that_cannot_be_is_wrong_usage(rag: Run, command: str, limit: str) -> None:
    code, out, err = rag(command, "mill", "--limit", limit)
    assert (code, out) == (2, "")
    assert "--limit" in err


def test_search_as_json_ranks_from_one_and_falls(rag: Run) -> None:
    hits = printed(rag("search", "How much flour did the mill make?", "--json", "--limit", 4))
    assert len(hits) == 4
    assert all(hit.keys() >= EVIDENCE_KEYS for hit in hits)
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4]
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_search_in_a_range_that_nothing_passes_is_empty(rag: Run) -> None:
    assert printed(rag("search", "mill", "--since", "2030-01-01", "--json")) == []


def test_what_search_names_is_shown_with_its_place(rag: Run) -> None:
    (hit,) = printed(rag("search", "rain in the harbour of Oslo", "--json", "--limit", 1))
    code, out, _ = rag("show", f" {hit['paragraph_id']} ")
    assert code == 0
    assert out.startswith("rain.txt")
    assert f"paragraph 1, characters 0 to {len(WET)}" in out
    assert WET in out


@pytest.mark.parametrize(
    "question",
    ["What flooded the harbour of Oslo?", "Who won the cup final in Lima?", "flour", "¿Qué?"],
)
def test_ask_as_json_keeps_the_contract_whatever_is_asked(rag: Run, question: str) -> None:
    answer = printed(rag("ask", question, "--json"))
    assert answer["question"] == question
    assert answer["status"] in STATUSES
    assert (answer["engine"], answer["model"], answer["usage"]) == ("extractive", None, None)
    assert answer["text"].strip()
    markers = [citation["marker"] for citation in answer["citations"]]
    assert markers == list(range(1, len(markers) + 1))
    assert all(f"[{marker}]" in answer["text"] for marker in markers)
    assert all(citation.keys() >= CITATION_KEYS for citation in answer["citations"])
    assert all(shown.keys() >= EVIDENCE_KEYS for shown in answer["evidence"])
    for said in answer["statements"]:
        assert said.keys() >= {"text", "markers", "verdict", "reason"}
        assert said["verdict"] in VERDICTS
        assert set(said["markers"]) <= set(markers)
    if answer["status"] == "abstained":
        assert markers == []
    timings = answer["timings_ms"]
    assert timings.keys() >= {"retrieve", "generate", "verify", "total"}
    assert all(taken >= 0 for taken in timings.values())


def test_the_quotation_lies_in_the_paragraph_that_is_cited(rag: Run) -> None:
    answer = printed(rag("ask", "What flooded the harbour of Oslo?", "--json"))
    assert answer["status"] == "answered"
    (cited,) = answer["citations"][:1]
    assert (cited["file"], cited["ordinal"], cited["text"]) == ("rain.txt", 1, WET)
    assert WET[cited["quote_start"] : cited["quote_end"]] == cited["quote"]
    assert cited["start"] <= cited["quote_start"] < cited["quote_end"] <= cited["end"]
