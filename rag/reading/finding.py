"""Paths → the files in them that are articles, and a reason for each that is not."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.errors import ArticleError
from rag.reading.model import Skipped, SourceFile
from rag.text.unseen import is_unseen, without_surrogates

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
TEXT_SUFFIXES = frozenset({".txt", ".text"}) | MARKDOWN_SUFFIXES
JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TAKEN_SUFFIXES = TEXT_SUFFIXES | PAGE_SUFFIXES | JSON_SUFFIXES
_LATER_SUFFIXES = frozenset({".pdf", ".docx", ".xml", ".epub"})
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""Unseen characters that emoji and some scripts are written with."""


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile | Skipped]:
    """Yield every file of the paths, once, in a stable order.

    Folders are walked; links that lead out of them, and linked folders, are left alone.

    Raises:
        ArticleError: A path doesn't exist.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _found(path):
            if isinstance(found, Skipped):
                yield found
            elif found.path not in seen:
                seen.add(found.path)
                yield found


def _found(path: Path) -> Iterator[SourceFile | Skipped]:
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except OSError as error:
        raise ArticleError(
            f"{_shown(str(path))!r} can't be read ({error.strerror}).", "Check its permissions."
        ) from error
    if is_folder:
        yield from _walk(path.absolute())
    elif exists:
        yield _checked(path.absolute(), path.absolute().parent)
    else:
        raise ArticleError(
            f"There is no file or folder {str(path)!r}.", "Check the path that you gave."
        )


def _walk(root: Path) -> Iterator[SourceFile | Skipped]:
    unreadable: list[Skipped] = []

    def note(error: OSError) -> None:
        folder = Path(str(error.filename))
        name = "" if folder == root else folder.relative_to(root).as_posix()
        reason = f"the folder can't be read ({error.strerror})"
        unreadable.append(Skipped(_shown(name) or str(root), reason))

    for folder, folders, names in os.walk(root, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(folder) / name).is_symlink():
                place = (Path(folder) / name).relative_to(root).as_posix()
                yield Skipped(_shown(place), "it is a link to a folder; give that folder itself")
        for name in sorted(names):
            if not name.startswith("."):
                yield _checked(Path(folder) / name, root)
    yield from unreadable


def _checked(path: Path, root: Path) -> SourceFile | Skipped:
    name = path.relative_to(root).as_posix()
    shown = _shown(name)
    try:
        reason = _why_not(path, root)
        if name != without_surrogates(name):
            reason = "its name is not valid UTF-8; rename it"
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself, before Python 3.13
        reason = "it is not a regular file"
    return Skipped(shown, reason) if reason else SourceFile(path, str(root), shown)


def _why_not(path: Path, root: Path) -> str | None:
    suffix = path.suffix.lower()
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return "it is a link that leads out of the folder"
    if not stat.S_ISREG(path.stat().st_mode):
        return "it is not a regular file"
    if suffix in _LATER_SUFFIXES:
        return f"{suffix} files are not supported yet; save the text as .txt or .json"
    if suffix not in TAKEN_SUFFIXES:
        return "only .txt, .md, .html, .json and .jsonl files are articles"
    return None


def _shown(name: str) -> str:
    """Return a file name with what a terminal or a reader would be misled by written out."""
    return "".join(ascii(c)[1:-1] if is_unseen(c) and c not in _JOINERS else c for c in name)
