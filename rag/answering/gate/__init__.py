"""Is the question answerable from what was found? Decided before anything is written."""

from rag.answering.gate.decision import FLOOR, VETOES, GateDecision, decide, veto
from rag.answering.gate.features import BestSentence, GateFeatures, best_sentence, features_of

__all__ = [
    "FLOOR",
    "VETOES",
    "BestSentence",
    "GateDecision",
    "GateFeatures",
    "best_sentence",
    "decide",
    "features_of",
    "veto",
]
