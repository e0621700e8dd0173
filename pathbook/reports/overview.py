"""A senior leader's one page: the three greatest risks, the eight benchmarks beside a year ago, and is it being used."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pathbook.audit.last import last_write
from pathbook.framework.sets import set_in_force
from pathbook.framework.shares import Share
from pathbook.people.models import Institution
from pathbook.people.visibility import Viewer
from pathbook.reports.benchmark_rows import benchmarks_of
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.home import Home, home_of
from pathbook.reports.loop import loop_for
from pathbook.reports.todos import gap_todos

RISKS = 3
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Used:
    """One figure of use, and where it is told in full."""

    words: str
    share: Share
    url: str


@dataclass(frozen=True, slots=True)
class Overview:
    """`home` with the risks as its sentences, and each benchmark's leading share as it was a year ago."""

    home: Home
    used: tuple[Used, ...]


def overview_of(viewer: Viewer, school: Institution, *, on: date, roll: int | None = None) -> Overview:
    """The evaluations of today and of a year ago, which every page shares, and six queries."""
    last = last_write()
    home = home_of(viewer, school, on=on, roll=roll, written=last)
    now = set_in_force(on)  # both years by the same set, or the figures would count different things
    judged = evaluation_of(school, set_id=now, as_of=on, written=last).judged
    risks = sorted(gap_todos(judged), key=lambda todo: -todo.figure)[:RISKS]
    before = {row.id: row.share for row in benchmarks_of(viewer, school, on - A_YEAR, set_id=now, written=last)}
    rows = tuple(replace(row, before=before.get(row.id)) for row in home.benchmarks)
    return Overview(replace(home, todos=tuple(risks), benchmarks=rows), _used(school, on))


def _used(school: Institution, on: date) -> tuple[Used, ...]:
    loop = loop_for(school, as_of=on)
    return (
        Used("New notes a form tutor read within 14 days", loop.share("use.read14"), "/reports/reading/"),
        Used("Meetings after which something agreed was done", loop.share("loop.closed"), "/guidance/loop/"),
        Used("Meetings after which it was done, with evidence", loop.share("loop.proved"), "/guidance/loop/"),
    )
