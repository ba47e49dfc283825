"""JSON lines and other line-wise files, with the file and the line in every error."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rag.errors import BylineError


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item")
Identified = TypeVar("Identified", bound=_HasId)


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


def parsed(path: Path, hint: str, parse: Callable[[Row], Item]) -> Iterator[Item | DatasetError]:
    """Yield what each JSON object of a file stands for, or the error of its line.

    Args:
        path: The file.
        hint: What a good line looks like.
        parse: Makes an item of a line; raises `DatasetError` where that can't be done.

    Raises:
        DatasetError: The file can't be read at all.
    """
    for number, line in lines_of(path, hint):
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield DatasetError(f"{path}, line {number}: not JSON ({error}).", hint)
            continue
        row = Row(path, number, values, hint)
        try:
            yield parse(row) if isinstance(values, dict) else row.fault("not a JSON object.")
        except DatasetError as error:
            yield error


def parsed_once(
    path: Path, hint: str, parse: Callable[[Row], Identified]
) -> Iterator[Identified | DatasetError]:
    """Yield as `parsed` does; an id that was used before is an error."""
    seen: set[str] = set()

    def parse_unused(row: Row) -> Identified:
        item = parse(row)
        if item.id in seen:
            raise row.fault(f"the id {item.id!r} was used before.", "Give each its own id.")
        seen.add(item.id)
        return item

    return parsed(path, hint, parse_unused)


def all_of(items: Iterable[Item | DatasetError]) -> tuple[Item, ...]:
    """Return the items; the first error is raised."""
    found = []
    for item in items:
        if isinstance(item, DatasetError):
            raise item
        found.append(item)
    return tuple(found)


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
