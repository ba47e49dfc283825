"""Two runs: which figures moved, which questions changed, and whether that may be chance."""

from pathlib import Path

import pytest

from rag.evaluation import compare, format_comparison
from tests.evaluation.makers import kept_run, line


def test_equal_runs_differ_in_nothing(tmp_path: Path) -> None:
    before, after = (kept_run(tmp_path / name, line("a"), line("b")) for name in ("1", "2"))
    found = compare(before, after)
    assert found.changes == ()
    assert {one.by for one in found.differences} == {0.0}
    assert "no figure moved" in format_comparison(found)


def test_a_change_of_outcome_is_told_from_other_words(tmp_path: Path) -> None:
    names = [f"q{number}" for number in range(8)]
    before = kept_run(tmp_path / "1", line("gone"), *(line(name) for name in names))
    worse = [line(name, "y [1].", right=0.0) for name in names[:6]]
    after = kept_run(
        tmp_path / "2", *worse, line("q6", "x, he said [1]."), line("q7"), line("new"), git="abc"
    )
    found = compare(before, after)
    assert (found.common, found.only_before, found.only_after) == (8, 1, 1)
    assert found.configuration == ("git",)
    assert [change.id for change in found.of("worse")] == names[:6]
    assert [change.id for change in found.of("other words")] == ["q6"]
    right = next(one for one in found.differences if one.name == "right")
    assert (right.n, right.before, right.after) == (8, 1.0, 0.25)
    assert right.p == pytest.approx(2 / 64)
    assert right.significant
    text = format_comparison(found)
    assert "overall right" in text
    assert "worse: 6" in text
    back = compare(after, before)
    assert [change.id for change in back.of("better")] == names[:6]
    assert back.to_dict()["figures"]["overall"]["right"]["after"] == 1.0


def test_a_failure_is_worse_than_any_answer(tmp_path: Path) -> None:
    before = kept_run(tmp_path / "1", line("a", right=0.0))
    after = kept_run(tmp_path / "2", line("a", right=0.0, error="Gone.", answer=None))
    (change,) = compare(before, after).changes
    assert (change.outcome, change.after) == ("worse", "failed: Gone.")


def test_an_abstention_is_not_worse_for_having_no_precision(tmp_path: Path) -> None:
    wrong = line("a", "y [1].", right=0.0)
    wrong["scores"] |= {"citation_precision": 0.0}
    silent = line("a", "The archive does not answer.", right=0.0)
    silent["scores"] |= {"citation_precision": None}
    before, after = kept_run(tmp_path / "1", wrong), kept_run(tmp_path / "2", silent)
    assert {change.outcome for change in compare(before, after).changes} <= {
        "better",
        "other words",
    }


def test_no_control_character_reaches_the_terminal(tmp_path: Path) -> None:
    before = kept_run(tmp_path / "1", line("a", question="\x1b[31m?"))
    after = kept_run(tmp_path / "2", line("a", "y [1].", right=0.0, question="\x1b[31m?"))
    assert "\x1b" not in format_comparison(compare(before, after))
