"""Claims with known labels → what the verifier said of each, and how often it was right."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from rag.errors import BylineError
from rag.evaluation.claims import SUPPORTED, UNSUPPORTED, Claim
from rag.evaluation.metrics import percentile
from rag.schema import Verdict
from rag.text.unseen import one_line

Check = Callable[[Claim], tuple[Verdict, str]]
"""Returns verdict and reason; raises `BylineError` where there is no such paragraph."""

_HOW_WIDTH = 14


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """What became of one claim."""

    claim: Claim
    verdict: Verdict | None
    """Null where it could not be checked."""
    reason: str
    milliseconds: float = 0.0

    @property
    def right(self) -> bool:
        """Whether the verdict is the label's: anything but `supported` for an altered claim."""
        if self.verdict is None:
            return False
        return (self.verdict is Verdict.SUPPORTED) == (self.claim.label == SUPPORTED)

    def to_dict(self) -> dict[str, Any]:
        """Return one entry of `verdicts`."""
        return {
            "id": self.claim.id,
            "label": self.claim.label,
            "how": self.claim.how,
            "verdict": str(self.verdict) if self.verdict else None,
            "reason": self.reason,
            "claim": self.claim.claim,
        }


@dataclass(frozen=True, slots=True)
class VerdictResult:
    """All records of a run, in the order of the claims."""

    records: tuple[ClaimRecord, ...]

    @property
    def errors(self) -> tuple[ClaimRecord, ...]:
        """The claims that could not be checked; each counts as wrong."""
        return tuple(record for record in self.records if record.verdict is None)

    def to_dict(self) -> dict[str, Any]:
        """Return what `rag eval --verdicts --json` writes.

        `confusion` counts verdicts by label; `by_how` holds, for each way in which claims were
        made, their number and the share that was judged rightly.
        """
        times = [record.milliseconds for record in self.records if record.verdict]
        by_label = {
            label: [record for record in self.records if record.claim.label == label]
            for label in (SUPPORTED, UNSUPPORTED)
        }
        by_how = defaultdict(list)
        for record in chain(*by_label.values()):
            by_how[record.claim.how].append(record)
        return {
            "n": len(self.records),
            "confusion": {
                label: dict.fromkeys(map(str, Verdict), 0) | _counts(records)
                for label, records in by_label.items()
            },
            "right": {label: _share(records) for label, records in by_label.items()},
            "by_how": {
                how: {"n": len(records), "right": _share(records), "verdicts": _counts(records)}
                for how, records in by_how.items()
            },
            "latency_ms": {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)},
            "verdicts": [record.to_dict() for record in self.records],
        }


def judge(
    claims: Sequence[Claim], check: Check, progress: Callable[[int, int], None] | None = None
) -> VerdictResult:
    """Check all claims; one whose paragraph is not to be found counts as wrong, and is named."""
    records = []
    for done, claim in enumerate(claims, start=1):
        records.append(_checked(claim, check))
        if progress:
            progress(done, len(claims))
    return VerdictResult(tuple(records))


def format_verdicts(result: VerdictResult) -> str:
    """Return the confusion matrix, and a row for each way in which claims were made."""
    figures = result.to_dict()
    verdicts = [str(verdict) for verdict in Verdict]
    lines = [f"{'label':{_HOW_WIDTH}}" + "".join(f"{name:>13}" for name in (*verdicts, "right"))]
    for label, counts in figures["confusion"].items():
        cells = "".join(f"{counts[name]:>13}" for name in verdicts)
        lines.append(f"{label:{_HOW_WIDTH}}{cells}{_percent(figures['right'][label]):>13}")
    lines += ["", f"{'how':{_HOW_WIDTH}}{'n':>6}{'right':>9}"]
    lines += [
        f"{one_line(how)[:_HOW_WIDTH]:{_HOW_WIDTH}}{one['n']:>6}{_percent(one['right']):>9}"
        for how, one in figures["by_how"].items()
    ]
    p50, p95 = figures["latency_ms"]["p50"], figures["latency_ms"]["p95"]
    if p50 is not None:
        lines += ["", f"a claim takes {p50:.2f} ms (p50), {p95:.2f} ms (p95)"]
    if result.errors:
        first = result.errors[0]
        count = f"not checked and counted as wrong: {len(result.errors)} of {figures['n']}"
        lines.append(one_line(f"{count}; first: {first.claim.id}: {first.reason}"))
    return "\n".join(lines)


def _checked(claim: Claim, check: Check) -> ClaimRecord:
    started = time.perf_counter()
    try:
        verdict, reason = check(claim)
    except BylineError as error:
        return ClaimRecord(claim, None, error.message)
    return ClaimRecord(claim, verdict, reason, (time.perf_counter() - started) * 1000)


def _counts(records: Sequence[ClaimRecord]) -> dict[str, int]:
    return dict(Counter(str(record.verdict) for record in records if record.verdict))


def _share(records: Sequence[ClaimRecord]) -> float | None:
    return sum(record.right for record in records) / len(records) if records else None


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"
