"""`rag eval --fail-under` goes red for faults that were planted, and is green without them."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.answering.gate import decide
from rag.archive import Archive
from rag.archive.terms import TermIndex
from rag.archive.views import View
from rag.evaluation import claims
from rag.schema import Verdict
from rag.verification import Check
from tests.support.archives import ROOT, SEEDS
from tests.support.eval_support import Eval, copied_prompts, obedient, rate, shared_home
from tests.support.llm_server import LLMServer

pytestmark = pytest.mark.long
FLOORS = ROOT / "tests" / "eval" / "floors.toml"
FLOORS_LLM = ROOT / "tests" / "eval" / "floors-llm.toml"
__all__ = ["rate", "shared_home"]

TOWNS = "Arlen Bexley Corby Dunmore Elgin Farley Girton Hexham Ilford Jarrow".split()


def broken(done: tuple[int, str, str]) -> str:
    """Return what the gate complains of."""
    code, _, err = done
    assert code == 1
    assert "bounds are not kept" in err
    assert "report.html" in err.splitlines()[1]
    return err


def test_the_product_as_it_is_keeps_its_bounds(rate: Eval) -> None:
    code, out, err = rate("--fail-under", FLOORS)
    assert (code, err) == (0, "")
    assert "claims judged rightly" in out


def test_a_retriever_without_words_is_caught(rate: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Archive.view

    def without_terms(archive: Archive) -> View:
        return dataclasses.replace(whole(archive), terms=None)

    monkeypatch.setattr(Archive, "view", without_terms)
    assert "answer citation_hit" in broken(rate("--fail-under", FLOORS))


def test_a_gate_that_never_abstains_is_caught(rate: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    def always(retrieval: Any) -> Any:
        return dataclasses.replace(decide(retrieval), answerable=True)

    monkeypatch.setattr("rag.answering.engine.decide", always)
    assert "abstention on_unanswerable" in broken(rate("--fail-under", FLOORS))


def test_a_verifier_that_says_yes_is_caught(rate: Eval, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "check", lambda *_: Check(Verdict.SUPPORTED, "Yes."))
    assert "verdicts right unsupported is 0.000" in broken(rate("--fail-under", FLOORS))


def test_a_prompt_without_the_citation_rule_is_caught(
    rate: Eval, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = copied_prompts(tmp_path / "prompts", ROOT / "prompts")
    system = prompts / "answer_system.txt"
    kept = [line for line in system.read_text("utf-8").splitlines() if not line.startswith("2. ")]
    canned = (ROOT / "tests" / "eval" / "seeds.jsonl").read_text("utf-8").splitlines()
    questions = tmp_path / "q.jsonl"
    questions.write_text("\n".join(canned[::4]), "utf-8")
    asked = (questions, "--articles", SEEDS, "--engine", "llm", "--fail-under", FLOORS_LLM)
    with LLMServer(obedient) as server:
        monkeypatch.setenv("RAG_LLM_MODEL", "obedient")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        code, out, err = rate(*asked)
        assert (code, err) == (0, "")
        assert "language model: " in out
        system.write_text("\n".join(kept), "utf-8")
        done = rate(*asked, "--prompts", prompts)
    assert "answer own_citations is 0.000" in broken(done)


def test_candidates_found_by_meaning_alone_are_caught_where_words_count(
    rate: Eval, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two short articles are found whole by meaning; here most paragraphs mean what is asked for,
    # and the one that is asked for has its number.
    dockets = [f"{letter}{number}" for letter in "KQVX" for number in range(411, 421)]
    blocks = [f"Docket {name} was put off until the autumn." for name in dockets]
    blocks += [
        f"The council of {town} {decided} on the flood defences along the river at its meeting."
        for town in TOWNS
        for decided in ("voted", "decided", "agreed", "took a decision")
    ]
    (tmp_path / "dockets.txt").write_text("\n\n".join(blocks))
    asked = [
        {
            "id": name,
            "question": f"What did the council decide on the flood defences in docket {name}?",
            "gold": [{"file": "dockets.txt", "quote": f"Docket {name} "}],
        }
        for name in dockets[::3]
    ]
    questions, floors = tmp_path / "q.jsonl", tmp_path / "floors.toml"
    questions.write_text("\n".join(map(json.dumps, asked)))
    floors.write_text('[at_least.retrieval]\n"recall@10" = 0.9\n')
    arguments = (
        questions,
        "--articles",
        tmp_path / "dockets.txt",
        "--retrieval-only",
        "--fail-under",
        floors,
    )
    assert rate(*arguments)[0] == 0
    nothing = np.zeros(0, np.int64), np.zeros(0, np.float32)
    monkeypatch.setattr(TermIndex, "search", lambda *_, **__: nothing)
    assert "retrieval recall@10" in broken(rate(*arguments))
