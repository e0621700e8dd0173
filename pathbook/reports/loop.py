"""Is guidance acted on? The loop of this year's meetings: for the school, by adviser, year group and group, and over time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pathbook.framework.loop import STEPS, Figure, Gap, Loop, MeetingFacts, held_in_the_year, loop_of
from pathbook.framework.shares import Share, hide_small_share, small_rows
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.loop_facts import YEARS_READ, meeting_facts
from pathbook.reports.evaluation_page import HIDDEN
from pathbook.reports.gap import GUIDANCE_BY_16, GapSaid, gap_for, gap_said

LOOKED_AT = "loop.closed"  # the step by which the rows of a table are put in order
# whose count is this one's denominator
COUNTED_IN = dict.fromkeys(("loop.closed", "loop.proved", "use.confirmed"), "loop.agreed")


@dataclass(frozen=True, slots=True)
class Row:
    """One adviser, year group, tutor group or year. Hidden: its numbers are too small for whoever sees no names."""

    name: str
    meetings: int
    shares: tuple[Share, ...]
    hidden: bool = False

    @property
    def acted_on(self) -> int:
        """Per cent with an action done; nobody's counts as 100, because nothing is waiting there."""
        at = [step.id for step in STEPS].index(LOOKED_AT)
        percent = self.shares[at].percent
        return 100 if percent is None else percent


@dataclass(frozen=True, slots=True)
class Table:
    """One way of looking at the same meetings."""

    title: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the loop, as it is shown: `share` is None where it is hidden."""

    figure: Figure
    share: Share | None

    @property
    def count(self) -> str:
        return HIDDEN if self.share is None else self.share.label


@dataclass(frozen=True, slots=True)
class LoopPage:
    """Everything the page shows. `meetings`: None where even that is too few to say."""

    meetings: int | None
    lines: tuple[Line, ...]
    days_to_done: float | None
    days_to_read: float | None
    gap: GapSaid
    tables: tuple[Table, ...]
    year: AcademicYear


def loop_page(school: Institution, *, as_of: date, named: bool) -> LoopPage:
    """The same number of queries whatever the number of meetings. `named`: the viewer sees every student by name."""
    meetings = meeting_facts(school, as_of=as_of)
    held = held_in_the_year(meetings, as_of)
    loop = loop_of(meetings, as_of)
    lines = _lines(loop, named)
    shown = {line.figure.step.id: line.share is not None for line in lines}
    return LoopPage(
        len(held) if named or hide_small_share(Share(len(held), len(held))) else None, lines,
        loop.days_to_done if shown["loop.closed"] else None, loop.days_to_read if shown["use.read14"] else None,
        gap_said(gap_for(school, as_of=as_of), named=named), _tables(meetings, held, as_of, named),
        AcademicYear.of(as_of),
    )  # fmt: skip


def loop_for(school: Institution, *, as_of: date) -> Loop:
    """The figures alone, to recompute or to print."""
    return loop_of(meeting_facts(school, as_of=as_of), as_of)


def _lines(loop: Loop, named: bool) -> tuple[Line, ...]:
    """A count that is hidden is hidden as another's denominator too."""
    small = set() if named else {f.step.id for f in loop.figures if hide_small_share(f.share) is None}
    hidden = small | {step for step, within in COUNTED_IN.items() if within in small}
    return tuple(Line(figure, None if figure.step.id in hidden else figure.share) for figure in loop.figures)


def _tables(
    meetings: Sequence[MeetingFacts], held: Sequence[MeetingFacts], as_of: date, named: bool
) -> tuple[Table, ...]:
    """Whoever sees no names sees neither an adviser's, nor tutor groups: those of a year add up to it."""
    by_year = _by("By year group", "Year group", held, as_of, _year_group)
    over_time = _over_time(meetings, as_of)
    if not named:
        alone = [Row(r.name, r.meetings, r.shares, bool(small_rows([r.shares]))) for r in over_time.rows]
        years = sorted(by_year.rows, key=lambda row: row.name.rjust(8))  # not by what is hidden
        small = small_rows([row.shares for row in years])
        rows = [Row(r.name, r.meetings, r.shares, at in small) for at, r in enumerate(years)]
        return Table(by_year.title, by_year.heading, tuple(rows)), Table("Over time", "Year", tuple(alone))
    return (
        _by("By adviser", "Adviser", held, as_of, lambda meeting: meeting.adviser or "Not named"), by_year,
        _by("By tutor group", "Tutor group", held, as_of, lambda meeting: meeting.tutor_group or "No tutor group"),
        over_time,
    )  # fmt: skip


def _year_group(meeting: MeetingFacts) -> str:
    return f"Year {meeting.year_group}" if meeting.year_group else "Not on the roll"


def _by(
    title: str, heading: str, held: Iterable[MeetingFacts], as_of: date, name_of: Callable[[MeetingFacts], str]
) -> Table:
    """Fewest acted on first: where to look is the first line."""
    groups: dict[str, list[MeetingFacts]] = {}
    for meeting in held:
        groups.setdefault(name_of(meeting), []).append(meeting)
    rows = [_row(name, of_it, as_of) for name, of_it in groups.items()]
    return Table(title, heading, tuple(sorted(rows, key=lambda row: (row.acted_on, row.name))))


def _row(name: str, meetings: Sequence[MeetingFacts], as_of: date) -> Row:
    return Row(name, len(meetings), tuple(figure.share for figure in loop_of(meetings, as_of).figures))


def _over_time(meetings: Iterable[MeetingFacts], as_of: date) -> Table:
    """Whole years as they stood on their last day, this one as it stands."""
    year = AcademicYear.of(as_of).start
    days = [min(AcademicYear(start).last_day, as_of) for start in range(year - YEARS_READ + 1, year + 1)]
    rows = [(day, held_in_the_year(meetings, day)) for day in days]
    return Table("Over time", "Year", tuple(_row(AcademicYear.of(day).label, held, day) for day, held in rows if held))


def as_json(loop: Loop, gap: Gap) -> dict[str, Any]:
    """Figures of the loop, and the gap, as measures.md names them."""
    return {
        "loop": [_figure(figure.step.id, figure.share) for figure in loop.figures],
        "gap": {
            "id": "gap.gb8_gb3",
            "guidance": _figure(GUIDANCE_BY_16[1], gap.had),
            "acted_on": _figure("acted_on", gap.acted_on),
            "points": gap.points,
        },
    }


def _figure(id: str, share: Share) -> dict[str, Any]:
    return {"id": id, "numerator": share.of, "denominator": share.out_of}
