"""The prompts: plain text files with `$placeholders`, checked when they are loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from rag.errors import PromptError

NOT_IN_ARCHIVE = "NOT IN THE ARCHIVE"
"""What the model is told to say when the paragraphs don't answer; prompt and code share it."""

_PACKAGE = Path(__file__).parents[2]
_PLACEHOLDERS = {
    "answer_system": frozenset({"not_in_archive"}),
    "answer_user": frozenset({"boundary", "paragraphs", "question"}),
    "condense": frozenset({"boundary", "history", "question"}),
    "opinion": frozenset({"boundary", "cases"}),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file whose placeholders are known to be the expected ones."""

    path: Path
    text: str
    placeholders: frozenset[str]

    def render(self, **values: str) -> str:
        """Fill the placeholders; a `$` inside a value stays what it is.

        Raises:
            PromptError: A value is missing, or one has no placeholder.
        """
        _check(self.path, found=frozenset(values), expected=self.placeholders, what="value")
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
    where = folder or _default_folder()
    return Prompts(**{name: _load(where / f"{name}.txt", name) for name in _PLACEHOLDERS})


def _default_folder() -> Path:
    installed = _PACKAGE / "prompts"
    return installed if installed.is_dir() else _PACKAGE.parent / "prompts"


def _load(path: Path, name: str) -> Prompt:
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(
            f"The prompt file {path} can't be read: {_reason(error)}.",
            "Restore it from the repository, or install the package again.",
        ) from error
    template = Template(text)
    if not template.is_valid():
        raise PromptError(
            f"{path} has a $ that begins no placeholder.", "Write $$ where a plain $ is meant."
        )
    expected = _PLACEHOLDERS[name]
    found = frozenset(template.get_identifiers())
    _check(path, found=found, expected=expected, what="placeholder")
    return Prompt(path, text, expected)


def _check(path: Path, *, found: frozenset[str], expected: frozenset[str], what: str) -> None:
    problem = next(_problems(found, expected, what), None)
    if problem:
        names = ", ".join(f"${name}" for name in sorted(expected))
        raise PromptError(f"{path}: {problem}.", f"It takes exactly these: {names}.")


def _problems(found: frozenset[str], expected: frozenset[str], what: str) -> Iterator[str]:
    for name in sorted(expected - found):
        yield f"the {what} ${name} is missing"
    for name in sorted(found - expected):
        yield f"the {what} ${name} is not known"


def _reason(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "unknown reason"
    return "it is not UTF-8"
