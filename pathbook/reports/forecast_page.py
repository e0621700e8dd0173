"""The forecast as its page shows it: first what would be met and what would not, then each criterion, then what would do."""

from dataclasses import dataclass

from pathbook.framework.forecast import Line, RowForecast
from pathbook.framework.hindsight import comes_late
from pathbook.framework.shares import Share
from pathbook.framework.what_if import Answer
from pathbook.reports.fewest import Enough, Holding
from pathbook.reports.forecast import Ahead, fewest_for, is_met


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """`expected`: None where nothing is known. `interval`: words, none where nothing can change.

    `standing`: met, likely, unlikely or unknown.
    """

    id: str
    label: str
    now: Share
    planned: Share
    expected: Share | None
    interval: str
    target: str
    standing: str
    years: tuple[tuple[int, str, str], ...]
    late: bool


@dataclass(frozen=True, slots=True)
class Short:
    """A criterion that would not be met if all that is planned happens, and what would do. `tries`: what-ifs to look at."""

    id: str
    label: str
    enough: Enough
    years: tuple[int, ...]
    tries: tuple[tuple[Holding, str], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One criterion before and after one more activity."""

    id: str
    label: str
    before: str
    after: str
    interval: str
    best: Share


@dataclass(frozen=True, slots=True)
class ForecastPage:
    met: int
    expected: int
    of: int
    not_met: tuple[str, ...]
    lines: tuple[ForecastLine, ...]
    short: tuple[Short, ...]
    by_hand: tuple[Short, ...]
    invited: int
    came: int
    has_history: bool
    checklists: tuple[int, int]


def forecast_page(ahead: Ahead) -> ForecastPage:
    """Parts of the provider access duty stand last, as in the evaluation."""
    attendance, enough = ahead.known.attendance, fewest_for(ahead)
    short = tuple(_short(one, enough[one.row.id], ahead) for one in ahead.rows if one.row.id in enough)
    return ForecastPage(
        ahead.would_be_met, ahead.expected_met, len(ahead.rows), tuple(one.label for one in short),
        tuple(_line(one) for one in ahead.rows), _nearest(short),
        tuple(one for one in short if not one.enough.by_plan), *attendance.whole, attendance.has_history,
        attendance.complete,
    )  # fmt: skip


def _nearest(short: tuple[Short, ...]) -> tuple[Short, ...]:
    """What a plan can mend, the fewest more activities and places first; what was never held stands last."""
    mended = (one for one in short if one.enough.by_plan)
    return tuple(sorted(mended, key=lambda one: (not one.enough.found, one.enough.times, one.enough.lacking)))


def _line(one: RowForecast) -> ForecastLine:
    total = one.total
    years = tuple(
        (group, _expected(line), _interval(line))
        for group, line in one.by_year_group.items()
        if group in one.row.due_in
    )
    return ForecastLine(
        one.row.id, one.row.label, total.now, total.planned, _share(total) if one.known else None,
        _interval(total) if one.known else "", _target(one), _standing(one), years if len(years) > 1 else (),
        comes_late(one.row),
    )  # fmt: skip


def _expected(line: Line) -> str:
    return str(_share(line))


def _share(line: Line) -> Share:
    return Share(round(line.expected), line.out_of)


def _interval(line: Line) -> str:
    return "" if line.low == line.high else f"{line.low:,} to {line.high:,}"


def _target(one: RowForecast) -> str:
    return "everyone" if one.target >= 1 else f"{one.target:.0%}"


def _standing(one: RowForecast) -> str:
    if is_met(one, one.total.now.of):
        return "met"
    if not one.known:
        return "unknown"
    return "likely" if one.total.reached >= 0.5 else "unlikely"


def _short(one: RowForecast, enough: Enough, ahead: Ahead) -> Short:
    tries = tuple((holding, _query(holding, ahead.known.set_id)) for holding in enough.holdings)
    return Short(one.row.id, one.row.label, enough, tuple(sorted(one.row.due_in)), tries)


def _query(one: Holding, set_id: str) -> str:
    years = "".join(f"&years={group}" for group in one.year_groups)
    technical = "&technical=on" if one.technical else ""
    return (
        f"set={set_id}&kind={one.kind}&provider_type={one.provider_type}{years}&places={one.places}{technical}#what-if"
    )


HEADINGS = (
    "Criterion", "What is counted", "Year group", "Students (or subjects)", "Now", "If all planned happens", "Expected",
    "Nine years in ten, from", "to", "Target", "Chance of the target, %",
)  # fmt: skip


def file_rows(ahead: Ahead) -> list[tuple[object, ...]]:
    """Each criterion over those it is due for, and over each year group on the way there; empty where nothing is known."""
    return [
        (one.row.id, one.row.label, group, line.out_of, line.now.of, line.planned.of, *_foretold(one, line))
        for one in ahead.rows
        for group, line in (
            ("all it is due for", one.total),
            *((f"Year {g}", of) for g, of in one.by_year_group.items()),
        )
    ]


def _foretold(one: RowForecast, line: Line) -> tuple[object, ...]:
    if not one.known:
        return "", "", "", _target(one), ""
    return round(line.expected, 1), line.low, line.high, _target(one), round(100 * line.reached)


def moved(answer: Answer) -> tuple[Moved, ...]:
    return tuple(
        Moved(
            one.row.id,
            one.row.label,
            _expected(one.before),
            _expected(one.after),
            _interval(one.after),
            one.after.planned,
        )
        for one in answer.changes
    )
