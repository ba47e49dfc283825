"""Is the question answerable from what was found? Decided before anything is written."""

from rag.answering.gate.best_sentence import BestSentence, best_sentence
from rag.answering.gate.decision import FLOOR, GateDecision, decide
from rag.answering.gate.features import GateFeatures, features_of
from rag.answering.gate.vetoes import VETOES, veto

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
