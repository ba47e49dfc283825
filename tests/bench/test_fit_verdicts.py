"""The regression behind the verdicts: it learns, and never against what is found wrong."""

import numpy as np

from bench.fit_verdicts import fit


def test_weights_follow_what_tells_and_are_never_negative() -> None:
    random = np.random.default_rng(1)
    features = random.random((400, 3))
    # The first tells, the second tells the other way about, the third is noise.
    altered = (features[:, 0] - features[:, 1] > 0).astype(np.float64)
    _, first, second, _ = fit(features, altered)
    assert first > 2
    assert second == 0
