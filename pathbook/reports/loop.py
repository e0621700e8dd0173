"""Is guidance acted on? The loop of this year's meetings: for the school, by adviser, year group and group, and over time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pathbook.framework.loop import Gap, Loop, MeetingFacts, gap_of, held_in_the_year, loop_of
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share
from pathbook.framework.years import AcademicYear
from pathbook.people.models import Institution
from pathbook.records.loop_facts import YEARS_READ, meeting_facts
from pathbook.reports.evaluation import evaluation_of, last_write

GUIDANCE_BY_16 = {"2025": "GB8.1a", "2018": "GB8.1"}


@dataclass(frozen=True, slots=True)
class Row:
    """One adviser, year group, tutor group or term: its meetings and its share at each step."""

    name: str
    meetings: int
    shares: tuple[Share, ...]

    @property
    def acted_on(self) -> int:
        """Per cent with an action done; nobody's counts as 100, because nothing is waiting there."""
        percent = self.shares[2].percent
        return 100 if percent is None else percent


@dataclass(frozen=True, slots=True)
class Table:
    """One way of looking at the same meetings."""

    title: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class LoopPage:
    """Everything the page shows."""

    loop: Loop
    gap: Gap
    tables: tuple[Table, ...]
    year: AcademicYear


def loop_page(school: Institution, *, as_of: date) -> LoopPage:
    """The same number of queries whatever the number of meetings."""
    meetings = meeting_facts(school, as_of=as_of)
    held = held_in_the_year(meetings, as_of)
    tables = (
        _table("By adviser", "Adviser", held, as_of, lambda meeting: meeting.adviser or "Not named"),
        _table("By year group", "Year group", held, as_of, lambda meeting: f"Year {meeting.year_group}"),
        _table("By tutor group", "Tutor group", held, as_of, lambda meeting: meeting.tutor_group or "None"),
        _over_time(meetings, as_of),
    )
    gap = _gap(school, meetings, as_of)
    return LoopPage(loop_of(meetings, as_of), gap, tables, AcademicYear.of(as_of))


def gap_for(school: Institution, *, as_of: date) -> Gap:
    """Year 11s who had guidance against those whose guidance was acted on; remembered until something is written."""
    return _remembered_gap(school.pk, as_of, last_write())


@lru_cache(maxsize=4)
def _remembered_gap(school_id: int, as_of: date, _last_write: int) -> Gap:
    school = Institution.objects.get(pk=school_id)
    return _gap(school, meeting_facts(school, as_of=as_of), as_of)


def _gap(school: Institution, meetings: Iterable[MeetingFacts], as_of: date) -> Gap:
    set_id = set_in_force(as_of)
    evaluation = evaluation_of(school, set_id=set_id, as_of=as_of)
    year_11 = [one for one in evaluation.judged if one.year_group == 11]
    had = Share(sum(one.verdicts[GUIDANCE_BY_16[set_id]].met for one in year_11), len(year_11))
    return gap_of(had, (one.student_id for one in year_11), meetings, as_of)


def _table(
    title: str, heading: str, held: Iterable[MeetingFacts], as_of: date, by: Callable[[MeetingFacts], str]
) -> Table:
    """Fewest acted on first: where to look is the first line."""
    groups: dict[str, list[MeetingFacts]] = {}
    for meeting in held:
        groups.setdefault(by(meeting), []).append(meeting)
    rows = [_row(name, of_it, as_of) for name, of_it in groups.items()]
    return Table(title, heading, tuple(sorted(rows, key=lambda row: (row.acted_on, row.name))))


def _row(name: str, meetings: list[MeetingFacts], as_of: date) -> Row:
    return Row(name, len(meetings), tuple(figure.share for figure in loop_of(meetings, as_of).figures))


def _over_time(meetings: tuple[MeetingFacts, ...], as_of: date) -> Table:
    """Whole years as they stood on their last day, this one as it stands."""
    year = AcademicYear.of(as_of).start
    days = [min(AcademicYear(start).last_day, as_of) for start in range(year - YEARS_READ + 1, year + 1)]
    rows = ((day, held_in_the_year(meetings, day)) for day in days)
    return Table("Over time", "Year", tuple(_row(AcademicYear.of(day).label, held, day) for day, held in rows if held))


def as_json(page: LoopPage) -> dict[str, Any]:
    """Figures of the loop, and the gap, as measures.md names them."""
    return {
        "loop": [_figure(figure.step.id, figure.share) for figure in page.loop.figures],
        "gap": gap_json(page.gap),
    }


def gap_json(gap: Gap) -> dict[str, Any]:
    return {
        "id": "gap.gb8_gb3", "guidance": _figure("GB8.1a", gap.had), "acted_on": _figure("acted_on", gap.acted_on),
        "points": gap.points,
    }  # fmt: skip


def _figure(id: str, share: Share) -> dict[str, Any]:
    return {"id": id, "numerator": share.of, "denominator": share.out_of}
