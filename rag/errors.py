"""What can go wrong that a user can mend: one root, and each error knows the way out.

No error shows a secret: what `conceal` was told of is redacted in every message, and wherever else
`redacted` is called (log, answer, `rag config`).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SECRETS: set[str] = set()


def conceal(secrets: "Iterable[str]") -> None:
    """Let this process show these values nowhere from now on."""
    _SECRETS.update(secrets)


def redacted(text: str) -> str:
    """Return a text with three stars for each secret."""
    for secret in sorted(_SECRETS, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def begun_secret(text: str) -> int:
    """Return how many characters at the end of a text may be the beginning of a secret."""
    return max(
        (
            length
            for secret in _SECRETS
            for length in range(1, len(secret))
            if text.endswith(secret[:length])
        ),
        default=0,
    )


class BylineError(Exception):
    """Root of every error that Byline raises on purpose.

    Args:
        message: What happened, and to which object, in one line.
        hint: What to do about it, in one line.
    """

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = redacted(message), redacted(hint)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[type["BylineError"], tuple[str, str]]:
        """Let the error cross from one process to another."""
        return type(self), (self.message, self.hint)

    def __str__(self) -> str:
        """Return both lines, for callers who print the exception."""
        return f"{self.message}\n{self.hint}"


class QuestionError(BylineError):
    """The question or one of its filters can't be used as it is."""


class SettingsError(BylineError):
    """A setting has a value that can't be used."""


class PromptError(BylineError):
    """A prompt file is missing, or its placeholders are not the expected ones."""


class ArticleError(BylineError):
    """A file or record can't be read as an article; ingestion reports it and goes on."""


class ArchiveEmptyError(BylineError):
    """There is nothing to search yet."""


class ParagraphNotFoundError(BylineError):
    """No paragraph of the archive has this id."""


class CatalogueError(BylineError):
    """The catalogue (the SQLite file that is the truth) is damaged or can't be opened."""


class IndexMismatchError(BylineError):
    """The archive was made with another embedding model or layout."""


class IndexDamagedError(BylineError):
    """A derived index is not what was published; it is rebuilt from the catalogue."""

    def __init__(self, message: str, hint: str = "It is rebuilt from the catalogue.") -> None:
        super().__init__(message, hint)


class ForkedError(BylineError):
    """The process is a fork of one that had opened the archive, and can't do this any more."""


class StorageError(BylineError):
    """The disk is full or can't be written."""


class LockHeldError(BylineError):
    """Another process is writing to the archive."""


class ModelError(BylineError):
    """The embedding model is missing, damaged or gives no vectors."""


class LLMError(BylineError):
    """The language model gave no usable answer.

    Args:
        message: What happened.
        hint: What to do about it.
        retryable: Whether the same call may succeed a moment later.
        partial: What had been received before the failure.
    """

    def __init__(
        self, message: str, hint: str, *, retryable: bool = False, partial: str = ""
    ) -> None:
        super().__init__(message, hint)
        self.retryable = retryable
        self.partial = partial
