"""The `rag` command: what it prints where, and how it exits."""

import io
import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from rag.factory import Byline
from rag.interfaces.cli import main
from rag.web.server.access.keys import read_keys
from tests.support.archives import AP, CNN, ROOT, SEEDS, copy_home, share_model
from tests.support.claims import sampled_lines
from tests.support.fakes import FakeEmbedder
from tests.support.llm_server import LLMServer, Reply

BOWMAN = "Who is Bradley Bowman?"
NOWHERE = "What was the score of the Baltimore Ravens' last game?"
QUESTIONS = ROOT / "tests" / "eval" / "seeds.jsonl"
COMMANDS = "ingest list remove show ask search eval serve password config doctor".split()
ANSWER_KEYS = (
    "question standalone_question status engine model text statements citations evidence "
    "conflicts notices fallback usage timings_ms verified confidence"
).split()

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rag(bare: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in this process: exit code, stdout, stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return run


def complaint(done: tuple[int, str, str]) -> tuple[str, str]:
    """Return the two lines of an error: what, and what to do."""
    code, out, err = done
    assert (code, out) == (1, "")
    what, hint = err.splitlines()
    assert what.startswith("Error: ")
    assert hint
    return what, hint


# --- ask ---


@pytest.mark.usefixtures("seeds_home")
def test_ask_prints_an_answer_with_its_sources(rag: Run) -> None:
    code, out, err = rag("ask", BOWMAN)
    assert (code, err) == (0, "")
    said, sources = out.split("\n\n", maxsplit=1)
    assert said.endswith("[1].")
    assert sources.startswith(f"[1] {AP}, paragraph 14 (")
    assert "quoting engine, " in out.splitlines()[-1]
    assert max(len(line) for line in out.splitlines()) <= 100


@pytest.mark.usefixtures("seeds_home")
def test_ask_as_json_prints_the_object_of_the_contract_and_nothing_else(rag: Run) -> None:
    code, out, err = rag("ask", BOWMAN, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert list(answer) == ANSWER_KEYS
    assert (answer["status"], answer["engine"], answer["model"]) == ("answered", "extractive", None)
    (citation,) = answer["citations"]
    text = (SEEDS / citation["file"]).read_text("utf-8")
    assert text[citation["quote_start"] : citation["quote_end"]] == citation["quote"]
    assert "“" in rag("ask", "What did Peskov say?", "--json")[1]


@pytest.mark.usefixtures("seeds_home")
def test_ask_declines_and_shows_the_nearest(rag: Run) -> None:
    code, out, _ = rag("ask", NOWHERE)
    assert code == 0
    assert out.startswith("The archive does not answer this question.")
    assert out.count("Nearest: ") == 3
    assert json.loads(rag("ask", NOWHERE, "--json")[1])["status"] == "abstained"


@pytest.mark.usefixtures("seeds_home")
def test_ask_takes_the_filters_and_the_limit(rag: Run) -> None:
    found = json.loads(rag("ask", "What did Musk say?", "--json", "--publisher", "cnn")[1])
    assert {one["file"] for one in found["evidence"]} == {CNN}
    assert len(json.loads(rag("ask", BOWMAN, "--json", "--limit", 2)[1])["evidence"]) == 2
    assert json.loads(rag("ask", BOWMAN, "--json", "--until", "2024-01-01")[1])["evidence"] == []


@pytest.mark.usefixtures("seeds_home")
def test_ask_lets_a_model_write_and_says_which(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with LLMServer(Reply.saying("A professor [1], he likes Peru. He sings [9].")) as server:
        monkeypatch.setenv("RAG_LLM_MODEL", "tiny")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        code, out, _ = rag("ask", BOWMAN)
        assert code == 0
        assert out.startswith("A professor [1], he likes Peru. He sings.\n")
        assert "(unsupported: He sings. - It cites no paragraph.)" in out
        assert "Note: The model cited paragraphs that it was not given; removed: 9." in out
        assert out.splitlines()[-1].startswith("0 of 2 statements verified, tiny, ")
        assert (
            json.loads(rag("ask", BOWMAN, "--json", "--engine", "extractive")[1])["model"] is None
        )
        monkeypatch.setenv("RAG_ENGINE", "extractive")
        assert json.loads(rag("ask", BOWMAN, "--json")[1])["engine"] == "extractive"
        assert len(server.requests) == 1


# --- search and show ---


@pytest.mark.usefixtures("seeds_home")
def test_search_lists_the_best_first(rag: Run) -> None:
    code, out, err = rag("search", "national security", "--limit", "3")
    assert (code, err) == (0, "")
    heads = [line for line in out.splitlines() if not line.startswith(" ")]
    assert [head.split(". ")[0] for head in heads] == ["1", "2", "3"]
    assert rag("search", "Starlink", "--publisher", "Reuters")[1] == "Nothing was found.\n"


@pytest.mark.usefixtures("seeds_home")
def test_search_as_json(rag: Run) -> None:
    code, out, err = rag("search", "national security", "--json", "--limit", 2)
    assert (code, err) == (0, "")
    hits = json.loads(out)
    assert [hit["rank"] for hit in hits] == [1, 2]
    assert {"paragraph_id", "file", "ordinal", "start", "end", "text", "score"} <= hits[0].keys()
    assert len(json.loads(rag("search", "national security", "--json")[1])) == 10


@pytest.mark.usefixtures("seeds_home")
def test_show_prints_a_paragraph_that_search_has_named(rag: Run) -> None:
    (hit,) = json.loads(rag("search", BOWMAN, "--json", "--limit", 1)[1])
    code, out, err = rag("show", f" {hit['paragraph_id']} ")
    assert (code, err) == (0, "")
    assert out.startswith(f"{AP} · AP\nparagraph 14, characters {hit['start']} to {hit['end']}\n\n")
    assert hit["text"] in out


@pytest.mark.usefixtures("seeds_home")
@pytest.mark.parametrize("name", ["0123456789abcdef", "", "x' OR '1'='1"])
def test_show_names_an_id_that_is_not_there(rag: Run, name: str) -> None:
    what, hint = complaint(rag("show", name))
    assert what == f"Error: No paragraph has the id {name!r}."
    assert "ask or search" in hint


# --- ingest ---


def test_ingest_reports_what_it_did_and_what_it_skipped(rag: Run, new_home: Path) -> None:
    shutil.copytree(SEEDS, "news")
    Path("news/picture.txt").write_bytes(bytes(range(256)) * 9)
    Path("news/empty.txt").write_text("")
    Path("news/bad.jsonl").write_text('{"text": "It rained in Kyiv."}\n{"text": 5}\n{"te\n')
    code, out, err = rag("ingest", "news")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("3 added; 55 paragraphs embedded in ")
    assert lines[1] == "The archive holds 3 articles, 55 paragraphs."
    skipped = lines[lines.index(next(line for line in lines if "skipped:" in line)) + 1 :]
    assert len(skipped) == 4
    for where in ("picture.txt", "empty.txt", "bad.jsonl line 2", "bad.jsonl line 3"):
        named = where.replace(" line", ", line")
        assert [line for line in skipped if where in line or named in line], (where, skipped)
    assert rag("ingest", "news")[1].startswith("3 unchanged; 0 paragraphs embedded")
    assert new_home.joinpath("catalogue.sqlite3").exists()


def test_ingest_keeps_an_article_whose_file_is_gone_until_it_may_prune(
    rag: Run, new_home: Path
) -> None:
    shutil.copytree(SEEDS, "news")
    rag("ingest", "news")
    Path("news", CNN).unlink()
    out = rag("ingest", "news")[1]
    assert "The archive holds 2 articles" in out
    assert f"1 file gone, article kept (--prune removes it):\n  {CNN}" in out
    out = rag("ingest", "news", "--prune")[1]
    assert out.startswith("1 removed, 1 unchanged;")
    assert rag("ask", "Which outlet first reported the call?", "--publisher", "CNN")[0] == 0
    assert json.loads(rag("search", "call", "--json", "--publisher", "CNN")[1]) == []


def test_ingest_without_a_path_reads_the_corpus_and_rebuild_embeds_anew(
    rag: Run, new_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("news").mkdir()
    Path("news/a.txt").write_text("It rained in Kyiv.\n\nIt snowed in Oslo.")
    monkeypatch.setenv("RAG_CORPUS", "news")
    assert rag("ingest")[1].startswith("1 added; 2 paragraphs embedded")
    shutil.rmtree("news")
    code, out, _ = rag("ingest", "--rebuild")
    assert code == 0
    assert "2 paragraphs embedded" in out
    assert "The archive holds 1 articles" in out


@pytest.mark.usefixtures("new_home")
def test_ingest_that_takes_nothing_exits_with_one(rag: Run) -> None:
    Path("news").mkdir()
    Path("news/picture.txt").write_bytes(bytes(range(256)) * 9)
    code, out, _ = rag("ingest", "news")
    assert code == 1
    assert "1 skipped:" in out
    Path("news/rain.txt").write_text("It rained in Kyiv.")
    assert [rag("ingest", "news")[0] for _ in range(2)] == [0, 0]


# --- list and remove ---


@pytest.fixture
def four_articles(rag: Run, new_home: Path) -> Path:
    """Return the home of an archive of four articles, three from one file."""
    lines = [
        {"id": str(day), "title": f"Rain {day}", "text": f"It rained {day} mm.", "source": paper}
        | {"published_at": f"2024-05-0{day}"}
        for day, paper in ((1, "Echo"), (2, "Echo"), (3, "Post"))
    ]
    Path("rain.jsonl").write_text("\n".join(map(json.dumps, lines)))
    Path("untitled.txt").write_text("\x1b[2J it snowed in Oslo.\n\nIt stopped at noon.")
    assert rag("ingest", "rain.jsonl", "untitled.txt")[0] == 0
    return new_home


@pytest.mark.usefixtures("four_articles")
def test_list_shows_articles_by_filter_and_page(rag: Run) -> None:
    code, out, err = rag("list")
    assert (code, err) == (0, "")
    assert out.count("\n    ") == 4
    assert "Rain 2 · Echo · 2024-05-02\n    rain.jsonl, 2, 1 paragraphs\n" in out
    assert "untitled.txt, 2 paragraphs" in out
    assert "\x1b" not in out
    assert "Rain 3" in rag("list", "--publisher", "post")[1]
    assert rag("list", "rain", "--since", "2024-06-01")[1] == "No article passes the filter.\n"
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = json.loads(rag("list", "rain", "--json", "--limit", 2, "--after", after)[1])
        assert page["total"] == 3
        seen += [article["title"] for article in page["articles"]]
        after = page["continue_after"]
    assert seen == ["Rain 3", "Rain 2", "Rain 1"]
    assert "is not a date" in complaint(rag("list", "--since", "May"))[0]
    assert "'nobody'" in complaint(rag("list", "--after", "nobody"))[0]


@pytest.mark.usefixtures("four_articles")
def test_remove_takes_articles_by_id_and_by_file(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = json.loads(rag("list", "--json", "--until", "2024-05-01")[1])["articles"]
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    code, out, err = rag("remove", first["article_id"])
    assert (code, out.strip()) == (1, "")
    assert "Rain 1 (rain.jsonl)" in err
    code, out, _ = rag("remove", first["article_id"], "--yes")
    assert code == 0
    assert out.startswith("Removed 1:\n  Rain 1 (rain.jsonl)\nThe archive holds 3 articles")
    what, hint = complaint(rag("remove", first["article_id"], "untitled.txt", "--yes"))
    assert first["article_id"] in what
    assert "rag list" in hint
    assert "Removed 2:" in rag("remove", "rain.jsonl", "--yes")[1]
    assert "holds 0 articles" in rag("remove", Path("untitled.txt").absolute(), "-y")[1]
    assert Path("untitled.txt").exists()
    assert "There is no archive" in complaint(rag("ask", BOWMAN))[0]


@pytest.mark.usefixtures("bare")
def test_the_version_is_that_of_the_package(rag: Run) -> None:
    assert rag("--version") == (0, f"Byline {version('byline-rag')}\n", "")


@pytest.mark.usefixtures("bare")
def test_the_version_is_asked_for_where_nothing_is_installed(
    rag: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(ROOT)])  # the metadata of packages lies elsewhere
    code, out, err = rag("--version")
    assert (code, err) == (0, "")
    assert "not installed" in out


@pytest.mark.usefixtures("new_home")
def test_ingest_names_a_path_that_is_not_there(rag: Run) -> None:
    what, hint = complaint(rag("ingest", "nowhere"))
    assert "nowhere" in what
    assert "path" in hint


# --- eval ---


@pytest.mark.usefixtures("seeds_home")
def test_eval_measures_the_seeds(rag: Run) -> None:
    code, out, err = rag("eval", QUESTIONS, "--articles", SEEDS, "--json", "r.json", "--run", "run")
    assert (code, err) == (0, "")
    assert out.split()[:2] == ["n", "r@1"]
    result = json.loads(Path("r.json").read_text("utf-8"))
    keys = "n n_answerable retrieval answer abstention latency_ms by_kind".split()
    assert result.keys() >= set(keys)
    assert list(result["retrieval"])[:5] == "recall@1 recall@3 recall@5 recall@10 mrr@10".split()
    assert result["answer"].keys() >= {
        *"contains_answer citation_hit citation_precision citation_recall".split()
    }
    assert result["abstention"].keys() >= {"on_unanswerable", "on_answerable"}
    assert set(result["latency_ms"]) == {"p50", "p95"}
    lines = QUESTIONS.read_text("utf-8").splitlines()
    assert result["n"] == len(lines)
    assert len(Path("run/run.jsonl").read_text("utf-8").splitlines()) == 1 + len(lines)
    assert result["n_answerable"] == sum('"gold": []' not in line for line in lines)
    assert {json.loads(line)["kind"] for line in lines} == set(result["by_kind"])
    _assert_no_worse(result)


def _assert_no_worse(result: dict[str, Any]) -> None:
    """Floors well below what was measured: they catch a fault, not a changed weight."""
    assert result["answer"]["citation_hit"] >= 0.85
    assert result["retrieval"]["recall@5"] >= 0.9
    assert result["abstention"]["on_unanswerable"] >= 0.8
    assert result["abstention"]["on_answerable"] <= 0.1


@pytest.mark.usefixtures("seeds_home")
def test_eval_of_retrieval_alone_makes_no_answers(rag: Run, seeds_home: Path) -> None:
    before = (seeds_home / "catalogue.sqlite3").read_bytes()
    Path("q.jsonl").write_text(QUESTIONS.read_text("utf-8").splitlines()[0])
    code, _, _ = rag("eval", "q.jsonl", "--articles", SEEDS, "--retrieval-only", "--json", "r.json")
    assert code == 0
    result = json.loads(Path("r.json").read_text("utf-8"))
    assert result["retrieval"]["recall@10"] == 1.0
    assert result["answer"]["citation_hit"] is None
    assert (seeds_home / "catalogue.sqlite3").read_bytes() == before


@pytest.mark.usefixtures("seeds_home")
def test_eval_asks_the_engine_of_the_settings(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("q.jsonl").write_text(QUESTIONS.read_text("utf-8").splitlines()[0])
    with LLMServer(Reply.saying("$118 million [1].")) as server:
        monkeypatch.setenv("RAG_LLM_MODEL", "tiny")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("RAG_ENGINE", "extractive")
        rag("eval", "q.jsonl", "--articles", SEEDS)
        assert server.requests == []
        rag("eval", "q.jsonl", "--articles", SEEDS, "--engine", "llm")
        assert len(server.requests) == 1


@pytest.mark.usefixtures("seeds_home")
def test_eval_of_verdicts_checks_each_claim_against_its_paragraph(rag: Run) -> None:
    claims, own = Path("claims.jsonl"), QUESTIONS.parent / "articles"
    lines = [json.loads(line) for line in sampled_lines()]
    claims.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    code, out, err = rag(
        *("eval", "--verdicts", claims, "--articles", SEEDS, "--articles", own, "--json", "v.json")
    )
    assert (code, err) == (0, "")
    assert "paraphrase" in out
    result = json.loads(Path("v.json").read_text("utf-8"))
    assert {"confusion", "by_how", "verdicts"} <= result.keys()
    assert [one["id"] for one in result["verdicts"]] == [line["id"] for line in lines]
    assert all(one["verdict"] and one["reason"] for one in result["verdicts"])
    assert result["by_how"].keys() == {line["how"] for line in lines}
    assert result["right"]["supported"] >= 0.8
    assert result["right"]["unsupported"] >= 0.85


def test_eval_of_verdicts_names_a_missing_paragraph_and_goes_on(rag: Run) -> None:
    good, bad = QUESTIONS.with_name("verdicts.jsonl").read_text("utf-8").splitlines()[:2]
    named = json.loads(bad) | {"file": "nowhere.txt"}
    Path("c.jsonl").write_text(f"{good}\n{json.dumps(named)}\n", "utf-8")
    code, out, _ = rag("eval", "--verdicts", "c.jsonl", "--articles", QUESTIONS.parent / "articles")
    assert code == 0
    assert "counted as wrong: 1 of 2" in out
    assert "nowhere.txt" in out


def test_eval_names_what_cannot_be_read_or_written(rag: Run) -> None:
    assert "nowhere.jsonl" in complaint(rag("eval", "nowhere.jsonl", "--articles", SEEDS))[0]
    Path("q.jsonl").write_text("{}\n")
    assert "q.jsonl" in complaint(rag("eval", "q.jsonl", "--articles", SEEDS))[0]
    Path("q.jsonl").write_text(QUESTIONS.read_text("utf-8").splitlines()[0])
    done = rag("eval", "q.jsonl", "--articles", SEEDS, "--json", "no/such/folder.json")
    assert "no/such/folder.json" in complaint(done)[0]


# --- serve, config, doctor ---


def test_serve_hands_its_options_to_the_page(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[list[str]] = []

    def run_module(name: str, *, run_name: str) -> None:
        assert (name, run_name) == ("ui", "__main__")
        served.append(sys.argv)

    monkeypatch.setattr(sys, "argv", ["rag"])
    monkeypatch.setattr("rag.interfaces.cli.runpy.run_module", run_module)
    assert rag("serve")[0] == 0
    assert rag("serve", "--port", "7999", "--host", "::1")[0] == 0
    assert served == [["ui.py"], ["ui.py", "--host", "::1", "--port", "7999"]]
    assert rag("serve", "--port", "0")[0] == 2


def test_password_prints_a_line_that_lets_its_owner_in(
    rag: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    code, out, err = rag("password", "ann")
    assert (code, err) == (0, "")
    (tmp_path / "auth").write_text(out)
    assert read_keys(tmp_path / "auth").fit("ann", "correct horse")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert "too short" in complaint(rag("password", "ann"))[0]


def test_config_shows_every_setting_and_no_key(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("RAG_HOME", "somewhere")
    code, plain, err = rag("config")
    assert (code, err) == (0, "")
    shown = json.loads(rag("config", "--json")[1])
    assert "secret" not in plain + json.dumps(shown)
    assert (shown["RAG_HOME"], shown["RAG_ENGINE"], shown["RAG_LLM_MODEL"]) == (
        "somewhere",
        "auto",
        None,
    )
    assert shown["OPENAI_API_KEY"] == "**********"
    assert all(f"{name}={value or ''}\n    " in plain for name, value in shown.items())
    assert not Path("somewhere").exists()


PASSWORD, KEY = "correct:horse", "sk-canary-0123456789"
ECHO = f"The key is {KEY}, the password {PASSWORD} [1]."


def test_config_shows_no_password_in_an_address(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://{PASSWORD}@llm.example/v1?token={KEY}")
    monkeypatch.setenv("RAG_CHROMA_URL", "https://ann:b%21ttery-staple@chroma.example")
    _, plain, _ = rag("config")
    shown = json.loads(rag("config", "--json")[1])
    for text in (plain, str(shown)):
        assert not [one for one in (PASSWORD, KEY, "ttery") if one in text]
    assert shown["OPENAI_BASE_URL"] == "http://***@llm.example/v1?token=***"
    assert shown["RAG_CHROMA_URL"] == "https://***@chroma.example"


@pytest.mark.parametrize("reply", [Reply.saying(ECHO), Reply.failing(400, ECHO)])
@pytest.mark.long
def test_what_an_endpoint_echoes_reaches_neither_answer_nor_log(
    seeds_home: Path, reply: Reply
) -> None:
    with LLMServer(reply) as server:
        given = {
            "RAG_LLM_MODEL": "tiny",
            "OPENAI_API_KEY": KEY,
            "OPENAI_BASE_URL": server.url.replace("//", f"//{PASSWORD}@"),
        }
        done = start(seeds_home, "--debug", "ask", BOWMAN, "--json", **given)
    assert done.returncode == 0
    assert json.loads(done.stdout)
    assert b"DEBUG" in done.stderr
    for printed in (done.stdout, done.stderr):
        assert KEY.encode() not in printed
        assert PASSWORD.encode() not in printed
        assert b64encode(PASSWORD.encode()) not in printed


def test_a_misspelt_setting_is_told_once(bare: Path) -> None:
    done = start(bare / "home", "config", RAG_LLM_MODLE="tiny")
    assert done.returncode == 0
    told = b"RAG_LLM_MODLE is no setting and is ignored; did you mean RAG_LLM_MODEL?"
    assert done.stderr.count(told) == len(done.stderr.splitlines()) == 1


def test_a_wrong_setting_is_named(rag: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_PORT", "http")
    for command in (("config",), ("ask", BOWMAN), ("doctor",)):
        what, hint = complaint(rag(*command))
        assert what.startswith("Error: RAG_PORT='http': ")
        assert "RAG_PORT" in hint


@pytest.mark.usefixtures("seeds_home")
def test_doctor_finds_a_sound_archive_sound(rag: Run) -> None:
    code, out, err = rag("doctor")
    assert (code, err) == (0, "")
    assert [line[:4] for line in out.splitlines()] == ["ok  "] * 4
    assert "2 articles, 54 paragraphs" in out
    assert "every file as published" in out
    assert "language model: none" in out


@pytest.mark.usefixtures("new_home")
def test_doctor_says_once_that_there_is_no_archive_yet(rag: Run) -> None:
    code, out, _ = rag("doctor")
    assert code == 0
    assert out.count("There is no archive in ") == 1
    assert "rag ingest PATH" in out


def test_doctor_names_a_damaged_catalogue(
    rag: Run, seeds: Byline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copy_home(seeds, tmp_path / "broken")
    (home / "catalogue.sqlite3").write_bytes(b"no database" * 1000)
    monkeypatch.setenv("RAG_HOME", str(home))
    code, out, _ = rag("doctor")
    assert code == 1
    (fault,) = [line for line in out.splitlines() if line.startswith("FAIL")]
    assert "catalogue.sqlite3" in fault
    assert "ok   embedding: " in out
    what, _ = complaint(rag("ask", BOWMAN))
    assert "catalogue.sqlite3" in what


def test_doctor_names_an_archive_of_another_model(
    rag: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Byline
) -> None:
    home = share_model(seeds, tmp_path / "other")
    other = Byline(seeds.settings.model_copy(update={"home": home}))
    other.__dict__["embedder"] = FakeEmbedder("glove")
    other.ingest([SEEDS])
    monkeypatch.setenv("RAG_HOME", str(home))
    code, out, _ = rag("doctor")
    assert code == 1
    assert "FAIL The archive " in out
    assert "embedding glove" in out
    assert "rag ingest --rebuild" in out
    assert "glove" in complaint(rag("ask", BOWMAN))[0]


def test_doctor_repairs_a_damaged_index(
    rag: Run, seeds: Byline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copy_home(seeds, tmp_path / "bent")
    victim = max((home / "index").glob("*/terms/*.store"), key=lambda path: path.stat().st_size)
    victim.write_bytes(b"x" * victim.stat().st_size)
    monkeypatch.setenv("RAG_HOME", str(home))
    code, out, err = rag("doctor")
    assert code == 0
    assert str(victim) in err
    assert "generation 2, every file as published" in out


# --- Errors and usage ---


@pytest.mark.usefixtures("new_home")
@pytest.mark.parametrize("command", [("ask", BOWMAN), ("search", "Musk"), ("show", "0123")])
def test_before_any_ingest_a_chosen_home_stays_empty(
    rag: Run, new_home: Path, command: tuple[str, ...]
) -> None:
    shutil.copytree(SEEDS, "seeds")
    what, hint = complaint(rag(*command))
    assert what == f"Error: There is no archive in {new_home} yet."
    assert "rag ingest PATH" in hint
    assert [path.name for path in new_home.iterdir()] == ["models"]


@pytest.mark.usefixtures("seeds_home")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", ""), "The question is empty."),
        (("ask", "?" * 5000 + "a" * 5000), "10,000 characters; 4,000 are allowed"),
        (("ask", BOWMAN, "--since", "tomorrow"), "since='tomorrow' is not a date."),
        (("search", BOWMAN, "--since", "2024-02-01", "--until", "2024-01-01"), "lies after"),
        (("ask", BOWMAN, "--engine", "llm"), "No language model is configured."),
    ],
)
def test_an_error_is_one_line_what_and_one_line_what_to_do(
    rag: Run, arguments: tuple[str, ...], said: str
) -> None:
    assert said in complaint(rag(*arguments))[0]


@pytest.mark.usefixtures("seeds_home")
@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ask",),
        ("asks", BOWMAN),
        ("ask", BOWMAN, "too much"),
        ("ask", BOWMAN, "--colour"),
        ("ask", BOWMAN, "--engine", "gpt"),
        ("ask", BOWMAN, "--limit", "0"),
        ("search", BOWMAN, "--limit", "many"),
        ("eval", QUESTIONS),
        ("eval", QUESTIONS, "--articles", SEEDS, "--engine", "gpt"),
        ("eval", "--verdicts", QUESTIONS),
        ("eval", QUESTIONS, "--resume", "run"),
        ("eval", "--resume", "run", "--limit", "2"),
        ("eval", "--compare", "run", "run", "--verdicts", QUESTIONS),
        ("eval", QUESTIONS, "--verdicts", QUESTIONS, "--articles", SEEDS),
        ("show",),
        ("remove",),
        ("list", "--limit", "0"),
    ],
)
def test_wrong_usage_exits_with_two(rag: Run, arguments: tuple[object, ...]) -> None:
    code, out, err = rag(*arguments)
    assert code == 2
    assert "Usage: " in (err or out)
    assert "Traceback" not in err


@pytest.mark.usefixtures("seeds_home")
def test_debug_shows_the_traceback(rag: Run) -> None:
    code, out, err = rag("ask", "--debug", "")
    assert (code, out) == (1, "")
    assert "Traceback" in err
    assert "Error: The question is empty." in err.splitlines()
    assert rag("ask", "--debug", BOWMAN)[0] == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(rag: Run, name: str) -> None:
    code, out, err = rag(name, "--help")
    assert (code, err) == (0, "")
    assert "Usage: " in out
    assert name in rag("--help")[1]


HOSTILE = "\x1b]0;owned\x07\x1b[31mred\x1b[0m \x9b2J \u202etxet\u202c It rained in Kyiv on Monday."


def test_an_article_cannot_steer_the_terminal(rag: Run, new_home: Path) -> None:
    Path("news.jsonl").write_text(
        json.dumps({"id": "1", "title": f"Rain {HOSTILE}", "text": HOSTILE, "source": "\x1b[5mX"})
    )
    Path(f"bad\x1b[2J{'.txt'}").write_text("")
    said = [rag("ingest", "."), rag("ask", "Where did it rain on Monday?"), rag("search", "rain")]
    found = rag("search", "rain", "--json")
    said += [found, rag("ask", "Where did it rain on Monday?", "--json")]
    (hit,) = json.loads(found[1])
    said += [rag("show", hit["paragraph_id"]), rag("show", "\x1b[31m"), rag("ingest", "\x1b[31m")]
    for _, out, err in said:
        assert not set("\x1b\x07\x9b\u202e") & set(out + err)
    assert hit["text"] == HOSTILE
    assert "It rained in Kyiv on Monday" in said[1][1]


# --- As a process of its own ---


def start(home: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {**kept, "PYTHONPATH": str(ROOT), "RAG_HOME": str(home), **variables}
    command = [sys.executable, "-m", "rag.interfaces.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)


def test_the_command_runs_as_a_process(seeds_home: Path) -> None:
    done = start(seeds_home, "ask", BOWMAN, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["status"] == "answered"


def test_a_terminal_without_the_letters_gets_their_numbers(seeds_home: Path) -> None:
    done = start(seeds_home, "ask", "What did Peskov say?", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u201c" in done.stdout
