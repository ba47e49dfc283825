"""Where sources differ, as HTML: both sides with publisher, date and their own words."""

from collections.abc import Callable, Sequence

from rag.schema import Conflict, ConflictSide
from rag.text.dates import readable_date

Chip = Callable[[int], str]
"""Returns the HTML of a marker, a link to its paragraph."""
Escape = Callable[[str], str]
"""Returns a text as HTML that shows it and does nothing else."""


def conflicts_html(conflicts: Sequence[Conflict], chip: Chip, escape: Escape) -> str:
    """Return the conflicts of an answer as a list; nothing where there are none."""
    listed = "".join(
        f'<li class="conflict">{_conflict(one, chip, escape)}</li>' for one in conflicts
    )
    return f'<ul class="checks">{listed}</ul>' if listed else ""


def _conflict(conflict: Conflict, chip: Chip, escape: Escape) -> str:
    ruling = '<span class="sign">≠</span> <strong>Sources differ</strong>'
    chips = "" if conflict.sides else "".join(map(chip, conflict.markers))
    sides = "".join(f"<li>{_side(side, chip, escape)}</li>" for side in conflict.sides)
    listed = f'<ul class="sides">{sides}</ul>' if sides else ""
    return f"{ruling} {escape(conflict.about)} {chips}{listed}"


def _side(side: ConflictSide, chip: Chip, escape: Escape) -> str:
    facts = escape(source_line(side))
    return f'{chip(side.marker)}<span class="facts">{facts}</span> <q>{escape(side.quote)}</q>'


def source_line(side: ConflictSide) -> str:
    """Return who published a side, and when, as far as it is known."""
    day = readable_date(side.published_at)
    return ", ".join(part for part in (side.publisher or side.file, day) if part)
