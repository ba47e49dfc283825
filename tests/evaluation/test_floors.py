"""Files of bounds: what they may hold, and which figures break them."""

from pathlib import Path

import pytest

from rag.evaluation import enforce, load_bounds
from rag.evaluation.floors import BelowFloorError, Bound, FloorsError, breaches

FIGURES = {"answer": {"hit": 0.8, "none": None}, "failed": 0, "by_kind": {"a.b": {"n": 3}}, "x": []}


def written(folder: Path, text: str) -> Path:
    path = folder / "floors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_bounds_have_the_keys_of_the_figures(tmp_path: Path) -> None:
    text = '[at_least.answer]\nhit = 0.7\n[at_least.by_kind."a.b"]\nn = 3\n[at_most]\nfailed = 0\n'
    bounds = load_bounds(written(tmp_path, text))
    assert bounds == (
        Bound(("answer", "hit"), "at_least", 0.7),
        Bound(("by_kind", "a.b", "n"), "at_least", 3.0),
        Bound(("failed",), "at_most", 0.0),
    )
    enforce(FIGURES, bounds, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[at_least.answer]\nhit = 0.81", "answer hit is 0.800 < 0.81"),
        ("[at_most.answer]\nhit = 0.79", "answer hit is 0.800 > 0.79"),
        ("[at_least.answer]\nnone = 0", "answer none was not measured"),
    ],
)
def test_a_breach_is_named_and_the_report_is_the_hint(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BelowFloorError) as caught:
        enforce(FIGURES, load_bounds(written(tmp_path, text)), "Look there.")
    assert says in caught.value.message
    assert caught.value.hint == "Look there."


def test_a_bound_that_is_just_kept_is_kept(tmp_path: Path) -> None:
    text = "[at_least.answer]\nhit = 0.8\n[at_most.answer]\nhit = 0.8\n"
    assert breaches(FIGURES, load_bounds(written(tmp_path, text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[at_least]",
        "at_least = 3",
        "[atleast.answer]\nhit = 1",
        "[at_least.answer]\nhit = true",
        '[at_least.answer]\nhit = "high"',
        "not TOML",
    ],
)
def test_what_is_no_bound_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(FloorsError, match=r"floors\.toml"):
        load_bounds(written(tmp_path, text))
    with pytest.raises(FloorsError, match="can't be read"):
        load_bounds(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    "name", ["[at_least.answer]\nhits = 1", "[at_least]\nx = 1", "[at_least]\nanswer=1"]
)
def test_a_figure_that_does_not_exist_is_an_error_not_a_pass(tmp_path: Path, name: str) -> None:
    with pytest.raises(FloorsError):
        breaches(FIGURES, load_bounds(written(tmp_path, name)))
