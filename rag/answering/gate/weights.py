"""The constants of the gate, as `bench/fit_gate.py` learns and prints them.

Two logistic regressions on the answerable questions of SQuAD articles: `ABOUT` tells those asked of
an archive that holds their article from those asked of one that doesn't (35 to 10,000 paragraphs),
`DIRECT` tells them from SQuAD's adversarial questions about the same articles.
"""

ABOUT = {
    "closeness": 12.884,
    "similarity": 9.093,
    "context": 1.894,
    "evidence": 0.686,
    "absent": -0.881,
    "names_absent": -1.125,
    "words_absent": 0.285,
    "lead": 0.305,
    "leaning": 0.773,
}
SIZE = -0.333
"""Of the logarithm of the number of paragraphs: the more, the better the best chance match."""
ABOUT_BIAS = -8.788
DIRECT = {
    "directness": 3.821,
    "negation": -4.118,
    "opposites": -1.508,
    "figures": -1.841,
    "names": -0.608,
    "rarest": -0.563,
    "ordinals": -0.83,
}
DIRECT_BIAS = -1.26
FLOORS = ((60, -3.6), (200, 0.14), (400, 0.14), (10_000, -0.9))
"""What `ABOUT` has to reach, by the number of paragraphs, interpolated by its logarithm.

From some hundred paragraphs on, as high as 5 % of declined answerable questions allow. In a handful
of articles hardly anything resembles a question by chance, so one that shares no word with its
answer is let through; at 10,000 paragraphs a little more of both errors is allowed."""
