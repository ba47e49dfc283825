"""The page and the Markdown of a run: whole, escaped, and free of anything that loads."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from rag.errors import StorageError
from rag.evaluation import EvaluationResult, Problem, Run, compare, markdown, write_page
from rag.evaluation.report.charts import bars, curve, steps
from rag.evaluation.report.page import word_diff
from tests.evaluation.makers import answered, citation, kept_run, line

EVIL = '</style><script>alert(1)</script><img src=x onerror=y> & "quoted" \u202etxet\u202c'
VOID = {"meta", "br", "input", "img", "link"}


class Seen(HTMLParser):
    """Remembers what a browser would make of a page, and that every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def close(self) -> None:
        super().close()
        assert self._open == []


def figures(run: Run) -> dict[str, Any]:
    result = EvaluationResult(run.records(), (Problem("q.jsonl, line 3", f"is bad {EVIL}"),))
    return result.to_dict()


def page(run: Run, baseline: Run | None = None) -> Seen:
    path = run.folder / "report.html"
    write_page(path, run, figures(run), baseline, compare(baseline, run) if baseline else None)
    seen = Seen()
    seen.feed(path.read_text("utf-8"))
    seen.close()
    return seen


def evil_line() -> dict[str, Any]:
    found = line("a", f"{EVIL} [1].")
    answer = answered(f"{EVIL} [1].", replace(citation(EVIL), file=EVIL)).to_dict()
    conflict = {"about": EVIL, "markers": [1]}
    statement = {"text": EVIL, "markers": [1], "verdict": "partial", "reason": EVIL}
    answer |= {"conflicts": [conflict], "notices": [EVIL], "statements": [statement]}
    gold = [{"file": EVIL, "url": None, "record": None, "quote": EVIL, "rank": 3}]
    return found | {
        "question": EVIL,
        "kind": EVIL,
        "answer": answer,
        "gold": gold,
        "history": [[EVIL, EVIL]],
    }


def test_nothing_of_a_run_is_obeyed_and_all_of_it_is_shown(tmp_path: Path) -> None:
    dataset = {"name": EVIL, "n": 1, "digest": "f"}
    failed = line("b", right=0.0, error=EVIL, answer=None)
    run = kept_run(tmp_path, evil_line(), failed, dataset=dataset)
    seen = page(run)
    assert not {"script", "img", "link", "iframe", "object"} & set(seen.tags)
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert not [name for name, _ in seen.attributes if name in {"src", "srcset", "action"}]
    targets = [value for name, value in seen.attributes if name == "href"]
    assert all(value and value.startswith("#q") for value in targets)
    assert seen.text.count("<script>alert(1)</script>") >= 10
    assert "\u202e" not in seen.text
    policy = dict(seen.attributes)["content"]
    assert policy is not None
    assert "default-src 'none'" in str([v for n, v in seen.attributes if n == "content"])


def test_a_question_shows_its_answer_citation_gold_and_verdict(tmp_path: Path) -> None:
    seen = page(kept_run(tmp_path, evil_line(), line("b", right=0.0)))
    for expected in ("Is it b?", "paragraph 1", "gold", "(rank 3)", "partial: ", "Conflict: "):
        assert expected in seen.text
    assert "What went wrong: 1" in seen.text
    assert "Faults in the questions: 1" in seen.text
    assert seen.tags.count("svg") == 3  # without confidences there is no curve of them
    assert seen.tags.count("article") == 2
    assert "mark" in seen.tags


def test_against_a_baseline_changed_answers_show_the_difference(tmp_path: Path) -> None:
    before = kept_run(tmp_path / "1", line("a", "It was red [1]."), line("b"))
    after = kept_run(tmp_path / "2", line("a", "It was blue [1].", right=0.0), line("b"))
    seen = page(after, before)
    assert (seen.tags.count("del"), seen.tags.count("ins")) == (1, 1)
    classes = [value for name, value in seen.attributes if name == "class"]
    assert "wrong changed" in classes
    assert "right same" in classes
    assert "worse: 1" in seen.text


def test_a_diff_is_word_by_word() -> None:
    pieces = [("", "a "), ("del", "<b>"), ("ins", "<d>"), ("", " c")]
    assert word_diff("a <b> c", "a <d> c") == pieces
    assert word_diff("same", "same") == []


def test_a_diff_is_escaped(tmp_path: Path) -> None:
    before = kept_run(tmp_path / "1", line("a", "x [1]."))
    after = kept_run(tmp_path / "2", line("a", f"{EVIL} [1]."))
    seen = page(after, before)
    assert "script" not in seen.tags
    assert (seen.tags.count("del"), seen.tags.count("ins")) != (0, 0)


def test_the_markdown_has_the_figures_and_no_markup_of_a_file(tmp_path: Path) -> None:
    before = kept_run(tmp_path / "1", line("a"))
    run = kept_run(tmp_path / "2", line("a", right=0.0, question="*|[x](y)|<b>\x1b", kind="a|b"))
    text = markdown(run.header, figures(run), compare(before, run))
    assert text.startswith("### Evaluation on canned\n")
    assert "| a right paragraph cited | 0.000 | - |" in text
    assert r"\*\|\[x\](y)\|\<b\>" in text
    assert "\x1b" not in text
    tables = [row for row in text.splitlines() if row.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) in {4, 6, 9} for row in tables)


@pytest.mark.parametrize("values", [[], [(0.5, 1.0)], [(0.1, 0.2), (0.5, 0.9), (1.0, 0.0)]])
def test_charts_draw_whatever_there_is(values: list[tuple[float, float]]) -> None:
    drawn = [
        curve(values, x="x", y="y", title="<t>"),
        steps([(f"<{a}>", b) for a, b in values], x="x", y="y", title="<t>"),
        bars([(f"<{a}>", b, (0.0, 1.0)) for a, b in values], title="<t>"),
    ]
    for svg in drawn:
        seen = Seen()
        seen.feed(svg)
        seen.close()
        assert ("svg" in seen.tags) == bool(values)


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    run = kept_run(tmp_path, line("a"))
    with pytest.raises(StorageError, match="nowhere"):
        write_page(tmp_path / "nowhere" / "report.html", run, figures(run))


def test_the_lines_of_a_run_are_json_that_others_can_read(tmp_path: Path) -> None:
    run = kept_run(tmp_path, evil_line())
    for text in (tmp_path / "run.jsonl").read_text("utf-8").splitlines():
        assert isinstance(json.loads(text), dict)
    assert len(run) == 1
