"""A student's years in one picture: where each mark stands, worked out here so that the page only draws."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pathbook.framework.years import YEAR_GROUPS, AcademicYear

LEFT, RIGHT, TOP, STEP = 200.0, 1156.0, 66, 38
LANES = (("employers", "Employers", "Employers"), ("workplaces", "Workplaces", "Workplaces"),
         ("providers", "Colleges, universities", "Providers"), ("guidance", "Guidance", "Guidance"))  # fmt: skip

FOUND = {"employers": ("employer", "employers"), "workplaces": ("workplace", "workplaces"),
         "providers": ("provider", "providers"), "guidance": ("guidance meeting", "guidance meetings")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """`css`: m happened and counts, p planned, x does not count."""

    css: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    group: int
    label: str
    x: float
    text_x: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    short: str
    y: int
    text_y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table a phone shows instead."""

    group: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    label: str
    x: float
    text_x: float


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything components/strip.html draws."""

    years: tuple[Column, ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    deadlines: tuple[Deadline, ...]
    now: Column | None
    today_x: float | None
    table: tuple[Line, ...]
    said: str
    finding: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One mark to draw: its lane, day, whether it counts, is planned, or neither."""

    lane: str
    on: date
    state: str
    title: str


def strip_of(happenings: Iterable[Happening], year_groups: Mapping[int, int], *, on: date) -> Strip:
    """Seven columns, Year 7 to 13, placed by the student's own years."""
    known = dict(year_groups)
    this_year = AcademicYear.of(on).start
    current = known.get(this_year) or (known[max(known)] if known else YEAR_GROUPS[0])
    first = (this_year if this_year in known or not known else max(known)) - (current - YEAR_GROUPS[0])
    width = (RIGHT - LEFT) / len(YEAR_GROUPS)
    columns = tuple(
        Column(
            group,
            AcademicYear(first + n).label,
            round(LEFT + n * width, 1),
            round(LEFT + n * width + 9, 1),
            round(width, 1),
        )
        for n, group in enumerate(YEAR_GROUPS)
    )
    drawn = [one for one in happenings if 0 <= AcademicYear.of(one.on).start - first < len(YEAR_GROUPS)]
    lanes = tuple(Lane(label, short, TOP + STEP * n, TOP + STEP * n + 5) for n, (_, label, short) in enumerate(LANES))
    now = columns[this_year - first] if 0 <= this_year - first < len(columns) else None
    table = tuple(_line(columns[n], first + n, drawn) for n in range(len(columns)) if columns[n].group <= current)[::-1]
    return Strip(
        columns, lanes, tuple(_mark(one, first, width) for one in drawn),
        (_deadline("by 16", columns[5].x), _deadline("by 18", RIGHT - 1)), now,
        _x(on, first, width) if now else None, table,
        "; ".join(f"Year {line.group}: " + ", ".join(
            f"{lane.short.lower()} {cell}" for lane, cell in zip(lanes, line.cells, strict=True)) for line in table),
        _finding(drawn),
    )  # fmt: skip


def _finding(drawn: list[Happening]) -> str:
    """What the picture shows, in words; kinds of which there are none are said to be missing."""
    had = {lane: sum(one.lane == lane and one.state == "counts" for one in drawn) for lane in FOUND}
    if not any(had.values()):
        return "Nothing that counts yet"
    some = [f"{n} {FOUND[lane][n != 1]}" for lane, n in had.items() if n]
    none = [FOUND[lane][0] for lane, n in had.items() if not n]
    return "So far: " + _listed(some, "and") + (f"; no {_listed(none, 'or')}" if none else "")


def _listed(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _x(on: date, first: int, width: float) -> float:
    year = AcademicYear.of(on)
    through = (on - year.first_day).days / 366
    return round(LEFT + (year.start - first + through) * width, 1)


def _deadline(label: str, x: float) -> Deadline:
    return Deadline(label, round(x, 1), round(x - 4, 1))


def _mark(one: Happening, first: int, width: float) -> Mark:
    x, y = _x(one.on, first, width), TOP + STEP * [code for code, _, _ in LANES].index(one.lane)
    css = {"counts": "m", "planned": "p"}.get(one.state, "x")
    return Mark(css, _shape(one.lane if css != "x" else "cross", x, y), one.title)


def _shape(lane: str, x: float, y: float) -> str:
    if lane == "employers":
        return f"M{x - 6.5:.1f} {y}a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0Z"
    if lane == "workplaces":
        return f"M{x - 6.5:.1f} {y - 6.5}h13v13h-13Z"
    if lane == "providers":
        return f"M{x:.1f} {y - 7.5}l7.5 7.5l-7.5 7.5l-7.5 -7.5Z"
    if lane == "guidance":
        return f"M{x:.1f} {y - 7}l7.5 13h-15Z"
    return f"M{x - 5:.1f} {y - 5}l10 10M{x + 5:.1f} {y - 5}l-10 10"


def _line(column: Column, year: int, drawn: list[Happening]) -> Line:
    return Line(column.group, tuple(_cell(code, year, drawn) for code, _, _ in LANES))


def _cell(lane: str, year: int, drawn: list[Happening]) -> str:
    ours = [one for one in drawn if one.lane == lane and AcademicYear.of(one.on).start == year]
    counted = sum(one.state == "counts" for one in ours)
    planned = sum(one.state == "planned" for one in ours)
    return ", ".join(filter(None, [str(counted) if counted else "", f"{planned} planned" if planned else ""])) or "none"
