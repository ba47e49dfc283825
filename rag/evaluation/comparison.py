"""Two runs → what changed: each figure with its paired significance, each question that differs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rag.evaluation.metrics import mean
from rag.evaluation.record import Line, Record
from rag.evaluation.runs import Run
from rag.evaluation.significance import paired_p
from rag.evaluation.summary import GROUPS
from rag.text.unseen import one_line

ALPHA = 0.05
_SHOWN = 20
_CONFIGURATION = ("engine", "settings", "prompts", "index", "git", "dataset", "options")

Outcome = Literal["better", "worse", "other words"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in both runs, over the questions that both measured."""

    group: str
    name: str
    n: int
    before: float
    after: float
    p: float
    """How likely a difference this large is by chance, by a paired permutation test."""

    @property
    def by(self) -> float:
        """How much more it is now."""
        return self.after - self.before

    @property
    def significant(self) -> bool:
        """Whether chance alone hardly makes it."""
        return self.p < ALPHA


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer is another one now."""

    id: str
    kind: str
    question: str
    outcome: Outcome
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs."""

    before: str
    after: str
    configuration: tuple[str, ...]
    """Which parts of how they were made differ."""
    common: int
    only_before: int
    only_after: int
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]

    def of(self, outcome: Outcome) -> list[Change]:
        """Return the questions with one outcome."""
        return [change for change in self.changes if change.outcome == outcome]

    def to_dict(self) -> dict[str, Any]:
        """Return what `rag eval --compare --json` writes."""
        whole, groups = asdict(self), dict[str, dict[str, Any]]()
        for figure in whole["differences"]:
            groups.setdefault(figure.pop("group"), {})[figure.pop("name")] = figure
        return {
            **{name: whole[name] for name in ("before", "after", "configuration")},
            "n": {name: whole[name] for name in ("common", "only_before", "only_after")},
            "figures": groups,
            "changed": whole["changes"],
        }


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs, question by question; a question is known by its id."""
    old = {record.id: record for record in before.records()}
    new = {record.id: record for record in after.records()}
    common = [name for name in new if name in old]
    return Comparison(
        before=before.name,
        after=after.name,
        configuration=tuple(
            name for name in _CONFIGURATION if before.header.get(name) != after.header.get(name)
        ),
        common=len(common),
        only_before=len(old.keys() - new.keys()),
        only_after=len(new.keys() - old.keys()),
        differences=tuple(_differences([(old[name], new[name]) for name in common])),
        changes=tuple(_changes(before, after)),
    )


def format_comparison(comparison: Comparison) -> str:
    """Return it for a terminal: the figures that moved, then the questions that changed."""
    only = f"{comparison.only_before} only before, {comparison.only_after} only after"
    lines = [f"{comparison.before} → {comparison.after}: {comparison.common} in both ({only})"]
    if comparison.configuration:
        lines.append(f"made differently: {', '.join(comparison.configuration)}")
    moved = [one for one in comparison.differences if one.by]
    lines += ["", f"{'figure':32}{'n':>6}{'before':>9}{'after':>9}{'by':>9}{'p':>8}"]
    lines += [
        f"{one.group + ' ' + one.name:32}{one.n:>6}{one.before:>9.3f}{one.after:>9.3f}"
        f"{one.by:>+9.3f}{one.p:>8.3f}{' *' if one.significant else ''}"
        for one in moved
    ]
    if not moved:
        lines.append("no figure moved")
    lines.append(
        f"* less likely than {ALPHA:.0%} by chance alone, each figure for itself;"
        f" {len(comparison.differences)} were compared"
    )
    for outcome in ("worse", "better", "other words"):
        changed = comparison.of(outcome)
        if changed:
            lines += ["", f"{outcome}: {len(changed)}"]
            lines += [f"  {one.id} ({one.kind}): {one.question}" for one in changed[:_SHOWN]]
            if len(changed) > _SHOWN:
                lines.append(f"  and {len(changed) - _SHOWN} more")
    return "\n".join(map(one_line, lines))


def _differences(pairs: Sequence[tuple[Record, Record]]) -> Iterator[Difference]:
    for group, names in GROUPS.items():
        for name, (score, among) in names.items():
            before, after = [], []
            for old, new in pairs:
                a, b = old.scores.get(score), new.scores.get(score)
                if among(new) and a is not None and b is not None:
                    before.append(a)
                    after.append(b)
            p = paired_p(before, after)
            if p is not None:
                yield Difference(
                    group, name, len(before), mean(before) or 0.0, mean(after) or 0.0, p
                )


def _changes(before: Run, after: Run) -> Iterator[Change]:
    for line in after.lines():
        earlier = before.line(line["id"])
        outcome = _outcome(earlier, line) if earlier else None
        if earlier and outcome:
            yield Change(
                line["id"], line["kind"], line["question"], outcome, said(earlier), said(line)
            )


def _outcome(before: Line, after: Line) -> Outcome | None:
    old, new = _worth(before), _worth(after)
    if new != old:
        return "better" if new > old else "worse"
    return "other words" if said(before) != said(after) else None


def _worth(line: Line) -> tuple[float, ...]:
    """Return what makes one outcome better than another, the weightiest first."""
    scores = line["scores"]
    names = ("right", "contains_answer", "citation_recall", "citation_precision", "mrr@10")
    # An abstention has no precision: it must not look worse than a wrong citation.
    known = (scores.get(name) for name in names)
    return (float(line["error"] is None), *(0.0 if one is None else one for one in known))


def said(line: Line) -> str:
    """Return an answer's text, or why there is none."""
    if line["error"]:
        return f"failed: {line['error']}"
    return str(line["answer"]["text"]) if line["answer"] else ""
