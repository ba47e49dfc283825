"""How results are written: a Markdown table on stdout, JSON in a folder."""

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table whose columns also line up when it is read as plain text."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]

    def line(cells: Sequence[str]) -> str:
        first, *rest = (
            cell.ljust(width) if not index else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join([first, *rest])} |"

    rule = [f"{'-' * (width - 1)}:" if index else "-" * width for index, width in enumerate(widths)]
    return "\n".join([line(heads), line(rule), *map(line, rows)])


def number(value: float | None, digits: int = 1) -> str:
    """Return a figure for a table; a dash where nothing was measured."""
    return "-" if value is None else f"{value:,.{digits}f}"


def machine() -> dict[str, Any]:
    """Return what the figures depend on besides the code."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on macOS
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": len(affinity(0)) if affinity else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_average": [round(value, 2) for value in os.getloadavg()],
    }


def write_json(path: Path, values: Any) -> None:
    """Write results, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.part")
    aside.write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    aside.replace(path)
