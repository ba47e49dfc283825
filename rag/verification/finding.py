"""What a check finds wrong with a claim."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between a claim and what it cites."""

    kind: str
    """The check that found it."""
    reason: str
    """For the reader: one short sentence."""
    weight: float = 1.0
    """1 and more: it alone refutes the claim; less: a doubt that adds up with others."""


def listed(words: list[str]) -> str:
    """Return words in quotation marks, as a list in a sentence."""
    return ", ".join(f"“{word}”" for word in words)
