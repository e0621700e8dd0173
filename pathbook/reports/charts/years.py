"""One small panel a benchmark, all on the same axis: how its leading share stood at the end of each year."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pathbook.framework.shares import Share
from pathbook.reports.charts.draw import INK, NARROW, QUIET, Chart, dot, line, sheet, short, words

WIDTH, HEIGHT = NARROW, 150
LEFT, RIGHT, TOP, FOOT = 8, 44, 52, 122  # where a panel's line may lie
ACROSS, BETWEEN = 3, 24


@dataclass(frozen=True, slots=True)
class Panel:
    """One benchmark: what leads it, and its share year by year; None where it is hidden or nothing was counted."""

    number: int
    name: str
    what: str
    years: tuple[tuple[str, Share | None], ...]


def years(id: str, title: str, panels: Sequence[Panel], *, why: str = "") -> Chart:
    """`narrow` has the panels one under the other; on a wide page and on paper there are three across."""
    heads = ("Benchmark", *(label for label, _ in panels[0].years)) if panels else ("Benchmark",)
    rows = tuple((f"{p.number} {p.name}: {p.what}", *(cell(share) for _, share in p.years)) for p in panels)
    return Chart(id, title, heads, rows, _together(title, panels, ACROSS), _together(title, panels, 1), why)


def cell(share: Share | None) -> str:
    return "–" if share is None or share.percent is None else str(share)


def _together(title: str, panels: Sequence[Panel], across: int) -> str:
    parts = [
        f'<g transform="translate({(at % across) * (WIDTH + BETWEEN)} {(at // across) * (HEIGHT + 8)})">{_panel(panel)}</g>'
        for at, panel in enumerate(panels)
    ]
    down = -(-len(panels) // across)
    return sheet(across * WIDTH + (across - 1) * BETWEEN, down * (HEIGHT + 8), title, parts)


def _panel(panel: Panel) -> str:
    """Its name, what is counted, a line from nobody to everybody, the first and the last number beside their dots."""
    points = _points(panel)
    parts = [
        words(0, 15, short(f"{panel.number} {panel.name}", width=WIDTH), bold=True),
        words(0, 33, short(panel.what, width=WIDTH), colour=QUIET),
        line(LEFT, TOP, WIDTH - RIGHT, TOP, colour="#dcd6de"), line(LEFT, FOOT, WIDTH - RIGHT, FOOT),
        *(words(x, FOOT + 18, label, at=_anchor(at, len(panel.years)), colour=QUIET) for at, (x, label) in enumerate(_labels(panel))),
        *(line(*a, *b, colour=INK, thick=2) for (a, _), (b, _) in pairwise(points)),
        *(dot(x, y, full=at == len(points) - 1, size=4) for at, ((x, y), _) in enumerate(points)),
    ]  # fmt: skip
    if points:
        (x, y), last = points[-1]
        parts.append(words(x + 8, y + 5, f"{last.percent}%", bold=True))
    else:
        parts.append(words(LEFT, 92, "Stated with evidence, not counted", colour=QUIET))
    return "".join(parts)


def _x(at: int, of: int) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * (at / (of - 1) if of > 1 else 1)


def _labels(panel: Panel) -> list[tuple[float, str]]:
    """The first and the last year: a panel has no room for more."""
    ends = {0, len(panel.years) - 1}
    return [(_x(at, len(panel.years)), label) for at, (label, _) in enumerate(panel.years) if at in ends]


def _anchor(at: int, of: int) -> str:
    return "start" if at == 0 and of > 1 else "end"


def _points(panel: Panel) -> list[tuple[tuple[float, float], Share]]:
    return [
        ((_x(at, len(panel.years)), FOOT - (FOOT - TOP) * share.percent / 100), share)
        for at, (_, share) in enumerate(panel.years)
        if share is not None and share.percent is not None
    ]
