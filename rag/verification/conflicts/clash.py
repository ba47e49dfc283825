"""How two sentences exclude one another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clash:
    """Two wordings that exclude one another."""

    kind: str
    """`figure`, `date`, `denial`, `frequency`, `outcome` or `first`."""
    topic: str
    """What it is about, in words of the text."""
    one: str
    other: str
    strength: float
