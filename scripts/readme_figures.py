#!/usr/bin/env python3
"""Write the figures of runs into README.md, between the comments that name them.

    rag eval --run /tmp/canned
    .venv/bin/python scripts/readme_figures.py canned=/tmp/canned

fills what stands between `<!-- figures: canned -->` and `<!-- end of figures -->` with the table of
that run, how and when it was made included. Nothing else of the file changes; --check only tells
whether it would, and exits with 1 then.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from rag.evaluation import Run
from rag.evaluation.report.markdown import figure_table, kind_table

_END = "<!-- end of figures -->"


def block(folder: Path, *, kinds: bool) -> str:
    """Return the table of a run, with one by kind of question if that is wanted."""
    run = Run(folder)
    figures = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    header = run.header
    made = f"{figures['n']} questions, engine {header['engine']}, {header['started_at'][:10]}:"
    by_kind = ["", *kind_table(figures)] if kinds else []
    return "\n".join([made, "", *figure_table(figures, key_only=True), *by_kind])


def filled(text: str, name: str, table: str) -> str:
    """Return a text with a table between its comments.

    Raises:
        ValueError: It has no such comments.
    """
    begin = f"<!-- figures: {name} -->"
    place = re.compile(f"({re.escape(begin)}\n).*?({re.escape(_END)})", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"there are no lines {begin} and {_END}")
    return place.sub(lambda found: f"{found[1]}{table}\n{found[2]}", text, count=1)


def main() -> None:
    """Fill in every table that was asked for."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").splitlines()[0],
        epilog="\n".join((__doc__ or "").splitlines()[2:]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tables", nargs="+", metavar="NAME=RUN", help="a comment's name, a folder")
    parser.add_argument("--file", type=Path, default=Path("README.md"), help="default: README.md")
    parser.add_argument("--kinds", action="store_true", help="add a table by kind of question")
    parser.add_argument("--check", action="store_true", help="change nothing")
    given = parser.parse_args()
    before = text = given.file.read_text(encoding="utf-8")
    for table in given.tables:
        name, _, folder = table.partition("=")
        try:
            text = filled(text, name, block(Path(folder), kinds=given.kinds))
        except ValueError as error:
            sys.exit(f"readme_figures.py: {given.file}: {error}.")
    if given.check:
        sys.exit(int(text != before))
    given.file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
