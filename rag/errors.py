"""What can go wrong that a user can mend: one root, and each error knows the way out."""


class BylineError(Exception):
    """Root of every error that Byline raises on purpose.

    Args:
        message: What happened, and to which object, in one line.
        hint: What to do about it, in one line.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

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
