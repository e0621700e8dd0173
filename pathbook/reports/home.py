"""What needs this person: three to five true sentences, each with the list it was counted from."""

from dataclasses import dataclass
from datetime import date

from pathbook.audit.last import last_write
from pathbook.framework.evaluate import Evaluation
from pathbook.framework.judge import Judged
from pathbook.framework.sets import set_in_force
from pathbook.people import access
from pathbook.people.models import Enrolment, Institution
from pathbook.people.visibility import Viewer, students_visible_to
from pathbook.reports.benchmark_rows import BenchmarkRow, benchmark_rows
from pathbook.reports.coverage import coverage_of
from pathbook.reports.evaluation import evaluation_of
from pathbook.reports.first_steps import Step, first_steps
from pathbook.reports.gap import GapSaid, gap_for, gap_said
from pathbook.reports.programme_now import Coming, programme_now
from pathbook.reports.todos import Todo, gap_todos
from pathbook.reports.waiting import waiting_todos

MOST = 5


@dataclass(frozen=True, slots=True)
class Home:
    """`todos` and `steps` are never both filled. `judged`: how many students the sentences speak of, by name."""

    todos: tuple[Todo, ...]
    steps: tuple[Step, ...]
    benchmarks: tuple[BenchmarkRow, ...]
    coming: tuple[Coming, ...]
    reach: int
    whose: str
    gap: GapSaid | None = None
    judged: int = 0

    @property
    def met(self) -> int:
        return sum(row.met for row in self.benchmarks)

    @property
    def scored(self) -> int:
        return sum(row.scored for row in self.benchmarks)

    @property
    def behind(self) -> BenchmarkRow | None:
        """The benchmark with the smallest share: where to look first."""
        counted_ones = [row for row in self.benchmarks if row.share is not None and row.share.percent is not None]
        return min(counted_ones, key=_percent, default=None)


def _percent(row: BenchmarkRow) -> float:
    return row.share.percent if row.share is not None and row.share.percent is not None else 101


def home_of(
    viewer: Viewer, school: Institution, *, on: date, roll: int | None = None, written: int | None = None
) -> Home:
    """`roll`: how many are on it, and `written`: the last write, where whoever asks has found them out already."""
    numbers = viewer.may(access.NUMBERS)
    reach = roll if roll is not None and numbers else _reach(viewer, school, on)
    if not reach and viewer.may(access.ROLL_IMPORT, access.WRITE):
        return Home((), first_steps(school), (), (), 0, school.name)
    all_asked = _asks_of_all(viewer)
    last = last_write() if all_asked and written is None else written
    whole = evaluation_of(school, set_id=set_in_force(on), as_of=on, written=last) if all_asked else None
    judged, now = _judged(viewer, school, on, whole), programme_now(viewer, school, on=on)
    # Always said: until it is confirmed, the other numbers are too high; and a missed meeting waits for a person.
    waiting = waiting_todos(viewer, school, on=on, unconfirmed=now.unconfirmed, written=last)
    todos = (*gap_todos(judged)[: MOST - len(waiting)], *waiting)
    benchmarks = benchmark_rows(viewer, whole) if whole and numbers else ()
    gap = gap_said(gap_for(school, as_of=on, written=last), named=viewer.reaches_all) if numbers else None
    return Home(todos, (), benchmarks, now.coming, reach, _whose(viewer, school, on), gap, len(judged))


def _reach(viewer: Viewer, school: Institution, on: date) -> int:
    """How many students on the roll today this viewer has to do with (a governor: all, as a number)."""
    enrolled = Enrolment.objects.main().current(on).filter(institution=school)
    if viewer.may(access.NUMBERS):
        return enrolled.count()
    return enrolled.filter(student__in=students_visible_to(viewer, on)).count()


def _asks_of_all(viewer: Viewer) -> bool:
    return viewer.may(access.NUMBERS) or (viewer.may(access.ACTIVITIES) and viewer.reaches_all)


def _judged(viewer: Viewer, school: Institution, on: date, whole: Evaluation | None) -> tuple[Judged, ...]:
    """Everyone the viewer may see by name; nobody for those who see numbers only."""
    if not viewer.may(access.ACTIVITIES):
        return ()
    if viewer.reaches_all and whole:
        return whole.judged
    among = students_visible_to(viewer, on, access.ACTIVITIES)
    if whole:  # everybody was judged already: those of a year are picked out
        mine = set(among.values_list("key", flat=True))
        return tuple(one for one in whole.judged if one.student_id in mine)
    return coverage_of(school, set_id=set_in_force(on), as_of=on, among=among)


def _whose(viewer: Viewer, school: Institution, on: date) -> str:
    """Whose needs the page speaks of: the form, or the school."""
    if viewer.reaches_all or viewer.may(access.NUMBERS):
        return school.name
    rows = Enrolment.objects.current(on).filter(institution=school, student__in=students_visible_to(viewer, on))
    names = list(dict.fromkeys(rows.order_by("tutor_group__name").values_list("tutor_group__name", flat=True)))
    return ", ".join(name for name in names if name)
