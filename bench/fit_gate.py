"""Learn the constants of `rag/answering/gate/weights.py`, and say what the gate is good for.

Usage: python -m bench.fit_gate WORK [SHARED]

WORK is a folder for archives and collected features; it is kept, so a second run takes seconds.
SHARED holds `squad-a` and `bbc-news.jsonl` (by default that of the project); where it is missing
nothing is learned, and the command says so.

What is in the archive: each answerable squad-a question with all articles there, with its own alone
and with bbc-news beside them; and those of `tests/eval/seeds.jsonl`. What isn't: the same questions
with their own article left out, to another article alone, to `seeds`, and to 50, 500 and all
articles of bbc-news. `ABOUT` tells these two apart. `DIRECT` tells answerable from adversarial
questions, all articles there. Figures are cross-validated by article: no weight was learned on a
question of the article that it is scored on; the floors are chosen afterwards, on all.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.faults import run, say
from bench.gate_samples import COLUMNS, Matrix, Sample, collected
from rag.answering.gate import VETOES
from rag.answering.gate.weights import ABOUT, DIRECT, FLOORS
from rag.evaluation.significance import auc

_SHARED = Path("../shared/bench")
_IN = {"squad": 3.0, "alone": 1.0, "squad+bbc": 1.0, "seeds": 0.3}
_OUT = {"left out": 3.0, "other": 1.0, "bbc 50": 0.5, "bbc 500": 0.5, "bbc 2225": 0.5,
        "half+bbc": 0.5, "squad to seeds": 0.3}  # fmt: skip
"""Sets of questions, and what each weighs; squad-a is what the product is measured by."""
_DECLINED = (0.03, 0.04, 0.045, 0.0495, 0.06, 0.08)
_PENALTY = 1e-3
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Model:
    """A weighted sum; the last weight is the bias."""

    columns: tuple[int, ...]
    weights: Matrix

    def logits(self, sample: Sample) -> Matrix:
        """Return one value a row."""
        sums: Matrix = sample.values[:, self.columns] @ self.weights[:-1] + self.weights[-1]
        return sums


def main() -> None:
    """Collect, learn, and print the constants and the figures as one JSON object."""
    shared = Path(sys.argv[2]) if len(sys.argv) > 2 else _SHARED
    if not (shared / "squad-a" / "questions.jsonl").exists():
        say(f"There is no squad-a in {shared}: nothing is learned, the constants stay.")
        return
    print(json.dumps(gate_report(collected(Path(sys.argv[1]), shared)), indent=2))


def gate_report(samples: Mapping[str, Sample]) -> dict[str, Any]:
    """Return the constants, and what they are good for.

    Args:
        samples: By the names in this file; `adversarial` is squad-a's unanswerable questions.
    """
    about_names, direct_names = [*ABOUT, "size"], list(DIRECT)
    about = _validated(samples, _IN, _OUT, about_names)
    direct = _validated(samples, {"squad": 1.0}, {"adversarial": 1.0}, direct_names)
    logits = {name: _out_of_fold(about, sample) for name, sample in samples.items()}
    return {
        "ABOUT": _constants(about["all"], about_names),
        "DIRECT": _constants(direct["all"], direct_names),
        "vetoes": {
            one.__name__: {name: _round(s.vetoed[:, i].mean()) for name, s in samples.items()}
            for i, one in enumerate(VETOES)
        },
        "cross-validated": _curves(samples, logits),
        "at the floors": {
            name: _round(np.mean((logits[name] < _floors(sample)) | sample.vetoed.any(axis=1)))
            for name, sample in samples.items()
        },
        "adversarial AUC": _adversarial(samples, logits, direct),
    }


def _curves(samples: Mapping[str, Sample], logits: Mapping[str, Matrix]) -> dict[str, Any]:
    """Return, at each share of declined questions that were in the archive, the others declined."""
    pairs = {"squad": ["left out"], "alone": ["other"], "squad+bbc": ["half+bbc", "bbc 2225"]}
    return {
        name: {
            str(share): {"floor": _round(floor)}
            | {out: _declined(samples[out], logits[out], floor) for out in outs}
            for share in _DECLINED
            for floor in [_floor_for(samples[name], logits[name], share)]
        }
        for name, outs in pairs.items()
    }


def _floor_for(sample: Sample, logits: Matrix, share: float) -> float:
    lowest = np.where(sample.vetoed.any(axis=1), -np.inf, logits)
    return float(np.quantile(lowest, share, method="lower"))


def _declined(sample: Sample, logits: Matrix, floor: float) -> float:
    return _round(np.mean((logits < floor) | sample.vetoed.any(axis=1)))


def _floors(sample: Sample) -> Matrix:
    sizes, floors = zip(*FLOORS, strict=True)
    return np.interp(sample.values[:, -1], np.log(sizes), floors)


def _adversarial(
    samples: Mapping[str, Sample], logits: Mapping[str, Matrix], direct: Mapping[str, Model]
) -> dict[str, float]:
    confidence, alone = {}, {}
    for name in ("squad", "adversarial"):
        sample = samples[name]
        alone[name] = _out_of_fold(direct, sample)
        above = logits[name] - _floors(sample)
        answered = (above >= 0) & ~sample.vetoed.any(axis=1)
        confidence[name] = answered + _share(above) * _share(alone[name])
    similarity = {name: samples[name].values[:, COLUMNS.index("similarity")] for name in confidence}
    by_name = {"confidence": confidence, "DIRECT": alone, "similarity": similarity}
    return {
        name: _round(auc(each["squad"].tolist(), each["adversarial"].tolist()))
        for name, each in by_name.items()
    }


def _validated(
    samples: Mapping[str, Sample],
    inside: Mapping[str, float],
    outside: Mapping[str, float],
    names: Sequence[str],
) -> dict[str, Model]:
    """Return a model for each article, learned without it, and one learned on all."""
    used = [*inside, *outside]
    values = np.concatenate([samples[name].values for name in used])
    articles = np.concatenate([samples[name].articles for name in used])
    right = np.concatenate([np.full(len(samples[n].values), n in inside) for n in used])
    weights = np.concatenate(
        [np.full(len(samples[n].values), w / len(samples[n].values))
         for part in (inside, outside) for n, w in _normed(part).items()]
    )  # fmt: skip
    columns = tuple(COLUMNS.index(name) for name in names)
    models = {"all": logistic(values, right, weights, columns)}
    for article in sorted(set(articles.tolist())):
        kept = articles != article
        models[article] = logistic(values[kept], right[kept], weights[kept], columns)
    return models


def _normed(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def logistic(
    values: Matrix, right: NDArray[np.bool_], weights: Matrix, columns: tuple[int, ...]
) -> Model:
    """Return the logistic regression that fits best, by Newton steps and a small penalty."""
    chosen = values[:, columns]
    mean, spread = chosen.mean(axis=0), chosen.std(axis=0) + 1e-9
    rows = np.column_stack([(chosen - mean) / spread, np.ones(len(chosen))])
    penalty = np.diag([_PENALTY] * len(columns) + [0.0])
    found = np.zeros(len(columns) + 1)
    for _ in range(_STEPS):
        share = _share(rows @ found)
        slope = rows.T @ (weights * (share - right)) + penalty @ found
        bend = (rows * (weights * share * (1 - share))[:, None]).T @ rows + penalty
        found = found - np.linalg.solve(bend + 1e-9 * np.eye(len(found)), slope)
    scaled = found[:-1] / spread
    return Model(columns, np.append(scaled, found[-1] - scaled @ mean))


def _out_of_fold(models: Mapping[str, Model], sample: Sample) -> Matrix:
    logits = models["all"].logits(sample)
    for article in set(sample.articles.tolist()) & models.keys():
        here = sample.articles == article
        logits[here] = models[article].logits(sample)[here]
    return logits


def _share(logits: Matrix) -> Matrix:
    shares: Matrix = 1 / (1 + np.exp(-logits.clip(-30, 30)))
    return shares


def _constants(model: Model, names: Sequence[str]) -> dict[str, float]:
    return {n: _round(w) for n, w in zip([*names, "bias"], model.weights.tolist(), strict=True)}


def _round(value: Any) -> float:
    return round(float(value), 3)


if __name__ == "__main__":
    run(main)
