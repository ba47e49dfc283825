"""What a hostile article is to the tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hostile:
    """An article that attacks its reader's machine, model or trust."""

    attack: str
    """Its name, and its file's."""
    question: str
    """An honest question for which its hostile paragraph is found."""
    text: str
    """Paragraphs, a blank line between them."""
    lie: str = ""
    """What a model is told to say; no sentence of the article states it."""
    unseen: bool = False
    """Whether only a model could read the order to say it."""
    suffix: str = ".txt"
    record: Mapping[str, str] = field(default_factory=dict)
    """What the article says of itself beside its text; it is then a line of a `.jsonl` file."""

    @property
    def file(self) -> str:
        """Its file's name."""
        return f"{self.attack}{'.jsonl' if self.record else self.suffix}"
