"""The bounds that a run has to keep, from a TOML file: what makes `rag eval` a check of a change.

[at_least.answer]
citation_hit = 0.9
[at_most.abstention]
on_answerable = 0.05

The tables under `at_least` and `at_most` have the keys of the figures that `--json` writes.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from rag.errors import BylineError
from rag.text.unseen import one_line

_HINT = "A file of bounds is TOML: [at_least.answer] citation_hit = 0.9; see --json for the names."

Side = Literal["at_least", "at_most"]


class FloorsError(BylineError):
    """A file of bounds can't be used."""


class BelowFloorError(BylineError):
    """A run does not keep its bounds."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One figure and how low or high it may be."""

    path: tuple[str, ...]
    side: Side
    value: float

    @property
    def name(self) -> str:
        """The keys that lead to the figure."""
        return " ".join(self.path)


def load_bounds(path: Path) -> tuple[Bound, ...]:
    """Read a file of bounds.

    Raises:
        FloorsError: It can't be read, holds none, or something that is no bound.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FloorsError(f"{path}: can't be read ({error.strerror}).", _HINT) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FloorsError(f"{path}: is not TOML ({error}).", _HINT) from error
    sides = get_args(Side)
    unknown = tables.keys() - set(sides)
    if unknown:
        raise FloorsError(f"{path}: [{min(unknown)}] is neither at_least nor at_most.", _HINT)
    bounds = tuple(bound for side in sides for bound in _bounds(path, side, tables.get(side, {})))
    if not bounds:
        raise FloorsError(f"{path}: holds no bounds.", _HINT)
    return bounds


def breaches(figures: Mapping[str, Any], bounds: tuple[Bound, ...]) -> list[str]:
    """Say which bounds the figures don't keep; an unmeasured figure keeps none.

    Raises:
        FloorsError: There is no figure of such a name.
    """
    found = []
    for bound in bounds:
        value = _figure(figures, bound)
        at_least = bound.side == "at_least"
        if value is None:
            found.append(f"{bound.name} was not measured")
        elif value < bound.value if at_least else value > bound.value:
            sign = "<" if at_least else ">"
            found.append(f"{bound.name} is {value:.3f} {sign} {bound.value:g}")
    return found


def enforce(figures: Mapping[str, Any], bounds: tuple[Bound, ...], report: str) -> None:
    """Raise where a bound is not kept; `report` says where to look for the reasons.

    Raises:
        BelowFloorError: Names every figure that is out of bounds.
    """
    found = breaches(figures, bounds)
    if found:
        count = f"{len(found)} of {len(bounds)} bounds are not kept"
        raise BelowFloorError(one_line(f"{count}: {'; '.join(found)}."), report)


def _bounds(path: Path, side: Side, table: Any, above: tuple[str, ...] = ()) -> Iterator[Bound]:
    if isinstance(table, Mapping):
        for name, inner in table.items():
            yield from _bounds(path, side, inner, (*above, name))
    elif isinstance(table, int | float) and not isinstance(table, bool) and above:
        yield Bound(above, side, float(table))
    else:
        raise FloorsError(f"{path}: {' '.join((side, *above))} is {table!r}, no number.", _HINT)


def _figure(figures: Mapping[str, Any], bound: Bound) -> float | None:
    value: Any = figures
    for name in bound.path:
        if not isinstance(value, Mapping) or name not in value:
            raise FloorsError(f"There is no figure {bound.name!r}.", _HINT)
        value = value[name]
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise FloorsError(f"{bound.name!r} is no figure but holds some.", _HINT)
    return None if value is None else float(value)
