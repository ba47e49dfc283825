"""A fixed sample of the canned claims: all 1,755 are for `make eval`."""

import json
from collections import defaultdict

from tests.support.archives import ROOT

CLAIMS = ROOT / "tests" / "eval" / "verdicts.jsonl"
SAMPLED = 60
_FIRST = 22


def sampled_lines() -> list[str]:
    """Return lines of the file of claims, spread evenly over ways of making one and writers.

    Sixty tell a fault of the verifier, not a point of its figures: those come from `make eval`.
    """
    strata = defaultdict(list)
    for line in CLAIMS.read_text("utf-8").splitlines():
        claim = json.loads(line)
        strata[claim["label"], claim["how"], claim["id"].partition("-")[0]].append(line)
    ordered = [line for name in sorted(strata) for line in strata[name]]
    return [ordered[index * len(ordered) // SAMPLED + _FIRST] for index in range(SAMPLED)]
