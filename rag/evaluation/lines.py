"""JSON lines and other line-wise files, with the file and the line in every error."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import BylineError


class DatasetError(BylineError):
    """A file of questions or claims is missing, or one of its lines can't be used."""


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object, with the place that an error has to name."""

    path: Path
    line: int
    values: Mapping[str, Any]
    hint: str
    """What a good line looks like."""

    def fault(self, message: str, hint: str | None = None) -> DatasetError:
        """Return the error for something that is wrong with this line."""
        where = f"{self.path}, line {self.line}"
        return DatasetError(f"{where}: {message}", self.hint if hint is None else hint)

    def text(self, key: str) -> str:
        """Return a text that has to be there."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"`{key}` must be a text, not {value!r}.")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Return a text that may be missing."""
        return None if self.values.get(key) is None else self.text(key)

    def identifier(self, key: str) -> str:
        """Return a name that may be written as a number."""
        value = self.values.get(key)
        # Exports of databases number their records; `true` is an int too, but no id.
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.text(key)

    def items(self, key: str) -> list[Any]:
        """Return a list; an empty one where there is none."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.fault(f"`{key}` must be a list, not {value!r}.")
        return value


def rows_of(path: Path, hint: str) -> Iterator[Row]:
    """Yield the objects of a JSON-lines file.

    Args:
        path: The file.
        hint: What a good line looks like.

    Raises:
        DatasetError: The file can't be read, or a line is no JSON object.
    """
    for row in rows_or_faults(path, hint):
        if isinstance(row, DatasetError):
            raise row
        yield row


def rows_or_faults(path: Path, hint: str) -> Iterator[Row | DatasetError]:
    """Yield the objects of a JSON-lines file, and an error for each line that is none.

    Raises:
        DatasetError: The file can't be read at all.
    """
    for number, line in lines_of(path, hint):
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield DatasetError(f"{path}, line {number}: not JSON ({error}).", hint)
            continue
        if isinstance(values, dict):
            yield Row(path, number, values, hint)
        else:
            yield DatasetError(f"{path}, line {number}: not a JSON object.", hint)


def lines_of(path: Path, hint: str) -> Iterator[tuple[int, str]]:
    """Yield each line that isn't blank with its number.

    Raises:
        DatasetError: The file can't be read; the hint is shown then.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: not UTF-8 ({error.reason}).", "Save it as UTF-8.") from error
    except OSError as error:
        raise DatasetError(f"{path}: can't be read ({error.strerror}).", hint) from error
