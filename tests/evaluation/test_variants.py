"""`rag eval --vary`: the same questions, answered in several ways."""

import json
from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.evaluation.measure import Task
from rag.evaluation.variants import variants
from tests.support.archives import ROOT, SEEDS
from tests.support.eval_support import Eval, copied_prompts, obedient, rate, shared_home
from tests.support.llm_server import LLMServer

__all__ = ["rate", "shared_home"]
LINES = (ROOT / "tests" / "eval" / "seeds.jsonl").read_text("utf-8").splitlines()


def asked(*lines: str) -> tuple[object, ...]:
    Path("q.jsonl").write_text("\n".join(lines), "utf-8")
    return ("q.jsonl", "--articles", SEEDS)


def test_each_value_is_a_run_and_all_are_compared_with_the_first(
    rate: Eval, shared_home: Path
) -> None:
    before = set((shared_home / "runs").glob("*"))
    code, out, err = rate(*asked(*LINES[30:38]), "--vary", "limit=1,6,3", "--json", "v.json")
    assert (code, err) == (0, "")
    assert out.startswith("| | limit=1 | limit=6 | limit=3 |\n")
    assert out.count("made differently: options") == 2
    figures = json.loads(Path("v.json").read_text("utf-8"))
    assert [one["n"] for one in figures.values()] == [8, 8, 8]
    made = set((shared_home / "runs").glob("*")) - before
    assert len(made) == 3
    assert all((folder / "report.html").is_file() for folder in made)


def test_models_and_prompts_are_asked_in_turn(
    rate: Eval, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copied = copied_prompts(tmp_path / "mine", ROOT / "prompts")
    with LLMServer(obedient) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        code, out, _ = rate(*asked(LINES[0]), "--vary", "model=small,large")
        assert (code, [one.body["model"] for one in server.requests]) == (0, ["small", "large"])
        assert "made differently: settings" in out
        monkeypatch.setenv("RAG_LLM_MODEL", "small")
        text = (copied / "answer_system.txt").read_text("utf-8")
        (copied / "answer_system.txt").write_text(f"{text}\nBe brief.", "utf-8")
        assert rate(*asked(LINES[0]), "--vary", f"prompts={ROOT / 'prompts'},{copied}")[0] == 0
        assert ["Be brief." in one.prompt for one in server.requests[2:]] == [False, True]


def test_a_setting_is_varied_by_its_name() -> None:
    first, second = variants("RAG_STRICT=false,true", Task())
    assert (first.settings.strict, second.settings.strict) == (False, True)
    assert [one.task.engine for one in variants("engine=extractive,llm", Task())] == [
        "extractive",
        "llm",
    ]


@pytest.mark.parametrize(
    "varied",
    [
        *("limit", "limit=3", "limit=0,3", "limit=a,b", "engine=fast,slow", "temperature=0,1"),
        *("RAG_NOTHING=1,2", "RAG_STRICT=perhaps,true", "=a,b"),
    ],
)
def test_what_cannot_be_varied_is_named(varied: str) -> None:
    with pytest.raises(SettingsError) as caught:
        variants(varied, Task())
    assert varied.partition("=")[0] in caught.value.message


def test_it_goes_with_no_other_run_and_needs_a_model_for_models(rate: Eval) -> None:
    assert rate("--vary", "limit=1,2", "--run", "r")[0] == 2
    code, _, err = rate("--vary", "model=small,large")
    assert code == 1
    assert "No language model is configured." in err
