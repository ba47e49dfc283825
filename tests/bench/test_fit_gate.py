"""The gate's learning: a known rule is found, each figure is what it says."""

import sys
from pathlib import Path

import numpy as np
import pytest

from bench import fit_gate
from bench.fit_gate import gate_report, logistic
from bench.gate_samples import COLUMNS, Sample
from rag.answering.gate import VETOES
from rag.answering.gate.weights import ABOUT, DIRECT

ARTICLES = ["a", "b", "c", "d"]


def sample(name: str, *, inside: bool, count: int = 80) -> Sample:
    """Return rows whose `similarity` and `directness` alone tell what is inside."""
    random = np.random.default_rng(len(name))
    values = random.normal(size=(count, len(COLUMNS)))
    for column in ("similarity", "directness"):
        values[:, COLUMNS.index(column)] += 4 if inside else 0
    vetoed = np.zeros((count, len(VETOES)), np.bool_)
    vetoed[: 0 if inside else count // 2, 0] = True
    articles = np.array((ARTICLES * count)[:count])
    return Sample(articles, values, vetoed)


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    inside = {name: sample(name, inside=True) for name in fit_gate._IN}
    outside = {name: sample(name, inside=False) for name in [*fit_gate._OUT, "adversarial"]}
    return {**inside, **outside}


def test_the_rule_is_found_in_the_units_of_the_features() -> None:
    random = np.random.default_rng(1)
    values = random.normal(size=(20_000, 3)) * [1, 10, 1]
    chance = 1 / (1 + np.exp(-(1 + 2 * values[:, 0] - 0.3 * values[:, 1])))
    right = random.random(20_000) < chance
    model = logistic(values, right, np.full(20_000, 1 / 20_000), (0, 1))
    assert model.weights == pytest.approx([2, -0.3, 1], abs=0.15)


def test_the_report_names_every_constant_and_tells_the_sets_apart(
    samples: dict[str, Sample],
) -> None:
    report = gate_report(samples)
    assert report["ABOUT"].keys() == {*ABOUT, "size", "bias"}
    assert report["DIRECT"].keys() == {*DIRECT, "bias"}
    assert max(report["ABOUT"], key=report["ABOUT"].get) == "similarity"
    curve = report["cross-validated"]["squad"]
    assert curve["0.03"]["left out"] <= curve["0.08"]["left out"]
    assert curve["0.0495"]["left out"] > 0.9
    assert report["adversarial AUC"]["DIRECT"] > 0.95
    assert report["vetoes"][VETOES[0].__name__]["left out"] == pytest.approx(0.5)


def test_without_the_benchmark_nothing_is_learned_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fit_gate", str(tmp_path / "work"), str(tmp_path)])
    fit_gate.main()
    told = capsys.readouterr()
    assert told.out == ""
    assert "There is no squad-a" in told.err
    assert not (tmp_path / "work").exists()
