"""Curves and bars as SVG inside the page: drawn by hand, so that no plotting library is needed."""

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

_WIDTH, _HEIGHT = 420, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 24, 24, 40
_BAR, _LABEL = 22, 120

Point = tuple[float, float]


def curve(points: Sequence[Point], *, x: str, y: str, title: str) -> Markup:
    """Return a curve in the unit square; a note instead where there is nothing to draw.

    Args:
        points: From left to right, both in 0 to 1.
        x: What the horizontal axis shows.
        y: What the vertical axis shows.
        title: For those who can't see it.
    """
    if not points:
        return _nothing(title)
    low = max(0.0, min(0.9, min(value for _, value in points) // 0.1 / 10))
    placed = " ".join(f"{_x(a):.1f},{_y(b, low):.1f}" for a, b in points)
    dots = "".join(f'<circle cx="{_x(a):.1f}" cy="{_y(b, low):.1f}" r="2.5"/>' for a, b in points)
    axes = _axes([(step / 4, f"{step / 4:.2f}") for step in range(5)], low, x, y)
    return _svg(_HEIGHT, title, f'{axes}<polyline class="line" points="{placed}"/>{dots}')


def steps(values: Sequence[tuple[str, float]], *, x: str, y: str, title: str) -> Markup:
    """Return a curve over named points that stand equally far apart."""
    if not values:
        return _nothing(title)
    last = max(1, len(values) - 1)
    low = max(0.0, min(0.9, min(value for _, value in values) // 0.1 / 10))
    points = [(index / last, value) for index, (_, value) in enumerate(values)]
    ticks = [(index / last, name) for index, (name, _) in enumerate(values)]
    placed = " ".join(f"{_x(a):.1f},{_y(b, low):.1f}" for a, b in points)
    marks = "".join(
        f'<circle cx="{_x(a):.1f}" cy="{_y(b, low):.1f}" r="3"/>'
        f'<text x="{_x(a):.1f}" y="{_y(b, low) - 7:.1f}" text-anchor="middle">{b:.3f}</text>'
        for a, b in points
    )
    body = f'{_axes(ticks, low, x, y)}<polyline class="line" points="{placed}"/>{marks}'
    return _svg(_HEIGHT, title, body)


def bars(rows: Sequence[tuple[str, float, Point | None]], *, title: str) -> Markup:
    """Return a bar for each name, with the interval of its value."""
    if not rows:
        return _nothing(title)
    room = _WIDTH - _LABEL - 60
    drawn = []
    for index, (name, value, found) in enumerate(rows):
        top = 6 + index * _BAR
        middle = top + _BAR / 2 - 3
        drawn.append(
            f'<text x="{_LABEL - 6}" y="{middle + 4}" text-anchor="end">{escape(name[:18])}</text>'
            f'<rect x="{_LABEL}" y="{top}" width="{value * room:.1f}" height="{_BAR - 8}"/>'
            f'<text x="{_LABEL + room + 8}" y="{middle + 4}">{value:.3f}</text>'
        )
        if found:
            low, high = (_LABEL + end * room for end in found)
            drawn.append(
                f'<path class="span" d="M{low:.1f} {middle}H{high:.1f}'
                f'M{low:.1f} {middle - 4}v8M{high:.1f} {middle - 4}v8"/>'
            )
    return _svg(12 + len(rows) * _BAR, title, "".join(drawn))


def _axes(ticks: Sequence[tuple[float, str]], low: float, x: str, y: str) -> str:
    floor = _HEIGHT - _BOTTOM
    lines = []
    for step in range(6):
        value = low + (1 - low) * step / 5
        at = _y(value, low)
        lines.append(
            f'<path class="grid" d="M{_LEFT} {at:.1f}H{_WIDTH - _RIGHT}"/>'
            f'<text x="{_LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{value:.2f}</text>'
        )
    lines += [
        f'<text x="{_x(at):.1f}" y="{floor + 16}" text-anchor="middle">{escape(name)}</text>'
        for at, name in ticks
    ]
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    lines.append(
        f'<text x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(x)}</text>'
        f'<text x="12" y="{floor / 2}" transform="rotate(-90 12 {floor / 2})"'
        f' text-anchor="middle">{escape(y)}</text>'
    )
    return "".join(lines)


def _x(value: float) -> float:
    return _LEFT + value * (_WIDTH - _LEFT - _RIGHT)


def _y(value: float, low: float) -> float:
    return _TOP + (1 - value) / (1 - low) * (_HEIGHT - _TOP - _BOTTOM)


def _svg(height: float, title: str, body: str) -> Markup:
    return Markup(  # noqa: S704  # every text in it was escaped where it was put in
        f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" role="img"'
        f' aria-label="{escape(title)}">{body}</svg>'
    )


def _nothing(title: str) -> Markup:
    return Markup('<p class="faint">{}: nothing was measured.</p>').format(title)
