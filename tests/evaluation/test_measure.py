"""`rag eval` from beginning to end: runs that are kept, resumed, compared, and full of faults."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.errors import LLMError
from rag.evaluation import Run
from rag.evaluation.measure import Task
from rag.evaluation.system import EvaluatedSystem
from rag.evaluation.usage import MeteredLLM
from rag.models.llm import LLM, Message
from rag.models.llm.prompts import NOT_IN_ARCHIVE, load_prompts
from tests.support.archives import AP, ROOT, SEEDS, sealed_settings
from tests.support.eval_support import Eval, obedient, rate, shared_home
from tests.support.llm_server import LLMServer, Reply, Request

__all__ = ["rate", "shared_home"]

CANNED = ROOT / "tests" / "eval" / "seeds.jsonl"
LINES = CANNED.read_text("utf-8").splitlines()
FOLLOW_UP = next(line for line in LINES if '"follow-up"' in line)
DECLINED = LINES[-1]


def questions(*lines: str) -> Path:
    path = Path("q.jsonl")
    path.write_text("\n".join(lines), "utf-8")
    return path


def figures(path: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(path).read_text("utf-8"))
    return found


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def configure(url: str) -> None:
        monkeypatch.setenv("RAG_LLM_MODEL", "small")
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
        monkeypatch.setenv("RAG_LLM_RETRIES", "0")

    return configure


# --- What is kept ---


@pytest.mark.long
def test_a_run_is_kept_with_all_that_it_was_made_from(rate: Eval, shared_home: Path) -> None:
    code, out, err = rate("--json", "f.json")
    assert (code, err) == (0, "")
    folder = Path(out.split(" · report ")[1].strip()).parent
    assert folder.parent == shared_home / "runs"
    assert {path.name for path in folder.iterdir()} == {
        *"run.jsonl summary.json summary.md report.html".split()
    }
    run = Run(folder)
    assert len(run) == len(LINES) == figures("f.json")["n"]
    assert run.header["engine"] == "extractive"
    assert run.header["index"]["articles"] == 2
    assert run.header["prompts"].keys() == load_prompts().__dataclass_fields__.keys()
    assert figures(folder / "summary.json") == figures("f.json")
    first = next(run.lines())
    assert first["answer"]["text"].endswith("[1].")
    assert first["cited"][0]["right"]
    assert "evidence" not in first["answer"]
    again = figures("f.json")
    assert rate("--json", "f.json")[0] == 0
    for different in ("latency_ms", "by_kind"):
        again.pop(different)
    assert {name: figures("f.json")[name] for name in again} == again


def test_a_given_folder_must_be_new(rate: Eval) -> None:
    asked = (questions(LINES[0]), "--articles", SEEDS, "--run", "mine")
    assert rate(*asked)[0] == 0
    assert (Path("mine") / "report.html").is_file()
    code, _, err = rate(*asked)
    assert code == 1
    assert "--resume" in err


def test_the_answers_have_one_digest_and_another_limit_another(rate: Eval) -> None:
    asked = (questions(*LINES[30:40]), "--articles", SEEDS, "--json", "f.json")
    digests = []
    for more in ([], [], ["--limit", "1"]):
        assert rate(*asked, *more)[0] == 0
        digests.append(figures("f.json")["answers"])
    assert digests[0] == digests[1] != digests[2]


# --- Bad input ---


def test_faults_of_a_file_are_counted_and_named_and_the_run_goes_on(rate: Eval) -> None:
    good = json.loads(LINES[0])
    lines = [
        LINES[0],
        "{broken",
        json.dumps(good | {"id": "b", "gold": [{"file": "nowhere.txt", "quote": "x"}]}),
        json.dumps(good | {"id": "c", "gold": [{"file": AP, "quote": "words that nobody wrote"}]}),
        json.dumps(good | {"id": "d", "gold": [*good["gold"], {"file": AP, "quote": "Musk"}]}),
    ]
    code, out, err = rate(questions(*lines), "--articles", SEEDS, "--json", "f.json")
    assert (code, err) == (0, "")
    found = figures("f.json")
    assert found["n"] == 2
    named = [f"{one['where']}: {one['what']}" for one in found["problems"]["listed"]]
    assert len(named) == found["problems"]["n"] == 6
    for expected in ("line 2: not JSON", "'nowhere.txt'", "words that nobody wrote", "hold 'Musk'"):
        assert any(expected in one for one in named), expected
    assert "left out or doubtful in the questions: 6" in out


def test_a_file_whose_gold_is_all_elsewhere_is_an_error(rate: Eval) -> None:
    gold = [{"file": "nowhere.txt", "quote": "x"}]
    line = json.dumps({"id": "a", "question": "Who?", "gold": gold})
    code, _, err = rate(questions(line), "--articles", SEEDS)
    assert code == 1
    assert "nowhere.txt" in err


# --- A language model that fails ---


def test_a_model_that_fails_is_named_and_only_its_question_is_asked_again(
    rate: Eval, model: Callable[[str], None]
) -> None:
    failing = True

    def flaky(request: Request) -> Reply:
        if failing and "Taiwan" in request.prompt.rpartition("words:")[2]:
            return Reply.failing(500, "out of memory")
        return obedient(request)

    with LLMServer(flaky) as server:
        model(server.url)
        asked = questions(*LINES[:5], FOLLOW_UP)
        code, out, err = rate(asked, "--articles", SEEDS, "--engine", "llm", "--run", "r")
        assert (code, err) == (0, "")
        assert "failed and counted as missed: 1 of 6; first: seeds-direct-04" in out
        failed = Run(Path("r")).line("seeds-direct-04")
        assert failed is not None
        assert failed["scores"]["right"] == 0
        # The embedded engine stepped in; what it said is not the model's.
        assert failed["answer"] is None
        failing, before = False, len(server.requests)
        code, out, _ = rate("--resume", "r")
        assert code == 0
        assert "failed" not in out
        assert len(server.requests) == before + 1
    run = Run(Path("r"))
    assert [line["id"] for line in run.lines()] == [
        json.loads(one)["id"] for one in asked_ids(asked)
    ]
    assert figures("r/summary.json")["failed"] == 0
    assert figures("r/summary.json")["llm"]["calls"] >= 6
    assert "sk-very-secret" not in "".join(path.read_text("utf-8") for path in Path("r").iterdir())


def asked_ids(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_a_run_that_was_killed_goes_on_where_it_stopped(rate: Eval) -> None:
    asked = questions(*LINES[:6])
    assert rate(asked, "--articles", SEEDS, "--run", "whole")[0] == 0
    whole = (Path("whole") / "run.jsonl").read_bytes().splitlines(keepends=True)
    Path("cut").mkdir()
    (Path("cut") / "run.jsonl").write_bytes(b"".join(whole[:4]) + whole[4][:50])
    code, _, err = rate("--compare", "whole", "cut")
    assert code == 1
    assert "--resume" in err
    assert rate("--resume", "cut")[0] == 0
    assert Run(Path("cut")).digest() == Run(Path("whole")).digest()


def test_an_interrupted_run_tells_how_to_go_on(rate: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, answer = questions(*LINES[:4]), EvaluatedSystem.answer
    left = iter(range(2))

    def impatient(system: EvaluatedSystem, question: str, **more: Any) -> Any:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return answer(system, question, **more)

    monkeypatch.setattr(EvaluatedSystem, "answer", impatient)
    code, _, err = rate(asked, "--articles", SEEDS, "--run", "r")
    assert (code, err) == (130, "Stopped. Go on with: rag eval --resume r\n")
    assert len(Run(Path("r"))) == 2
    monkeypatch.setattr(EvaluatedSystem, "answer", answer)
    assert rate("--resume", "r")[0] == 0
    assert len(Run(Path("r"))) == 4


def test_a_run_made_otherwise_is_not_gone_on_with(
    rate: Eval, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = questions(LINES[0])
    assert rate(asked, "--articles", SEEDS, "--run", "r")[0] == 0
    asked.write_text(LINES[1], "utf-8")
    code, _, err = rate("--resume", "r")
    assert code == 1
    assert "made with other dataset" in err
    asked.write_text(LINES[0], "utf-8")
    monkeypatch.setenv("RAG_STRICT", "true")
    assert "other settings" in rate("--resume", "r")[2]


# --- Comparing ---


def test_two_runs_are_compared_and_the_page_shows_what_changed(rate: Eval) -> None:
    asked = (questions(*LINES[30:44], DECLINED), "--articles", SEEDS)
    assert rate(*asked, "--run", "a")[0] == 0
    code, out, _ = rate(*asked, "--run", "b", "--limit", "1", "--baseline", "a")
    assert code == 0
    assert "a → b: 15 in both" in out
    assert "made differently: options" in out
    page = (Path("b") / "report.html").read_text("utf-8")
    assert "<ins>" in page
    assert "Against a" in page
    code, again, _ = rate("--compare", "a", "b", "--json", "c.json")
    assert code == 0
    assert again.splitlines()[0] in out
    assert figures("c.json")["n"] == {"common": 15, "only_before": 0, "only_after": 0}
    assert "#### Against a" in (Path("b") / "summary.md").read_text("utf-8")


def test_a_comparison_can_be_a_gate_too(rate: Eval) -> None:
    asked = (questions(LINES[0]), "--articles", SEEDS)
    for name in ("a", "b"):
        assert rate(*asked, "--run", name)[0] == 0
    Path("floors.toml").write_text("[at_least]\nn = 2\n")
    code, _, err = rate("--compare", "a", "b", "--fail-under", "floors.toml")
    assert code == 1
    assert "n is 1.000 < 2" in err


# --- Other datasets ---


def test_squad_brings_its_own_articles(rate: Eval) -> None:
    context = "The lighthouse of Ormond was built in 1821. Its keeper was Ida Vance."
    answer = {"text": "Ida Vance", "answer_start": context.index("Ida")}
    qas = [
        {"id": "1", "question": "Who was the keeper of the lighthouse?", "answers": [answer]},
        {"id": "2", "question": "Who won the Booker Prize?", "answers": [], "is_impossible": True},
    ]
    data = [{"title": "Ormond", "paragraphs": [{"context": context, "qas": qas}]}]
    Path("dev.json").write_text(json.dumps({"version": "v2.0", "data": data}))
    assert rate("dev.json", "--json", "f.json")[0] == 0
    found = figures("f.json")
    assert (found["retrieval"]["recall@1"], found["answer"]["quote_recall"]) == (1.0, 1.0)
    assert found["abstention"]["on_unanswerable"] == 1.0


def test_a_beir_folder_brings_its_own_articles(rate: Eval) -> None:
    folder = Path("beir")
    (folder / "qrels").mkdir(parents=True)
    texts = {"d1": "The lighthouse was built in 1821.", "d2": "The harbour froze in March."}
    (folder / "corpus.jsonl").write_text(
        "\n".join(json.dumps({"_id": name, "text": text}) for name, text in texts.items())
    )
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "When was the lighthouse built?"}')
    (folder / "qrels" / "test.tsv").write_text("q\td1\t2\n")
    assert rate(folder, "--json", "f.json")[0] == 0
    assert figures("f.json")["retrieval"]["ndcg@10"] == 1.0


def test_feedback_is_asked_of_the_readers_own_archive(
    rate: Eval, seeds_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RAG_HOME", str(seeds_home))
    good = json.loads(LINES[0])
    rated = [
        {"question": good["question"], "verdict": "up", "citations": good["gold"]},
        {"question": "Who is Bradley Bowman?", "verdict": "down", "reason": "wrong paragraph"},
    ]
    path = tmp_path / "feedback.jsonl"
    path.write_text("\n".join(map(json.dumps, rated)))
    run = tmp_path / "run"
    assert rate(path, "--from-feedback", "--json", "f.json", "--run", run)[0] == 0
    found = figures("f.json")
    assert (found["n"], found["n_answerable"]) == (2, 1)
    assert found["by_kind"]["feedback-up"]["answer"]["citation_hit"] == 1.0
    assert found["by_kind"]["feedback-down"]["overall"]["right"] is None
    code, _, err = rate("--from-feedback")
    assert code == 1
    assert "feedback.jsonl" in err


# --- What a model costs, and what it thinks ---


def test_a_judge_is_a_model_and_is_labelled_as_one(
    rate: Eval, model: Callable[[str], None]
) -> None:
    def judge(request: Request) -> Reply:
        return Reply.saying("NO" if "Response:" in request.prompt else "YES")

    with LLMServer(judge) as server:
        model(server.url)
        asked = (questions(LINES[0], DECLINED), "--articles", SEEDS, "--judge", "--json", "f.json")
        code, out, _ = rate(*asked, "--price", "1", "2", "--engine", "extractive")
        assert code == 0
        assert len(server.requests) == 2
        assert figures("f.json")["judge"] == {"faithfulness": 1.0, "relevancy": 0.0}
        assert "LLM-as-judge" in out
        assert figures("f.json")["llm"] is None
        assert "[1]" not in server.requests[0].prompt


def test_a_judge_that_fails_is_counted(rate: Eval, model: Callable[[str], None]) -> None:
    with LLMServer(Reply.failing(500)) as server:
        model(server.url)
        asked = (questions(LINES[0]), "--articles", SEEDS, "--judge", "--json", "f.json")
        code, out, _ = rate(*asked, "--engine", "extractive")
    assert code == 0
    assert figures("f.json")["judge"] == {"faithfulness": None, "relevancy": None}
    assert figures("f.json")["judge_failed"] == 1
    assert "the judge failed on 1 of 1" in out


def test_a_judge_needs_a_model(rate: Eval) -> None:
    code, _, err = rate(questions(LINES[0]), "--articles", SEEDS, "--judge")
    assert code == 1
    assert "RAG_LLM_MODEL" in err


def test_the_meter_counts_calls_and_tells_an_answer_from_other_calls() -> None:
    prompts = load_prompts()
    system = prompts.answer_system.render(not_in_archive=NOT_IN_ARCHIVE)
    script = [Reply.saying("One [1]. Two."), Reply.saying("Other words."), Reply.failing(400)]
    with LLMServer(*script) as server:
        settings = sealed_settings(llm_model="m", openai_base_url=server.url)
        metered: LLM = MeteredLLM(settings, prompts)
        assert isinstance(metered, MeteredLLM)
        metered.complete([Message("system", system), Message("user", "x" * 40)])
        metered.complete([Message("user", "y" * 4)])
        with pytest.raises(LLMError):
            metered.complete([Message("user", "")])
        usage = metered.usage()
        assert (usage.calls, usage.cited) == (3, 0.5)
        assert usage.prompt_tokens == round((len(system) + 44) / 4)
        assert usage.completion_tokens == round(len("One [1]. Two.Other words.") / 4)
        metered.reset()
        assert metered.usage().calls == 0
    with LLMServer(Reply.saying(NOT_IN_ARCHIVE)) as server:
        settings = sealed_settings(llm_model="m", openai_base_url=server.url)
        metered = MeteredLLM(settings, prompts)
        metered.complete([Message("system", system)])
        assert metered.usage().cited is None
        metered.reset()
        assert metered.usage().cited is None


def test_a_task_comes_back_from_the_line_that_keeps_it() -> None:
    from dataclasses import asdict

    task = Task("q.jsonl", ("a", "b"), engine="llm", price=(1.0, 2.0))
    assert Task.of(json.loads(json.dumps(asdict(task)))) == task
    assert Task().is_canned
