"""The prompts: plain text files with `$placeholders`, checked when they are loaded."""

from dataclasses import dataclass
from pathlib import Path
from string import Template

from rag.errors import PromptError

NOT_IN_ARCHIVE = "NOT IN THE ARCHIVE"
"""What the model is told to say when the paragraphs don't answer; prompt and code share it."""

_PACKAGE = Path(__file__).parents[2]
_PLACEHOLDERS = {
    "answer_system": {"not_in_archive"},
    "answer_user": {"boundary", "paragraphs", "question"},
    "condense": {"boundary", "history", "question"},
    "opinion": {"boundary", "cases"},
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file whose placeholders are known to be the expected ones."""

    path: Path
    text: str

    def render(self, **values: str) -> str:
        """Fill the placeholders; a `$` inside a value stays what it is.

        Raises:
            PromptError: A value is missing, or one has no placeholder.
        """
        _check(self.path, set(values), _PLACEHOLDERS[self.path.stem], "value")
        return Template(self.text).substitute(values)


@dataclass(frozen=True, slots=True)
class Prompts:
    """Every prompt of the product."""

    answer_system: Prompt
    answer_user: Prompt
    condense: Prompt
    opinion: Prompt


def load_prompts(folder: Path | None = None) -> Prompts:
    """Read and check all prompt files.

    Args:
        folder: Where they are; by default inside the installed package, else beside it.

    Raises:
        PromptError: A file is missing or unreadable, or its placeholders aren't the expected ones.
    """
    if folder is None:
        installed = _PACKAGE / "prompts"
        folder = installed if installed.is_dir() else _PACKAGE.parent / "prompts"
    return Prompts(**{name: _load(folder / f"{name}.txt") for name in _PLACEHOLDERS})


def _load(path: Path) -> Prompt:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise PromptError(
            f"The prompt file {path} can't be read: {reason or 'unknown reason'}.",
            "Restore it from the repository, or install the package again.",
        ) from error
    template = Template(text)
    if not template.is_valid():
        raise PromptError(
            f"{path} has a $ that begins no placeholder.", "Write $$ where a plain $ is meant."
        )
    _check(path, set(template.get_identifiers()), _PLACEHOLDERS[path.stem], "placeholder")
    return Prompt(path, text)


def _check(path: Path, found: set[str], expected: set[str], what: str) -> None:
    problems = [f"the {what} ${name} is missing" for name in sorted(expected - found)]
    problems += [f"the {what} ${name} is not known" for name in sorted(found - expected)]
    if problems:
        names = ", ".join(f"${name}" for name in sorted(expected))
        raise PromptError(f"{path}: {problems[0]}.", f"It takes exactly these: {names}.")
